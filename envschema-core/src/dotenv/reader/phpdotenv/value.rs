//! Values as phpdotenv reads them, and its references, which are resolved from the last to the first.

use std::borrow::Cow;

use crate::dotenv::expansion::{Limit, Place, Substitution};
use crate::dotenv::quoting::{Unquoted, Unquoting};
use crate::dotenv::scan::{find, find_any, is_word};
use crate::dotenv::wording::{text_behind_quote, unterminated_quote};
use crate::dotenv::{Effect, Problem, Quote, Syntax, Target};
use crate::span::Span;

/// A value before its references are resolved.
pub(super) struct Written<'t> {
    pub(super) value: Unquoted<'t>,
    /// Where the dollar signs stand in it that may start a reference.
    pub(super) dollars: Vec<usize>,
    pub(super) value_span: Span,
    /// Behind its last character or quote.
    pub(super) end: u32,
    pub(super) quote: Quote,
}

/// Reads the value at `span`, which has no white space around it and may have a comment behind it.
pub(super) fn read(text: &[u8], span: Span) -> Result<Written<'_>, Problem> {
    match span.of(text).first() {
        Some(b'\'') => single_quoted(text, span),
        Some(b'"') => double_quoted(text, span),
        _ => unquoted(text, span),
    }
}

fn unquoted(text: &[u8], span: Span) -> Result<Written<'_>, Problem> {
    let bytes = span.of(text);
    // White space that `trim` leaves at the very front (a form feed) is text.
    let front = bytes.iter().take_while(|byte| is_white(**byte)).count();
    let stop = bytes[front..].iter().position(|byte| is_white(*byte) || *byte == b'#');
    let length = front + stop.unwrap_or(bytes.len() - front);
    let value_span = Span::new(span.range().start, span.range().start + length);
    nothing_behind(text, span, length, Quote::None)?;
    let dollars = (0..length).filter(|at| bytes[*at] == b'$').collect();
    let value = Unquoted::verbatim(text, value_span);
    Ok(Written { value, dollars, value_span, end: value_span.end, quote: Quote::None })
}

fn single_quoted(text: &[u8], span: Span) -> Result<Written<'_>, Problem> {
    let bytes = span.of(text);
    let open = span.range().start;
    let close = find(&bytes[1..], b'\'').ok_or(unterminated_quote(open, Effect::Refuse))?;
    let value_span = Span::new(open + 1, open + 1 + close);
    nothing_behind(text, span, close + 2, Quote::Single)?;
    let mut unquoting = Unquoting::new(text, value_span);
    let mut at = value_span.range().start;
    while let Some(found) = find(&text[at..value_span.range().end], b'\r') {
        at += found + line_break(&mut unquoting, text, at + found);
    }
    let (value, end) = (unquoting.finish(), value_span.end + 1);
    Ok(Written { value, dollars: Vec::new(), value_span, end, quote: Quote::Single })
}

fn double_quoted(text: &[u8], span: Span) -> Result<Written<'_>, Problem> {
    let open = span.range().start;
    let inside = Span { start: span.start + 1, ..span };
    let mut unquoting = Unquoting::new(text, inside);
    let mut dollars = Vec::new();
    let mut at = open + 1;
    loop {
        let rest = &text[at..span.range().end];
        let found =
            find_any(rest, [b'"', b'\\', b'$', b'\r']).ok_or(unterminated_quote(open, Effect::Refuse))?;
        at += found;
        match rest[found] {
            b'"' => break,
            b'\\' => at += escape(&mut unquoting, at, &rest[found..], open)?,
            b'$' => {
                dollars.push(unquoting.offset(at));
                at += 1;
            }
            _ => at += line_break(&mut unquoting, text, at),
        }
    }
    nothing_behind(text, span, at + 1 - open, Quote::Double)?;
    let value_span = Span::new(open + 1, at);
    let (value, end) = (unquoting.finish_at(at), value_span.end + 1);
    Ok(Written { value, dollars, value_span, end, quote: Quote::Double })
}

/// An escape at `at`, and its width: `\` and one of `" \ $ f n r t v`.
fn escape(unquoting: &mut Unquoting<'_>, at: usize, escape: &[u8], open: usize) -> Result<usize, Problem> {
    let with: &[u8] = match escape.get(1) {
        None => return Err(unterminated_quote(open, Effect::Refuse)),
        Some(b'"') => b"\"",
        Some(b'\\') => b"\\",
        Some(b'$') => b"$",
        Some(b'f') => b"\x0c",
        Some(b'n') => b"\n",
        Some(b'r') => b"\r",
        Some(b't') => b"\t",
        Some(b'v') => b"\x0b",
        Some(_) => {
            return Err(Problem {
                help: Some("write `\\\\` for a backslash, or put the value into single quotes"),
                ..Problem::new(
                    Syntax::InvalidEscape,
                    Span::new(at, at + 1),
                    "phpdotenv does not know this escape",
                    Effect::Refuse,
                )
            });
        }
    };
    unquoting.replace(at, at + 2, with);
    Ok(2)
}

/// A line break that starts with a CR at `at` is LF; returns its width.
fn line_break(unquoting: &mut Unquoting<'_>, text: &[u8], at: usize) -> usize {
    let width = if text[at..].starts_with(b"\r\n") { 2 } else { 1 };
    unquoting.replace(at, at + width, b"\n");
    width
}

/// Behind the value, which is `length` long, only white space and a comment may follow.
fn nothing_behind(text: &[u8], span: Span, length: usize, quote: Quote) -> Result<(), Problem> {
    let bytes = span.of(text);
    let rest = &bytes[length..];
    let Some(next) = rest.iter().position(|byte| !is_white(*byte)).filter(|next| rest[*next] != b'#') else {
        return Ok(());
    };
    let found = Span::new(span.range().start + length + next, span.range().end);
    Err(match quote {
        Quote::None => Problem {
            help: Some("put the value into quotes"),
            ..Problem::new(
                Syntax::InvalidSyntax,
                found,
                "a value without quotes cannot contain blanks",
                Effect::Refuse,
            )
        },
        _ => text_behind_quote(found, Effect::Refuse),
    })
}

/// `\s` and `ctype_space`
fn is_white(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// `${NAME}` with `[A-Za-z0-9_.]+`, from the last dollar sign to the first: a name may be put together by others. What
/// stands for nothing is left as it is.
pub(super) fn expand(substitution: &mut Substitution<'_, '_, '_>, dollars: &[usize]) -> Result<(), Limit> {
    let bytes: &[u8] = &substitution.value.bytes;
    // Built from the end, so it is the other way round.
    let mut reversed: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut end = bytes.len();
    for dollar in dollars.iter().rev() {
        reversed.extend(bytes[*dollar..end].iter().rev());
        end = *dollar;
        let Some(name) = name_at_end(&reversed) else { continue };
        let width = name.len() + 3;
        let is_written =
            bytes[*dollar..].get(2..width).is_some_and(|written| written[..name.len()] == name[..]);
        let place = Place {
            start: *dollar,
            end: dollar + if is_written { width } else { 2 },
            name: (dollar + 2, dollar + 2 + if is_written { name.len() } else { 0 }),
        };
        let (target, value) = substitution.look_up_name(&name);
        let target = if value.is_some() { target } else { Target::Undefined };
        substitution.record_name(place, Cow::Owned(name), target, true);
        if let Some(value) = value {
            substitution.spend(value.len())?;
            reversed.truncate(reversed.len() - width);
            reversed.extend(value.iter().rev());
        }
    }
    reversed.extend(bytes[..end].iter().rev());
    reversed.reverse();
    substitution.out = reversed;
    Ok(())
}

/// The name of the reference with which the reversed text ends.
fn name_at_end(reversed: &[u8]) -> Option<Vec<u8>> {
    let mut behind = reversed.strip_suffix(b"{$")?.iter().rev();
    let name: Vec<u8> = behind.by_ref().copied().take_while(|byte| is_word(*byte) || *byte == b'.').collect();
    let close = reversed.len().checked_sub(name.len() + 3)?;
    (!name.is_empty() && reversed[close] == b'}').then_some(name)
}
