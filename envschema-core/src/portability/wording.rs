//! What a reader makes of a statement, in words that tell nothing secret.

use super::{Seen, Stray, lines_of};
use crate::dotenv::{Assignment, Quote, Value};
use crate::redact;
use crate::span::Lines;

/// What a reader makes of a statement, in words. The value itself is told only if it is not secret and made of nothing but
/// the statement: a comment or another line may hold a secret.
#[must_use]
pub fn describe(seen: &Seen, assignment: &Assignment<'_>, text: &[u8], is_secret: bool) -> String {
    let (value, is_own) = match seen {
        Seen::Value { value, is_own } => (value, *is_own),
        _ => return in_general(seen).to_owned(),
    };
    match std::str::from_utf8(value) {
        Ok(value) if is_own && !is_secret => format!("reads {}", redact::value(value)),
        _ => in_words(value, assignment, text).to_owned(),
    }
}

/// What a reader makes of a line, whatever value it reads.
#[must_use]
pub const fn in_general(seen: &Seen) -> &'static str {
    match seen {
        Seen::Value { .. } => "reads something else",
        Seen::First => "keeps the first assignment to it",
        Seen::Last => "takes the last assignment to it",
        Seen::Home => "reads `~` or `$HOME` differently",
        Seen::Environ => "reads something else where the process environment sets what it refers to",
        Seen::Act => "runs a command, or never ends",
        Seen::Unknown => "reads something that is not known here",
        Seen::Nothing => "does not set it",
        Seen::More => "sets a further variable",
        Seen::Complaint => "reports an error",
        Seen::Refusal => "refuses the file",
    }
}

/// What of each line without a statement readers stumble over, and what to do, in words.
#[must_use]
pub fn passed_over(text: &[u8], strays: &[Stray]) -> Vec<(&'static str, &'static str)> {
    if strays.is_empty() {
        return Vec::new();
    }
    let lines = Lines::new(text);
    let line_of = |stray: &Stray| lines_of(text, lines.span_of(text, stray.line)).of(text);
    strays.iter().map(|stray| stumbling_block(line_of(stray))).collect()
}

/// What of a line is not passed over, and what to do.
fn stumbling_block(line: &[u8]) -> (&'static str, &'static str) {
    let behind_mark = line.strip_prefix("\u{feff}".as_bytes());
    let rest = behind_mark.unwrap_or(line);
    let is_note = matches!(rest.trim_ascii(), [] | [b'#', ..]);
    if is_note && behind_mark.is_some() {
        ("a byte order mark", "save the file as UTF-8 without byte order mark")
    } else if is_note && rest.ends_with(b"\r") {
        ("the carriage return of a line", "end lines with LF alone")
    } else {
        ("a line", "remove the line, or make it a comment that starts with `#`")
    }
}

/// How a value differs from the one it is compared with, without a character of either.
fn in_words(value: &[u8], assignment: &Assignment<'_>, text: &[u8]) -> &'static str {
    let expected: &[u8] = if let Value::Set(expected) = &assignment.value { expected } else { b"" };
    let statement = assignment.span.of(text);
    let written = assignment.value_span.of(text);
    let has = |byte: u8| statement.contains(&byte);
    let is_quoted = |value: &[u8]| matches!(value, [b'"' | b'\'' | b'`', ..]);
    let added = value.strip_prefix(expected);
    let dropped = expected.strip_prefix(value);
    if value.is_empty() {
        "reads nothing"
    } else if assignment.quote != Quote::None && is_quoted(value) {
        "keeps the quotes"
    } else if added.is_some_and(|added| added.contains(&b'#')) {
        "keeps the comment"
    } else if dropped.is_some_and(|dropped| dropped.trim_ascii_start().starts_with(b"#")) {
        "drops everything from the `#` on"
    } else if value.trim_ascii() == expected.trim_ascii() {
        "keeps blanks or a carriage return"
    } else if has(b'$') && value == written {
        "leaves the `$` as it is"
    } else if has(b'$') {
        "replaces the `$` and what follows it"
    } else if has(b'\\') {
        "reads the backslash differently"
    } else if dropped.is_some() {
        "drops the end of it"
    } else {
        "reads something else"
    }
}
