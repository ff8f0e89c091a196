//! What a value may be, and the only place where text becomes a value: one file per kind.

use std::borrow::Cow;
use std::ops::Range;

use crate::value::Value;

mod amount;
mod base64;
mod boolean;
mod cidr;
mod date;
mod datetime;
mod duration;
mod email;
mod hex;
mod host;
mod integer;
mod ip;
mod json;
mod list;
mod map;
mod number;
mod path;
mod place;
mod port;
mod punycode;
mod regex;
mod semver;
mod shared;
mod size;
mod socket_address;
mod string;
mod timezone;
pub mod url;
mod uuid;

pub use ip::IpVersion;
pub use list::List;
pub use map::Map;
pub use shared::Shared;

/// What a value may be.
///
/// Each kind's file says exactly what text it accepts and why. Nothing is trimmed and nothing is guessed: except for
/// strings, regular expressions and JSON, a text with a blank at either end is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Any text.
    String,
    /// A whole number, exact, from `i128::MIN` to `u128::MAX`.
    Integer,
    /// A finite decimal number.
    Number,
    /// `true false yes no on off 1 0`, in any case.
    Boolean,
    /// `scheme://…`: strict, several hosts allowed.
    Url,
    /// One address of mail.
    Email,
    /// A host name or an address.
    Host,
    /// A TCP or UDP port, 1 to 65535.
    Port,
    /// An IPv4 or IPv6 address.
    Ip(IpVersion),
    /// An address and a prefix length: `10.0.0.0/8`.
    Cidr,
    /// An address and a port: `127.0.0.1:8080`, `[::1]:8080`.
    SocketAddress,
    /// A path of a file or folder; never opened.
    Path,
    /// A span of time: `500ms`, `1h30m`, `7 days`.
    Duration,
    /// A number of bytes: `10MB`, `64MiB`.
    Size,
    /// A UUID of any version.
    Uuid,
    /// A day of the Gregorian calendar: `2024-02-29`.
    Date,
    /// A day and a time with an offset (RFC 3339).
    DateTime,
    /// A name of the time zone database, shaped like one: `Europe/Vienna`.
    Timezone,
    /// A version as Semantic Versioning 2.0.0 writes it.
    Semver,
    /// Bytes in base64 (RFC 4648).
    Base64,
    /// Bytes in hexadecimal.
    Hex,
    /// A regular expression.
    Regex,
    /// One JSON value (RFC 8259).
    Json,
    /// Several values of one kind.
    List(List),
    /// Several `key=value` pairs.
    Map(Map),
}

/// What is fixed about a kind.
struct About {
    /// What schemas call it.
    name: &'static str,
    /// What it takes, as a noun phrase.
    expected: &'static str,
    /// A text it takes; a map's key.
    example: &'static str,
}

/// Further spellings of kinds that schemas may use.
const ALIASES: [(&str, &str); 8] = [
    ("bool", "boolean"),
    ("date-time", "datetime"),
    ("float", "number"),
    ("int", "integer"),
    ("socket_address", "socket-address"),
    ("str", "string"),
    ("time-zone", "timezone"),
    ("uri", "url"),
];

impl Kind {
    /// Every kind that has a name of its own, in the order of the documentation: all but lists and maps.
    pub const SCALARS: &'static [Self] = &[
        Self::String,
        Self::Integer,
        Self::Number,
        Self::Boolean,
        Self::Url,
        Self::Email,
        Self::Host,
        Self::Port,
        Self::Ip(IpVersion::Any),
        Self::Ip(IpVersion::V4),
        Self::Ip(IpVersion::V6),
        Self::Cidr,
        Self::SocketAddress,
        Self::Path,
        Self::Duration,
        Self::Size,
        Self::Uuid,
        Self::Date,
        Self::DateTime,
        Self::Timezone,
        Self::Semver,
        Self::Base64,
        Self::Hex,
        Self::Regex,
        Self::Json,
    ];

    /// The names of [`Self::SCALARS`], in the same order.
    pub const NAMES: &'static [&'static str] = &{
        let mut names = [""; Self::SCALARS.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = Self::SCALARS[at].name();
            at += 1;
        }
        names
    };

    /// The scalar kind called `name`. Besides [`Self::NAMES`] these spellings are known: `bool`, `date-time`, `float`,
    /// `int`, `socket_address`, `str`, `time-zone`, `uri`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| name);
        Self::SCALARS.iter().find(|kind| kind.name() == name).cloned()
    }

    /// What schemas call it: `integer`, `ipv4`, `socket-address`; `list` and `map`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.about().name
    }

    /// What it takes, as a noun phrase for messages: `a whole number`.
    #[must_use]
    pub const fn expected(&self) -> &'static str {
        self.about().expected
    }

    /// A text it takes; a list's or map's has one item (and is wrong where that item holds the separator).
    #[must_use]
    pub fn example(&self) -> Cow<'static, str> {
        match self {
            Self::List(list) => list.items.example(),
            Self::Map(map) => {
                format!("{}{}{}", self.about().example, map.assign, map.values.example()).into()
            }
            _ => self.about().example.into(),
        }
    }

    const fn about(&self) -> &'static About {
        match self {
            Self::String => &string::ABOUT,
            Self::Integer => &integer::ABOUT,
            Self::Number => &number::ABOUT,
            Self::Boolean => &boolean::ABOUT,
            Self::Url => &url::ABOUT,
            Self::Email => &email::ABOUT,
            Self::Host => &host::ABOUT,
            Self::Port => &port::ABOUT,
            Self::Ip(version) => ip::about(*version),
            Self::Cidr => &cidr::ABOUT,
            Self::SocketAddress => &socket_address::ABOUT,
            Self::Path => &path::ABOUT,
            Self::Duration => &duration::ABOUT,
            Self::Size => &size::ABOUT,
            Self::Uuid => &uuid::ABOUT,
            Self::Date => &date::ABOUT,
            Self::DateTime => &datetime::ABOUT,
            Self::Timezone => &timezone::ABOUT,
            Self::Semver => &semver::ABOUT,
            Self::Base64 => &base64::ABOUT,
            Self::Hex => &hex::ABOUT,
            Self::Regex => &regex::ABOUT,
            Self::Json => &json::ABOUT,
            Self::List(_) => &list::ABOUT,
            Self::Map(_) => &map::ABOUT,
        }
    }

    /// Reads `text` as a value of this kind, or says what is wrong with it first.
    ///
    /// # Errors
    ///
    /// The first mistake; [`Self::parse_all`] gives all of them.
    pub fn parse<'t>(&self, text: &'t str) -> Result<Value<'t>, Mistake> {
        match self {
            Self::String => Ok(string::parse(text)),
            Self::Regex => regex::parse(text),
            Self::Json => json::parse(text),
            Self::List(list) => list::parse(list, text),
            Self::Map(map) => map::parse(map, text),
            _ => {
                place::bare(text)?;
                self.parse_bare(text)
            }
        }
    }

    /// Reads `text` as a value of this kind, or says everything that is wrong with it: each wrong item of a list or
    /// map, and the first mistake in any other kind. What is returned as an error is never empty.
    ///
    /// # Errors
    ///
    /// All mistakes, in the order of the text.
    pub fn parse_all<'t>(&self, text: &'t str) -> Result<Value<'t>, Vec<Mistake>> {
        self.parse(text).map_err(|first| match self {
            Self::List(list) => list::mistakes(list, text),
            Self::Map(map) => map::mistakes(map, text),
            _ => vec![first],
        })
    }

    /// Reads a text that is not empty and has no blank at either end.
    fn parse_bare<'t>(&self, text: &'t str) -> Result<Value<'t>, Mistake> {
        match self {
            Self::Integer => integer::parse(text),
            Self::Number => number::parse(text),
            Self::Boolean => boolean::parse(text),
            Self::Url => url::parse(text),
            Self::Email => email::parse(text),
            Self::Host => host::parse(text),
            Self::Port => port::parse(text),
            Self::Ip(version) => ip::parse(*version, text),
            Self::Cidr => cidr::parse(text),
            Self::SocketAddress => socket_address::parse(text),
            Self::Path => path::parse(text),
            Self::Duration => duration::parse(text),
            Self::Size => size::parse(text),
            Self::Uuid => uuid::parse(text),
            Self::Date => date::parse(text),
            Self::DateTime => datetime::parse(text),
            Self::Timezone => timezone::parse(text),
            Self::Semver => semver::parse(text),
            Self::Base64 => base64::parse(text),
            Self::Hex => hex::parse(text),
            Self::String | Self::Regex | Self::Json | Self::List(_) | Self::Map(_) => self.parse(text),
        }
    }
}

/// Why a text is not of a kind. Its words are fixed: nothing of the text can get into them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong, as the end of a sentence about the value: `has a letter behind the digits`.
    pub message: &'static str,
    /// The bytes of the text that are wrong; empty at a place where something is missing.
    pub at: Range<usize>,
}

impl Mistake {
    /// The mistake `message` at `at`.
    #[must_use]
    pub const fn new(message: &'static str, at: Range<usize>) -> Self {
        Self { message, at }
    }

    /// The same mistake in a longer text that holds this one's from `start` on.
    #[must_use]
    pub const fn behind(self, start: usize) -> Self {
        Self { message: self.message, at: self.at.start + start..self.at.end + start }
    }
}
