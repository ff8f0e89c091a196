//! A value before a kind has looked at it: text, or what a typed file made of it.

use std::borrow::Cow;
use std::fmt;

#[cfg(feature = "dotenv")]
use crate::kind::Kind;
use crate::redact::{self, MASK};
use crate::span::Span;

/// A value before a kind has looked at it.
#[derive(Clone, PartialEq)]
pub enum Raw<'t> {
    /// Text. Borrowed exactly when it is the text at the entry's `value_span`, byte for byte.
    Text(Cow<'t, str>),
    /// The content of the file that a `KEY_FILE` names; a loader puts it there.
    Content(Cow<'t, str>),
    /// Bytes that are not UTF-8.
    Bytes,
    /// A name without a value: as if it were not there.
    Absent,
    /// `null` of a typed source: no value of any kind.
    Null,
    /// `true` or `false` of a typed source.
    Boolean(bool),
    /// A number of a typed source, as written.
    Number(Cow<'t, str>),
    /// A list of a typed source.
    List(Vec<(Raw<'t>, Span)>),
    /// A table of a typed source.
    Table(Vec<(Cow<'t, str>, Raw<'t>, Span)>),
}

impl Raw<'_> {
    /// Whether it is a text without a character.
    #[must_use]
    pub fn is_empty_text(&self) -> bool {
        matches!(self, Raw::Text(text) | Raw::Content(text) if text.is_empty())
    }

    /// The text of a value that has no items.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Raw::Text(text) | Raw::Content(text) | Raw::Number(text) => Some(text),
            Raw::Boolean(value) => Some(if *value { "true" } else { "false" }),
            Raw::Bytes | Raw::Absent | Raw::Null | Raw::List(_) | Raw::Table(_) => None,
        }
    }

    /// Whether a text in it has userinfo, which is secret whoever declared what.
    #[must_use]
    pub fn has_userinfo(&self) -> bool {
        self.has_text(redact::has_userinfo)
    }

    /// Whether a text in it, the keys of a table included, is as `is` says.
    pub(crate) fn has_text(&self, is: fn(&str) -> bool) -> bool {
        match self {
            Raw::Text(text) | Raw::Content(text) => is(text),
            Raw::List(items) => items.iter().any(|(item, _)| item.has_text(is)),
            Raw::Table(members) => members.iter().any(|(key, value, _)| is(key) || value.has_text(is)),
            Raw::Bytes | Raw::Absent | Raw::Null | Raw::Boolean(_) | Raw::Number(_) => false,
        }
    }

    /// Whether it has keys that are no data of a value of `kind`, so that nobody declared them.
    #[cfg(feature = "dotenv")]
    pub(crate) fn has_undeclared_keys(&self, kind: &Kind) -> bool {
        let nested = |raw: &Raw<'_>| matches!(raw, Raw::List(_) | Raw::Table(_));
        match self {
            Raw::Table(members) if matches!(kind, Kind::Map(_)) => {
                members.iter().any(|(_, value, _)| nested(value))
            }
            Raw::Table(_) => true,
            Raw::List(items) => items.iter().any(|(item, _)| nested(item)),
            _ => false,
        }
    }

    /// Where it stands and where what it holds does: an alias of YAML has the place of its anchor.
    #[cfg(feature = "dotenv")]
    pub(crate) fn places(&self, at: Span, places: &mut Vec<Span>) {
        match self {
            Raw::List(items) => items.iter().for_each(|(item, at)| item.places(*at, places)),
            Raw::Table(members) => members.iter().for_each(|(_, value, at)| value.places(*at, places)),
            _ => places.push(at),
        }
    }
}

/// Shows what sort of value it is, never the value: it may be secret.
impl fmt::Debug for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Raw::Bytes => f.write_str("Bytes"),
            Raw::Absent => f.write_str("Absent"),
            Raw::Null => f.write_str("Null"),
            Raw::Text(_) => write!(f, "Text({MASK})"),
            Raw::Content(_) => write!(f, "Content({MASK})"),
            Raw::Boolean(_) => write!(f, "Boolean({MASK})"),
            Raw::Number(_) => write!(f, "Number({MASK})"),
            Raw::List(_) => write!(f, "List({MASK})"),
            Raw::Table(_) => write!(f, "Table({MASK})"),
        }
    }
}
