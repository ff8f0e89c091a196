//! The parser of Node.js, which Vite runs too and Deno rebuilt.

use crate::dotenv::entries::{Entries, Entry};
use crate::dotenv::misread::glued_comment;
use crate::dotenv::quoting::{Unquoted, with_line_feeds};
use crate::dotenv::scan::{find, find_any};
use crate::dotenv::wording::{
    blank_in_name, empty_name, no_assignment, text_behind_quote, unterminated_quote,
};
use crate::dotenv::{Effect, Problem, Quote, Syntax};
use crate::span::Span;

/// In what the versions differ.
pub(in crate::dotenv::reader) struct Switches {
    /// What is stripped from names and values: space; tab and LF too since Node 22.
    is_blank: fn(u8) -> bool,
    lines: Lines,
    closing: Closing,
}

/// How a name ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// At the next `=`, on whatever line: a line without one becomes part of the next name.
    Joined,
    /// At a `=` on the same line; a line without one is dropped.
    Apart,
}

/// Which same quote closes a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Closing {
    /// The next one.
    Next,
    /// Of those on the line of the next one, the first behind which only a comment follows, else the next one.
    BeforeLineEnd,
}

pub(in crate::dotenv::reader) const NODE_22: Switches = Switches {
    is_blank: |byte| matches!(byte, b' ' | b'\t' | b'\n'),
    lines: Lines::Apart,
    closing: Closing::Next,
};

pub(in crate::dotenv::reader) const NODE_20: Switches =
    Switches { is_blank: |byte| byte == b' ', lines: Lines::Joined, closing: Closing::Next };

pub(in crate::dotenv::reader) const DENO: Switches = Switches { closing: Closing::BeforeLineEnd, ..NODE_22 };

/// Cuts a text without CR into assignments.
pub(in crate::dotenv::reader) fn parse<'d>(text: &'d [u8], switches: &Switches) -> Entries<'d> {
    let whole = trim(text, Span::new(0, text.len()), switches.is_blank);
    let text = &text[..whole.end as usize];
    let mut parser = Parser {
        text,
        at: whole.start as usize,
        last_equals: text.iter().rposition(|byte| *byte == b'='),
        switches,
        entries: Entries::default(),
        reported: 0,
    };
    while parser.statement() {}
    parser.entries
}

struct Parser<'d, 's> {
    /// The text without the blanks at its end.
    text: &'d [u8],
    at: usize,
    last_equals: Option<usize>,
    switches: &'s Switches,
    entries: Entries<'d>,
    /// The end of the line on which a `=` without a name was reported.
    reported: usize,
}

impl<'d> Parser<'d, '_> {
    /// Reads what comes next; false at the end.
    fn statement(&mut self) -> bool {
        match self.text.get(self.at) {
            None => return false,
            Some(b'\n') => self.at += 1,
            // Older versions know comments only before a line end.
            Some(b'#') if self.is_newer() || self.line_end() < self.text.len() => {
                self.at = self.line_end() + 1;
            }
            Some(_) => match self.equals() {
                Some(equals) => return self.assignment(equals),
                None => self.junk(),
            },
        }
        true
    }

    /// Where the `=` behind the name stands.
    fn equals(&self) -> Option<usize> {
        let rest = self.last_equals.and_then(|last| self.text.get(self.at..=last))?;
        let length = match self.switches.lines {
            Lines::Joined => find(rest, b'=')?,
            Lines::Apart => find_any(rest, [b'=', b'\n']).filter(|length| rest[*length] == b'=')?,
        };
        Some(self.at + length)
    }

    /// Passes over a line without `=`.
    fn junk(&mut self) {
        let end = self.line_end();
        let line = self.trim(self.at, end);
        let is_comment = line.of(self.text).starts_with(b"#");
        if !line.is_empty() && !is_comment && self.reported != end {
            self.entries.problems.push(no_assignment(line, Effect::Skip));
        }
        self.at = end + 1;
        if self.is_newer() {
            self.skip_blanks();
        }
    }

    fn assignment(&mut self, equals: usize) -> bool {
        let key = self.key(equals);
        self.at = equals + 1;
        if self.is_newer() && matches!(self.text.get(self.at), None | Some(b'\n')) {
            self.empty_value(key);
            return true;
        }
        self.skip_blanks();
        if key.is_empty() {
            self.without_name(equals);
            return self.is_newer();
        }
        let name = self.without_export(key);
        self.odd_name(name);
        self.swallowed_lines(equals);
        match self.text.get(self.at) {
            Some(quote @ (b'"' | b'\'' | b'`')) => self.quoted_value(key.start as usize, name, *quote),
            _ => self.plain_value(key.start as usize, name),
        }
        true
    }

    /// The text before the `=`. Where that is only blanks, older versions take the line end before them for the name.
    fn key(&self, equals: usize) -> Span {
        let key = self.trim(self.at, equals);
        match self.at.checked_sub(1) {
            Some(before) if key.is_empty() && self.at < equals && !self.is_newer() => {
                Span::new(before, self.at)
            }
            _ => key,
        }
    }

    /// Node 22 and later take the value from the next lines if blanks stand behind the `=`.
    fn swallowed_lines(&mut self, equals: usize) {
        if find(&self.text[equals..self.at], b'\n').is_none() || self.at == self.text.len() {
            return;
        }
        let line = Span::new(self.at, self.line_end());
        self.entries.problem_of_next(Problem {
            help: Some("leave no blank behind the `=` of an empty value, or write `\"\"`"),
            ..Problem::new(
                Syntax::InvalidSyntax,
                line,
                "this line is read as the value of the name above, because blanks stand behind its `=`",
                Effect::Misread,
            )
        });
    }

    /// `NAME=` and nothing behind it. Here `export` stays part of the name.
    fn empty_value(&mut self, key: Span) {
        if key.of(self.text).starts_with(EXPORT) {
            self.entries.problem_of_next(Problem {
                help: Some("leave out `export`, or write the value as `\"\"`"),
                ..Problem::new(
                    Syntax::InvalidKey,
                    Span { end: key.start + 6, ..key },
                    "before an empty value, `export` becomes part of the name",
                    Effect::Misread,
                )
            });
        }
        self.add(key.start as usize, key, Span::at(self.at), Quote::None);
    }

    /// Older versions end the file at a `=` without a name; newer ones go on behind it.
    fn without_name(&mut self, equals: usize) {
        let line_end = self.line_end_from(equals);
        if self.reported != line_end {
            self.reported = line_end;
            let effect = if self.is_newer() { Effect::Skip } else { Effect::Truncate };
            self.entries.problems.push(empty_name(Span::new(equals, equals + 1), effect));
        }
    }

    fn without_export(&self, key: Span) -> Span {
        if !key.of(self.text).starts_with(EXPORT) {
            return key;
        }
        let start = key.start as usize + EXPORT.len();
        let end = key.end as usize;
        if self.is_newer() { self.trim(start, end) } else { Span::new(start, end) }
    }

    fn odd_name(&mut self, name: Span) {
        if name.of(self.text).iter().any(u8::is_ascii_whitespace) {
            self.entries.problem_of_next(blank_in_name(name, Effect::Misread));
        }
    }

    fn quoted_value(&mut self, start: usize, name: Span, quote: u8) {
        let open = self.at;
        let Some(close) = self.closing_quote(open + 1, quote) else {
            return self.unclosed(start, name);
        };
        self.at = close + 1;
        let line_end = self.line_end();
        let behind = self.trim(close + 1, line_end);
        if !behind.is_empty() && self.text[behind.start as usize] != b'#' {
            self.entries.problem_of_next(text_behind_quote(behind, Effect::Misread));
        }
        let inner = Span::new(open + 1, close);
        let value = if quote == b'"' {
            with_line_feeds(self.text, inner)
        } else {
            Unquoted::verbatim(self.text, inner)
        };
        let span = Span::new(start, close + 1);
        self.entries.list.push(Entry { span, key: name, value, quote: Quote::opened_by(quote) });
        self.at = line_end + 1;
    }

    fn closing_quote(&self, from: usize, quote: u8) -> Option<usize> {
        let next = from + find(&self.text[from..], quote)?;
        if self.switches.closing == Closing::Next {
            return Some(next);
        }
        let line = &self.text[next..self.line_end_from(next)];
        let closes = |at: &usize| {
            let behind = trim(line, Span::new(at + 1, line.len()), self.switches.is_blank).of(line);
            line[*at] == quote && matches!(behind.first(), None | Some(b'#'))
        };
        Some(next + (0..line.len()).find(closes).unwrap_or(0))
    }

    /// The quote is never closed: the line is the value, quote and all.
    fn unclosed(&mut self, start: usize, name: Span) {
        let open = self.at;
        let end = self.line_end();
        let is_last = end == self.text.len();
        let is_lost = is_last && !self.is_newer();
        let effect = if is_lost { Effect::Skip } else { Effect::Misread };
        self.entries.problem_of_next(unterminated_quote(open, effect));
        if is_lost {
            // What follows the `=` is read once more, as the start of a name.
            self.add(start, name, Span::at(open), Quote::None);
            self.reported = end;
        } else {
            self.add(start, name, Span::new(open, end), Quote::None);
            self.at = end + 1;
            self.end_of_plain_value();
        }
    }

    fn plain_value(&mut self, start: usize, name: Span) {
        let end = self.line_end();
        let line = &self.text[self.at..end];
        let cut = find(line, b'#').unwrap_or(line.len());
        let value = self.trim(self.at, self.at + cut);
        if cut < line.len() {
            let problem = glued_comment(self.text, self.at + cut, self.entries.next_index());
            self.entries.problems.extend(problem);
        }
        self.add(start, name, value, Quote::None);
        self.at = end + 1;
        self.end_of_plain_value();
    }

    fn end_of_plain_value(&mut self) {
        if self.is_newer() {
            self.skip_blanks();
        }
    }

    fn add(&mut self, start: usize, key: Span, value: Span, quote: Quote) {
        let span = Span::at(start).to(value);
        self.entries.list.push(Entry { span, key, value: Unquoted::verbatim(self.text, value), quote });
    }

    fn is_newer(&self) -> bool {
        self.switches.lines == Lines::Apart
    }

    fn skip_blanks(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|byte| (self.switches.is_blank)(**byte)).count();
    }

    fn trim(&self, start: usize, end: usize) -> Span {
        trim(self.text, Span::new(start, end), self.switches.is_blank)
    }

    fn line_end(&self) -> usize {
        self.line_end_from(self.at)
    }

    fn line_end_from(&self, at: usize) -> usize {
        find(&self.text[at..], b'\n').map_or(self.text.len(), |length| at + length)
    }
}

const EXPORT: &[u8] = b"export ";

/// The part of `span` without blanks around it.
fn trim(text: &[u8], span: Span, is_blank: fn(u8) -> bool) -> Span {
    let bytes = span.of(text);
    let start = bytes.iter().position(|byte| !is_blank(*byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| !is_blank(*byte)).map_or(start, |last| last + 1);
    Span::new(span.start as usize + start, span.start as usize + end)
}
