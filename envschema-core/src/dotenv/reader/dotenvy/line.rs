//! Where a line ends: quotes keep it going on, and what keeps quotes from closing here is not what does in the value.

use super::Parser;
use crate::dotenv::scan::{find, find_any, first_char, last_char, trim_start};
use crate::dotenv::wording::unterminated_quote;
use crate::dotenv::{Effect, Problem, Syntax};
use crate::span::Span;

/// How often the reading goes on behind the line of a quote that is never closed. After that quotes join no lines any
/// more: each attempt may look at the whole rest of the file.
const RECOVERIES: usize = 16;

/// A line to be read as a statement.
pub(super) struct Line {
    /// Behind its last character; the line break and the comment are left out.
    pub(super) end: usize,
    /// Where the next one starts.
    pub(super) next: usize,
    /// Why it has no end; its effect is still to be set.
    pub(super) unfinished: Option<Problem>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Plain,
    /// Behind a blank, where `#` starts a comment. A second blank leads back to `Plain`.
    Blank,
    Escape,
    Quote(u8),
    QuoteEscape(u8),
}

impl Parser<'_, '_, '_> {
    /// The line that starts at the cursor.
    pub(super) fn take_line(&self) -> Line {
        let (text, start) = (self.cursor.text(), self.cursor.at());
        let first = break_of(text, start);
        if !self.switches.joins_lines {
            return Line { unfinished: None, ..first };
        }
        if trim_start(&text[start..first.next], char::is_whitespace).starts_with(b"#") {
            return Line { end: start, unfinished: None, ..first };
        }
        let mut scan = Scan { state: State::Plain, open: start };
        let mut first_open = None;
        let mut line = Line { end: first.end, next: first.next, unfinished: None };
        let mut at = start;
        loop {
            if let Some(comment) = scan.run(&text[at..line.next], at) {
                return Line { end: comment, ..line };
            }
            match scan.state {
                State::Plain => return line,
                State::Quote(_) | State::QuoteEscape(_)
                    if line.next < text.len() && self.recoveries < RECOVERIES =>
                {
                    first_open.get_or_insert(scan.open);
                    at = line.next;
                    line = break_of(text, at);
                }
                _ => {
                    let problem = first_open.map_or_else(|| scan.problem(text), unterminated);
                    return Line { unfinished: Some(problem), ..first };
                }
            }
        }
    }
}

/// The physical line at `start`.
fn break_of(text: &[u8], start: usize) -> Line {
    let Some(length) = find(&text[start..], b'\n') else {
        return Line { end: text.len(), next: text.len(), unfinished: None };
    };
    let feed = start + length;
    let is_crlf = feed > start && text[feed - 1] == b'\r';
    Line { end: feed - usize::from(is_crlf), next: feed + 1, unfinished: None }
}

struct Scan {
    state: State,
    /// Where the quote that is open, or was open last, stands.
    open: usize,
}

impl Scan {
    /// Passes over a line with its line break; returns where a comment starts.
    fn run(&mut self, line: &[u8], start: usize) -> Option<usize> {
        let is_plain = self.state == State::Plain && line.ends_with(b"\n");
        if is_plain && find_any(line, [b'"', b'\'', b'\\', b'#']).is_none() {
            return None;
        }
        let mut at = 0;
        while let Some((char, width)) = first_char(&line[at..]) {
            if self.state == State::Blank && char == Some('#') {
                return Some(start + at);
            }
            self.state = self.next(char.unwrap_or(char::REPLACEMENT_CHARACTER), start + at);
            at += width;
        }
        None
    }

    fn next(&mut self, char: char, at: usize) -> State {
        match (self.state, char) {
            (State::Quote(quote), '\\') => State::QuoteEscape(quote),
            (State::Quote(quote), _) if char == char::from(quote) => State::Plain,
            (State::Quote(quote) | State::QuoteEscape(quote), _) => State::Quote(quote),
            (State::Plain | State::Blank, '\\') => State::Escape,
            (State::Plain | State::Blank, '"' | '\'') => {
                self.open = at;
                State::Quote(if char == '"' { b'"' } else { b'\'' })
            }
            (State::Plain, _) if char.is_whitespace() && !matches!(char, '\n' | '\r') => State::Blank,
            (State::Plain | State::Blank | State::Escape, _) => State::Plain,
        }
    }

    /// Why the file cannot end here.
    fn problem(&self, text: &[u8]) -> Problem {
        let width = last_char(text).map_or(0, |(_, width)| width);
        let last = Span::new(text.len() - width, text.len());
        let (code, message) = match self.state {
            State::Quote(_) | State::QuoteEscape(_) => return unterminated(self.open),
            State::Escape => (Syntax::InvalidEscape, "nothing follows the backslash"),
            State::Plain | State::Blank => {
                (Syntax::InvalidSyntax, "the file ends with a blank instead of a line break")
            }
        };
        let help = Some("end the file with a line break");
        Problem { help, ..Problem::new(code, last, message, Effect::Stop) }
    }
}

/// The quote at `open` is never closed, or what follows where it closes opens another one that is not.
fn unterminated(open: usize) -> Problem {
    unterminated_quote(open, Effect::Stop)
}
