//! systemd's `EnvironmentFile=`: one character after the other, with quotes that join, and neither comments behind a
//! value nor references.

use std::borrow::Cow;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::cursor::Cursor;
use crate::dotenv::encoding::{blame_bom, nul_bytes};
use crate::dotenv::misread::{literal_reference, literal_value};
use crate::dotenv::scan::{find_any, is_blank, is_word, trim_end};
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Syntax, Value};
use crate::span::Span;

pub(super) static SYSTEMD262: Dialect = Dialect {
    name: "systemd262",
    aliases: &["systemd"],
    program: "systemd 262.1",
    usage: "`EnvironmentFile=`",
    precedence: Precedence::Fresh,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, false),
};

pub(super) static SYSTEMD252: Dialect = Dialect {
    name: "systemd252",
    aliases: &[],
    program: "systemd 252.38",
    usage: "`EnvironmentFile=`",
    precedence: Precedence::Fresh,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, true),
};

/// `comments_continue`: before version 254 a backslash at the end of a comment continues it on the next line.
fn read<'t>(text: &'t [u8], _: &Environ, comments_continue: bool) -> Reading<'t> {
    let mut parser = Parser { cursor: Cursor::new(text), reading: Reading::default() };
    loop {
        parser.cursor.take_while(is_white);
        match parser.cursor.peek() {
            None => return parser.finish(),
            Some(b'#' | b';') => parser.comment(comments_continue),
            Some(_) => parser.statement(),
        }
    }
}

struct Parser<'t> {
    cursor: Cursor<'t>,
    reading: Reading<'t>,
}

impl<'t> Parser<'t> {
    fn comment(&mut self, continues: bool) {
        loop {
            let rest = self.cursor.rest();
            let Some(end) = find_any(rest, [b'\n', b'\r', b'\\']) else {
                return self.cursor.skip(rest.len());
            };
            self.cursor.skip(end + 1);
            if rest[end] != b'\\' {
                return;
            }
            let is_line_end = self.cursor.peek().is_some_and(is_line_end);
            if continues || !is_line_end {
                self.cursor.skip(1);
            }
        }
    }

    fn statement(&mut self) {
        let start = self.cursor.at();
        let rest = self.cursor.rest();
        // The first character belongs to the name, even if it is `=`.
        let end = find_any(&rest[1..], [b'\n', b'\r', b'=']).map_or(rest.len(), |length| length + 1);
        let key = trim_end(&rest[..end], |char| matches!(char, ' ' | '\t'));
        let key_span = Span::new(start, start + key.len());
        self.cursor.skip(end + 1);
        if rest.get(end) == Some(&b'=') {
            self.assignment(key_span);
        } else {
            self.reading.problems.push(Problem {
                help: Some("write `NAME=value`, or start the line with `#`"),
                ..Problem::new(Syntax::InvalidSyntax, key_span, "this line is no assignment", Effect::Skip)
            });
        }
    }

    fn assignment(&mut self, key_span: Span) {
        let text = self.cursor.text();
        let written = self.value();
        let Written { value, value_span, end, quote } = written;
        let index = self.reading.next_index();
        if quote == Quote::None {
            self.reading.problems.extend(literal_value(text, value_span, index));
        } else {
            self.reading.problems.extend(literal_reference(text, value_span, index));
        }
        let key = Cow::Borrowed(key_span.of(text));
        self.reading.problems.extend(not_text(&key, key_span, index));
        self.reading.problems.extend(not_text(&value, value_span, index));
        let rejected = invalid_name(&key, key_span, index);
        let value = if rejected.is_some() { Value::Absent } else { Value::Set(value) };
        self.reading.problems.extend(rejected);
        let span = Span { end, ..key_span };
        self.reading.assign(text, Assignment { key, value, key_span, value_span, span, quote });
    }

    /// Reads a value, which is most often the rest of the line without the blanks around it.
    fn value(&mut self) -> Written<'t> {
        let separator = self.cursor.at();
        self.cursor.take_while(is_blank);
        let start = self.cursor.at();
        let rest = self.cursor.rest();
        let line = &rest[..find_any(rest, [b'\n', b'\r', b'\\']).unwrap_or(rest.len())];
        if matches!(line.first(), Some(b'"' | b'\'')) || rest.get(line.len()) == Some(&b'\\') {
            let mut pieces = Pieces { start, end: start, ..Pieces::default() };
            pieces.read(&mut self.cursor);
            return pieces.finish(&mut self.reading);
        }
        self.cursor.skip(line.len());
        let value = trim_end(line, |char| matches!(char, ' ' | '\t'));
        let start = if value.is_empty() { separator } else { start };
        let value_span = Span::new(start, start + value.len());
        Written { value: Cow::Borrowed(value), value_span, end: value_span.end, quote: Quote::None }
    }

    fn finish(mut self) -> Reading<'t> {
        let text = self.cursor.text();
        let nul_bytes = nul_bytes(text, Effect::Refuse, &[]).into_iter();
        self.reading.problems.extend(nul_bytes.map(|problem| Problem { effect: Effect::Refuse, ..problem }));
        blame_bom(text, &mut self.reading.problems);
        self.reading.in_order()
    }
}

/// A value, and where it stands.
struct Written<'t> {
    value: Cow<'t, [u8]>,
    value_span: Span,
    /// Behind its last character or quote.
    end: u32,
    quote: Quote,
}

/// A value put together from quoted and unquoted pieces.
#[derive(Default)]
struct Pieces {
    start: usize,
    /// Behind the last character that counts.
    end: usize,
    out: Vec<u8>,
    /// How much of `out` is kept: not the blanks at the end of the line.
    kept: usize,
    /// The first quoted piece, with its quotes, and how it is quoted.
    quoted: Option<(usize, usize)>,
    quote: Quote,
    /// Where the first unquoted text behind a quoted piece starts.
    text_behind: Option<usize>,
    /// Where the quote stands that is never closed.
    unterminated: Option<usize>,
}

impl Pieces {
    /// Reads up to the end of the line.
    fn read(&mut self, cursor: &mut Cursor<'_>) {
        let mut is_between = true;
        while let Some(byte) = cursor.peek() {
            match byte {
                _ if is_line_end(byte) => return,
                b'"' | b'\'' if is_between => self.quoted(cursor, byte),
                _ if is_blank(byte) && is_between => cursor.skip(1),
                _ => {
                    is_between = false;
                    self.unquoted(cursor, byte);
                }
            }
        }
    }

    /// One character outside quotes, or two with a backslash: before a line end both vanish.
    fn unquoted(&mut self, cursor: &mut Cursor<'_>, byte: u8) {
        if self.quoted.is_some() {
            self.text_behind.get_or_insert(cursor.at());
        }
        cursor.skip(1);
        match (byte, cursor.peek()) {
            (b'\\', Some(escaped)) => {
                cursor.skip(1);
                if !is_line_end(escaped) {
                    self.out.push(escaped);
                }
            }
            (b'\\', None) => {}
            _ => self.out.push(byte),
        }
        if !is_blank(byte) {
            self.keep(cursor.at());
        }
    }

    fn quoted(&mut self, cursor: &mut Cursor<'_>, quote: u8) {
        let open = cursor.at();
        cursor.skip(1);
        loop {
            let rest = cursor.rest();
            let Some(found) = find_any(rest, [quote, if quote == b'"' { b'\\' } else { quote }]) else {
                self.out.extend_from_slice(rest);
                cursor.skip(rest.len());
                self.unterminated = Some(open);
                break;
            };
            self.out.extend_from_slice(&rest[..found]);
            cursor.skip(found + 1);
            if rest[found] == quote {
                break;
            }
            self.escaped(cursor);
        }
        if self.quoted.is_none() {
            self.quoted = Some((open, cursor.at()));
            self.quote = if quote == b'"' { Quote::Double } else { Quote::Single };
        }
        self.keep(cursor.at());
    }

    /// What follows a backslash in double quotes: before LF both vanish, before what needs no escape both stay.
    fn escaped(&mut self, cursor: &mut Cursor<'_>) {
        let Some(byte) = cursor.peek() else { return };
        cursor.skip(1);
        match byte {
            b'"' | b'\\' | b'`' | b'$' => self.out.push(byte),
            b'\n' => {}
            _ => self.out.extend_from_slice(&[b'\\', byte]),
        }
    }

    fn keep(&mut self, end: usize) {
        self.kept = self.out.len();
        self.end = end;
    }

    fn finish<'t>(mut self, reading: &mut Reading<'t>) -> Written<'t> {
        self.out.truncate(self.kept);
        reading.problems.extend(self.problem(reading.next_index()));
        let (value_span, quote) = match self.quoted {
            Some((open, close)) if open == self.start && close == self.end => {
                let close = close - usize::from(self.unterminated.is_none());
                (Span::new(open + 1, close), self.quote)
            }
            _ => (Span::new(self.start, self.end), Quote::None),
        };
        Written { value: Cow::Owned(self.out), value_span, end: Span::at(self.end).end, quote }
    }

    fn problem(&self, index: u32) -> Option<Problem> {
        let (code, span, message, help) = match (self.unterminated, self.text_behind) {
            (Some(open), _) => (
                Syntax::UnterminatedQuote,
                Span::new(open, open + 1),
                "the quote is never closed, so the rest of the file is part of the value",
                "close the quote at the end of the value",
            ),
            (None, Some(start)) => (
                Syntax::InvalidSyntax,
                Span::new(start, self.end),
                "text behind the closing quote becomes part of the value",
                "put the whole value inside the quotes; a comment needs a line of its own",
            ),
            (None, None) => return None,
        };
        let problem = Problem::new(code, span, message, Effect::Misread);
        Some(Problem { help: Some(help), assignment: Some(index), ..problem })
    }
}

/// The problem with a name that systemd drops.
fn invalid_name(key: &[u8], span: Span, index: u32) -> Option<Problem> {
    let is_valid = key.iter().copied().all(is_word) && !key.first().is_none_or(u8::is_ascii_digit);
    let (message, help) = if key.starts_with(b"export ") {
        ("systemd does not know `export`", "write `NAME=value`, without `export`")
    } else {
        ("systemd does not accept this name", "use letters, digits and `_`, and do not start with a digit")
    };
    let problem = Problem::new(Syntax::InvalidKey, span, message, Effect::Skip);
    (!is_valid).then_some(Problem { help: Some(help), assignment: Some(index), ..problem })
}

/// The problem with bytes that systemd does not take for text: all but UTF-8, and the noncharacters of Unicode.
fn not_text(bytes: &[u8], span: Span, index: u32) -> Option<Problem> {
    let is_text =
        str::from_utf8(bytes).is_ok_and(|text| text.is_ascii() || !text.chars().any(is_noncharacter));
    (!is_text).then(|| Problem {
        help: Some("save the file as UTF-8"),
        assignment: Some(index),
        ..Problem::new(Syntax::InvalidEncoding, span, "this is not UTF-8", Effect::Refuse)
    })
}

fn is_noncharacter(char: char) -> bool {
    matches!(char, '\u{fdd0}'..='\u{fdef}') || u32::from(char) & 0xfffe == 0xfffe
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn is_white(byte: u8) -> bool {
    is_blank(byte) || is_line_end(byte)
}
