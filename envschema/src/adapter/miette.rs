//! [`miette`]: a load error is a `Diagnostic`, so that `fn main() -> miette::Result<()>` shows every problem at its place.
//!
//! What miette prints of an error is its `Display`, which is our report. [`LoadError::into_miette`] has miette draw it instead:
//! all it gets is the excerpt of our own report and nothing around it. By default it would show the lines before and behind,
//! that is, the password above the wrong port.

use std::error::Error;
use std::fmt;

use envschema_core::diagnostic::Severity;
use envschema_core::render;
use envschema_core::report::{Located, Place, Report};
use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};

use crate::LoadError;

/// Its problems are not `related` to it: they are in its `Display`, and would be shown twice.
impl Diagnostic for LoadError {}

impl LoadError {
    /// The same, drawn by miette: a headline, and each problem with its code, its line and what is underlined in it.
    ///
    /// ```
    /// use envschema::{EnvSchema, LoadError};
    ///
    /// #[derive(EnvSchema)]
    /// struct Config {
    ///     #[env(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// fn main() -> miette::Result<()> {
    ///     let config = Config::loader().load().map_err(LoadError::into_miette)?;
    ///     assert_eq!(config.port, 8080);
    ///     Ok(())
    /// }
    /// ```
    #[must_use]
    pub fn into_miette(self) -> miette::Report {
        Problems::new(self.report()).into()
    }
}

/// All problems of a configuration.
struct Problems {
    headline: String,
    problems: Vec<Problem>,
}

impl Problems {
    fn new(report: &Report) -> Self {
        let (errors, warnings) = report.counts();
        Self {
            headline: format!("the configuration is not usable: {}", render::counts(errors, warnings)),
            problems: report.diagnostics.iter().map(Problem::new).collect(),
        }
    }
}

impl Diagnostic for Problems {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.problems.iter().map(|problem| problem as &dyn Diagnostic)))
    }
}

/// One problem.
struct Problem {
    code: &'static str,
    severity: Severity,
    headline: String,
    help: Option<String>,
    line: Option<Line>,
}

impl Problem {
    fn new(located: &Located) -> Self {
        let diagnostic = &located.diagnostic;
        let line = Line::new(&located.place);
        // What stands nowhere has no excerpt; its file still should be named.
        let place = line.is_none().then(|| format!("in {}", render::position(&located.place)));
        let note = |(place, message): &(Place, String)| format!("{}: {message}", render::position(place));
        let help = place.into_iter().chain(located.labels.iter().map(note)).chain(diagnostic.help.clone());
        let help: Vec<_> = help.collect();
        Self {
            code: diagnostic.code,
            severity: diagnostic.severity,
            headline: diagnostic.headline.clone(),
            help: (!help.is_empty()).then(|| help.join("\n")),
            line,
        }
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
        self.line.as_ref().map(|line| line as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.line.as_ref()?.underlined;
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(None, span))))
    }
}

/// The excerpt of one line, as all of its file that there is.
struct Line {
    file: String,
    /// Counted from 0.
    number: usize,
    text: String,
    underlined: SourceSpan,
}

impl Line {
    fn new(place: &Place) -> Option<Self> {
        let (line, excerpt) = (place.line?, place.excerpt.as_ref()?);
        let bytes =
            |characters: usize| excerpt.text.chars().take(characters).map(char::len_utf8).sum::<usize>();
        let (start, end) = (bytes(excerpt.underline.start), bytes(excerpt.underline.end));
        Some(Self {
            file: place.file.clone(),
            number: line.saturating_sub(1) as usize,
            text: excerpt.text.clone(),
            underlined: (start, end - start).into(),
        })
    }
}

impl SourceCode for Line {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let before = self.text.get(..span.offset()).ok_or(MietteError::OutOfBounds)?;
        // What is printed behind the name of the file.
        let column = before.chars().count();
        let contents = MietteSpanContents::new_named(
            self.file.clone(),
            self.text.as_bytes(),
            (0, self.text.len()).into(),
            self.number,
            column,
            1,
        );
        Ok(Box::new(contents))
    }
}

/// How an error shows itself: by its headline.
macro_rules! shown_by_headline {
    ($($error:ident)*) => {$(
        impl fmt::Display for $error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.headline)
            }
        }

        impl fmt::Debug for $error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Error for $error {}
    )*};
}

shown_by_headline! { Problems Problem }
