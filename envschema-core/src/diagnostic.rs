//! One reported problem, as plain data: what is wrong, about what, and what to do.

use std::fmt;

use crate::subject::Subject;

/// One reported problem.
///
/// Every text is complete and shows nothing secret; only the places are still symbolic.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The stable name of the check: `missing-variable`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence that stands alone.
    pub headline: String,
    /// The variable it is about, if its key may be shown.
    pub key: Option<String>,
    /// What it is about.
    pub primary: Subject,
    /// Further places, each with a few words.
    pub labels: Vec<Label>,
    /// The part of the schema that is broken.
    pub rule: Option<Subject>,
    /// What to do.
    pub help: Option<String>,
    /// A change that would mend it.
    pub fix: Option<Fix>,
}

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The environment can be used, but something is most likely not as meant.
    Warning,
    /// The environment must not be used.
    Error,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A further place of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What it points to.
    pub subject: Subject,
    /// What is to be seen there: `first set here`.
    pub message: String,
}

/// What the checks of an environment find. Of each check, only so many findings are kept: a file of megabytes may be wrong in
/// every line, and nobody reads what is said of the ten thousandth.
#[derive(Debug)]
pub struct Findings {
    kept: Vec<Diagnostic>,
    /// How many more there are.
    left_out: usize,
    most: usize,
    room: usize,
}

impl Findings {
    /// How many findings of one check are usually kept.
    pub const MOST: usize = 1_000;

    /// Nothing found yet; `most` findings of each check will be kept.
    #[must_use]
    pub const fn new(most: usize) -> Self {
        Self { kept: Vec::new(), left_out: 0, most, room: most }
    }

    /// Makes room for the findings of the next check.
    pub const fn next_check(&mut self) {
        self.room = self.most;
    }

    /// Keeps a finding if there is room for it, and counts it otherwise.
    pub fn push(&mut self, found: Diagnostic) {
        if self.room > 0 {
            self.room -= 1;
            self.kept.push(found);
        } else {
            self.left_out += 1;
        }
    }

    /// What was kept.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kept.iter()
    }

    /// What was kept, and how many more findings there are.
    #[must_use]
    pub fn into_parts(self) -> (Vec<Diagnostic>, usize) {
        (self.kept, self.left_out)
    }
}

/// All of them, and no more.
impl From<Vec<Diagnostic>> for Findings {
    fn from(kept: Vec<Diagnostic>) -> Self {
        Self { kept, ..Self::new(0) }
    }
}

impl Extend<Diagnostic> for Findings {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, found: I) {
        found.into_iter().for_each(|found| self.push(found));
    }
}

/// A change that would mend a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: `rename it to `DATABASE_URL``.
    pub title: String,
    /// What is replaced by what.
    pub edits: Vec<Edit>,
    /// Whether it keeps the meaning of the file.
    pub safety: Safety,
}

/// One replacement of a fix.
#[derive(Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub subject: Subject,
    /// What stands there afterwards.
    pub text: String,
}

/// Shows what is replaced; the new text may hold a secret.
impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit").field("subject", &self.subject).finish_non_exhaustive()
    }
}

/// Whether a fix keeps the meaning of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Every reader that could read the file reads the same afterwards.
    Safe,
    /// It is most likely what was meant, but a person has to say so.
    Unsafe,
}

impl Diagnostic {
    /// An error under `code` about `primary`.
    #[must_use]
    pub fn error(code: &'static str, primary: Subject, headline: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            headline: headline.into(),
            key: None,
            primary,
            labels: Vec::new(),
            rule: None,
            help: None,
            fix: None,
        }
    }

    /// A warning under `code` about `primary`.
    #[must_use]
    pub fn warning(code: &'static str, primary: Subject, headline: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, primary, headline) }
    }

    /// With the key of the variable it is about.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// With the key of the variable it is about, where that may be shown.
    #[must_use]
    pub fn maybe_key(mut self, key: Option<impl Into<String>>) -> Self {
        self.key = key.map(Into::into);
        self
    }

    /// With another severity.
    #[must_use]
    pub const fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// With a further place.
    #[must_use]
    pub fn label(mut self, subject: Subject, message: impl Into<String>) -> Self {
        self.labels.push(Label { subject, message: message.into() });
        self
    }

    /// With the part of the schema that is broken.
    #[must_use]
    pub fn rule(mut self, subject: Subject) -> Self {
        self.rule = Some(subject);
        self
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With what to do, where there is something.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<impl Into<String>>) -> Self {
        self.help = help.map(Into::into);
        self
    }

    /// With a change that would mend it.
    #[must_use]
    pub fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }
}
