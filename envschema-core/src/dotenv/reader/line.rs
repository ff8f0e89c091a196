//! Readers that take every line for itself and know outer quotes at most: docker-py, python-decouple, Starlette,
//! django-environ and Foreman.

use std::borrow::Cow;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::encoding::{blame_bom, invalid_utf8, nul_variables};
use crate::dotenv::lines::{Breaks, lines};
use crate::dotenv::misread::{self, literal_reference, literal_value};
use crate::dotenv::quoting::{Unquoted, Unquoting};
use crate::dotenv::scan::{find, first_char, is_python_space, trim_end, trim_start, word_length};
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Syntax, Value};
use crate::span::Span;

pub(super) static DOCKER_PY: Dialect = Dialect {
    name: "docker-py",
    aliases: &[],
    program: "docker-py 7.2.0",
    usage: "`docker.utils.parse_env_file()`",
    precedence: Precedence::Fresh,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, &DOCKER),
};

pub(super) static PYTHON_DECOUPLE: Dialect = Dialect {
    name: "python-decouple",
    aliases: &["decouple"],
    program: "python-decouple 3.8",
    usage: "`RepositoryEnv`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, &DECOUPLE),
};

pub(super) static STARLETTE: Dialect = Dialect {
    name: "starlette",
    aliases: &[],
    program: "Starlette 1.10.0",
    usage: "`Config()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, &DECOUPLE),
};

pub(super) static DJANGO_ENVIRON: Dialect = Dialect {
    name: "django-environ",
    aliases: &[],
    program: "django-environ 0.14.0",
    usage: "`Env.read_env()`",
    precedence: Precedence::Environ,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, &DJANGO),
};

pub(super) static FOREMAN: Dialect = Dialect {
    name: "foreman",
    aliases: &[],
    program: "Foreman 0.90.0",
    usage: "`foreman start`",
    precedence: Precedence::Fresh,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, &RUBY),
};

/// In what these readers differ.
struct Switches {
    breaks: Breaks,
    /// Cuts a line, without its line end, into name and value.
    cut: fn(&[u8]) -> Line,
    /// Removes the quotes around a value.
    unquote: for<'t> fn(&'t [u8], Span) -> (Unquoted<'t>, Quote),
    /// Refuses bytes outside ASCII, not only what is not UTF-8.
    ascii_only: bool,
    /// What happens at a NUL byte in a value.
    nul: Effect,
}

/// What one line is.
enum Line {
    Nothing,
    /// The spans of name and value in the line; the statement begins at `start`.
    Assignment {
        start: usize,
        key: (usize, usize),
        value: (usize, usize),
    },
    /// No assignment.
    Other(Effect),
}

const DOCKER: Switches = Switches {
    breaks: Breaks::Universal,
    cut: cut_docker,
    unquote: |text, span| (Unquoted::verbatim(text, span), Quote::None),
    ascii_only: false,
    nul: Effect::Misread,
};

const DECOUPLE: Switches = Switches { cut: cut_stripped, unquote: unquote_plain, ..DOCKER };

const DJANGO: Switches = Switches {
    breaks: Breaks::Python,
    cut: |line| cut_words(line, b"export "),
    unquote: unquote_django,
    nul: Effect::Stop,
    ..DOCKER
};

const RUBY: Switches = Switches {
    breaks: Breaks::Crlf,
    cut: |line| cut_words(line, b""),
    unquote: unquote_foreman,
    ascii_only: true,
    ..DOCKER
};

fn read<'t>(text: &'t [u8], environ: &Environ, switches: &Switches) -> Reading<'t> {
    let mut reading = Reading::default();
    for line in lines(text, 0, switches.breaks) {
        match (switches.cut)(line.of(text)) {
            Line::Nothing => {}
            Line::Assignment { start, key, value } => {
                let at = |offset| line.start as usize + offset;
                let key = Span::new(at(key.0), at(key.1));
                let value = Span::new(at(value.0), at(value.1));
                assign(&mut reading, text, at(start), key, value, switches);
            }
            Line::Other(effect) => reading.problems.push(Problem {
                help: Some("write `NAME=value`, or start the line with `#`"),
                ..Problem::new(Syntax::InvalidSyntax, line, "this line is no assignment", effect)
            }),
        }
    }
    report_encoding(&mut reading, text, environ, switches);
    misread::report(&mut reading, text, misread::kept_backslash);
    reading.in_order()
}

fn assign<'t>(
    reading: &mut Reading<'t>,
    text: &'t [u8],
    start: usize,
    key_span: Span,
    written: Span,
    switches: &Switches,
) {
    let index = reading.next_index();
    let (unquoted, quote) = (switches.unquote)(text, written);
    let value_span = unquoted.source();
    if quote == Quote::None {
        reading.problems.extend(literal_value(text, value_span, index));
    } else {
        reading.problems.extend(literal_reference(text, value_span, index));
    }
    let key = Cow::Borrowed(key_span.of(text));
    reading.problems.extend(key_problem(&key, key_span, index));
    let value = Value::Set(unquoted.bytes);
    let span = Span::at(start).to(written);
    reading.assign(text, Assignment { key, value, key_span, value_span, span, quote });
}

/// A name that no program asks for.
fn key_problem(key: &[u8], span: Span, index: u32) -> Option<Problem> {
    let message = match key {
        [] => "the name is empty",
        _ if key.starts_with(b"export ") => "`export` becomes part of the name",
        _ if key.iter().any(u8::is_ascii_whitespace) => "the blank becomes part of the name",
        _ => return None,
    };
    let help = Some("write `NAME=value`");
    let problem = Problem::new(Syntax::InvalidKey, span, message, Effect::Misread);
    Some(Problem { help, assignment: Some(index), ..problem })
}

fn report_encoding(reading: &mut Reading<'_>, text: &[u8], environ: &Environ, switches: &Switches) {
    if switches.ascii_only
        && let Some(at) = text.iter().position(|byte| !byte.is_ascii())
    {
        let width = first_char(&text[at..]).map_or(1, |(_, width)| width);
        reading.problems.push(Problem {
            help: Some("keep to ASCII"),
            ..Problem::new(
                Syntax::InvalidEncoding,
                Span::new(at, at + width),
                "this reader refuses characters outside ASCII unless the locale says UTF-8",
                Effect::Refuse,
            )
        });
    } else {
        reading.problems.extend(invalid_utf8(text, Effect::Refuse));
    }
    blame_bom(text, &mut reading.problems);
    let nul_bytes = nul_variables(text, switches.nul, &reading.assignments, environ, Duplicates::Last);
    reading.problems.extend(nul_bytes);
}

/// `#` in the first column is a comment; what is stripped needs a `=`, and both sides of it stay as they are.
fn cut_docker(line: &[u8]) -> Line {
    let (start, end) = stripped(line, 0, line.len());
    if line.first() == Some(&b'#') || start == end {
        return Line::Nothing;
    }
    match find(&line[start..end], b'=') {
        Some(length) => {
            Line::Assignment { start, key: (start, start + length), value: (start + length + 1, end) }
        }
        None => Line::Other(Effect::Refuse),
    }
}

/// Comments may be indented, and white space around name and value is dropped.
fn cut_stripped(line: &[u8]) -> Line {
    let (start, end) = stripped(line, 0, line.len());
    if start == end || line[start] == b'#' {
        return Line::Nothing;
    }
    match find(&line[start..end], b'=') {
        Some(length) => Line::Assignment {
            start,
            key: stripped(line, start, start + length),
            value: stripped(line, start + length + 1, end),
        },
        None => Line::Other(Effect::Skip),
    }
}

/// `PREFIX?([A-Za-z0-9_]+)=(.*)` and nothing else.
fn cut_words(line: &[u8], prefix: &[u8]) -> Line {
    let start = if line.starts_with(prefix) { prefix.len() } else { 0 };
    let end = start + word_length(&line[start..]);
    if end > start && line.get(end) == Some(&b'=') {
        return Line::Assignment { start: 0, key: (start, end), value: (end + 1, line.len()) };
    }
    match line.trim_ascii_start().first() {
        None | Some(b'#') => Line::Nothing,
        Some(_) => Line::Other(Effect::Skip),
    }
}

/// The part of `line` from `start` to `end` that Python's `strip` leaves.
fn stripped(line: &[u8], start: usize, end: usize) -> (usize, usize) {
    let kept = trim_start(&line[start..end], is_python_space);
    let start = end - kept.len();
    (start, start + trim_end(kept, is_python_space).len())
}

/// What stands between two equal quotes around the whole value.
fn outer_quotes(text: &[u8], span: Span) -> Option<(u8, Span)> {
    match span.of(text) {
        [first @ (b'"' | b'\''), .., last] if first == last => {
            Some((*first, Span::new(span.start as usize + 1, span.end as usize - 1)))
        }
        _ => None,
    }
}

fn unquote_plain(text: &[u8], span: Span) -> (Unquoted<'_>, Quote) {
    match outer_quotes(text, span) {
        Some((quote, inner)) => (Unquoted::verbatim(text, inner), kind(quote)),
        None => (Unquoted::verbatim(text, span), Quote::None),
    }
}

/// `'…'` is removed, then `"…"`; inside the latter `\x` becomes `x` except in `\n`, `\r` and `\t`.
fn unquote_django(text: &[u8], span: Span) -> (Unquoted<'_>, Quote) {
    let outer = outer_quotes(text, span);
    let inner = match outer {
        Some((b'\'', inner)) => outer_quotes(text, inner).filter(|(quote, _)| *quote == b'"').or(outer),
        _ => outer,
    };
    let Some((quote, inner)) = inner else { return (Unquoted::verbatim(text, span), Quote::None) };
    if quote == b'\'' {
        return (Unquoted::verbatim(text, inner), Quote::Single);
    }
    (django_escapes(text, inner), Quote::Double)
}

/// Inside `"…"`, `\n` becomes LF and then `\x` becomes `x`.
fn unquote_foreman(text: &[u8], span: Span) -> (Unquoted<'_>, Quote) {
    match outer_quotes(text, span) {
        Some((b'"', inner)) => (foreman_escapes(text, inner), Quote::Double),
        Some((_, inner)) => (Unquoted::verbatim(text, inner), Quote::Single),
        None => (Unquoted::verbatim(text, span), Quote::None),
    }
}

fn kind(quote: u8) -> Quote {
    if quote == b'"' { Quote::Double } else { Quote::Single }
}

/// `\x` becomes `x`, except before `n`, `r` and `t`.
fn django_escapes(text: &[u8], span: Span) -> Unquoted<'_> {
    let mut unquoting = Unquoting::new(text, span);
    let (mut at, end) = (span.start as usize, span.end as usize);
    while let Some(found) = find(&text[at..end], b'\\') {
        let backslash = at + found;
        let is_kept = matches!(text[backslash + 1..end].first(), None | Some(b'n' | b'r' | b't'));
        if !is_kept {
            unquoting.replace(backslash, backslash + 1, b"");
        }
        at = end.min(backslash + 2);
    }
    unquoting.finish()
}

/// First every `\n` becomes LF, then every `\x` becomes `x`, where LF counts as no character.
fn foreman_escapes(text: &[u8], span: Span) -> Unquoted<'_> {
    let mut unquoting = Unquoting::new(text, span);
    let (mut at, end) = (span.start as usize, span.end as usize);
    while let Some(found) = find(&text[at..end], b'\\') {
        let backslash = at + found;
        at = match &text[backslash + 1..end] {
            [] => end,
            [b'n', ..] => {
                unquoting.replace(backslash, backslash + 2, b"\n");
                backslash + 2
            }
            [b'\\', b'n', ..] => backslash + 1,
            [_, ..] => {
                unquoting.replace(backslash, backslash + 1, b"");
                backslash + 2
            }
        };
    }
    unquoting.finish()
}
