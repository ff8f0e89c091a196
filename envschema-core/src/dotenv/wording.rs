//! The problems that many readers have, in the same words everywhere.

use super::{Effect, Problem, Syntax};
use crate::span::Span;

/// A line without name and `=`.
pub(crate) const fn no_assignment(line: Span, effect: Effect) -> Problem {
    Problem {
        help: Some("write `NAME=value`, or start the line with `#`"),
        ..Problem::new(Syntax::InvalidSyntax, line, "this line is no assignment", effect)
    }
}

/// A value without a name.
pub(crate) const fn empty_name(statement: Span, effect: Effect) -> Problem {
    Problem {
        help: Some("write `NAME=value`"),
        ..Problem::new(Syntax::InvalidKey, statement, "the name is empty", effect)
    }
}

/// A character that no name can contain.
pub(crate) const fn invalid_name_character(character: Span, effect: Effect) -> Problem {
    Problem {
        help: Some("write `NAME=value`, with letters, digits and `_` in the name"),
        ..Problem::new(Syntax::InvalidKey, character, "a name cannot contain this character", effect)
    }
}

/// A name that contains a blank.
pub(crate) const fn blank_in_name(name: Span, effect: Effect) -> Problem {
    Problem {
        help: Some("write `NAME=value`, with nothing but `export` before the name"),
        ..Problem::new(Syntax::InvalidKey, name, "a name cannot contain a blank", effect)
    }
}

/// `export` before a name, for a reader that does not know it.
pub(crate) const fn unknown_export(statement: Span, effect: Effect) -> Problem {
    Problem {
        help: Some("write `NAME=value`, without `export`"),
        ..Problem::new(Syntax::UnsupportedSyntax, statement, "this reader does not know `export`", effect)
    }
}

/// The quote at `open`, which is never closed.
pub(crate) fn unterminated_quote(open: usize, effect: Effect) -> Problem {
    Problem {
        help: Some("close the quote at the end of the value"),
        ..Problem::new(
            Syntax::UnterminatedQuote,
            Span::new(open, open + 1),
            "the quote is never closed",
            effect,
        )
    }
}

/// Text between a closing quote and the end of its line.
pub(crate) const fn text_behind_quote(text: Span, effect: Effect) -> Problem {
    Problem {
        help: Some("put the whole value inside the quotes; a comment starts with ` #`"),
        ..Problem::new(Syntax::InvalidSyntax, text, "text follows the closing quote", effect)
    }
}

/// `# note` behind `NAME= `, where no value stands before it.
pub(crate) const fn comment_for_value(comment: Span, effect: Effect) -> Problem {
    Problem {
        help: Some("put the comment on a line of its own"),
        ..Problem::new(
            Syntax::InvalidSyntax,
            comment,
            "the value is missing, so the comment is read as the value",
            effect,
        )
    }
}

/// A value on a line below its name, of which `value` is the first line.
pub(crate) const fn value_further_down(value: Span, effect: Effect) -> Problem {
    Problem {
        help: Some("write the value on the line of its name; write `KEY=` for an empty one"),
        ..Problem::new(
            Syntax::InvalidSyntax,
            value,
            "this is read as the value of the name on a line above",
            effect,
        )
    }
}

/// A command, which this program never runs.
pub(crate) const fn command(command: Span, effect: Effect) -> Problem {
    Problem {
        help: Some("write the value itself; to keep the text, put it into single quotes"),
        ..Problem::new(
            Syntax::UnsupportedSyntax,
            command,
            "the reader runs this as a command, which is never done here",
            effect,
        )
    }
}
