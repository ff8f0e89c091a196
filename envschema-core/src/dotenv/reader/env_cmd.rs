//! env-cmd: every line for itself, and what starts with a quote ends at the last one.

use super::npm_dotenv::lost_names;
use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::decoded::{Returns, from_utf8, read_decoded};
use crate::dotenv::encoding::{invalid_utf8, nul_bytes};
use crate::dotenv::entries::{Entries, Entry};
use crate::dotenv::javascript::{is_space, line_end, line_end_width};
use crate::dotenv::misread::{self, glued_comment, literal_reference};
use crate::dotenv::quoting::with_line_feeds;
use crate::dotenv::scan::{find, trim_end, trim_start};
use crate::dotenv::wording::{
    empty_name, no_assignment, text_behind_quote, unknown_export, unterminated_quote,
};
use crate::dotenv::{Effect, Quote, Reading};
use crate::span::Span;

#[cfg(test)]
mod tests;

pub(super) static ENV_CMD: Dialect = Dialect {
    name: "env-cmd",
    aliases: &["env-cmd11"],
    program: "env-cmd 11.0.0",
    usage: "`env-cmd -f`",
    precedence: Precedence::File,
    duplicates: Duplicates::Last,
    read: |text, _| read(text),
};

fn read(text: &[u8]) -> Reading<'_> {
    let decoded = from_utf8(text, Returns::Kept);
    let mut reading = read_decoded(text, decoded.as_ref(), |text| parse(text).unexpanded(text));
    reading.problems.extend(invalid_utf8(text, Effect::Misread));
    reading.problems.extend(nul_bytes(text, Effect::Misread, &reading.assignments));
    lost_names(&mut reading);
    misread::report(&mut reading, text, misread::kept_backslash);
    reading.in_order()
}

fn parse(text: &[u8]) -> Entries<'_> {
    let mut parser = Parser { text, entries: Entries::default() };
    let mut start = 0;
    while start < text.len() {
        let end = line_end(text, start);
        parser.line(start, end);
        start = end + line_end_width(&text[end..]);
    }
    parser.entries
}

struct Parser<'t> {
    text: &'t [u8],
    entries: Entries<'t>,
}

impl<'t> Parser<'t> {
    /// `(.+?)=(.*)`: a `=` at the start of the line belongs to the name.
    fn line(&mut self, start: usize, end: usize) {
        let line = self.trimmed(start, end);
        if matches!(line.of(self.text).first(), None | Some(b'#')) {
            return;
        }
        match self.text.get(start + 1..end).and_then(|rest| find(rest, b'=')) {
            Some(length) => {
                let equals = start + 1 + length;
                self.assignment(self.trimmed(start, equals), self.trimmed(equals + 1, end));
            }
            None => self.entries.problems.push(no_assignment(line, Effect::Skip)),
        }
    }

    fn assignment(&mut self, key: Span, written: Span) {
        match key.of(self.text) {
            [] => self.entries.problem_of_next(empty_name(key.to(written), Effect::Misread)),
            [b'e', b'x', b'p', b'o', b'r', b't', b' ' | b'\t', ..] => {
                self.entries.problem_of_next(unknown_export(key, Effect::Misread));
            }
            _ => {}
        }
        let quote = Quote::opened_by(written.of(self.text).first().copied().unwrap_or_default());
        let (value, end, quote) = match quote {
            Quote::Single | Quote::Double => {
                let (value, end) = self.quoted_value(written);
                (value, end, quote)
            }
            Quote::None | Quote::Backtick => {
                let value = self.plain_value(written);
                (value, value.end, Quote::None)
            }
        };
        let problem = literal_reference(self.text, value, self.entries.next_index());
        self.entries.problems.extend(problem);
        let (span, value) = (Span { end, ..key.to(written) }, with_line_feeds(self.text, value));
        self.entries.list.push(Entry { span, key, value, quote });
    }

    /// Up to the last same quote, behind which the statement ends; without another one, nothing.
    fn quoted_value(&mut self, written: Span) -> (Span, u32) {
        let (start, end) = (written.start as usize, written.end as usize);
        let bytes = written.of(self.text);
        let close = bytes.iter().rposition(|byte| Some(byte) == bytes.first()).unwrap_or(0);
        if close == 0 {
            self.entries.problem_of_next(unterminated_quote(start, Effect::Misread));
            return (Span::at(start + 1), written.end);
        }
        let behind = self.trimmed(start + close + 1, end);
        if !matches!(behind.of(self.text).first(), None | Some(b'#')) {
            self.entries.problem_of_next(text_behind_quote(behind, Effect::Misread));
        }
        let value = Span::new(start + 1, start + close);
        (value, value.end + 1)
    }

    /// Up to the first `#`.
    fn plain_value(&mut self, written: Span) -> Span {
        let start = written.start as usize;
        let Some(length) = find(written.of(self.text), b'#') else { return written };
        let problem = glued_comment(self.text, start + length, self.entries.next_index());
        self.entries.problems.extend(problem);
        self.trimmed(start, start + length)
    }

    fn trimmed(&self, start: usize, end: usize) -> Span {
        let kept = trim_start(&self.text[start..end], is_space);
        let start = end - kept.len();
        Span::new(start, start + trim_end(kept, is_space).len())
    }
}
