//! Why a job could not be done, where no check has a code for it.

/// A job that could not be done. Nothing in it is secret or can act on a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What went wrong, as a headline: lowercase, no final period.
    pub(crate) message: String,
    /// The file it is about.
    pub(crate) file: Option<String>,
    /// What to do.
    pub(crate) help: Option<String>,
}

impl Failure {
    /// A failure that is about no file.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), file: None, help: None }
    }

    /// With the file it is about.
    pub(crate) fn file(self, file: impl Into<String>) -> Self {
        Self { file: Some(file.into()), ..self }
    }

    /// With what to do.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}
