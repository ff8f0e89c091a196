//! [`miette`]: a load error is a `Diagnostic`, so that `fn main() -> miette::Result<()>` shows every problem at its place.
//!
//! What miette gets to print is the excerpt of our own report and nothing around it: by default it would show the lines
//! before and behind, that is, the password above the wrong port.

use std::error::Error;
use std::fmt;

use envschema_core::diagnostic::Severity;
use envschema_core::report::{Located, Place};
use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

use crate::LoadError;

/// A line number up to which empty lines stand for what is not shown, so that miette counts right.
const LAST_COUNTED_LINE: u32 = 10_000;

/// One problem, as miette shows it.
pub(crate) struct Problem {
    code: &'static str,
    severity: Severity,
    headline: String,
    help: Option<String>,
    source: Option<NamedSource<String>>,
    label: Option<LabeledSpan>,
}

impl Problem {
    pub(crate) fn new(located: &Located) -> Self {
        let diagnostic = &located.diagnostic;
        let (source, label) = source(&located.place).unzip();
        let help = match (&diagnostic.help, &located.place.line) {
            (Some(help), _) => Some(help.clone()),
            // What stands nowhere has no excerpt; its file still should be named.
            (None, None) => Some(format!("in {}", located.place.file)),
            (None, Some(_)) => None,
        };
        Self {
            code: diagnostic.code,
            severity: diagnostic.severity,
            headline: diagnostic.headline.clone(),
            help,
            source,
            label,
        }
    }
}

/// The excerpt on its own line, and what is underlined in it.
fn source(place: &Place) -> Option<(NamedSource<String>, LabeledSpan)> {
    let (line, excerpt) = (place.line?, place.excerpt.as_ref()?);
    let above = if line <= LAST_COUNTED_LINE { line as usize - 1 } else { 0 };
    let bytes = |characters: usize| excerpt.text.chars().take(characters).map(char::len_utf8).sum::<usize>();
    let (start, end) = (bytes(excerpt.underline.start), bytes(excerpt.underline.end));
    let text = format!("{}{}\n", "\n".repeat(above), excerpt.text);
    let label = LabeledSpan::new_primary_with_span(None, (above + start, end - start));
    Some((NamedSource::new(&place.file, text), label))
}

impl Diagnostic for LoadError {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        None
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.problems().iter().map(|problem| problem as &dyn Diagnostic)))
    }
}

impl Diagnostic for Problem {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.label
            .clone()
            .map(|label| Box::new(std::iter::once(label)) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for Problem {}
