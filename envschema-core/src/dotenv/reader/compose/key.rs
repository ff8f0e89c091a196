//! Names in Compose's files, and what can be wrong with them.

use super::Parser;
use crate::dotenv::encoding::BOM;
use crate::dotenv::scan::{find, find_any, is_go_space, is_word, trim_end};
use crate::dotenv::unicode::is_letter_or_number;
use crate::dotenv::{Effect, Problem, Syntax};
use crate::span::Span;

/// A name, and what ends it.
pub(super) struct Key {
    pub(super) span: Span,
    pub(super) end: KeyEnd,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyEnd {
    /// `=` or `:`
    Separator,
    /// LF: the name stands alone.
    Line,
    /// The end of the file: Compose takes the text for the value of an empty name.
    File,
}

impl Parser<'_, '_> {
    /// Reads a name up to what ends it, and passes over that.
    pub(super) fn key(&mut self) -> Result<Key, Problem> {
        let start = self.cursor.at();
        loop {
            let end = self.cursor.at();
            match self.cursor.peek() {
                Some(byte) if is_word(byte) || matches!(byte, b'.' | b'-' | b'[' | b']') => {
                    self.cursor.skip(1);
                }
                Some(b'=' | b':') => {
                    self.cursor.skip(1);
                    return self.named(start, end, KeyEnd::Separator);
                }
                Some(b'\n') => {
                    self.cursor.skip(1);
                    return self.named(start, end, KeyEnd::Line);
                }
                Some(_) => self.unusual_character(start)?,
                None if start == end => return Err(no_assignment(Span::at(start))),
                None => {
                    self.cursor.go_to(start);
                    return Ok(Key { span: Span::at(start), end: KeyEnd::File });
                }
            }
        }
    }

    fn named(&self, start: usize, end: usize, key_end: KeyEnd) -> Result<Key, Problem> {
        let name = trim_end(&self.cursor.text()[start..end], char::is_whitespace);
        let span = Span::new(start, start + name.len());
        if find(name, b' ').is_none() {
            return Ok(Key { span, end: key_end });
        }
        Err(match key_end {
            KeyEnd::Separator => Problem {
                help: Some("write `NAME=value`, with nothing but `export` before the name"),
                ..Problem::new(Syntax::InvalidKey, span, "a name cannot contain a space", Effect::Refuse)
            },
            KeyEnd::Line | KeyEnd::File => no_assignment(span),
        })
    }

    /// Passes over a character that is rare in names, if Compose lets it be.
    fn unusual_character(&mut self, start: usize) -> Result<(), Problem> {
        let (char, width) = self.cursor.peek_char().unwrap_or((None, 1));
        if char.is_some_and(|char| is_go_space(char) || is_letter_or_number(char)) {
            self.cursor.skip(width);
            return Ok(());
        }
        let at = self.cursor.at();
        let span = Span::new(at, at + width);
        let line = &self.cursor.text()[start..self.cursor.line_end()];
        Err(match span.of(self.cursor.text()) {
            BOM => {
                Problem::new(Syntax::InvalidEncoding, span, "a byte order mark is in the way", Effect::Refuse)
            }
            b"\0" => Problem::new(Syntax::InvalidEncoding, span, "a NUL byte is in the way", Effect::Refuse),
            _ if find_any(line, [b'=', b':']).is_none() => {
                no_assignment(Span::new(start, start + trim_end(line, char::is_whitespace).len()))
            }
            character => Problem {
                help: matches!(character, b"\"" | b"'").then_some("write the name without quotes"),
                ..Problem::new(
                    Syntax::InvalidKey,
                    span,
                    "a name cannot contain this character",
                    Effect::Refuse,
                )
            },
        })
    }

    /// Reports a value without a name.
    pub(super) fn empty_name(&mut self, start: usize, key: &Key) {
        let (message, help) = match key.end {
            KeyEnd::File => (
                "the last line has no `=` and no line break, so it is read as the value of an empty name",
                Some("write `NAME=value`, or end the line"),
            ),
            KeyEnd::Separator | KeyEnd::Line => ("the name is empty", None),
        };
        let end = self.cursor.line_end();
        let line = trim_end(&self.cursor.text()[start..end], char::is_whitespace);
        let span = Span::new(start, start + line.len());
        let code = if key.end == KeyEnd::File { Syntax::InvalidSyntax } else { Syntax::InvalidKey };
        let assignment = Some(self.reading.next_index());
        self.reading.problems.push(Problem {
            help,
            assignment,
            ..Problem::new(code, span, message, Effect::Misread)
        });
    }
}

fn no_assignment(span: Span) -> Problem {
    Problem {
        help: Some("write `NAME=value`, or start the line with `#`"),
        ..Problem::new(Syntax::InvalidSyntax, span, "this line is no assignment", Effect::Refuse)
    }
}
