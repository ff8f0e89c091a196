//! python-dotenv: statements over lines, quotes that may span them, and `${NAME:-default}` in every value.

use std::borrow::Cow;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::cursor::Cursor;
use crate::dotenv::encoding::{BOM, blame_bom, invalid_utf8, nul_variables};
use crate::dotenv::expansion::{Expansion, Limit, Order, Place, Substitution};
use crate::dotenv::quoting::{Closing, Unquoted, Unquoting, closing_quote};
use crate::dotenv::scan::{find, find_any, find_pair, is_python_space, last_char, trim_end};
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Syntax, Target, Value};
use crate::span::Span;

pub(super) static PYTHON_DOTENV: Dialect = Dialect {
    name: "python-dotenv",
    aliases: &["python-dotenv-1.2.4"],
    program: "python-dotenv 1.2.4",
    usage: "`load_dotenv()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, &CURRENT),
};

pub(super) static PYTHON_DOTENV_1_0: Dialect = Dialect {
    name: "python-dotenv-1.0.1",
    aliases: &[],
    program: "python-dotenv 1.0.1",
    usage: "`load_dotenv()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, &OLD),
};

/// In what the versions differ.
struct Switches {
    drops_bom: bool,
    /// `A= # note` is empty, not `# note`.
    knows_comment_for_value: bool,
    /// A backslash escapes whatever follows it; else any backslash before a quote keeps it from closing, unless no
    /// other quote does.
    escapes_backslash: bool,
}

const CURRENT: Switches =
    Switches { drops_bom: true, knows_comment_for_value: true, escapes_backslash: true };
const OLD: Switches = Switches { drops_bom: false, knows_comment_for_value: false, escapes_backslash: false };

fn read<'t>(text: &'t [u8], environ: &Environ, switches: &Switches) -> Reading<'t> {
    let expansion = Expansion::new(environ, Order::EnvironFirst, Duplicates::Last);
    let mut parser =
        Parser { cursor: Cursor::new(text), reading: Reading::default(), environ, expansion, switches };
    if switches.drops_bom {
        parser.cursor.eat(BOM);
    }
    loop {
        parser.cursor.take_chars(is_python_space);
        if parser.cursor.is_at_end() {
            return parser.finish();
        }
        parser.statement();
    }
}

struct Parser<'t, 'e> {
    cursor: Cursor<'t>,
    reading: Reading<'t>,
    environ: &'e Environ,
    expansion: Expansion<'t, 'e>,
    switches: &'e Switches,
}

/// What makes python-dotenv leave out a statement.
struct Rejected {
    code: Syntax,
    span: Span,
    message: &'static str,
    help: &'static str,
}

impl<'t> Parser<'t, '_> {
    fn statement(&mut self) {
        let start = self.cursor.at();
        self.skip_export();
        if self.cursor.peek() == Some(b'#') {
            self.cursor.go_to(self.line_end());
            return;
        }
        let Some(key_span) = self.key() else { return self.no_assignment(start) };
        self.take_blanks();
        if self.cursor.eat(b"=") {
            return self.value(start, key_span);
        }
        match self.end_of_statement() {
            Ok(()) => self.push(
                start,
                key_span,
                Value::Unset,
                Span::new(key_span.range().end, key_span.range().end),
                Quote::None,
            ),
            Err(_) => self.no_assignment(start),
        }
    }

    /// `(?:export[^\S\r\n]+)?`
    fn skip_export(&mut self) {
        let start = self.cursor.at();
        if self.cursor.eat(b"export") && self.take_blanks().is_empty() {
            self.cursor.go_to(start);
        }
    }

    /// `'([^']+)'` or `[^=#\s]+`; passes over it, quotes included.
    fn key(&mut self) -> Option<Span> {
        let start = self.cursor.at();
        if self.cursor.peek() == Some(b'\'') {
            let length = find(&self.cursor.rest()[1..], b'\'').filter(|length| *length > 0)?;
            self.cursor.skip(length + 2);
            return Some(Span::new(start + 1, start + 1 + length));
        }
        let key = self.cursor.take_chars(|char| !matches!(char, '=' | '#') && !is_python_space(char));
        (!key.is_empty()).then(|| Span::new(start, start + key.len()))
    }

    fn value(&mut self, start: usize, key_span: Span) {
        let separator = self.cursor.at();
        let blanks = self.take_blanks();
        let is_comment = self.cursor.peek() == Some(b'#') && !blanks.is_empty();
        let (value, quote) = match self.cursor.peek() {
            Some(quote @ (b'\'' | b'"')) => match self.quoted(quote) {
                Ok(value) => (value, if quote == b'"' { Quote::Double } else { Quote::Single }),
                Err(rejected) => return self.reject(start, key_span, &rejected),
            },
            Some(b'#') if is_comment && self.switches.knows_comment_for_value => {
                (Unquoted::verbatim(self.cursor.text(), Span::at(separator)), Quote::None)
            }
            None | Some(b'\r' | b'\n') => {
                (Unquoted::verbatim(self.cursor.text(), Span::at(separator)), Quote::None)
            }
            Some(_) => {
                if is_comment {
                    self.comment_as_value();
                }
                (self.unquoted(), Quote::None)
            }
        };
        if let Err(rejected) = self.end_of_statement() {
            return self.reject(start, key_span, &rejected);
        }
        let value_span = value.source();
        let value = self.expansion.expand(&mut self.reading, key_span, value, expand);
        self.push(start, key_span, Value::Set(value), value_span, quote);
    }

    /// `[^\r\n]*`, cut before white space and `#`.
    fn unquoted(&mut self) -> Unquoted<'t> {
        let (start, end) = (self.cursor.at(), self.line_end());
        let line = &self.cursor.text()[start..end];
        let mut from = 0;
        let cut = loop {
            let Some(found) = find(&line[from..], b'#') else { break line.len() };
            from += found;
            if matches!(last_char(&line[..from]), Some((Some(char), _)) if is_python_space(char)) {
                break from;
            }
            from += 1;
        };
        self.cursor.go_to(end);
        let value = trim_end(&line[..cut], is_python_space);
        Unquoted::verbatim(self.cursor.text(), Span::new(start, start + value.len()))
    }

    fn quoted(&mut self, quote: u8) -> Result<Unquoted<'t>, Rejected> {
        let open = self.cursor.at();
        let behind = &self.cursor.rest()[1..];
        let close = if self.switches.escapes_backslash {
            closing_quote(behind, quote, Closing::Unescaped)
        } else {
            closing_quote(behind, quote, Closing::NoBackslashBefore)
                .or_else(|| behind.iter().rposition(|byte| *byte == quote))
        };
        let close = close.ok_or(Rejected {
            code: Syntax::UnterminatedQuote,
            span: Span::new(open, open + 1),
            message: "the quote is never closed",
            help: "close the quote at the end of the value; escape the same quote inside with `\\`",
        })?;
        self.cursor.skip(close + 2);
        Ok(unescape(self.cursor.text(), Span::new(open + 1, open + 1 + close), quote))
    }

    /// A comment and the end of the line.
    fn end_of_statement(&mut self) -> Result<(), Rejected> {
        let start = self.cursor.at();
        self.take_blanks();
        match self.cursor.peek() {
            Some(b'#') => self.cursor.go_to(self.line_end()),
            None | Some(b'\r' | b'\n') => {}
            Some(_) => {
                let text = trim_end(&self.cursor.text()[self.cursor.at()..self.line_end()], is_python_space);
                let span = Span::new(self.cursor.at(), self.cursor.at() + text.len());
                self.cursor.go_to(start);
                return Err(Rejected {
                    code: Syntax::InvalidSyntax,
                    span,
                    message: "text follows the closing quote",
                    help: "put the whole value inside the quotes; a comment starts with ` #`",
                });
            }
        }
        Ok(())
    }

    /// Notes an assignment that python-dotenv leaves out, and passes over the rest of the line.
    fn reject(&mut self, start: usize, key_span: Span, rejected: &Rejected) {
        self.reading.problems.push(Problem {
            help: Some(rejected.help),
            assignment: Some(self.reading.next_index()),
            ..Problem::new(rejected.code, rejected.span, rejected.message, Effect::Skip)
        });
        self.cursor.go_to(self.line_end());
        let end = self.cursor.at();
        self.push(start, key_span, Value::Absent, Span::new(end, end), Quote::None);
    }

    /// Reports the statement at `start`, and passes over the rest of the line.
    fn no_assignment(&mut self, start: usize) {
        let end = self.line_end();
        let line = trim_end(&self.cursor.text()[start..end], is_python_space);
        let span = Span::new(start, start + line.len());
        let (code, message) = match find(line, b'=') {
            Some(0) => (Syntax::InvalidKey, "the name is empty"),
            Some(_) => (Syntax::InvalidKey, "this is no name python-dotenv accepts"),
            None => (Syntax::InvalidSyntax, "this line is no assignment"),
        };
        let help = Some("write `NAME=value`, with nothing but `export` before the name");
        self.reading.problems.push(Problem { help, ..Problem::new(code, span, message, Effect::Skip) });
        self.cursor.go_to(end);
    }

    fn comment_as_value(&mut self) {
        let span = Span::new(self.cursor.at(), self.line_end());
        let message = "the value is missing, so the comment is read as the value";
        self.reading.problems.push(Problem {
            help: Some("put the comment on a line of its own"),
            assignment: Some(self.reading.next_index()),
            ..Problem::new(Syntax::InvalidSyntax, span, message, Effect::Misread)
        });
    }

    fn push(&mut self, start: usize, key_span: Span, value: Value<'t>, value_span: Span, quote: Quote) {
        let text = self.cursor.text();
        let key = Cow::Borrowed(key_span.of(text));
        let end = match quote {
            Quote::None => value_span.end.max(key_span.end),
            _ => value_span.end + 1,
        };
        let span = Span { end, ..Span::at(start) };
        self.reading.assign(text, Assignment { key, value, key_span, value_span, span, quote });
    }

    fn take_blanks(&mut self) -> &'t [u8] {
        self.cursor.take_chars(|char| is_python_space(char) && !matches!(char, '\r' | '\n'))
    }

    fn line_end(&self) -> usize {
        let rest = self.cursor.rest();
        self.cursor.at() + find_any(rest, [b'\r', b'\n']).unwrap_or(rest.len())
    }

    fn finish(mut self) -> Reading<'t> {
        let text = self.cursor.text();
        self.reading.problems.extend(invalid_utf8(text, Effect::Refuse));
        if !self.switches.drops_bom {
            blame_bom(text, &mut self.reading.problems);
        }
        let assignments = &self.reading.assignments;
        let nul_bytes = nul_variables(text, Effect::Stop, assignments, self.environ, Duplicates::Last);
        self.reading.problems.extend(nul_bytes);
        self.reading.in_order()
    }
}

/// Text files have LF for CR LF and CR. `\\` and `\'` are escapes, in double quotes `\" \a \b \f \n \r \t \v` as well.
fn unescape(text: &[u8], span: Span, quote: u8) -> Unquoted<'_> {
    let mut unquoting = Unquoting::new(text, span);
    let (mut at, end) = (span.start as usize, span.end as usize);
    while let Some(found) = find_any(&text[at..end], [b'\\', b'\r']) {
        let start = at + found;
        let (width, with): (usize, &[u8]) = match &text[start..end] {
            [b'\r', b'\n', ..] => (2, b"\n"),
            [b'\r', ..] => (1, b"\n"),
            [_, b'\\', ..] => (2, b"\\"),
            [_, b'\'', ..] => (2, b"'"),
            [_, escape, ..] if quote == b'"' => (2, double_quote_escape(*escape)),
            _ => (1, b""),
        };
        if !with.is_empty() {
            unquoting.replace(start, start + width, with);
        }
        at = if with.is_empty() { start + 1 } else { start + width };
    }
    unquoting.finish()
}

fn double_quote_escape(escape: u8) -> &'static [u8] {
    match escape {
        b'"' => b"\"",
        b'a' => b"\x07",
        b'b' => b"\x08",
        b'f' => b"\x0c",
        b'n' => b"\n",
        b'r' => b"\r",
        b't' => b"\t",
        b'v' => b"\x0b",
        _ => b"",
    }
}

/// `\$\{([^}:]*)(?::-([^}]*))?\}`: the default is taken as it stands, and only for a variable that is not set.
fn expand(substitution: &mut Substitution<'_, '_, '_>) -> Result<(), Limit> {
    let bytes: &[u8] = &substitution.value.bytes;
    let mut copied = 0;
    let mut at = 0;
    let mut name_end = 0;
    while let Some(found) = find_pair(&bytes[at..], *b"${") {
        let start = at + found;
        let name_start = start + 2;
        if name_end < name_start {
            let Some(length) = find_any(&bytes[name_start..], [b'}', b':']) else { break };
            name_end = name_start + length;
        }
        at = name_start;
        let default = match &bytes[name_end..] {
            [b':', b'-', word @ ..] => {
                let Some(length) = find(word, b'}') else { break };
                Some((name_end + 2, name_end + 2 + length))
            }
            [b'}', ..] => None,
            _ => continue,
        };
        let end = default.map_or(name_end, |(_, end)| end) + 1;
        substitution.out.extend_from_slice(&bytes[copied..start]);
        reference(substitution, Place { start, end, name: (name_start, name_end) }, default)?;
        (copied, at) = (end, end);
    }
    substitution.out.extend_from_slice(&bytes[copied..]);
    Ok(())
}

fn reference(
    substitution: &mut Substitution<'_, '_, '_>,
    place: Place,
    default: Option<(usize, usize)>,
) -> Result<(), Limit> {
    let Some((start, end)) = default else { return substitution.plain(place, true) };
    let (target, value) = substitution.look_up(place);
    let target = if target == Target::Undefined { Target::Default } else { target };
    substitution.record(place, target, true);
    let default = &substitution.value.bytes[start..end];
    let value = if target == Target::Default { default } else { value.unwrap_or_default() };
    substitution.insert(value)
}
