//! A value before a kind has looked at it: text, or what a typed file made of it.

use std::borrow::Cow;

use crate::span::Span;

/// A value before a kind has looked at it.
#[derive(Clone, Debug, PartialEq)]
pub enum Raw<'t> {
    /// Text. Borrowed exactly when it is the text at the entry's `value_span`, byte for byte.
    Text(Cow<'t, str>),
    /// The content of the file that a `KEY_FILE` names; a loader puts it there.
    Content(Cow<'t, str>),
    /// Bytes that are not UTF-8.
    Bytes,
    /// A name without a value: as if it were not there.
    Absent,
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
        matches!(self, Raw::Text(text) if text.is_empty())
    }
}
