//! Go's godotenv: close to what Compose reads, with fewer names, other escapes and references to this file only.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::cursor::Cursor;
use crate::dotenv::encoding::{blame_bom, invalid_utf8, nul_bytes};
use crate::dotenv::expansion::{Expansion, Limit, Order, Place, Substitution};
use crate::dotenv::quoting::{Closing, Unquoted, Unquoting, closing_quote};
use crate::dotenv::scan::{find, find_any, first_char, is_go_space, last_char, trim_end};
use crate::dotenv::wording::{
    comment_for_value, empty_name, invalid_name_character, no_assignment, text_behind_quote,
    unterminated_quote,
};
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Value};
use crate::span::Span;

pub(super) static GODOTENV: Dialect = Dialect {
    name: "godotenv",
    aliases: &[],
    program: "godotenv 1.5.1",
    usage: "`godotenv.Load()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read,
};

fn read<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let expansion = Expansion::new(environ, Order::FileOnly, Duplicates::Last);
    let mut parser =
        Parser { cursor: Cursor::new(text), reading: Reading::default(), expansion, quote_end: None };
    loop {
        parser.cursor.take_chars(char::is_whitespace);
        match parser.cursor.peek() {
            None => return parser.finish(),
            Some(b'#') => {
                parser.cursor.take_line();
            }
            Some(_) => parser.statement(),
        }
    }
}

struct Parser<'t, 'e> {
    cursor: Cursor<'t>,
    reading: Reading<'t>,
    expansion: Expansion<'t, 'e>,
    /// Behind the last closing quote.
    quote_end: Option<usize>,
}

impl<'t> Parser<'t, '_> {
    fn statement(&mut self) {
        let start = self.cursor.at();
        self.skip_export();
        match self.key() {
            Ok(key_span) => {
                if key_span.is_empty() {
                    self.nameless(start);
                }
                self.value(start, key_span);
            }
            Err(problem) => {
                self.reading.problems.push(problem);
                self.cursor.take_line();
            }
        }
    }

    fn skip_export(&mut self) {
        let start = self.cursor.at();
        if self.cursor.eat(b"export") && self.cursor.take_chars(is_go_space).is_empty() {
            self.cursor.go_to(start);
        }
    }

    /// Reads a name, passes over the `=` or `:` behind it, and over the blanks behind that. At the end of the file the
    /// name is empty, and what stood there is read as its value.
    fn key(&mut self) -> Result<Span, Problem> {
        let text = self.cursor.text();
        let start = self.cursor.at();
        let rest = self.cursor.rest();
        let length = rest.iter().position(|byte| !is_key_byte(*byte));
        let length = match length.map(|length| (length, rest[length])) {
            Some((length, b'=' | b':')) => length,
            Some((length, _)) => return Err(self.unexpected(start, start + length)),
            None if rest.is_empty() => return Err(no_assignment(Span::at(start), Effect::Refuse)),
            None => return Ok(Span::at(start)),
        };
        self.cursor.skip(length + 1);
        let key = trim_end(&text[start..start + length], char::is_whitespace);
        Ok(Span::new(start, start + key.len()))
    }

    /// The problem with the character at `at`.
    fn unexpected(&self, start: usize, at: usize) -> Problem {
        let text = self.cursor.text();
        let end = self.line_end();
        let line = trim_end(&text[start..end], char::is_whitespace);
        let is_behind_quote = self.quote_end.is_some_and(|quote| find(&text[quote..start], b'\n').is_none());
        let statement = Span::new(start, start + line.len());
        if is_behind_quote {
            let assignment = self.reading.next_index().checked_sub(1);
            return Problem { assignment, ..text_behind_quote(statement, Effect::Refuse) };
        }
        if find_any(line, [b'=', b':']).is_none() {
            return no_assignment(statement, Effect::Refuse);
        }
        // The byte may stand in the middle of a character: godotenv looks at bytes.
        let mut at = at;
        while at > start && text.get(at).is_some_and(|byte| matches!(byte, 0x80..=0xbf)) {
            at -= 1;
        }
        let width = first_char(&text[at..]).map_or(0, |(_, width)| width);
        invalid_name_character(Span::new(at, at + width), Effect::Refuse)
    }

    /// Reports a value without a name, which is never set.
    fn nameless(&mut self, start: usize) {
        let line = trim_end(&self.cursor.text()[start..self.line_end()], char::is_whitespace);
        let assignment = Some(self.reading.next_index());
        let problem = empty_name(Span::new(start, start + line.len()), Effect::Skip);
        self.reading.problems.push(Problem { assignment, ..problem });
    }

    fn value(&mut self, start: usize, key_span: Span) {
        let separator = self.cursor.at();
        self.cursor.take_chars(is_go_space);
        match self.cursor.peek() {
            Some(quote @ (b'"' | b'\'')) => self.quoted(start, key_span, quote),
            _ => self.unquoted(start, key_span, separator),
        }
    }

    /// The rest of the line, up to its last `#` behind white space.
    fn unquoted(&mut self, start: usize, key_span: Span, separator: usize) {
        let at = self.cursor.at();
        let line = &self.cursor.text()[at..self.line_end()];
        let value = trim_end(&line[..comment_start(line)], is_go_space);
        let value_span = if value.is_empty() { Span::at(separator) } else { Span::new(at, at + value.len()) };
        if value.starts_with(b"#") && at > separator {
            let assignment = Some(self.reading.next_index());
            self.reading
                .problems
                .push(Problem { assignment, ..comment_for_value(value_span, Effect::Misread) });
        }
        self.cursor.skip(line.len());
        let value = self.expand(key_span, with_replacements(self.cursor.text(), value_span));
        self.assign(start, key_span, value, value_span, Quote::None);
    }

    fn quoted(&mut self, start: usize, key_span: Span, quote: u8) {
        let open = self.cursor.at();
        let Some(length) = closing_quote(&self.cursor.rest()[1..], quote, Closing::NoBackslashBefore) else {
            return self.unterminated(start, key_span, open);
        };
        let text = self.cursor.text();
        // Whatever quotes of the same kind stand at the ends of the value are dropped.
        let inside = trim_end(&text[open + 1..open + 1 + length], |char| char == char::from(quote));
        let value_span = Span::new(open + 1, open + 1 + inside.len());
        self.cursor.go_to(open + length + 2);
        self.quote_end = Some(self.cursor.at());
        let (value, quote) = if quote == b'"' {
            (self.expand(key_span, double_quoted(text, value_span)), Quote::Double)
        } else {
            (with_feeds(text, value_span).bytes, Quote::Single)
        };
        self.assign(start, key_span, value, value_span, quote);
    }

    /// Takes the rest of the line for the value that opens at `open`.
    fn unterminated(&mut self, start: usize, key_span: Span, open: usize) {
        let text = self.cursor.text();
        let line = trim_end(&text[open + 1..self.line_end()], char::is_whitespace);
        let value_span = Span::new(open + 1, open + 1 + line.len());
        let assignment = Some(self.reading.next_index());
        self.reading.problems.push(Problem { assignment, ..unterminated_quote(open, Effect::Refuse) });
        self.cursor.go_to(value_span.range().end);
        self.assign(start, key_span, Cow::Borrowed(line), value_span, Quote::None);
    }

    fn assign(&mut self, start: usize, key_span: Span, value: Cow<'t, [u8]>, value_span: Span, quote: Quote) {
        let text = self.cursor.text();
        let key = Cow::Borrowed(key_span.of(text));
        let span = match quote {
            Quote::None => Span::at(start).to(value_span),
            _ => self.cursor.span_from(start),
        };
        let value = Value::Set(value);
        self.reading.assign(text, Assignment { key, value, key_span, value_span, span, quote });
    }

    fn expand(&mut self, key_span: Span, value: Unquoted<'t>) -> Cow<'t, [u8]> {
        self.expansion.expand(&mut self.reading, key_span, value, expand)
    }

    fn line_end(&self) -> usize {
        let rest = self.cursor.rest();
        self.cursor.at() + find_any(rest, [b'\n', b'\r']).unwrap_or(rest.len())
    }

    fn finish(mut self) -> Reading<'t> {
        let text = self.cursor.text();
        let nul_bytes = nul_bytes(text, Effect::Skip, &self.reading.assignments);
        if !nul_bytes.is_empty() {
            leave_out_nul(&mut self.reading.assignments);
        }
        self.reading.problems.extend(nul_bytes);
        self.reading.problems.extend(invalid_utf8(text, Effect::Misread));
        blame_bom(text, &mut self.reading.problems);
        self.reading.in_order()
    }
}

/// What ends up with a NUL byte is never set, and nothing that its name was given before is.
fn leave_out_nul(assignments: &mut [Assignment<'_>]) {
    let mut is_lost: HashMap<Vec<u8>, bool> = HashMap::new();
    for assignment in assignments.iter_mut().rev() {
        let Value::Set(value) = &assignment.value else { continue };
        let has_nul = find(value, 0).is_some();
        if *is_lost.entry(assignment.key.to_vec()).or_insert(has_nul) {
            assignment.value = Value::Absent;
        }
    }
}

/// Every byte stands for the Latin-1 character of its number here: white space, letters, numbers, `_` and `.`.
fn is_key_byte(byte: u8) -> bool {
    let char = char::from(byte);
    is_go_space(char) || char.is_alphanumeric() || matches!(byte, b'_' | b'.')
}

/// Where the comment starts: at the last `#` behind white space, but not at the very front.
fn comment_start(line: &[u8]) -> usize {
    let mut end = line.len();
    while let Some(hash) = line[..end].iter().rposition(|byte| *byte == b'#') {
        if matches!(last_char(&line[..hash]), Some((Some(char), _)) if is_go_space(char)) {
            return hash;
        }
        end = hash;
    }
    line.len()
}

/// Bytes that are not UTF-8 become U+FFFD outside quotes.
fn with_replacements(text: &[u8], span: Span) -> Unquoted<'_> {
    let mut unquoting = Unquoting::new(text, span);
    let mut at = span.start as usize;
    for chunk in span.of(text).utf8_chunks() {
        at += chunk.valid().len();
        for _ in chunk.invalid() {
            unquoting.replace(at, at + 1, "\u{fffd}".as_bytes());
            at += 1;
        }
    }
    unquoting.finish()
}

/// CR LF becomes LF.
fn with_feeds(text: &[u8], span: Span) -> Unquoted<'_> {
    let mut unquoting = Unquoting::new(text, span);
    let (mut at, end) = (span.start as usize, span.end as usize);
    while let Some(found) = find(&text[at..end], b'\r') {
        at += found + 1;
        if text[at..end].starts_with(b"\n") {
            unquoting.replace(at - 1, at, b"");
        }
    }
    unquoting.finish()
}

/// `\n` and `\r`, then `\x` becomes `x` except in `\$`, and CR LF becomes LF.
fn double_quoted(text: &[u8], span: Span) -> Unquoted<'_> {
    let mut unquoting = Unquoting::new(text, span);
    let (mut at, end) = (span.start as usize, span.end as usize);
    while let Some(found) = find_any(&text[at..end], [b'\\', b'\r']) {
        let start = at + found;
        let (width, with): (usize, &[u8]) = match &text[start..end] {
            [b'\r', b'\n', ..] => (1, b""),
            [b'\\', b'n', ..] => (2, b"\n"),
            [b'\\', b'r', ..] => (2, b"\r"),
            [b'\\', b'$', ..] | [b'\r', ..] | [_] => (0, b""),
            _ => (1, b""),
        };
        if width > 0 {
            unquoting.replace(start, start + width, with);
        }
        let is_crlf_next = text[start + 1..end].starts_with(b"\r\n");
        at = if text[start] == b'\r' || is_crlf_next { start + 1 } else { end.min(start + 2) };
    }
    unquoting.finish()
}

/// `(\\)?(\$)(\()?\{?([A-Z0-9_]+)?\}?`: a backslash before it is dropped and keeps it as it is.
fn expand(substitution: &mut Substitution<'_, '_, '_>) -> Result<(), Limit> {
    let bytes: &[u8] = &substitution.value.bytes;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b'$') {
        let dollar = at + found;
        let mut name_start = dollar + 1;
        for bracket in [b'(', b'{'] {
            name_start += usize::from(bytes.get(name_start) == Some(&bracket));
        }
        let is_name_byte = |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || **byte == b'_';
        let name = (name_start, name_start + bytes[name_start..].iter().take_while(is_name_byte).count());
        let end = name.1 + usize::from(bytes.get(name.1) == Some(&b'}'));
        let is_escaped = found > 0 && bytes[dollar - 1] == b'\\';
        substitution.out.extend_from_slice(&bytes[at..dollar - usize::from(is_escaped)]);
        if is_escaped || name.0 == name.1 {
            substitution.out.extend_from_slice(&bytes[dollar..end]);
        } else {
            substitution.plain(Place { start: dollar, end, name }, true)?;
        }
        at = end;
    }
    substitution.out.extend_from_slice(&bytes[at..]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::values;
    use super::GODOTENV;

    /// As godotenv 1.5.1 was seen to read.
    #[test]
    fn nul_bytes_lose_their_variable() {
        for (text, expected) in
            [("A=1\nA=\0x\nZ=z\n", "Z=z"), ("A=\0x\nA=1\n", "A=1"), ("A=a\0\nB=${A}b\nC=1\n", "C=1")]
        {
            assert_eq!(values(&GODOTENV, text), expected, "{text:?}");
        }
    }
}
