//! Cuts a file into assignments, byte by byte, as Bun does.

use crate::dotenv::entries::{Entries, Entry};
use crate::dotenv::misread::glued_comment;
use crate::dotenv::quoting::{Closing, Unquoted, Unquoting, closing_quote};
use crate::dotenv::scan::{find_any, is_word};
use crate::dotenv::wording::{no_assignment, text_behind_quote, unterminated_quote, value_further_down};
use crate::dotenv::{Effect, Quote};
use crate::span::Span;

/// The assignments of `text` from `start` on.
pub(super) fn scan(text: &[u8], start: usize) -> Entries<'_> {
    let mut scanner = Scanner { text, entries: Entries::default() };
    let mut line = start;
    while line < text.len() {
        let start = scanner.skip_blanks(line);
        let end = match scanner.name(start) {
            Some(name) => scanner.value(start, &name),
            None => scanner.junk(start),
        };
        line = end + 1;
    }
    scanner.entries
}

struct Scanner<'t> {
    text: &'t [u8],
    entries: Entries<'t>,
}

/// A name and where the text behind its separator starts.
struct Name {
    key: Span,
    value: usize,
}

impl<'t> Scanner<'t> {
    /// A name, behind `export` and white space or not.
    fn name(&self, start: usize) -> Option<Name> {
        let behind = start + b"export".len();
        let name = self.skip_blanks(behind);
        let is_exported = self.text[start..].starts_with(b"export") && name > behind;
        is_exported.then(|| self.plain_name(name)).flatten().or_else(|| self.plain_name(start))
    }

    /// `[A-Za-z0-9_.-]+` and, behind white space or not, `=`, or `:` and white space.
    fn plain_name(&self, start: usize) -> Option<Name> {
        let is_key = |byte: &&u8| is_word(**byte) || matches!(byte, b'.' | b'-');
        let end = start + self.text.get(start..)?.iter().take_while(is_key).count();
        let separator = self.skip_blanks(end);
        let value = match self.text.get(separator..)? {
            [b'=', ..] => separator + 1,
            [b':', blank, ..] if is_blank(*blank) => separator + 2,
            _ => return None,
        };
        (start < end).then(|| Name { key: Span::new(start, end), value })
    }

    /// Reads the value of the assignment at `start`, and returns where its last line ends.
    fn value(&mut self, start: usize, name: &Name) -> usize {
        let first = self.skip_blanks(name.value);
        let quote = self.text.get(first).copied().filter(|byte| matches!(byte, b'"' | b'\'' | b'`'));
        let close = quote.and_then(|quote| closing_quote(&self.text[first + 1..], quote, Closing::Unescaped));
        match close {
            Some(length) => self.quoted_value(start, name, Span::new(first, first + length + 2)),
            None => self.plain_value(start, name),
        }
    }

    /// Whatever follows the closing quote on its line is dropped.
    fn quoted_value(&mut self, start: usize, name: &Name, quoted: Span) -> usize {
        self.further_down(name, quoted);
        let end = quoted.end as usize;
        let line_end = self.line_end(end);
        let behind = self.trimmed(end, line_end);
        if !matches!(behind.of(self.text).first(), None | Some(b'#')) {
            self.entries.problem_of_next(text_behind_quote(behind, Effect::Misread));
        }
        let quote = Quote::opened_by(self.text[quoted.start as usize]);
        let value = self.unescaped(Span { start: quoted.start + 1, end: quoted.end - 1 }, quote);
        let span = Span::at(start).to(quoted);
        self.entries.list.push(Entry { span, key: name.key, value, quote });
        line_end
    }

    /// The text up to `#` or the end of the line.
    fn plain_value(&mut self, start: usize, name: &Name) -> usize {
        let line_end = self.line_end(name.value);
        let end =
            find_any(&self.text[name.value..line_end], [b'#']).map_or(line_end, |length| name.value + length);
        let value = self.trimmed(name.value, end);
        match self.text.get(value.start as usize) {
            Some(b'"' | b'\'' | b'`') if !value.is_empty() => {
                let problem = unterminated_quote(value.start as usize, Effect::Misread);
                self.entries.problem_of_next(problem);
            }
            _ => {
                let problem = glued_comment(self.text, end, self.entries.next_index());
                self.entries.problems.extend(problem);
            }
        }
        if !value.is_empty() {
            self.further_down(name, value);
        }
        let (span, quote) = (Span::at(start).to(value), Quote::None);
        let value = Unquoted::verbatim(self.text, value);
        self.entries.list.push(Entry { span, key: name.key, value, quote });
        line_end
    }

    /// Every line end inside quotes becomes LF; in double quotes there are also `\n` and `\r`.
    fn unescaped(&self, span: Span, quote: Quote) -> Unquoted<'t> {
        let mut unquoting = Unquoting::new(self.text, span);
        let end = span.end as usize;
        let mut from = span.start as usize;
        while let Some(found) = find_any(&self.text[from..end], [b'\r', b'\\']) {
            let at = from + found;
            from = match (&self.text[at..end], quote) {
                ([b'\r', b'\n', ..], _) => {
                    unquoting.replace(at, at + 1, b"");
                    at + 2
                }
                ([b'\r', ..], _) => {
                    unquoting.replace(at, at + 1, b"\n");
                    at + 1
                }
                ([_, letter @ (b'n' | b'r'), ..], Quote::Double) => {
                    unquoting.replace(at, at + 2, if *letter == b'n' { b"\n" } else { b"\r" });
                    at + 2
                }
                (_, Quote::Double) => end.min(at + 2),
                _ => at + 1,
            };
        }
        unquoting.finish()
    }

    /// Reports a value that stands on a later line than its name.
    fn further_down(&mut self, name: &Name, value: Span) {
        let start = value.start as usize;
        if self.line_end(name.key.end as usize) < start {
            let first_line = Span::new(start, self.line_end(start).min(value.end as usize));
            self.entries.problem_of_next(value_further_down(first_line, Effect::Misread));
        }
    }

    /// Passes over the line at `start`, and reports it if it is no comment.
    fn junk(&mut self, start: usize) -> usize {
        let end = self.line_end(start);
        let line = self.trimmed(start, end);
        if !matches!(line.of(self.text).first(), None | Some(b'#')) {
            self.entries.problems.push(no_assignment(line, Effect::Skip));
        }
        end
    }

    /// Behind the white space at `at`, line ends included.
    fn skip_blanks(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|byte| is_blank(**byte)).count()
    }

    fn trimmed(&self, start: usize, end: usize) -> Span {
        let start = self.skip_blanks(start).min(end);
        let kept = self.text[start..end].iter().rposition(|byte| !is_blank(*byte));
        Span::new(start, kept.map_or(start, |last| start + last + 1))
    }

    fn line_end(&self, at: usize) -> usize {
        find_any(&self.text[at..], [b'\n', b'\r']).map_or(self.text.len(), |length| at + length)
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}
