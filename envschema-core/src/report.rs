//! Diagnostics with their places: the one step from subjects to lines and columns, and to excerpts without secrets.

use std::cell::OnceCell;

use crate::diagnostic::{Diagnostic, Severity};
use crate::span::{Lines, Span};

pub mod excerpt;
#[cfg(feature = "dotenv")]
pub mod locate;

pub use excerpt::Excerpt;

/// Everything that was found in one environment, in the order of the sources.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was found.
    pub diagnostics: Vec<Located>,
    /// What was found and is switched off, with the reason where the schema gives one.
    pub allowed: Vec<Located>,
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
#[derive(Debug)]
pub struct Source<'t> {
    /// What it is called, safe to print.
    pub name: String,
    /// The text.
    pub text: &'t [u8],
    lines: OnceCell<Lines>,
}

impl<'t> Source<'t> {
    /// A text called `name`.
    #[must_use]
    pub fn new(name: &str, text: &'t [u8]) -> Self {
        Self { name: crate::redact::escape(name).into_owned(), text, lines: OnceCell::new() }
    }

    /// Its lines.
    pub fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(self.text))
    }

    /// The place of `span` without an excerpt; the columns are left out if `is_behind_secret`.
    #[must_use]
    pub fn place(&self, span: Span, is_behind_secret: bool) -> Place {
        let start = self.lines().position(self.text, span.start);
        let end = self.lines().position(self.text, span.end);
        let end_column = if end.line == start.line { end.column } else { self.last_column(start.line) };
        let columns = (!is_behind_secret).then_some((start.column, end_column.max(start.column)));
        Place { file: self.name.clone(), line: Some(start.line), columns, excerpt: None }
    }

    fn last_column(&self, line: u32) -> u32 {
        let span = self.lines().span_of(self.text, line);
        self.lines().position(self.text, span.end).column
    }
}
