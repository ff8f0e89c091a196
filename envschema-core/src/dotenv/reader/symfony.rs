//! symfony/dotenv: a strict reader that resolves references after the whole file is read, in up to five passes.

use std::borrow::Cow;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::cursor::Cursor;
use crate::dotenv::encoding::{BOM, blame_bom, invalid_utf8, nul_bytes};
use crate::dotenv::misread::glued_comment;
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::scan::{find_any, first_char, is_blank, word_length};
use crate::dotenv::wording::{invalid_name_character, no_assignment};
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Syntax, Value};
use crate::span::Span;

mod resolve;
mod value;

use value::Written;

pub(super) static SYMFONY_DOTENV: Dialect = Dialect {
    name: "symfony-dotenv",
    aliases: &["symfony"],
    program: "symfony/dotenv 7.4.22",
    usage: "`(new Dotenv())->load()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read,
};

fn read<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let mut parser = Parser { cursor: Cursor::new(text), reading: Reading::default(), raw: Vec::new() };
    parser.cursor.eat(BOM);
    loop {
        parser.cursor.take_while(is_white);
        match parser.cursor.peek() {
            None => break,
            Some(b'#') => parser.go_to_line_end(),
            Some(_) => parser.statement(),
        }
    }
    let Parser { mut reading, raw, .. } = parser;
    resolve::resolve(&mut reading, text, &raw, environ);
    finish(reading, text)
}

struct Parser<'t> {
    cursor: Cursor<'t>,
    reading: Reading<'t>,
    /// The value of every assignment before anything is resolved. NUL stands for a dollar sign that is text, and a
    /// backslash that is text stands twice.
    raw: Vec<Unquoted<'t>>,
}

impl<'t> Parser<'t> {
    fn statement(&mut self) {
        let start = self.cursor.at();
        match self.head(start) {
            Ok(key_span) => self.value(start, key_span),
            Err(problem) => {
                self.reading.problems.push(problem);
                self.go_to_line_end();
            }
        }
    }

    /// `(export[ \t]+)?_*[A-Za-z][A-Za-z0-9_]*=`; passes over it.
    fn head(&mut self, start: usize) -> Result<Span, Problem> {
        if self.cursor.eat(b"export") && self.cursor.take_while(is_blank).is_empty() {
            self.cursor.go_to(start);
        }
        let name_start = self.cursor.at();
        let has_export = name_start > start;
        let rest = self.cursor.rest();
        if !starts_name(rest) {
            // `export` may be the name itself.
            self.cursor.go_to(start);
            if !has_export {
                return Err(self.no_name(start));
            }
        }
        let name_start = self.cursor.at();
        self.cursor.skip(word_length(self.cursor.rest()));
        let key_span = self.cursor.span_from(name_start);
        match self.cursor.peek() {
            Some(b'=') => {
                self.cursor.skip(1);
                Ok(key_span)
            }
            Some(b' ' | b'\t') if self.has_separator() => Err(Problem {
                help: Some("write `NAME=value`, with nothing around the `=`"),
                ..Problem::new(
                    Syntax::InvalidSyntax,
                    key_span,
                    "no blank may follow the name",
                    Effect::Refuse,
                )
            }),
            _ => Err(self.no_name(start)),
        }
    }

    fn has_separator(&self) -> bool {
        find_any(self.cursor.rest(), [b'=', b'\n', b'\r']).is_some_and(|at| self.cursor.rest()[at] == b'=')
    }

    /// The problem with the statement at `start`, which cannot be read beyond the cursor.
    fn no_name(&self, start: usize) -> Problem {
        let at = self.cursor.at();
        let line = &self.cursor.text()[start..self.line_end()];
        let has_separator = find_any(line, [b'=']).is_some();
        match first_char(self.cursor.rest()) {
            Some((_, width)) if has_separator => {
                invalid_name_character(Span::new(at, at + width), Effect::Refuse)
            }
            _ => no_assignment(Span::new(start, start + line.trim_ascii_end().len()), Effect::Refuse),
        }
    }

    fn value(&mut self, start: usize, key_span: Span) {
        let text = self.cursor.text();
        let separator = self.cursor.at();
        let written = match value::read(&mut self.cursor) {
            Ok(written) => written,
            Err(problem) => {
                let assignment = Some(self.reading.next_index());
                self.reading.problems.push(Problem { assignment, ..problem });
                self.cursor.go_to(separator);
                self.go_to_line_end();
                let end = self.cursor.at();
                let value_span = Span::new(end, end);
                Written { raw: Unquoted::verbatim(text, value_span), value_span, end, quote: Quote::None }
            }
        };
        let Written { raw, value_span, end, quote } = written;
        self.reading.problems.extend(glued_comment(text, end, self.reading.next_index()));
        self.reading.assignments.push(Assignment {
            key: Cow::Borrowed(key_span.of(text)),
            value: Value::Absent,
            key_span,
            value_span,
            span: Span::new(start, end),
            quote,
        });
        self.raw.push(raw);
    }

    fn line_end(&self) -> usize {
        let rest = self.cursor.rest();
        self.cursor.at() + find_any(rest, [b'\n', b'\r']).unwrap_or(rest.len())
    }

    fn go_to_line_end(&mut self) {
        let end = self.line_end();
        self.cursor.go_to(end);
    }
}

fn finish<'t>(mut reading: Reading<'t>, text: &'t [u8]) -> Reading<'t> {
    reading.problems.extend(invalid_utf8(text, Effect::Misread));
    let nul_bytes = nul_bytes(text, Effect::Refuse, &[]).into_iter();
    reading.problems.extend(nul_bytes.map(|problem| Problem { effect: Effect::Refuse, ..problem }));
    let before = reading.problems.len();
    blame_bom(text, &mut reading.problems);
    for problem in reading.problems.iter_mut().skip(before) {
        problem.effect = Effect::Refuse;
    }
    reading.in_order()
}

/// `_*[A-Za-z]`
fn starts_name(bytes: &[u8]) -> bool {
    bytes.iter().find(|byte| **byte != b'_').is_some_and(u8::is_ascii_alphabetic)
}

/// `\s`
fn is_white(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}
