//! Values as symfony/dotenv cuts them out: quoted and unquoted pieces, joined.

use crate::dotenv::cursor::Cursor;
use crate::dotenv::quoting::{Unquoted, Unquoting};
use crate::dotenv::scan::{find, find_any, is_blank};
use crate::dotenv::wording::unterminated_quote;
use crate::dotenv::{Effect, Problem, Quote, Syntax};
use crate::span::Span;

use super::is_white;

/// A value before anything is resolved.
pub(super) struct Written<'t> {
    pub(super) raw: Unquoted<'t>,
    pub(super) value_span: Span,
    /// Behind its last character or quote.
    pub(super) end: usize,
    pub(super) quote: Quote,
}

/// Reads the value at the cursor, up to its comment or the end of the line.
pub(super) fn read<'t>(cursor: &mut Cursor<'t>) -> Result<Written<'t>, Problem> {
    let text = cursor.text();
    let start = cursor.at();
    let blanks = cursor.take_while(is_blank);
    match cursor.peek() {
        None | Some(b'\n' | b'\r' | b'#') => {
            let value_span = Span::new(start, start);
            let raw = Unquoted::verbatim(text, value_span);
            return Ok(Written { raw, value_span, end: start, quote: Quote::None });
        }
        Some(_) if !blanks.is_empty() => {
            return Err(Problem {
                help: Some("write `NAME=value`, with nothing around the `=`"),
                ..Problem::new(
                    Syntax::InvalidSyntax,
                    cursor.span_from(start),
                    "no blank may stand before the value",
                    Effect::Refuse,
                )
            });
        }
        Some(_) => {}
    }
    let rest = Span::new(start, text.len());
    let mut pieces =
        Pieces { text, at: start, end: start, unquoting: Unquoting::new(text, rest), quoted: None };
    pieces.read()?;
    cursor.go_to(pieces.at);
    let end = pieces.end;
    let (value_span, quote) = match pieces.quoted {
        Some((open, close, quote)) if open == start && close == end => {
            (Span::new(open + 1, close - 1), quote)
        }
        _ => (Span::new(start, end), Quote::None),
    };
    Ok(Written { raw: pieces.unquoting.finish_at(end), value_span, end, quote })
}

struct Pieces<'t> {
    text: &'t [u8],
    at: usize,
    /// Behind the last character that counts.
    end: usize,
    unquoting: Unquoting<'t>,
    /// The last quoted piece, with its quotes.
    quoted: Option<(usize, usize, Quote)>,
}

impl Pieces<'_> {
    fn read(&mut self) -> Result<(), Problem> {
        loop {
            match self.text.get(self.at) {
                None | Some(b'\n' | b'\r') => return Ok(()),
                Some(b'\'') => self.single_quoted()?,
                Some(b'"') => self.double_quoted()?,
                Some(_) => {
                    self.unquoted()?;
                    if self.text.get(self.at) == Some(&b'#') {
                        return Ok(());
                    }
                }
            }
        }
    }

    fn drop_byte(&mut self, at: usize) {
        self.unquoting.replace(at, at + 1, b"");
    }

    fn single_quoted(&mut self) -> Result<(), Problem> {
        let open = self.at;
        let length = find(&self.text[open + 1..], b'\'').ok_or(unterminated_quote(open, Effect::Refuse))?;
        let close = open + 1 + length;
        self.drop_byte(open);
        let mut at = open + 1;
        while let Some(found) = find_any(&self.text[at..close], [b'\\', b'$', b'\r']) {
            at += found;
            match self.text[at] {
                b'\\' => self.unquoting.replace(at, at + 1, b"\\\\"),
                b'$' => self.unquoting.replace(at, at + 1, b"\0"),
                _ => self.line_break(at),
            }
            at += 1;
        }
        self.drop_byte(close);
        self.quoted = Some((open, close + 1, Quote::Single));
        self.at = close + 1;
        self.end = self.at;
        Ok(())
    }

    /// Up to a quote without a backslash before it, or with two: how many more there are does not matter.
    fn double_quoted(&mut self) -> Result<(), Problem> {
        let open = self.at;
        self.drop_byte(open);
        let mut at = open + 1;
        loop {
            let found = find_any(&self.text[at..], [b'"', b'\\', b'$', b'\r']);
            at += found.ok_or(unterminated_quote(open, Effect::Refuse))?;
            let is_escaped = self.text[at - 1] == b'\\' && self.text[at - 2] != b'\\';
            at += match self.text[at] {
                b'"' if !is_escaped => break,
                b'\\' => self.escape(at),
                b'\r' => {
                    self.line_break(at);
                    1
                }
                _ => 1,
            };
        }
        self.drop_byte(at);
        self.quoted = Some((open, at + 1, Quote::Double));
        self.at = at + 1;
        self.end = self.at;
        Ok(())
    }

    /// What a backslash in double quotes makes of what follows it: `\"`, `\r` and `\n`, and `\$` if the number of
    /// backslashes is odd. Returns how much was read.
    fn escape(&mut self, at: usize) -> usize {
        let with: &[u8] = match self.text.get(at + 1) {
            Some(b'"') if self.text[at - 1] != b'\\' => b"\"",
            Some(b'r') => b"\r",
            Some(b'n') => b"\n",
            Some(b'$') if self.is_odd(at) => b"\0",
            _ => return 1,
        };
        self.unquoting.replace(at, at + 2, with);
        2
    }

    /// Whether the backslash at `at` is the last of an odd number of them.
    fn is_odd(&self, at: usize) -> bool {
        let before = self.text[..=at].iter().rev().take_while(|byte| **byte == b'\\').count();
        !before.is_multiple_of(2)
    }

    fn line_break(&mut self, at: usize) {
        let with: &[u8] = if self.text.get(at + 1) == Some(&b'\n') { b"" } else { b"\n" };
        self.unquoting.replace(at, at + 1, with);
    }

    /// Up to a quote, a comment behind a blank, or the end of the line. White space at its end is dropped.
    fn unquoted(&mut self) -> Result<(), Problem> {
        let start = self.at;
        let mut has_dollar = false;
        // A backslash before a quote takes it into the text.
        let mut dropped = Vec::new();
        while let Some(byte) = self.text.get(self.at) {
            match byte {
                b'\n' | b'\r' | b'"' | b'\'' => break,
                b'#' if self.at > start && is_blank(self.text[self.at - 1]) => break,
                b'\\' if matches!(self.text.get(self.at + 1), Some(b'"' | b'\'')) => {
                    dropped.push((self.at, false));
                    self.at += 1;
                }
                b'$' => {
                    has_dollar = true;
                    if self.is_escaped(start) {
                        dropped.push((self.at - 1, true));
                    }
                    if self.text.get(self.at + 1) == Some(&b'(') {
                        self.at = self.parentheses(self.at + 1)?;
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        let piece = &self.text[start..self.at];
        let length = piece.iter().rposition(|byte| !is_trimmed(*byte)).map_or(0, |last| last + 1);
        for (at, is_dollar) in dropped {
            self.unquoting.replace(at, at + 1 + usize::from(is_dollar), if is_dollar { b"\0" } else { b"" });
        }
        if start + length < self.at {
            self.unquoting.replace(start + length, self.at, b"");
        }
        if length > 0 {
            self.end = start + length;
        }
        if !has_dollar && piece[..length].iter().copied().any(is_white) {
            return Err(Problem {
                help: Some("put the value into quotes"),
                ..Problem::new(
                    Syntax::InvalidSyntax,
                    Span::new(start, start + length),
                    "a value without quotes cannot contain blanks",
                    Effect::Refuse,
                )
            });
        }
        Ok(())
    }

    /// Whether an odd number of backslashes stands before the next byte, in the piece that starts at `start`.
    fn is_escaped(&self, start: usize) -> bool {
        let before = self.text[start..self.at].iter().rev().take_while(|byte| **byte == b'\\').count();
        !before.is_multiple_of(2)
    }

    /// The offset of the `)` that closes the `(` at `open`, on the same line.
    fn parentheses(&self, open: usize) -> Result<usize, Problem> {
        let mut depth = 0;
        for (offset, byte) in self.text[open..].iter().enumerate() {
            match byte {
                b'(' => depth += 1,
                b')' if depth == 1 => return Ok(open + offset),
                b')' => depth -= 1,
                b'\n' | b'\r' => break,
                _ => {}
            }
        }
        Err(Problem {
            help: Some("close the parenthesis, or put the value into single quotes"),
            ..Problem::new(
                Syntax::InvalidSyntax,
                Span::new(open, open + 1),
                "the parenthesis is never closed",
                Effect::Refuse,
            )
        })
    }
}

/// What PHP's `rtrim` drops.
fn is_trimmed(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b'\x0b' | b'\0')
}
