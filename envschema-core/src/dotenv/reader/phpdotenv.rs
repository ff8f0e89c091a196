//! vlucas/phpdotenv: entries of one line, or of several between double quotes, and strict values.

use std::borrow::Cow;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::encoding::{BOM, invalid_utf8, nul_bytes};
use crate::dotenv::expansion::{Expansion, Order};
use crate::dotenv::lines::{Breaks, lines};
use crate::dotenv::misread::glued_comment;
use crate::dotenv::scan::{find, find_pair, first_char, trim_end, trim_start};
use crate::dotenv::unicode::is_cased_mark_or_number;
use crate::dotenv::wording::{
    blank_in_name, empty_name, invalid_name_character, no_assignment, unterminated_quote,
};
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Value};
use crate::span::Span;

#[cfg(test)]
mod tests;
mod value;

use value::Written;

pub(super) static PHPDOTENV: Dialect = Dialect {
    name: "phpdotenv",
    aliases: &[],
    program: "vlucas/phpdotenv 5.8.0",
    usage: "`Dotenv::createImmutable()->load()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read,
};

fn read<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let expansion = Expansion::new(environ, Order::EnvironFirst, Duplicates::Last);
    let mut reader = Reader { text, expansion, reading: Reading::default() };
    let mut at = if text.starts_with(BOM) { BOM.len() } else { 0 };
    while let Some(line) = lines(text, at, Breaks::Universal).next() {
        at = reader.entry_at(line);
    }
    reader.finish()
}

struct Reader<'t, 'e> {
    text: &'t [u8],
    expansion: Expansion<'t, 'e>,
    reading: Reading<'t>,
}

impl<'t> Reader<'t, '_> {
    /// Reads the entry that starts with `line`, and returns where the next line starts.
    fn entry_at(&mut self, line: Span) -> usize {
        let next = behind_break(self.text, line.range().end);
        if !starts_multiline(line.of(self.text)) {
            self.entry(line);
            return next;
        }
        let rest = || lines(self.text, next, Breaks::Universal);
        let last = rest().find(|line| stops_multiline(line.of(self.text), false)).or_else(|| rest().last());
        let last = last.unwrap_or(line);
        let (problems, references) = (self.reading.problems.len(), self.reading.references.len());
        if self.entry(line.to(last)) {
            return behind_break(self.text, last.range().end);
        }
        // The quote was most likely meant to close on its first line.
        self.reading.problems.truncate(problems);
        self.reading.references.truncate(references);
        self.reading.assignments.pop();
        self.unterminated(line);
        next
    }

    /// Reads an entry; false if its value cannot be read.
    fn entry(&mut self, entry: Span) -> bool {
        let bytes = entry.of(self.text);
        let start = entry.start as usize;
        let trimmed = trimmed(self.text, entry);
        if trimmed.is_empty() || trimmed.of(self.text)[0] == b'#' {
            return true;
        }
        let Some(equals) = find(bytes, b'=') else {
            self.bare_name(entry);
            return true;
        };
        let name = self::trimmed(self.text, Span::new(start, start + equals));
        let written = self::trimmed(self.text, Span::new(start + equals + 1, entry.range().end));
        match key(self.text, name, trimmed) {
            Ok(key) => self.assignment(name.range().start, key, written),
            Err(problem) => {
                self.reading.problems.push(problem);
                true
            }
        }
    }

    /// A name alone removes the variable, if it was set above.
    fn bare_name(&mut self, line: Span) {
        let Ok(key_span) = key(self.text, line, line) else {
            let statement = trimmed(self.text, line);
            return self.reading.problems.push(no_assignment(statement, Effect::Refuse));
        };
        let value_span = Span { start: line.end, ..line };
        self.push(line.range().start, key_span, Value::Unset, value_span, line.end, Quote::None);
    }

    fn assignment(&mut self, start: usize, key_span: Span, written: Span) -> bool {
        let index = self.reading.next_index();
        let Written { value, dollars, value_span, end, quote } = match value::read(self.text, written) {
            Ok(written) => written,
            Err(problem) => {
                self.reading.problems.push(Problem { assignment: Some(index), ..problem });
                let value_span = Span { start: written.end, ..written };
                self.push(start, key_span, Value::Absent, value_span, written.end, Quote::None);
                return false;
            }
        };
        self.reading.problems.extend(glued_comment(self.text, end as usize, index));
        let value = if dollars.is_empty() {
            value.bytes
        } else {
            self.expansion.expand(&mut self.reading, key_span, value, |substitution| {
                value::expand(substitution, &dollars)
            })
        };
        self.push(start, key_span, Value::Set(value), value_span, end, quote);
        true
    }

    /// Takes the first line of an entry whose quote never closes for the whole entry.
    fn unterminated(&mut self, line: Span) {
        let start = line.start as usize;
        let bytes = line.of(self.text);
        let equals = find(bytes, b'=').unwrap_or(bytes.len());
        let open = find(bytes, b'"').map_or(start, |quote| start + quote);
        let name = trimmed(self.text, Span::new(start, start + equals));
        let problem = unterminated_quote(open, Effect::Refuse);
        let Ok(key_span) = key(self.text, name, line) else {
            return self.reading.problems.push(problem);
        };
        let assignment = Some(self.reading.next_index());
        self.reading.problems.push(Problem { assignment, ..problem });
        let value_span = Span { start: line.end, ..line };
        self.push(name.range().start, key_span, Value::Absent, value_span, line.end, Quote::None);
    }

    fn push(
        &mut self,
        start: usize,
        key_span: Span,
        value: Value<'t>,
        value_span: Span,
        end: u32,
        quote: Quote,
    ) {
        let key = Cow::Borrowed(key_span.of(self.text));
        let span = Span { end, ..Span::at(start) };
        self.reading.assign(self.text, Assignment { key, value, key_span, value_span, span, quote });
    }

    /// Reports what is no text. Every invalid sequence becomes `?`.
    fn finish(mut self) -> Reading<'t> {
        let invalid = invalid_utf8(self.text, Effect::Misread);
        if !invalid.is_empty() {
            for assignment in &mut self.reading.assignments {
                if let Value::Set(value) = &mut assignment.value
                    && str::from_utf8(value).is_err()
                {
                    *value = Cow::Owned(with_question_marks(value));
                }
            }
        }
        let nul_bytes = nul_bytes(self.text, Effect::Misread, &self.reading.assignments);
        self.reading.problems.extend(nul_bytes);
        self.reading.problems.extend(invalid);
        self.reading.in_order()
    }
}

fn with_question_marks(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.extend_from_slice(chunk.valid().as_bytes());
        if !chunk.invalid().is_empty() {
            out.push(b'?');
        }
    }
    out
}

/// Behind the line break at `end`.
fn behind_break(text: &[u8], end: usize) -> usize {
    let width = if text[end..].starts_with(b"\r\n") { 2 } else { 1 };
    text.len().min(end + width)
}

/// Whether a line has `="` in front of any `#`, and no second quote.
fn starts_multiline(line: &[u8]) -> bool {
    let Some(open) = find_pair(line, *b"=\"") else { return false };
    find(line, b'#').is_none_or(|hash| open < hash) && !stops_multiline(line, true)
}

/// Whether a line has a quote that closes: one without a backslash before it, pairs of backslashes left out. On the line
/// that starts the entry, the second one does.
fn stops_multiline(line: &[u8], is_first: bool) -> bool {
    let mut quotes = 0;
    let mut before = None;
    let mut rest = line;
    while let Some((byte, behind)) = rest.split_first() {
        if rest.starts_with(b"\\\\") {
            rest = &behind[1..];
            continue;
        }
        quotes += usize::from(*byte == b'"' && before != Some(b'\\'));
        before = Some(*byte);
        rest = behind;
    }
    quotes > usize::from(is_first)
}

/// What PHP's `trim` leaves.
fn trimmed(text: &[u8], span: Span) -> Span {
    let is_dropped = |char| matches!(char, ' ' | '\n' | '\r' | '\t' | '\x0b' | '\0');
    let kept = trim_start(span.of(text), is_dropped);
    let start = span.range().end - kept.len();
    Span::new(start, start + trim_end(kept, is_dropped).len())
}

/// The key in `name`: without `export` and without quotes around it.
fn key(text: &[u8], name: Span, entry: Span) -> Result<Span, Problem> {
    let mut key = name;
    if let Some([white, rest @ ..]) = key.of(text).strip_prefix(b"export")
        && (white.is_ascii_whitespace() || *white == b'\x0b')
    {
        key = trimmed(text, Span::new(name.range().end - rest.len(), name.range().end));
    }
    if let [first @ (b'"' | b'\''), _, .., last] = key.of(text)
        && first == last
    {
        key = Span { start: key.start + 1, end: key.end - 1 };
    }
    let bytes = key.of(text);
    let is_valid = |char: char| matches!(char, '_' | '.') || is_cased_mark_or_number(char);
    let rest = trim_start(bytes, is_valid);
    match rest.first() {
        None if bytes.is_empty() => Err(empty_name(entry, Effect::Refuse)),
        None => Ok(key),
        Some(b' ' | b'\t') => Err(blank_in_name(key, Effect::Refuse)),
        Some(_) => {
            let at = key.range().end - rest.len();
            let width = first_char(rest).map_or(0, |(_, width)| width);
            Err(invalid_name_character(Span::new(at, at + width), Effect::Refuse))
        }
    }
}
