//! Ruby's dotenv: one regular expression over the whole text, then escapes, references and commands.

use std::borrow::Cow;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::command::unescape_commands;
use crate::dotenv::encoding::{BOM, invalid_utf8, nul_variables};
use crate::dotenv::expansion::{Expansion, Order};
use crate::dotenv::misread::glued_comment;
use crate::dotenv::scan::{find, find_any, is_word};
use crate::dotenv::wording::command;
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Syntax, Value};
use crate::span::Span;

mod value;

pub(super) static RUBY_DOTENV: Dialect = Dialect {
    name: "ruby-dotenv",
    aliases: &[],
    program: "dotenv 3.2.0 (Ruby)",
    usage: "`Dotenv.load`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read,
};

fn read<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let expansion = Expansion::new(environ, Order::EnvironFirst, Duplicates::Last);
    let mut parser = Parser {
        text,
        environ,
        expansion,
        reading: Reading::default(),
        is_legacy: environ.get(LINEBREAK_MODE) == Some(b"legacy"),
    };
    let mut at = if text.starts_with(BOM) { BOM.len() } else { 0 };
    loop {
        let start = at + white_length(&text[at..]);
        if start == text.len() {
            return parser.finish();
        }
        at = match Statement::at(text, start) {
            Some(statement) => parser.statement(start, &statement),
            None => parser.skip(start),
        };
    }
}

/// The variable that makes `\n` in double quotes a line break.
const LINEBREAK_MODE: &[u8] = b"DOTENV_LINEBREAK_MODE";

struct Parser<'t, 'e> {
    text: &'t [u8],
    environ: &'e Environ,
    expansion: Expansion<'t, 'e>,
    reading: Reading<'t>,
    /// `DOTENV_LINEBREAK_MODE=legacy` stands above: `\n` in double quotes is LF.
    is_legacy: bool,
}

/// What the regular expression finds.
struct Statement {
    has_export: bool,
    key: Span,
    /// As it is written, with quotes, and with white space if it has none.
    value: Option<Span>,
    end: usize,
}

impl Statement {
    /// `(export\s+)?([\w.]+)` and what may follow.
    fn at(text: &[u8], start: usize) -> Option<Self> {
        let export = text[start..].strip_prefix(b"export").map(white_length).filter(|length| *length > 0);
        let exported = export.and_then(|length| Self::named(text, start + b"export".len() + length));
        exported.map(|statement| Self { has_export: true, ..statement }).or_else(|| Self::named(text, start))
    }

    /// `([\w.]+)((\s*=\s*?|:\s+?)(value)?)?\s*(#.*)?$`
    fn named(text: &[u8], start: usize) -> Option<Self> {
        let length = text[start..].iter().take_while(|byte| is_word(**byte) || **byte == b'.').count();
        let key_end = start + length;
        if length == 0 {
            return None;
        }
        let key = Span::new(start, key_end);
        let equals = key_end + white_length(&text[key_end..]);
        let value_start = match &text[key_end..] {
            _ if text.get(equals) == Some(&b'=') => equals + 1,
            [b':', b'\r', b'\n', ..] => key_end + 3,
            [b':', white, ..] if is_white(*white) => key_end + 2,
            rest if ends_statement(rest) => {
                return Some(Self { has_export: false, key, value: None, end: key_end });
            }
            _ => return None,
        };
        let value = quoted(text, value_start).or_else(|| unquoted(text, value_start));
        let end = value.map_or(value_start, |value| value.end as usize);
        Some(Self { has_export: false, key, value, end })
    }
}

/// `\s*'(\\'|[^'])*'` or the same with `"`, if nothing but a comment follows: up to the first quote without a backslash
/// before it, or else to the last of those with one.
fn quoted(text: &[u8], start: usize) -> Option<Span> {
    let open = start + white_length(&text[start..]);
    let quote = *text.get(open).filter(|byte| matches!(byte, b'"' | b'\''))?;
    let mut end = None;
    let mut from = open + 1;
    while let Some(found) = find(&text[from..], quote) {
        let close = from + found;
        if ends_statement(&text[close + 1..]) {
            end = Some(close + 1);
        }
        if close == open + 1 || text[close - 1] != b'\\' {
            break;
        }
        from = close + 1;
    }
    end.map(|end| Span::new(open, end))
}

/// `[^#\n]+`
fn unquoted(text: &[u8], start: usize) -> Option<Span> {
    let rest = &text[start..];
    let length = find_any(rest, [b'#', b'\n', b'\r']).unwrap_or(rest.len());
    (length > 0).then(|| Span::new(start, start + length))
}

impl<'t> Parser<'t, '_> {
    /// Reads a statement, and returns where to go on.
    fn statement(&mut self, start: usize, statement: &Statement) -> usize {
        let key = statement.key.of(self.text);
        let is_ours = self.environ.get(key).is_none() || key == LINEBREAK_MODE;
        let problems = self.reading.problems.len();
        let index = self.reading.next_index();
        self.reading.problems.extend(glued_comment(self.text, statement.end, index));
        match statement.value {
            Some(written) => self.value(start, statement.key, written),
            None => self.empty(start, statement),
        }
        if !is_ours {
            // The environment has the name: the value is not even looked at.
            self.reading.problems.truncate(problems);
        }
        self.line_end(statement.end)
    }

    /// A name alone or with nothing behind its `=` is empty. With `export` it must have been set above.
    fn empty(&mut self, start: usize, statement: &Statement) {
        let key_span = statement.key;
        let key = key_span.of(self.text);
        let value_span = Span::new(statement.end, statement.end);
        let mut value = Value::Set(Cow::Borrowed(&b""[..]));
        if statement.has_export {
            value = Value::Absent;
            if self.expansion.look_up(&self.reading.assignments, key).1.is_none() {
                self.reading.problems.push(Problem {
                    help: Some("give it a value, or remove the line"),
                    assignment: Some(self.reading.next_index()),
                    ..Problem::new(
                        Syntax::InvalidSyntax,
                        key_span,
                        "a name that is not set above cannot be exported",
                        Effect::Refuse,
                    )
                });
            }
        }
        let span = Span::at(start).to(value_span);
        let (key, quote) = (Cow::Borrowed(key), Quote::None);
        self.reading.assign(self.text, Assignment { key, value, key_span, value_span, span, quote });
    }

    fn value(&mut self, start: usize, key_span: Span, written: Span) {
        let text = self.text;
        let index = self.reading.next_index();
        let (inner, quote) = value::without_quotes(text, written);
        self.reading.problems.extend(value::open_quote(text, written, quote, index));
        let unescaped = value::unescape(text, inner, quote, self.is_legacy);
        let value = if quote == Quote::Single {
            unescaped.bytes
        } else {
            let origin = value::first_command(&unescaped);
            let expanded = self.expansion.expand(&mut self.reading, key_span, unescaped, value::expand);
            let (value, runs_command) = unescape_commands(expanded);
            if runs_command {
                let problem = command(origin.unwrap_or(inner), Effect::Act);
                self.reading.problems.push(Problem { assignment: Some(index), ..problem });
            }
            value
        };
        let key = Cow::Borrowed(key_span.of(text));
        if &*key == LINEBREAK_MODE {
            self.is_legacy = &*value == b"legacy";
        }
        let end = inner.end + u32::from(quote != Quote::None);
        let (value, span) = (Value::Set(value), Span { end, ..Span::at(start) });
        self.reading.assign(text, Assignment { key, value, key_span, value_span: inner, span, quote });
    }

    /// Passes over a line that is no statement.
    fn skip(&mut self, start: usize) -> usize {
        let end = self.line_end(start);
        if self.text[start] != b'#' {
            let line = &self.text[start..end];
            let length = line.iter().rposition(|byte| !is_white(*byte)).map_or(0, |last| last + 1);
            let span = Span::new(start, start + length);
            self.reading.problems.push(Problem {
                help: Some("write `NAME=value`, with letters, digits, `_` and `.` in the name"),
                ..Problem::new(Syntax::InvalidSyntax, span, "this line is no assignment", Effect::Skip)
            });
        }
        end
    }

    fn line_end(&self, at: usize) -> usize {
        find_any(&self.text[at..], [b'\n', b'\r']).map_or(self.text.len(), |length| at + length)
    }

    fn finish(mut self) -> Reading<'t> {
        self.reading.problems.extend(invalid_utf8(self.text, Effect::Refuse));
        let assignments = &self.reading.assignments;
        let nul_bytes = nul_variables(self.text, Effect::Stop, assignments, self.environ, Duplicates::Last);
        self.reading.problems.extend(nul_bytes);
        self.reading.in_order()
    }
}

/// `\s`
fn is_white(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

fn white_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| is_white(**byte)).count()
}

/// `\s*(#.*)?$`
fn ends_statement(rest: &[u8]) -> bool {
    let next = rest.iter().find(|byte| !is_white(**byte) || matches!(byte, b'\n' | b'\r'));
    matches!(next, None | Some(b'\n' | b'\r' | b'#'))
}
