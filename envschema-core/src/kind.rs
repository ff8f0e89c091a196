//! What a value may be, and the only place where text becomes a value: one file per kind.

use std::ops::Range;

use crate::value::Value;

/// What a value may be.
///
/// Each kind's file says exactly what text it accepts and why. Nothing is trimmed and nothing is guessed.
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

/// Which addresses the kind `ip` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum IpVersion {
    /// Both.
    #[default]
    Any,
    /// IPv4 only.
    V4,
    /// IPv6 only.
    V6,
}

/// The kind of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct List {
    /// What stands between two items. A space stands for any run of blanks.
    pub separator: char,
    /// The kind of every item; never a list or a map.
    pub items: Shared<Kind>,
}

/// The kind of a map.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Map {
    /// What stands between two pairs.
    pub separator: char,
    /// What stands between a key and its value.
    pub assign: char,
    /// The kind of every value; never a list or a map.
    pub values: Shared<Kind>,
}

/// Why a text is not of a kind. Its words are fixed: nothing of the text can get into them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong, as the end of a sentence about the value: `has a letter behind the digits`.
    pub message: &'static str,
    /// The bytes of the text that are wrong; empty at a place where something is missing.
    pub at: Range<usize>,
}

/// A value that is either part of the program or owned, so that a schema can be a `const` and also be read from a file.
#[derive(Clone, Debug)]
pub enum Shared<T: 'static> {
    /// Part of the program.
    Static(&'static T),
    /// Made at run time.
    Owned(Box<T>),
}

impl<T> std::ops::Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Static(value) => value,
            Self::Owned(value) => value,
        }
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self::Owned(Box::new(value))
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for Shared<T> {}

impl<T: std::hash::Hash> std::hash::Hash for Shared<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}
