//! What one source yielded: its entries with their places, and what was wrong with it.

use std::borrow::Cow;
use std::fmt;

use crate::dotenv::reader::{Dialect, Duplicates};
use crate::dotenv::{Effect, Problem, Reading, Reference, Value as Read};
use crate::raw::Raw;
use crate::redact::{self, MASK};
use crate::span::Span;

/// What one source yielded.
#[derive(Clone)]
pub struct Layer<'t> {
    /// What it is called in diagnostics: a path as given, `process environment`.
    pub name: Cow<'t, str>,
    /// What sort of source it is.
    pub kind: LayerKind,
    /// The text its spans refer to; empty for sources without one.
    pub text: &'t [u8],
    /// Its entries, in the order of the source.
    pub entries: Vec<Entry<'t>>,
    /// Every reference between its entries.
    pub references: Vec<Reference<'t>>,
    /// What was wrong with it.
    pub problems: Vec<Problem>,
    /// Whether it is read only because of the profile at hand, as `.env.production` is: it has no say in what that is.
    pub profiled: bool,
    /// Whether none of its values may be shown, whatever the schema says: somebody else may have chosen what is read.
    pub withheld: bool,
    /// Whether it was read from a stream, to which nothing can be written.
    pub streamed: bool,
}

/// What sort of source a layer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerKind {
    /// A `.env` file, read in this dialect.
    Dotenv(&'static Dialect),
    /// A TOML, YAML or JSON file; values have types there.
    Document,
    /// The process environment.
    Process,
    /// A folder with one file for each secret.
    Secrets,
    /// Values given by the program itself.
    Map,
}

/// One entry of a layer.
#[derive(Clone)]
pub struct Entry<'t> {
    /// The key as the source spells it; bytes that are not UTF-8 are replaced, and then it is no key of a schema.
    pub key: Cow<'t, str>,
    /// The value.
    pub raw: Raw<'t>,
    /// Where the key stands.
    pub key_span: Span,
    /// Where the value stands.
    pub value_span: Span,
    /// Where all of it stands.
    pub span: Span,
}

impl<'t> Layer<'t> {
    /// The layer of a `.env` file that was read in `dialect`.
    #[must_use]
    pub fn dotenv(
        name: Cow<'t, str>,
        text: &'t [u8],
        dialect: &'static Dialect,
        reading: Reading<'t>,
    ) -> Self {
        let Reading { assignments, references, problems, .. } = reading;
        let entries = assignments
            .into_iter()
            .map(|assignment| Entry {
                key: utf8_or_replaced(assignment.key),
                raw: match assignment.value {
                    Read::Set(bytes) => utf8(bytes).map_or(Raw::Bytes, Raw::Text),
                    Read::Absent | Read::Unset => Raw::Absent,
                },
                key_span: assignment.key_span,
                value_span: assignment.value_span,
                span: assignment.span,
            })
            .collect();
        let kind = LayerKind::Dotenv(dialect);
        Self { entries, references, problems, ..Self::empty(name, kind, text) }
    }

    /// A layer of keys and texts that stand in no file.
    #[must_use]
    pub fn of_pairs(
        name: Cow<'t, str>,
        kind: LayerKind,
        pairs: impl IntoIterator<Item = (Cow<'t, str>, Raw<'t>)>,
    ) -> Self {
        let nowhere = Span::at(0);
        let entries = pairs
            .into_iter()
            .map(|(key, raw)| Entry { key, raw, key_span: nowhere, value_span: nowhere, span: nowhere })
            .collect();
        Self { entries, ..Self::empty(name, kind, &[]) }
    }

    /// A layer without entries.
    #[must_use]
    pub fn empty(name: Cow<'t, str>, kind: LayerKind, text: &'t [u8]) -> Self {
        let (entries, references, problems) = (Vec::new(), Vec::new(), Vec::new());
        Self {
            name,
            kind,
            text,
            entries,
            references,
            problems,
            profiled: false,
            withheld: false,
            streamed: false,
        }
    }

    /// The key of one of its entries, if it may be shown whoever declared what. A name alone on a line may be the rest of a
    /// value that lost its quotes.
    #[must_use]
    pub fn shown_key<'l>(&self, entry: &'l Entry<'_>) -> Option<&'l str> {
        match self.kind {
            LayerKind::Document => redact::path(&entry.key),
            _ if entry.raw == Raw::Absent => None,
            _ => redact::key(entry.key.as_bytes()),
        }
    }

    /// What an entry of a source without a text stands in: its own file in a folder of secrets, else the source.
    #[must_use]
    pub fn place_of(&self, entry: &Entry<'_>) -> Cow<'_, str> {
        match self.kind {
            LayerKind::Secrets => {
                let folder = self.name.strip_suffix(['/', '\\']).unwrap_or(&self.name);
                Cow::Owned(format!("{folder}/{}", entry.key))
            }
            _ => Cow::Borrowed(&self.name),
        }
    }

    /// Whether the first of several assignments to one key counts, and not the last.
    #[must_use]
    pub fn first_wins(&self) -> bool {
        matches!(self.kind, LayerKind::Dotenv(dialect) if dialect.duplicates == Duplicates::First)
    }

    /// Whether its entries stand in a text.
    #[must_use]
    pub const fn has_places(&self) -> bool {
        !self.text.is_empty()
    }

    /// Whether the real reader would read nothing of it.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.problems.iter().any(|problem| problem.effect == Effect::Refuse)
    }
}

impl Entry<'_> {
    /// Whether the value is the text at `value_span`, byte for byte, so that places in it are places in the source.
    #[must_use]
    pub fn is_literal(&self) -> bool {
        matches!(self.raw, Raw::Text(Cow::Borrowed(_)))
    }
}

/// Shows what sort of source it is and its keys: its text may hold secrets, and so may places behind them.
impl fmt::Debug for Layer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Layer")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field(
                "entries",
                &self
                    .entries
                    .iter()
                    .map(|entry| Shown(self.shown_key(entry), &entry.raw))
                    .collect::<Vec<_>>(),
            )
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

/// An entry as it may be shown: its key, and the sort of its value.
struct Shown<'l>(Option<&'l str>, &'l Raw<'l>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {:?}", self.0.unwrap_or(MASK), self.1)
    }
}

/// Shows the key, if it is shaped like one, and the sort of value.
impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field(
                "key",
                &redact::key(self.key.as_bytes()).filter(|_| self.raw != Raw::Absent).unwrap_or(MASK),
            )
            .field("raw", &self.raw)
            .finish_non_exhaustive()
    }
}

fn utf8(bytes: Cow<'_, [u8]>) -> Option<Cow<'_, str>> {
    match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

fn utf8_or_replaced(bytes: Cow<'_, [u8]>) -> Cow<'_, str> {
    match bytes {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
    }
}
