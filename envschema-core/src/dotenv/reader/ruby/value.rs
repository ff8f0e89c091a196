//! Values as Ruby's dotenv reads them: quotes off, backslashes off, references, and commands, which are never run here.

use crate::dotenv::expansion::{Limit, Place, Substitution};
use crate::dotenv::quoting::{Unquoted, Unquoting};
use crate::dotenv::scan::{find, find_any, find_pair, is_word};
use crate::dotenv::{Effect, Problem, Quote, Syntax};
use crate::span::Span;

/// The value without white space and without one pair of equal quotes around it.
pub(super) fn without_quotes(text: &[u8], written: Span) -> (Span, Quote) {
    let bytes = written.of(text);
    let is_kept = |byte: &u8| !matches!(byte, b'\t'..=b'\r' | b' ' | b'\0');
    let Some(first) = bytes.iter().position(is_kept) else {
        return (Span { end: written.start, ..written }, Quote::None);
    };
    let last = bytes.iter().rposition(is_kept).unwrap_or(first);
    let start = written.start as usize;
    match (bytes[first], bytes[last]) {
        (quote @ (b'"' | b'\''), close) if quote == close && first < last => {
            let quote = if quote == b'"' { Quote::Double } else { Quote::Single };
            (Span::new(start + first + 1, start + last), quote)
        }
        _ => (Span::new(start + first, start + last + 1), Quote::None),
    }
}

/// The problem with a quote that opens the value but does not close it.
pub(super) fn open_quote(text: &[u8], value: Span, quote: Quote, index: u32) -> Option<Problem> {
    let start =
        value.start as usize + value.of(text).iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let is_open = quote == Quote::None && matches!(text.get(start), Some(b'"' | b'\''));
    is_open.then(|| Problem {
        help: Some("close the quote at the end of the value"),
        assignment: Some(index),
        ..Problem::new(
            Syntax::UnterminatedQuote,
            Span::new(start, start + 1),
            "the quote does not enclose the value, so it becomes part of it",
            Effect::Misread,
        )
    })
}

/// Line breaks become LF; outside single quotes `\x` becomes `x`, except `\$`, and `\n` and `\r` in double quotes.
pub(super) fn unescape(text: &[u8], span: Span, quote: Quote, is_legacy: bool) -> Unquoted<'_> {
    let mut unquoting = Unquoting::new(text, span);
    let (mut at, end) = (span.start as usize, span.end as usize);
    while let Some(found) = find_any(&text[at..end], [b'\\', b'\r']) {
        let start = at + found;
        at = match (&text[start..end], quote) {
            ([b'\r', b'\n', ..], _) => {
                unquoting.replace(start, start + 2, b"\n");
                start + 2
            }
            ([b'\r', ..], _) => {
                unquoting.replace(start, start + 1, b"\n");
                start + 1
            }
            (_, Quote::Single) | ([_], _) => start + 1,
            ([_, b'$', ..], _) => start + 2,
            ([_, b'\r', ..], _) => {
                unquoting.replace(start, start + 1, b"");
                start + 1
            }
            (escape, Quote::Double) => double_quoted(&mut unquoting, start, escape, is_legacy),
            _ => {
                unquoting.replace(start, start + 1, b"");
                start + 2
            }
        };
    }
    unquoting.finish()
}

/// An escape in double quotes, at `start`; returns where to go on. `\n` and `\r` stay as they are, or are line breaks in
/// the legacy mode, where they are resolved before any other escape.
fn double_quoted(unquoting: &mut Unquoting<'_>, start: usize, escape: &[u8], is_legacy: bool) -> usize {
    match (escape, is_legacy) {
        ([_, b'n' | b'r', ..], false) => {}
        ([_, b'n', ..], true) => unquoting.replace(start, start + 2, b"\n"),
        ([_, b'r', ..], true) => unquoting.replace(start, start + 2, b"\r"),
        ([_, b'\\', b'n' | b'r', ..], true) => {
            unquoting.replace(start, start + 1, b"");
            return start + 1;
        }
        _ => unquoting.replace(start, start + 1, b""),
    }
    start + 2
}

/// `(\\)?(\$)(?!\()\{?([A-Z0-9_]+)?\}?` in any case: a backslash before it is dropped and keeps it as it is.
pub(super) fn expand(substitution: &mut Substitution<'_, '_, '_>) -> Result<(), Limit> {
    let bytes: &[u8] = &substitution.value.bytes;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b'$') {
        let dollar = at + found;
        let behind = &bytes[dollar + 1..];
        let brace = usize::from(behind.first() == Some(&b'{'));
        let length = behind[brace..].iter().take_while(|byte| is_word(**byte)).count();
        let name = (dollar + 1 + brace, dollar + 1 + brace + length);
        let end = name.1 + usize::from(bytes.get(name.1) == Some(&b'}'));
        let is_escaped = found > 0 && bytes[dollar - 1] == b'\\';
        if behind.first() == Some(&b'(') || (length == 0 && !is_escaped) {
            substitution.out.extend_from_slice(&bytes[at..=dollar]);
            at = dollar + 1;
        } else if is_escaped {
            substitution.out.extend_from_slice(&bytes[at..dollar - 1]);
            substitution.out.extend_from_slice(&bytes[dollar..end]);
            at = end;
        } else {
            substitution.out.extend_from_slice(&bytes[at..dollar]);
            substitution.plain(Place { start: dollar, end, name }, true)?;
            at = end;
        }
    }
    substitution.out.extend_from_slice(&bytes[at..]);
    Ok(())
}

/// Where the first `$(` stands.
pub(super) fn first_command(value: &Unquoted<'_>) -> Option<Span> {
    find_pair(&value.bytes, *b"$(").map(|at| value.span(at, at + 2))
}
