//! The one regular expression of npm's dotenv, done by hand: the same matches in the same order, in linear time.

use crate::dotenv::entries::{Entries, Entry};
use crate::dotenv::javascript::{is_line_end, is_space, line_end, line_end_width, trim};
use crate::dotenv::misread::glued_comment;
use crate::dotenv::quoting::{Closing, Unquoted, Unquoting, closing_quote};
use crate::dotenv::scan::{find, find_any, first_char, is_word, trim_start};
use crate::dotenv::wording::{no_assignment, text_behind_quote, unterminated_quote, value_further_down};
use crate::dotenv::{Effect, Quote};
use crate::span::Span;

const QUOTES: [u8; 3] = *b"'\"`";

/// What backslashes mean in quoted values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::dotenv::reader) enum Escapes {
    /// `\n` and `\r` in double quotes.
    Dotenv,
    /// Also `\t` there, and `\'` in single quotes.
    Dotenvx,
}

impl Escapes {
    /// What a backslash before `letter` stands for in a value that starts with `quote`.
    fn of(self, quote: u8, letter: u8) -> Option<&'static [u8]> {
        match (quote, letter, self) {
            (b'"', b'n', _) => Some(b"\n"),
            (b'"', b'r', _) => Some(b"\r"),
            (b'"', b't', Self::Dotenvx) => Some(b"\t"),
            (b'\'', b'\'', Self::Dotenvx) => Some(b"'"),
            _ => None,
        }
    }
}

/// Cuts a text, in which CR is no more, into assignments.
pub(in crate::dotenv::reader) fn parse(text: &[u8], escapes: Escapes) -> Entries<'_> {
    let mut expression = Expression { text, escapes, entries: Entries::default() };
    let mut line = 0;
    while line < text.len() {
        let start = expression.skip_space(line);
        let end = match expression.statement(start) {
            Some(end) => end,
            None => expression.junk(start),
        };
        line = end + line_end_width(&text[end..]);
    }
    expression.entries
}

struct Expression<'d> {
    text: &'d [u8],
    escapes: Escapes,
    entries: Entries<'d>,
}

/// A name and where the text behind its separator starts.
struct Name {
    key: Span,
    value: usize,
}

impl<'d> Expression<'d> {
    /// Reads the assignment that starts at `start`, and returns where a line ends behind it.
    fn statement(&mut self, start: usize) -> Option<usize> {
        let name = self.exported_name(start).or_else(|| self.name(start))?;
        let first = self.skip_space(name.value);
        let quote = self.text.get(first).copied().filter(|byte| QUOTES.contains(byte));
        let close = quote.and_then(|quote| self.closing_quote(first, quote));
        Some(match close {
            Some(close) => self.quoted_value(start, &name, Span::new(first, close + 1)),
            None => self.plain_value(start, &name, quote),
        })
    }

    /// `export\s+` and a name.
    fn exported_name(&self, start: usize) -> Option<Name> {
        let behind = start + b"export".len();
        let name = self.skip_space(behind);
        let is_exported = self.text[start..].starts_with(b"export") && name > behind;
        if is_exported { self.name(name) } else { None }
    }

    /// `[\w.-]+` and `\s*=` or `:\s`.
    fn name(&self, start: usize) -> Option<Name> {
        let is_key = |byte: &&u8| is_word(**byte) || matches!(byte, b'.' | b'-');
        let end = start + self.text.get(start..)?.iter().take_while(is_key).count();
        let separator = self.skip_space(end);
        let value = match (self.text.get(separator), self.text.get(end)) {
            (Some(b'='), _) => separator + 1,
            (_, Some(b':')) => end + 1 + self.space_width(end + 1)?,
            _ => return None,
        };
        (start < end).then(|| Name { key: Span::new(start, end), value })
    }

    /// The quote that closes the one at `open`: the last one up to the first without a backslash before it, behind
    /// which only white space, and a line end or a comment, follow.
    fn closing_quote(&self, open: usize, quote: u8) -> Option<usize> {
        let behind = &self.text[open + 1..];
        let first = closing_quote(behind, quote, Closing::NoBackslashBefore);
        let mut reach = first.map_or(behind.len(), |first| first + 1);
        while let Some(close) = behind[..reach].iter().rposition(|byte| *byte == quote) {
            if self.can_end(open + 1 + close + 1) {
                return Some(open + 1 + close);
            }
            reach = close;
        }
        None
    }

    /// `\s*(?:#.*)?$`
    fn can_end(&self, at: usize) -> bool {
        let end = self.skip_space(at);
        let mut space = &self.text[at..end];
        while let Some((Some(char), width)) = first_char(space) {
            if is_line_end(char) {
                return true;
            }
            space = &space[width..];
        }
        matches!(self.text.get(end), None | Some(b'#'))
    }

    fn quoted_value(&mut self, start: usize, name: &Name, quoted: Span) -> usize {
        self.later_line(name, quoted);
        let quote = self.text[quoted.start as usize];
        let inner = Span { start: quoted.start + 1, end: quoted.end - 1 };
        let value = self.unescaped(inner, quote, &[]);
        let span = Span::at(start).to(quoted);
        self.entries.list.push(Entry { span, key: name.key, value, quote: Quote::opened_by(quote) });
        self.line_end(quoted.end as usize)
    }

    /// `[^#\r\n]+`, or nothing.
    fn plain_value(&mut self, start: usize, name: &Name, quote: Option<u8>) -> usize {
        let rest = &self.text[name.value..];
        let end = name.value + find_any(rest, [b'#', b'\n']).unwrap_or(rest.len());
        let written = trim(&self.text[name.value..end]);
        let first = end - trim_start(&self.text[name.value..end], is_space).len();
        let value =
            if written.is_empty() { Span::at(name.value) } else { Span::new(first, first + written.len()) };
        let quote = quote.filter(|quote| written.first() == Some(quote));
        let line_end = self.line_end(end);
        match quote {
            Some(quote) => self.unclosed(value, quote),
            None if end < line_end => {
                let problem = glued_comment(self.text, end, self.entries.next_index());
                self.entries.problems.extend(problem);
            }
            None => {}
        }
        if !value.is_empty() {
            self.later_line(name, value);
        }
        let span = Span::at(start).to(value);
        let (value, quote) = self.stripped(value, quote.unwrap_or_default());
        self.entries.list.push(Entry { span, key: name.key, value, quote });
        line_end
    }

    /// `/^(['"`])([\s\S]*)\1$/mg`, and the escapes that the first character of the value calls for.
    fn stripped(&self, value: Span, quote: u8) -> (Unquoted<'d>, Quote) {
        let start = value.start as usize;
        let pairs = outer_quotes(value.of(self.text));
        match pairs.as_slice() {
            [(0, close)] if close + 1 == value.len() => {
                let inner = Span::new(start + 1, start + close);
                (self.unescaped(inner, quote, &[]), Quote::opened_by(quote))
            }
            pairs => (self.unescaped(value, quote, pairs), Quote::None),
        }
    }

    /// The text at `span` in quotes that start with `quote`, without the `dropped` pairs of bytes.
    fn unescaped(&self, span: Span, quote: u8, dropped: &[(usize, usize)]) -> Unquoted<'d> {
        let mut unquoting = Unquoting::new(self.text, span);
        let mut dropped = dropped.iter().flat_map(|(open, close)| [*open, *close]).peekable();
        let (start, end) = (span.start as usize, span.end as usize);
        let mut at = start;
        loop {
            let backslash = find(&self.text[at..end], b'\\').map(|found| at + found);
            while let Some(drop) = dropped.next_if(|drop| backslash.is_none_or(|at| start + drop < at)) {
                unquoting.replace(start + drop, start + drop + 1, b"");
            }
            let Some(backslash) = backslash else { return unquoting.finish() };
            let letter = self.text[backslash + 1..end].first();
            at = backslash + 1;
            if let Some(with) = letter.and_then(|letter| self.escapes.of(quote, *letter)) {
                unquoting.replace(backslash, backslash + 2, with);
                at = backslash + 2;
            }
        }
    }

    /// Reports a quote that does not close where the line or a comment could follow.
    fn unclosed(&mut self, value: Span, quote: u8) {
        let open = value.start as usize;
        let line_end = self.line_end(open);
        let close = find(&self.text[open + 1..line_end], quote).map(|length| open + 1 + length);
        let problem = match close {
            Some(close) => {
                let behind = trim_start(&self.text[close + 1..line_end], is_space);
                let start = line_end - behind.len();
                text_behind_quote(Span::new(start, start + trim(behind).len()), Effect::Misread)
            }
            None => unterminated_quote(open, Effect::Misread),
        };
        self.entries.problem_of_next(problem);
    }

    /// Reports a value that stands on a later line than its name.
    fn later_line(&mut self, name: &Name, value: Span) {
        let start = name.key.end as usize;
        if find(&self.text[start..value.start as usize], b'\n').is_none() {
            return;
        }
        let line_end = self.line_end(value.start as usize).min(value.end as usize);
        let first_line = Span::new(value.start as usize, line_end);
        self.entries.problem_of_next(value_further_down(first_line, Effect::Misread));
    }

    /// Passes over the line at `start`, and reports it if it is no comment.
    fn junk(&mut self, start: usize) -> usize {
        let end = self.line_end(start);
        let line = trim(&self.text[start..end]);
        if !line.is_empty() && line[0] != b'#' {
            let line = Span::new(start, start + line.len());
            self.entries.problems.push(no_assignment(line, Effect::Skip));
        }
        end
    }

    /// Behind the white space at `at`, line ends included.
    fn skip_space(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        self.text.len() - trim_start(rest, is_space).len()
    }

    fn space_width(&self, at: usize) -> Option<usize> {
        let (char, width) = first_char(self.text.get(at..)?)?;
        char.filter(|char| is_space(*char)).map(|_| width)
    }

    fn line_end(&self, at: usize) -> usize {
        line_end(self.text, at)
    }
}

/// The quotes that stand around a value, or around lines of it: LS and PS end lines, too.
fn outer_quotes(value: &[u8]) -> Vec<(usize, usize)> {
    let ends_line = |at: usize| at == value.len() || line_end_width(&value[at..]) > 0;
    let last = |quote| (0..value.len()).rev().find(|at| value[*at] == quote && ends_line(at + 1));
    let mut last_quotes: [Option<Option<usize>>; 3] = [None; 3];
    let mut pairs = Vec::new();
    let mut at = 0;
    while at < value.len() {
        if let Some(kind) = QUOTES.iter().position(|quote| *quote == value[at])
            && let Some(close) = last_quotes[kind].get_or_insert_with(|| last(QUOTES[kind]))
            && *close > at
        {
            pairs.push((at, *close));
            at = *close + 1;
        }
        at = line_end(value, at);
        at += line_end_width(&value[at..]).max(1);
    }
    pairs
}
