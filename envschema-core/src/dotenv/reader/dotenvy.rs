//! The Rust crate dotenvy, the programs that read with it (just, uv), and the dotenv crate it stems from.

use std::borrow::Cow;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::cursor::Cursor;
use crate::dotenv::encoding::{BOM, blame_bom, invalid_utf8, nul_variables};
use crate::dotenv::expansion::{Expansion, Order};
use crate::dotenv::scan::{find, first_char, is_word, trim_end, trim_start};
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Syntax, Value};
use crate::span::Span;

mod line;
mod value;

use value::Written;

pub(super) static DOTENVY: Dialect = Dialect {
    name: "dotenvy",
    aliases: &[],
    program: "dotenvy 0.15.7",
    usage: "`dotenvy::from_path()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::First,
    read: |text, environ| read(text, environ, &Switches { drops_bom: true, ..CRATE }),
};

pub(super) static RUST_DOTENV: Dialect = Dialect {
    name: "rust-dotenv",
    aliases: &[],
    program: "dotenv 0.15.0 (Rust)",
    usage: "`dotenv::from_path()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::First,
    read: |text, environ| read(text, environ, &Switches { joins_lines: false, ..CRATE }),
};

pub(super) static JUST: Dialect = Dialect {
    name: "just",
    aliases: &[],
    program: "just 1.59.0",
    usage: "`set dotenv-load`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read: |text, environ| {
        let refuse = Effect::Refuse;
        read(
            text,
            environ,
            &Switches { at_error: refuse, at_no_text: refuse, sets: Duplicates::Last, ..ITERATOR },
        )
    },
};

pub(super) static UV: Dialect = Dialect {
    name: "uv",
    aliases: &[],
    program: "uv 0.13.8",
    usage: "`uv run --env-file`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::First,
    read: |text, environ| {
        read(text, environ, &Switches { at_error: Effect::Truncate, at_no_text: Effect::Refuse, ..ITERATOR })
    },
};

/// In what these readers differ.
struct Switches {
    drops_bom: bool,
    /// A quote keeps a line going on over its end.
    joins_lines: bool,
    /// Which assignment a reference finds.
    found: Duplicates,
    /// Which assignment sets the variable.
    sets: Duplicates,
    /// What happens at a line that cannot be read.
    at_error: Effect,
    /// What happens at a line that is not UTF-8, and when a value with a NUL byte is set.
    at_no_text: Effect,
}

/// Sets every variable at once, where later references find it.
const CRATE: Switches = Switches {
    drops_bom: false,
    joins_lines: true,
    found: Duplicates::First,
    sets: Duplicates::First,
    at_error: Effect::Stop,
    at_no_text: Effect::Stop,
};

/// Collects the variables first.
const ITERATOR: Switches = Switches { found: Duplicates::Last, ..CRATE };

fn read<'t>(text: &'t [u8], environ: &Environ, switches: &Switches) -> Reading<'t> {
    let invalid = invalid_utf8(text, switches.at_no_text);
    let mut parser = Parser {
        environ,
        cursor: Cursor::new(text),
        reading: Reading::default(),
        expansion: Expansion::new(environ, Order::EnvironFirst, switches.found),
        switches,
        invalid: &invalid,
        recoveries: 0,
    };
    if switches.drops_bom {
        parser.cursor.eat(BOM);
    }
    while !parser.cursor.is_at_end() {
        parser.line();
    }
    parser.finish()
}

struct Parser<'t, 'p, 'e> {
    environ: &'e Environ,
    cursor: Cursor<'t>,
    reading: Reading<'t>,
    expansion: Expansion<'t, 'e>,
    switches: &'p Switches,
    /// What is not UTF-8, from the line being read on.
    invalid: &'p [Problem],
    /// How often the reading went on behind an unterminated quote.
    recoveries: usize,
}

/// A statement up to its `=`.
struct Head {
    start: usize,
    key: Span,
}

impl<'t> Parser<'t, '_, '_> {
    /// Reads the next line, or several if a quote joins them.
    fn line(&mut self) {
        let start = self.cursor.at();
        let line = self.take_line();
        let fault = self.fault(&line);
        self.recoveries += usize::from(line.unfinished.is_some());
        let text = self.cursor.text();
        let statement = trim_end(&text[start..line.end], char::is_whitespace);
        let end = start + statement.len();
        let statement = trim_start(statement, char::is_whitespace);
        self.cursor.go_to(end - statement.len());
        let is_statement = statement.first().is_some_and(|first| *first != b'#');
        let head = if is_statement { Some(self.head(end)) } else { None };
        match (head, fault) {
            (None, None) => {}
            (None | Some(Err(_)), Some(problem)) | (Some(Err(problem)), None) => {
                self.reading.problems.push(problem);
            }
            (Some(Ok(head)), Some(problem)) => self.reject(&head, end, problem),
            (Some(Ok(head)), None) => self.value(&head, end),
        }
        self.cursor.go_to(line.next);
    }

    /// What keeps the line from being looked at: bytes that are no text, or a quote that is still open at the end.
    fn fault(&mut self, line: &line::Line) -> Option<Problem> {
        let here = |problem: &&Problem| (problem.span.start as usize) < line.next;
        let (here, behind) = self.invalid.split_at(self.invalid.iter().take_while(here).count());
        self.invalid = behind;
        let at_error = self.switches.at_error;
        let unfinished = line.unfinished.map(|problem| {
            let effect = if behind.is_empty() { at_error } else { self.switches.at_no_text };
            Problem { effect, ..problem }
        });
        here.first().copied().or(unfinished)
    }

    /// The name of a statement, which ends at `end`; passes over the `=` and the blanks behind it.
    fn head(&mut self, end: usize) -> Result<Head, Problem> {
        let start = self.cursor.at();
        let mut key = self.key(start, end)?;
        self.cursor.take_chars(char::is_whitespace);
        let is_export = key.of(self.cursor.text()) == b"export";
        if is_export && self.cursor.peek() != Some(b'=') {
            key = self.key(start, end)?;
            self.cursor.take_chars(char::is_whitespace);
        }
        if self.cursor.at() < end && self.cursor.eat(b"=") {
            Ok(Head { start, key })
        } else {
            Err(self.no_name(start, end))
        }
    }

    fn key(&mut self, start: usize, end: usize) -> Result<Span, Problem> {
        let at = self.cursor.at();
        let key = self.cursor.take_while(|byte| is_word(byte) || byte == b'.');
        match key.first() {
            Some(first) if first.is_ascii_alphabetic() || *first == b'_' => Ok(self.cursor.span_from(at)),
            _ => {
                self.cursor.go_to(at);
                Err(self.no_name(start, end))
            }
        }
    }

    /// The problem with the statement from `start` to `end`, whose name cannot be read beyond the cursor.
    fn no_name(&self, start: usize, end: usize) -> Problem {
        let text = self.cursor.text();
        let line = Span::new(start, end);
        let at = self.cursor.at().min(end);
        let width = first_char(&text[at..end]).map_or(0, |(_, width)| width);
        let (code, span, message) = if find(line.of(text), b'=').is_none() {
            (Syntax::InvalidSyntax, line, "this line is no assignment")
        } else {
            (Syntax::InvalidKey, Span::new(at, at + width), "a name cannot contain this character here")
        };
        let help = Some("write `NAME=value`, with letters, digits, `_` and `.` in the name");
        Problem { help, ..Problem::new(code, span, message, self.switches.at_error) }
    }

    /// Reads the value of `head` up to `end`.
    fn value(&mut self, head: &Head, end: usize) {
        let text = self.cursor.text();
        let separator = self.cursor.at();
        self.cursor.take_chars(char::is_whitespace);
        let start = self.cursor.at().min(end);
        let rest = Span::new(start, end);
        let written = if matches!(rest.of(text).first(), None | Some(b'#')) {
            Written::empty(separator)
        } else {
            match value::read(&mut self.reading, &mut self.expansion, text, rest) {
                Ok(written) => written,
                Err(value::Fault::Limit(limit)) => {
                    let problem = limit.problem(self.reading.next_index(), head.key);
                    return self.reject(head, end, problem);
                }
                Err(value::Fault::Problem(problem)) => {
                    return self.reject(head, end, Problem { effect: self.switches.at_error, ..problem });
                }
            }
        };
        let Written { value, value_span, end, quote } = written;
        let key = Cow::Borrowed(head.key.of(text));
        let span = Span::new(head.start, end);
        let value = Value::Set(value);
        self.reading.assign(text, Assignment { key, value, key_span: head.key, value_span, span, quote });
    }

    /// Notes an assignment that cannot be read up to its end at `end`.
    fn reject(&mut self, head: &Head, end: usize, problem: Problem) {
        let assignment = Some(self.reading.next_index());
        self.reading.problems.push(Problem { assignment, ..problem });
        self.reading.assignments.push(Assignment {
            key: Cow::Borrowed(head.key.of(self.cursor.text())),
            value: Value::Absent,
            key_span: head.key,
            value_span: Span::new(end, end),
            span: Span::new(head.start, end),
            quote: Quote::None,
        });
    }

    fn finish(mut self) -> Reading<'t> {
        let text = self.cursor.text();
        let Switches { at_no_text, sets, .. } = *self.switches;
        let nul_bytes = nul_variables(text, at_no_text, &self.reading.assignments, self.environ, sets);
        self.reading.problems.extend(nul_bytes);
        if !self.switches.drops_bom {
            blame_bom(text, &mut self.reading.problems);
        }
        let mut reading = self.reading.in_order();
        if self.switches.at_error == Effect::Truncate {
            truncate_at_first(&mut reading.problems);
        }
        reading
    }
}

/// What stands behind the first problem is not even looked at.
fn truncate_at_first(problems: &mut [Problem]) {
    let first = problems.iter().position(|problem| problem.effect == Effect::Truncate);
    for problem in problems.iter_mut().skip(first.unwrap_or(usize::MAX)) {
        problem.effect = Effect::Truncate;
    }
}
