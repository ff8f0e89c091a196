//! Diagnostics with their places: the one step from subjects to lines and columns, and to excerpts without secrets.

use std::cell::{Cell, OnceCell};
use std::fmt;

use crate::diagnostic::{Diagnostic, Severity};
use crate::redact;
use crate::span::{Lines, Span, columns};

mod excerpt;
pub mod locate;
mod schema_source;
mod visible;

pub use excerpt::Excerpt;
pub use schema_source::SchemaSource;

/// Everything that was found in one environment, in the order of the sources.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was found.
    pub diagnostics: Vec<Located>,
    /// What was found and is switched off, with the reason where the schema gives one.
    pub allowed: Vec<Located>,
    /// How many further findings were left out, because one check had too many of them.
    pub left_out: usize,
}

/// A diagnostic with its places.
#[derive(Clone, Debug)]
pub struct Located {
    /// The diagnostic.
    pub diagnostic: Diagnostic,
    /// Where it is.
    pub place: Place,
    /// Its labels, those that have a place.
    pub labels: Vec<(Place, String)>,
    /// The rule it breaks.
    pub rule: Option<Place>,
}

/// A place as it may be told to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name of the file or source, safe to print.
    pub file: String,
    /// The line, if it stands on one.
    pub line: Option<u32>,
    /// The column of its first character and the one behind its last; none behind a secret.
    pub columns: Option<(u32, u32)>,
    /// The line as it may be shown.
    pub excerpt: Option<Excerpt>,
}

impl Place {
    /// A place that is a whole file.
    #[must_use]
    pub fn file(name: impl Into<String>) -> Self {
        Self { file: name.into(), line: None, columns: None, excerpt: None }
    }
}

impl Report {
    /// How many errors and how many warnings were found.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let errors =
            self.diagnostics.iter().filter(|located| located.diagnostic.severity == Severity::Error).count();
        (errors, self.diagnostics.len() - errors)
    }

    /// Whether an error was found.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|located| located.diagnostic.severity == Severity::Error)
    }
}

/// A text with a name, whose lines are found when the first place is asked for.
pub struct Source<'t> {
    /// What it is called, safe to print.
    pub name: String,
    /// The text.
    pub text: &'t [u8],
    lines: OnceCell<Lines>,
    /// The place that was asked for last, from which the columns of the next one on its line are counted.
    last: Cell<Counted>,
}

/// A place whose column is known.
#[derive(Clone, Copy)]
struct Counted {
    line: Span,
    offset: u32,
    column: u32,
}

impl<'t> Source<'t> {
    /// A text called `name`.
    #[must_use]
    pub fn new(name: &str, text: &'t [u8]) -> Self {
        let name = redact::escape(name).into_owned();
        let start = Counted { line: Span::at(0), offset: 0, column: 1 };
        Self { name, text, lines: OnceCell::new(), last: Cell::new(start) }
    }

    /// Its lines.
    pub fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(self.text))
    }

    /// The line that holds `offset`, without its line end.
    #[must_use]
    pub fn line_at(&self, offset: u32) -> Span {
        self.lines().span_of(self.text, self.lines().line_of(offset))
    }

    /// The place of `span` without an excerpt; the columns are left out if `is_behind_secret`.
    #[must_use]
    pub fn place(&self, span: Span, is_behind_secret: bool) -> Place {
        let line = self.lines().line_of(span.start);
        let columns = (!is_behind_secret).then(|| self.columns(span));
        Place { file: self.name.clone(), line: Some(line), columns, excerpt: None }
    }

    /// The column of the first character of `span`, and the one behind its last on the same line.
    fn columns(&self, span: Span) -> (u32, u32) {
        let line = self.line_at(span.start);
        let mut known = self.last.get();
        if known.line != line || known.offset > span.start {
            known = Counted { line, offset: line.start, column: 1 };
        }
        let between = |start, end| columns(Span { start, end }.of(self.text));
        let column = known.column + between(known.offset, span.start.max(known.offset));
        self.last.set(Counted { line, offset: span.start.max(known.offset), column });
        let end = span.end.min(line.end).max(span.start);
        (column, column + between(span.start, end))
    }
}

/// Shows the name: the text may hold secrets.
impl fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}
