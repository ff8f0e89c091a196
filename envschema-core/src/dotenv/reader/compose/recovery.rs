//! How the reading goes on where Compose would give up, so that everything wrong is reported at once.

use super::Parser;
use crate::dotenv::quoting::{Closing, closing_quote};
use crate::dotenv::scan::{find, find_any, find_pair, is_go_space, trim_end, trim_start};
use crate::dotenv::{Effect, Problem, Quote, Reading, Syntax};
use crate::span::Span;

/// A quoted value that was just read.
pub(super) struct Quoted {
    /// Where its quote opens.
    open: usize,
    /// Behind its closing quote.
    end: usize,
    /// How many references and problems there were before it.
    references: usize,
    problems: usize,
}

impl Quoted {
    pub(super) fn new(open: usize, end: usize, reading: &Reading<'_>) -> Self {
        Self { open, end, references: reading.references.len(), problems: reading.problems.len() }
    }

    /// Whether the statement at `start`, which is the next one, stands on the line of the closing quote.
    pub(super) fn is_on_line_of(&self, start: usize, text: &[u8]) -> bool {
        find(&text[self.end..start], b'\n').is_none()
    }
}

impl<'t> Parser<'t, '_> {
    /// Goes behind the statement at `start`, which could not be read: to the end of its line, or of the line on which
    /// the quoted value closes that it seems to have.
    pub(super) fn recover(&mut self, start: usize) {
        self.cursor.go_to(start);
        let line = self.cursor.line_end();
        self.cursor.go_to(self.quoted_value_end(start, line).unwrap_or(line));
        self.cursor.take_line();
    }

    fn quoted_value_end(&self, start: usize, line: usize) -> Option<usize> {
        let text = self.cursor.text();
        let separator = start + find_any(&text[start..line], [b'=', b':'])?;
        let value = trim_start(&text[separator + 1..], is_go_space);
        let quote = *value.first().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let length = closing_quote(&value[1..], quote, Closing::Unescaped)?;
        let behind = &value[length + 2..];
        let rest = &behind[..find(behind, b'\n').unwrap_or(behind.len())];
        let rest = trim_start(rest, char::is_whitespace);
        (rest.is_empty() || rest.starts_with(b"#")).then_some(text.len() - behind.len())
    }

    /// The text at `start`, behind a closing quote, is no statement. If the quoted value has several lines, its quote
    /// was most likely meant to close on the first.
    pub(super) fn text_behind_quote(&mut self, quoted: &Quoted, start: usize) {
        let text = self.cursor.text();
        self.cursor.go_to(quoted.open);
        let line = self.cursor.line_end();
        if line < quoted.end {
            self.reading.problems.truncate(quoted.problems);
            self.reading.references.truncate(quoted.references);
            if let Some(assignment) = self.reading.assignments.pop() {
                let start = assignment.span.start as usize;
                let message = "the quote closes on a later line only, with text behind it";
                self.unterminated(start, assignment.key_span, quoted.open, message);
            }
            return;
        }
        self.cursor.go_to(start);
        let behind = trim_end(&text[start..self.cursor.line_end()], char::is_whitespace);
        self.cursor.take_line();
        self.reading.problems.push(Problem {
            help: Some("put the whole value inside the quotes; a comment starts with ` #`"),
            assignment: self.reading.next_index().checked_sub(1),
            ..Problem::new(
                Syntax::InvalidSyntax,
                Span::new(start, start + behind.len()),
                "text follows the closing quote",
                Effect::Refuse,
            )
        });
    }

    /// Takes the rest of the line for the value that opens at `open` and does not close there.
    pub(super) fn unterminated(&mut self, start: usize, key_span: Span, open: usize, message: &'static str) {
        self.cursor.go_to(open);
        let text = self.cursor.text();
        let line = self.cursor.take_line();
        let value = trim_end(&line[1..], char::is_whitespace);
        let value_span = Span::new(open + 1, open + 1 + value.len());
        self.reading.problems.push(Problem {
            help: Some("close the quote at the end of the value; escape the same quote inside with `\\`"),
            assignment: Some(self.reading.next_index()),
            ..Problem::new(Syntax::UnterminatedQuote, Span::new(open, open + 1), message, Effect::Refuse)
        });
        let quote = if text[open] == b'"' { Quote::Double } else { Quote::Single };
        self.assign(key_span, value.into(), value_span, Span::at(start).to(value_span), quote);
    }

    /// Reports a name alone behind a closing quote: what was meant to be part of the value.
    pub(super) fn stray_name(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        self.reading.problems.push(Problem {
            help: Some("put the whole value inside the quotes"),
            assignment: self.reading.next_index().checked_sub(1),
            ..Problem::new(
                Syntax::InvalidSyntax,
                span,
                "text behind the closing quote is read as a name of its own",
                Effect::Misread,
            )
        });
    }

    /// Reports a comment that becomes part of the value.
    pub(super) fn mistaken_comment(&mut self, value: &'t [u8], value_span: Span, separator: usize) {
        let behind_tab = find_pair(value, *b"\t#").map(|at| value_span.start as usize + at + 1);
        let (start, message) = match behind_tab {
            _ if value.starts_with(b"#") && value_span.start as usize > separator => {
                (value_span.start as usize, "the value is missing, so the comment is read as the value")
            }
            Some(start) => (start, "a tab starts no comment, so the comment is part of the value"),
            None => return,
        };
        self.reading.problems.push(Problem {
            help: Some("put the comment on a line of its own"),
            assignment: Some(self.reading.next_index()),
            ..Problem::new(
                Syntax::InvalidSyntax,
                Span { end: value_span.end, ..Span::at(start) },
                message,
                Effect::Misread,
            )
        });
    }
}
