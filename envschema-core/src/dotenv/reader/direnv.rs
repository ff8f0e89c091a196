//! direnv's `dotenv`: every line must match one pattern, and references are those of Go's `os.Expand`.

use std::borrow::Cow;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::encoding::{blame_bom, invalid_utf8, nul_bytes, replace_invalid};
use crate::dotenv::expansion::{Expansion, Limit, Order, Place, Substitution};
use crate::dotenv::misread::glued_comment;
use crate::dotenv::quoting::{Unquoted, Unquoting};
use crate::dotenv::scan::{find, find_any, find_pair, first_char, is_word};
use crate::dotenv::wording::{invalid_name_character, no_assignment, text_behind_quote, unterminated_quote};
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Syntax, Target, Value};
use crate::span::Span;

pub(super) static DIRENV: Dialect = Dialect {
    name: "direnv",
    aliases: &[],
    program: "direnv 2.37.1",
    usage: "`dotenv` in an `.envrc`",
    precedence: Precedence::File,
    duplicates: Duplicates::Last,
    read,
};

fn read<'t>(text: &'t [u8], environ: &Environ) -> Reading<'t> {
    let expansion = Expansion::new(environ, Order::FileFirst, Duplicates::Last);
    let mut reader = Reader { text, expansion, reading: Reading::default() };
    let mut at = 0;
    while at < text.len() {
        let end = find_any(&text[at..], [b'\r', b'\n']).map_or(text.len(), |length| at + length);
        reader.line(at, end);
        at = end + 1;
    }
    reader.finish()
}

struct Reader<'t, 'e> {
    text: &'t [u8],
    expansion: Expansion<'t, 'e>,
    reading: Reading<'t>,
}

impl<'t> Reader<'t, '_> {
    fn line(&mut self, start: usize, end: usize) {
        let start = start + white_length(&self.text[start..end]);
        let line = &self.text[start..end];
        if line.is_empty() || line[0] == b'#' {
            return;
        }
        let index = self.reading.next_index();
        match statement(line) {
            Ok((key, value)) => self.assign(start, shift(key, start), shift(value, start)),
            Err(Rejected { key, problem }) => {
                let assignment = key.is_some().then_some(index);
                let span = shift(problem.span, start);
                self.reading.problems.push(Problem { span, assignment, ..problem });
                if let Some(key) = key {
                    self.left_out(start, shift(key, start), end);
                }
            }
        }
    }

    /// Notes an assignment whose value cannot be read.
    fn left_out(&mut self, start: usize, key_span: Span, end: usize) {
        let key = Cow::Borrowed(key_span.of(self.text));
        let (value, value_span, span) = (Value::Absent, Span::new(end, end), Span::new(start, end));
        self.reading.assignments.push(Assignment {
            key,
            value,
            key_span,
            value_span,
            span,
            quote: Quote::None,
        });
    }

    fn assign(&mut self, start: usize, key_span: Span, written: Span) {
        let text = self.text;
        let index = self.reading.next_index();
        self.reading.problems.extend(glued_comment(text, written.range().end, index));
        let (value_span, quote) = match written.of(text) {
            [b'"', .., b'"'] => (inner(written), Quote::Double),
            [b'\'', .., b'\''] => (inner(written), Quote::Single),
            _ => (written, Quote::None),
        };
        let value = match quote {
            Quote::Double => self.expand(key_span, double_quoted(text, value_span)),
            Quote::None if written.len() > 1 => self.expand(key_span, Unquoted::verbatim(text, written)),
            _ => Cow::Borrowed(value_span.of(text)),
        };
        let (key, value) = (Cow::Borrowed(key_span.of(text)), Value::Set(value));
        let span = Span::at(start).to(written);
        self.reading.assign(text, Assignment { key, value, key_span, value_span, span, quote });
    }

    fn expand(&mut self, key_span: Span, value: Unquoted<'t>) -> Cow<'t, [u8]> {
        self.expansion.expand(&mut self.reading, key_span, value, expand)
    }

    /// Reports what is no text. direnv passes values on as JSON, where every invalid byte becomes U+FFFD.
    fn finish(mut self) -> Reading<'t> {
        let nul_bytes = nul_bytes(self.text, Effect::Misread, &self.reading.assignments);
        self.reading.problems.extend(nul_bytes);
        let invalid = invalid_utf8(self.text, Effect::Misread);
        if !invalid.is_empty() {
            for assignment in &mut self.reading.assignments {
                if let Value::Set(value) = &mut assignment.value
                    && let Cow::Owned(replaced) = replace_invalid(value)
                {
                    *value = Cow::Owned(replaced);
                }
            }
        }
        self.reading.problems.extend(invalid);
        blame_bom(self.text, &mut self.reading.problems);
        self.reading.in_order()
    }
}

/// Why a line does not match, with the key if there is one.
struct Rejected {
    key: Option<Span>,
    problem: Problem,
}

/// `(export\s+)?([\w.]+)(\s*=\s*|:\s+)(value)?\s*(#.*)?`
fn statement(line: &[u8]) -> Result<(Span, Span), Rejected> {
    let export = line.strip_prefix(b"export").map(white_length).filter(|length| *length > 0);
    match export.map(|length| assignment(line, b"export".len() + length)) {
        Some(Ok(found)) => Ok(found),
        Some(Err(rejected)) => assignment(line, 0).map_err(|_| rejected),
        None => assignment(line, 0),
    }
}

fn assignment(line: &[u8], start: usize) -> Result<(Span, Span), Rejected> {
    let key_end = start + line[start..].iter().take_while(|byte| is_word(**byte) || **byte == b'.').count();
    let equals = key_end + white_length(&line[key_end..]);
    let value = match &line[key_end..] {
        _ if key_end == start => return Err(no_name(line, start)),
        _ if line.get(equals) == Some(&b'=') => equals + 1,
        [b':', white, ..] if is_white(*white) => key_end + 1,
        _ => return Err(no_name(line, key_end)),
    };
    let key = Span::new(start, key_end);
    let value = value + white_length(&line[value..]);
    let span = quoted(line, value).or_else(|| unquoted(line, value));
    span.map(|span| (key, span)).ok_or_else(|| Rejected { key: Some(key), problem: no_value(line, value) })
}

/// `'…'` or `"…"` up to the last same quote behind which only a comment follows.
fn quoted(line: &[u8], start: usize) -> Option<Span> {
    let quote = *line.get(start).filter(|byte| matches!(byte, b'"' | b'\''))?;
    let mut end = line.len();
    while let Some(found) = line[start + 1..end].iter().rposition(|byte| *byte == quote) {
        end = start + 1 + found;
        if ends_line(&line[end + 1..]) {
            return Some(Span::new(start, end + 1));
        }
    }
    None
}

/// `[^\s#]*` with only a comment behind it.
fn unquoted(line: &[u8], start: usize) -> Option<Span> {
    let rest = &line[start..];
    let length = rest.iter().position(|byte| is_white(*byte) || *byte == b'#').unwrap_or(rest.len());
    ends_line(&rest[length..]).then(|| Span::new(start, start + length))
}

fn no_name(line: &[u8], at: usize) -> Rejected {
    let width = first_char(&line[at..]).map_or(0, |(_, width)| width);
    let problem = if find_any(line, [b'=', b':']).is_none() {
        no_assignment(Span::new(0, line.trim_ascii_end().len()), Effect::Refuse)
    } else {
        invalid_name_character(Span::new(at, at + width), Effect::Refuse)
    };
    Rejected { key: None, problem }
}

fn no_value(line: &[u8], start: usize) -> Problem {
    let span = Span::new(start, line.trim_ascii_end().len());
    match line[start] {
        quote @ (b'"' | b'\'') if find(&line[start + 1..], quote).is_none() => {
            unterminated_quote(start, Effect::Refuse)
        }
        b'"' | b'\'' => text_behind_quote(span, Effect::Refuse),
        _ => Problem {
            help: Some("put the value into quotes"),
            ..Problem::new(
                Syntax::InvalidSyntax,
                span,
                "a value without quotes cannot contain blanks",
                Effect::Refuse,
            )
        },
    }
}

/// Go's `\s`
fn is_white(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

fn white_length(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| is_white(**byte)).count()
}

/// `\s*(#.*)?`
fn ends_line(rest: &[u8]) -> bool {
    matches!(rest.iter().find(|byte| !is_white(**byte)), None | Some(b'#'))
}

fn shift(span: Span, start: usize) -> Span {
    Span::new(start + span.range().start, start + span.range().end)
}

fn inner(span: Span) -> Span {
    Span { start: span.start + 1, end: span.end - 1 }
}

/// First every `\n` and `\r` becomes a line break, then `\x` becomes `x` except in `\$`.
fn double_quoted(text: &[u8], span: Span) -> Unquoted<'_> {
    let mut unquoting = Unquoting::new(text, span);
    let (mut at, end) = (span.start as usize, span.end as usize);
    while let Some(found) = find(&text[at..end], b'\\') {
        let start = at + found;
        at = match &text[start + 1..end] {
            [] => end,
            [b'$', ..] => start + 2,
            [letter @ (b'n' | b'r'), ..] => {
                unquoting.replace(start, start + 2, if *letter == b'n' { b"\n" } else { b"\r" });
                start + 2
            }
            [b'\\', b'n' | b'r', ..] => {
                unquoting.replace(start, start + 1, b"");
                start + 1
            }
            _ => {
                unquoting.replace(start, start + 1, b"");
                start + 2
            }
        };
    }
    unquoting.finish()
}

/// `os.Expand`: `$NAME`, `${anything}`, `$` and one of `*#$@!?-0…9`.
fn expand(substitution: &mut Substitution<'_, '_, '_>) -> Result<(), Limit> {
    let bytes: &[u8] = &substitution.value.bytes;
    let last_brace = bytes.iter().rposition(|byte| *byte == b'}').unwrap_or(0);
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b'$') {
        let dollar = at + found;
        substitution.out.extend_from_slice(&bytes[at..dollar]);
        let behind = &bytes[dollar + 1..];
        at = match behind {
            [b'{', ..] => braced(substitution, dollar, last_brace)?,
            [special, ..] if is_special(*special) => plain(substitution, dollar, 1)?,
            _ => match behind.iter().take_while(|byte| is_word(**byte)).count() {
                0 => {
                    substitution.out.push(b'$');
                    dollar + 1
                }
                length => plain(substitution, dollar, length)?,
            },
        };
    }
    substitution.out.extend_from_slice(&bytes[at..]);
    Ok(())
}

fn is_special(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'*' | b'#' | b'$' | b'@' | b'!' | b'?' | b'-')
}

fn plain(substitution: &mut Substitution<'_, '_, '_>, dollar: usize, length: usize) -> Result<usize, Limit> {
    let end = dollar + 1 + length;
    substitution.plain(Place { start: dollar, end, name: (dollar + 1, end) }, true)?;
    Ok(end)
}

/// `${…}`, where `:-` starts a default for what is not set or empty outside the file. Without a name it is dropped.
fn braced(
    substitution: &mut Substitution<'_, '_, '_>,
    dollar: usize,
    last_brace: usize,
) -> Result<usize, Limit> {
    let bytes: &[u8] = &substitution.value.bytes;
    let start = dollar + 2;
    let length = match &bytes[start..] {
        [special, b'}', ..] if is_special(*special) => Some(1),
        rest if last_brace >= start => find(rest, b'}'),
        _ => None,
    };
    let Some(length) = length.filter(|length| *length > 0) else {
        let end = if length.is_some() { start + 1 } else { start };
        let message = "this is no reference, and it is dropped";
        let problem = Problem::new(Syntax::InvalidSyntax, Span::default(), message, Effect::Misread);
        let help = Some("write `${NAME}`, or put the value into single quotes");
        substitution.report((dollar, end), Problem { help, ..problem });
        return Ok(end);
    };
    let close = start + length;
    let operator = find_pair(&bytes[start..close], *b":-").map(|length| start + length);
    let place = Place { start: dollar, end: close + 1, name: (start, operator.unwrap_or(close)) };
    let Some(operator) = operator else {
        substitution.plain(place, true)?;
        return Ok(place.end);
    };
    let (target, value) = substitution.look_up(place);
    let is_found = matches!(target, Target::Assignment(_)) || value.is_some_and(|value| !value.is_empty());
    substitution.record(place, if is_found { target } else { Target::Default }, true);
    let default = &bytes[operator + 2..close];
    substitution.insert(if is_found { value.unwrap_or_default() } else { default })?;
    Ok(place.end)
}
