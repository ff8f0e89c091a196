//! How a run ends, for scripts.

use std::process::ExitCode;

/// How a run ends; of several, the worst counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// No errors.
    #[default]
    Clean,
    /// Errors were found.
    Errors,
    /// The job could not be done: wrong usage, a file that cannot be read, a schema that cannot be used.
    Undone,
}

impl Exit {
    /// The number a script sees.
    pub(crate) const fn status(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Errors => 1,
            Self::Undone => 2,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.status().into()
    }
}
