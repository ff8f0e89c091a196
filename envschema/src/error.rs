//! Why a configuration could not be loaded: everything that is wrong, ready to be shown or looked through.

use std::error::Error;
use std::fmt;

use envschema_core::render::{self, Colour};
use envschema_core::report::{Located, Report};

/// Everything that kept a configuration from being loaded.
///
/// `Display` is the whole report, as `envschema check` prints it; nothing in it is secret.
pub struct LoadError {
    report: Box<Report>,
}

impl LoadError {
    pub(crate) fn new(report: Report) -> Self {
        Self { report: Box::new(report) }
    }

    /// What was found, warnings included, in the order of the sources.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Located> {
        self.report.diagnostics.iter()
    }

    /// The whole report, for renderers.
    #[must_use]
    pub const fn report(&self) -> &Report {
        &self.report
    }

    /// Prints the report on standard error and ends the process with exit status 1.
    #[expect(clippy::print_stderr, reason = "this is what it is for")]
    pub fn exit(&self) -> ! {
        eprintln!("{self}");
        std::process::exit(1)
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (errors, warnings) = self.report.counts();
        write!(f, "the configuration is not usable\n\n{}", render::full(&self.report, Colour::Never))?;
        write!(f, "{} in the configuration", render::counts(errors, warnings))
    }
}

/// As `Display`, so that a `main` that returns it prints something a person can read.
impl fmt::Debug for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for LoadError {}
