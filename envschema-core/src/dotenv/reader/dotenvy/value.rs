//! Values as dotenvy reads them: quoted and unquoted pieces, escapes and references in one pass.

use std::borrow::Cow;

use crate::dotenv::expansion::{Expansion, Limit, Place, Substitution};
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::scan::{find, find_any, first_char, is_blank};
use crate::dotenv::{Effect, Problem, Quote, Reading, Syntax};
use crate::span::Span;

/// A value, and where it stands.
pub(super) struct Written<'t> {
    pub(super) value: Cow<'t, [u8]>,
    pub(super) value_span: Span,
    /// Behind its last character or quote.
    pub(super) end: usize,
    pub(super) quote: Quote,
}

impl Written<'_> {
    /// No value at all behind the `=` in front of `at`.
    pub(super) fn empty(at: usize) -> Self {
        Self { value: Cow::Borrowed(b""), value_span: Span::new(at, at), end: at, quote: Quote::None }
    }
}

/// Why a value cannot be read.
pub(super) enum Fault {
    Limit(Limit),
    /// Its effect is still to be set.
    Problem(Problem),
}

impl From<Limit> for Fault {
    fn from(limit: Limit) -> Self {
        Self::Limit(limit)
    }
}

/// Reads the value at `span`, which is not empty and may have a comment behind it.
pub(super) fn read<'t>(
    reading: &mut Reading<'t>,
    expansion: &mut Expansion<'t, '_>,
    text: &'t [u8],
    span: Span,
) -> Result<Written<'t>, Fault> {
    let bytes = span.of(text);
    let start = span.start as usize;
    if find_any(bytes, [b'"', b'\'', b'\\', b'$', b' ', b'\t']).is_none() {
        return Ok(Written {
            value: Cow::Borrowed(bytes),
            value_span: span,
            end: start + bytes.len(),
            quote: Quote::None,
        });
    }
    let references = reading.references.len();
    let unquoted = Unquoted::verbatim(text, span);
    let (value, length) = expansion
        .build(reading, &unquoted, |substitution| Pieces { substitution, at: 0, misplaced: None }.read());
    let length = match length {
        Ok(length) => length,
        Err(fault) => {
            reading.references.truncate(references);
            return Err(fault);
        }
    };
    let end = start + length;
    let (value_span, quote) = match outer_quote(&bytes[..length]) {
        Some(quote) => (Span::new(start + 1, end - 1), quote),
        None => (Span::new(start, end), Quote::None),
    };
    Ok(Written { value: Cow::Owned(value), value_span, end, quote })
}

/// The quote around the whole value.
fn outer_quote(value: &[u8]) -> Option<Quote> {
    let (first, inside) = value.split_first()?;
    let inner = inside.strip_suffix(&[*first])?;
    let is_one_piece = find_any(inner, [*first, b'\\']).is_none();
    match first {
        b'"' if is_one_piece => Some(Quote::Double),
        b'\'' if is_one_piece => Some(Quote::Single),
        _ => None,
    }
}

struct Pieces<'s, 'r, 't, 'e> {
    substitution: &'s mut Substitution<'r, 't, 'e>,
    /// The offset of the next byte.
    at: usize,
    /// A quote that was taken literally because a reference stands before it.
    misplaced: Option<usize>,
}

impl<'r> Pieces<'_, 'r, '_, '_> {
    fn bytes(&self) -> &'r [u8] {
        &self.substitution.value.bytes
    }

    fn peek(&self) -> Option<u8> {
        self.bytes().get(self.at).copied()
    }

    /// Appends everything up to `end`, and passes over it.
    fn copy_to(&mut self, end: usize) {
        let copied = &self.bytes()[self.at..end];
        self.substitution.out.extend_from_slice(copied);
        self.at = end;
    }

    /// Reads the whole value; returns how long it is, without blanks and comment behind it.
    fn read(&mut self) -> Result<usize, Fault> {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' => return self.end(),
                b'\'' => self.single_quoted()?,
                b'"' => self.double_quoted()?,
                b'\\' => self.escape()?,
                b'$' => self.reference()?,
                _ => {
                    let rest = &self.bytes()[self.at..];
                    let special = find_any(rest, [b' ', b'\t', b'\'', b'"', b'\\', b'$']);
                    self.copy_to(self.at + special.unwrap_or(rest.len()));
                }
            }
        }
        Ok(self.at)
    }

    /// Behind the first blank outside quotes only a comment may follow.
    fn end(&mut self) -> Result<usize, Fault> {
        let length = self.at;
        let rest = &self.bytes()[length..];
        let Some(text) = rest.iter().position(|byte| !is_blank(*byte)) else { return Ok(length) };
        if rest[text] == b'#' {
            return Ok(length);
        }
        Err(self.problem(
            Syntax::InvalidSyntax,
            (length + text, self.bytes().len()),
            "an unquoted value ends at the first blank, and only a comment may follow",
            "put the whole value into quotes",
        ))
    }

    fn single_quoted(&mut self) -> Result<(), Fault> {
        let open = self.at;
        self.at += 1;
        let Some(length) = find(&self.bytes()[self.at..], b'\'') else { return Err(self.unterminated(open)) };
        self.copy_to(self.at + length);
        self.at += 1;
        Ok(())
    }

    fn double_quoted(&mut self) -> Result<(), Fault> {
        let open = self.at;
        self.at += 1;
        loop {
            let rest = &self.bytes()[self.at..];
            let Some(special) = find_any(rest, [b'"', b'\\', b'$']) else {
                return Err(self.unterminated(open));
            };
            self.copy_to(self.at + special);
            match rest[special] {
                b'\\' => self.escape()?,
                b'$' => self.reference()?,
                _ => {
                    self.at += 1;
                    return Ok(());
                }
            }
        }
    }

    /// `\` and one of `\ ' " $ n` and space; nothing may follow it only at the very end.
    fn escape(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.at += 1;
        let Some((char, width)) = first_char(&self.bytes()[self.at..]) else { return Ok(()) };
        match char {
            Some('n') => self.substitution.out.push(b'\n'),
            Some('\\' | '\'' | '"' | '$' | ' ') => self.substitution.out.push(self.bytes()[self.at]),
            _ => {
                return Err(self.problem(
                    Syntax::InvalidEscape,
                    (start, start + 1 + width),
                    "dotenvy does not know this escape",
                    "write `\\\\` for a backslash, or put the value into single quotes",
                ));
            }
        }
        self.at += width;
        Ok(())
    }

    /// `$NAME` with letters and digits, or `${…}` with anything. The character behind a `$NAME` is text, whatever it is.
    fn reference(&mut self) -> Result<(), Fault> {
        loop {
            let start = self.at;
            self.at += 1;
            while let Some((Some(char), width)) = first_char(&self.bytes()[self.at..])
                && char.is_alphanumeric()
            {
                self.at += width;
            }
            let name = (start + 1, self.at);
            if self.at == start + 1 && self.peek() == Some(b'{') {
                return self.braced(start);
            }
            if self.at > start + 1 {
                self.substitution.plain(Place { start, end: self.at, name }, true)?;
            }
            match first_char(&self.bytes()[self.at..]) {
                Some((Some('$'), _)) => {}
                Some((char, width)) => {
                    if matches!(char, Some('"' | '\'')) {
                        self.misplaced = Some(self.at);
                    }
                    self.copy_to(self.at + width);
                    return Ok(());
                }
                None => return Ok(()),
            }
        }
    }

    fn braced(&mut self, start: usize) -> Result<(), Fault> {
        let name = start + 2;
        let Some(length) = find(&self.bytes()[name..], b'}') else {
            return Err(self.problem(
                Syntax::InvalidSyntax,
                (start, name),
                "the reference has no closing brace",
                "write `${NAME}`, or `\\$` for a dollar sign",
            ));
        };
        self.at = name + length + 1;
        self.substitution.plain(Place { start, end: self.at, name: (name, name + length) }, true)?;
        Ok(())
    }

    fn unterminated(&self, open: usize) -> Fault {
        match self.misplaced.filter(|quote| self.bytes()[*quote] == self.bytes()[open]) {
            Some(quote) => self.problem(
                Syntax::UnterminatedQuote,
                (quote, quote + 1),
                "a quote directly behind `$NAME` does not close the value",
                "write `${NAME}`",
            ),
            None => self.problem(
                Syntax::UnterminatedQuote,
                (open, open + 1),
                "the quote is never closed",
                "close the quote at the end of the value",
            ),
        }
    }

    fn problem(
        &self,
        code: Syntax,
        (start, end): (usize, usize),
        message: &'static str,
        help: &'static str,
    ) -> Fault {
        let span = self.substitution.value.span(start, end);
        Fault::Problem(Problem { help: Some(help), ..Problem::new(code, span, message, Effect::Stop) })
    }
}
