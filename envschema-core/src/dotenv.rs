//! What a real reader of `.env` files sees in one file: its assignments, and everything wrong with it.
//!
//! A [`Dialect`] is a row: a reader's name and version, how it treats duplicates and the process environment, and the
//! function that reads. The functions live one per family in `reader/`. Reading never fails and never runs anything.

use std::borrow::Cow;
use std::fmt;

use crate::redact::{self, MASK};
use crate::span::Span;

#[cfg(feature = "dialects")]
mod command;
#[cfg(feature = "dialects")]
pub mod compare;
mod cursor;
#[cfg(feature = "dialects")]
mod decoded;
#[cfg(feature = "dialects")]
pub mod document;
pub(crate) mod encoding;
#[cfg(feature = "dialects")]
mod entries;
pub mod environ;
mod expansion;
#[cfg(feature = "dialects")]
mod javascript;
#[cfg(feature = "dialects")]
pub mod layout;
#[cfg(feature = "dialects")]
mod lines;
#[cfg(feature = "dialects")]
mod misread;
#[cfg(feature = "dialects")]
pub mod outcome;
mod quoting;
pub mod reader;
#[cfg(feature = "dialects")]
mod rewritten;
mod scan;
#[cfg(feature = "dialects")]
pub mod traits;
mod unicode;
#[cfg(feature = "dialects")]
mod wording;

#[cfg(feature = "dialects")]
pub use document::{Document, Edit, Piece, PieceKind, apply};
pub use environ::Environ;
pub use expansion::{BUDGET, NESTING};
#[cfg(feature = "dialects")]
pub use outcome::Outcome;
pub use reader::{DIALECTS, Dialect, Duplicates, Precedence, find};
#[cfg(feature = "dialects")]
pub use traits::Traits;

/// What one reader sees in one file.
#[derive(Clone, Debug, Default)]
pub struct Reading<'t> {
    /// Every assignment, in the order of the file, those behind an error included.
    pub assignments: Vec<Assignment<'t>>,
    /// Every `$NAME` that was looked up, in the order of the file.
    pub references: Vec<Reference<'t>>,
    /// Everything wrong, in the order of the file.
    pub problems: Vec<Problem>,
    /// What the reader sets besides.
    pub side_effects: Vec<SideEffect>,
}

impl<'t> Reading<'t> {
    /// The number of the next assignment.
    pub(crate) fn next_index(&self) -> u32 {
        u32::try_from(self.assignments.len()).unwrap_or(u32::MAX)
    }

    /// Adds an assignment to a `text`.
    pub(crate) fn assign(&mut self, text: &'t [u8], mut assignment: Assignment<'t>) {
        assignment.settle(text);
        self.assignments.push(assignment);
    }

    /// Puts references and problems into the order of the file.
    pub(crate) fn in_order(mut self) -> Self {
        self.references.sort_by_key(|reference| reference.span.start);
        self.problems.sort_by_key(|problem| problem.span.start);
        self
    }
}

/// One `KEY=value`.
#[derive(Clone)]
pub struct Assignment<'t> {
    /// The name as the reader sees it.
    pub key: Cow<'t, [u8]>,
    /// What the reader makes of the value: quotes removed, escapes and references resolved.
    pub value: Value<'t>,
    /// Where the key stands.
    pub key_span: Span,
    /// Where the value stands: without its outer quotes, without blanks and comment around it.
    pub value_span: Span,
    /// The whole statement, from its first character (an `export`, say) to the last one of the value or its quote.
    pub span: Span,
    /// How the value is quoted.
    pub quote: Quote,
}

impl<'t> Assignment<'t> {
    /// Borrows the value if it is what stands in `text`, however it came about.
    pub(crate) fn settle(&mut self, text: &'t [u8]) {
        let written = self.value_span.of(text);
        match &mut self.value {
            Value::Set(value @ Cow::Owned(_)) if **value == *written => *value = Cow::Borrowed(written),
            Value::Set(value @ Cow::Borrowed(_)) if **value != *written => {
                *value = Cow::Owned(value.to_vec());
            }
            _ => {}
        }
    }
}

/// What an assignment gives its key.
#[derive(Clone, PartialEq, Eq)]
pub enum Value<'t> {
    /// A value. Borrowed exactly when it is the text at `value_span`, byte for byte.
    Set(Cow<'t, [u8]>),
    /// None: a bare name that takes the process environment's value, which was not there, or a statement the reader
    /// leaves out.
    Absent,
    /// A bare name that removes the variable.
    Unset,
}

/// A variable the reader sets on its own account because of an assignment: a copy under another name, or another value for
/// a variable of the process environment.
#[derive(Clone, PartialEq, Eq)]
pub struct SideEffect {
    /// The index of the assignment that brings it about.
    pub assignment: u32,
    /// The name of the variable.
    pub key: Vec<u8>,
    /// Its value.
    pub value: Vec<u8>,
}

/// How a value is quoted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quote {
    /// Not at all, or only in parts.
    #[default]
    None,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `` `…` ``
    Backtick,
}

#[cfg(feature = "dialects")]
impl Quote {
    /// The kind of quote that `byte` opens.
    pub(crate) fn opened_by(byte: u8) -> Self {
        match byte {
            b'\'' => Self::Single,
            b'"' => Self::Double,
            b'`' => Self::Backtick,
            _ => Self::None,
        }
    }
}

/// One reference inside a value.
#[derive(Clone, PartialEq, Eq)]
pub struct Reference<'t> {
    /// Index of the assignment whose value refers.
    pub assignment: u32,
    /// The name referred to.
    pub name: Cow<'t, [u8]>,
    /// Where the whole reference stands, `$` and braces included.
    pub span: Span,
    /// Whether it is written `${NAME}`.
    pub braced: bool,
    /// Whether what it yields became part of the value: not inside a default that does not apply.
    pub used: bool,
    /// What it was resolved to.
    pub target: Target,
}

/// What a reference was resolved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An assignment of the same file, by index.
    Assignment(u32),
    /// The process environment.
    Environ,
    /// Nothing, and the reference says what to do then (`${NAME:-default}`, `${NAME+alternative}`, `${NAME?message}`).
    Default,
    /// Nothing at all.
    Undefined,
}

/// Something wrong with the text. Its words are fixed: nothing of the file can get into them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// Which of the syntax codes it is reported under.
    pub code: Syntax,
    /// Where, as narrow as possible.
    pub span: Span,
    /// What is wrong, in one short sentence that can stand behind a place: `the quote is never closed`.
    pub message: &'static str,
    /// What to do about it.
    pub help: Option<&'static str>,
    /// What the real reader does when it meets it.
    pub effect: Effect,
    /// The assignment it belongs to, by index, where there is one.
    pub assignment: Option<u32>,
}

impl Problem {
    /// A problem of the file, without help.
    pub(crate) const fn new(code: Syntax, span: Span, message: &'static str, effect: Effect) -> Self {
        Self { code, span, message, help: None, effect, assignment: None }
    }
}

/// Shows the key, if it is shaped like one and has a value: the value may be secret, and so may be how long it is.
impl fmt::Debug for Assignment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assignment")
            .field("key", &redact::key(&self.key).filter(|_| self.value != Value::Absent).unwrap_or(MASK))
            .field("value", &self.value)
            .field("quote", &self.quote)
            .finish_non_exhaustive()
    }
}

/// Shows whether there is a value, never the value.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set(_) => write!(f, "Set({MASK})"),
            Self::Absent => f.write_str("Absent"),
            Self::Unset => f.write_str("Unset"),
        }
    }
}

/// Shows the name, if it is shaped like one, never the value.
impl fmt::Debug for SideEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SideEffect")
            .field("assignment", &self.assignment)
            .field("key", &redact::key(&self.key).unwrap_or(MASK))
            .finish_non_exhaustive()
    }
}

/// Shows what it was resolved to, not the name: that is part of a value.
impl fmt::Debug for Reference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reference")
            .field("assignment", &self.assignment)
            .field("braced", &self.braced)
            .field("used", &self.used)
            .field("target", &self.target)
            .finish_non_exhaustive()
    }
}

/// Shows what is wrong, not where: a place may tell how long a secret is.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("code", &self.code)
            .field("message", &self.message)
            .field("effect", &self.effect)
            .field("assignment", &self.assignment)
            .finish_non_exhaustive()
    }
}

/// The codes a reading can report under, in the words of the list of checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Syntax {
    /// `invalid-syntax`: a line that is no assignment.
    InvalidSyntax,
    /// `unterminated-quote`
    UnterminatedQuote,
    /// `invalid-key`: the reader does not accept this name.
    InvalidKey,
    /// `invalid-escape`
    InvalidEscape,
    /// `unsupported-syntax`: well-formed for other readers, not for this one; or a command, which is never run.
    UnsupportedSyntax,
    /// `duplicate-assignment`: the reader refuses a repeated key.
    DuplicateAssignment,
    /// `invalid-encoding`: bytes that are not UTF-8, NUL, or a byte order mark the reader trips over.
    InvalidEncoding,
    /// `expansion-limit`: the value would grow past the budget, or never end.
    ExpansionLimit,
    /// `undefined-reference`: the reader itself refuses a reference to nothing (`${NAME:?message}`).
    UndefinedReference,
    /// `unportable-value`: not every reader reads this alike.
    UnportableValue,
}

/// What the real reader does about a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Reads nothing of the file.
    Refuse,
    /// Keeps what stands above and drops the rest.
    Stop,
    /// As `Stop`, with exit status 0 or a mere warning.
    Truncate,
    /// Leaves out this statement and goes on.
    Skip,
    /// As `Skip`, and reports an error: what a shell does with a command it does not find.
    Fail,
    /// Reads something all the same, most likely not what was meant.
    Misread,
    /// Reads something that only the running reader knows: the number of its process, say.
    Unknown,
    /// Runs a command, never ends or grows past the budget, none of which is done here: an error, and what comes of it is
    /// not known.
    Act,
}
