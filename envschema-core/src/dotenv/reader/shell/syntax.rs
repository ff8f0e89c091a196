//! What keeps a shell from reading on.

use crate::dotenv::Syntax;
use crate::span::Span;

/// A place the shell cannot get past.
#[derive(Clone, Copy, Debug)]
pub(super) struct SyntaxError {
    pub(super) mistake: Mistake,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    UnclosedQuote,
    UnclosedBackquote,
    UnclosedBrace,
    /// `$(`, `$((`, `(` or a compound command.
    Unclosed,
    /// An operator or reserved word where none can stand.
    Unexpected,
    /// The same inside `$(…)`.
    UnexpectedInside,
    /// The same inside `NAME=(…)`.
    UnexpectedElement,
    /// `$((…)` is no arithmetic.
    NoArithmetic,
    /// Nested deeper than is followed here.
    TooDeep,
}

impl Mistake {
    pub(super) fn at(self, span: Span) -> SyntaxError {
        SyntaxError { mistake: self, span }
    }

    /// Code, message and help.
    pub(super) fn words(self) -> (Syntax, &'static str, &'static str) {
        match self {
            Self::UnclosedQuote => (
                Syntax::UnterminatedQuote,
                "the quote is never closed",
                "close the quote at the end of the value; write `'\\''` for a single quote inside single quotes",
            ),
            Self::UnclosedBackquote => (
                Syntax::UnterminatedQuote,
                "the backtick is never closed",
                "put the value in single quotes; a backtick would run a command",
            ),
            Self::UnclosedBrace => (
                Syntax::InvalidSyntax,
                "the reference has no closing brace",
                "write `${NAME}`, or put the value in single quotes",
            ),
            Self::Unclosed => {
                (Syntax::InvalidSyntax, "what begins here never ends", "put the value in single quotes")
            }
            Self::Unexpected | Self::UnexpectedInside | Self::UnexpectedElement | Self::NoArithmetic => (
                Syntax::InvalidSyntax,
                "the shell does not expect this here",
                "put the value in quotes: blanks and `; & | < > ( )` mean something to a shell",
            ),
            Self::TooDeep => {
                (Syntax::ExpansionLimit, "this is nested too deep", "unnest it: 100 levels are followed")
            }
        }
    }
}
