//! What a reader takes literally although it means something to most others: quotes, comments and references.

use super::scan::{find, find_any, find_pair, is_word};
use super::wording;
use super::{Assignment, Effect, Problem, Quote, Reading, Syntax, Value};
use crate::span::Span;

/// The problems with a value that is taken as it stands.
pub(crate) fn literal_value(text: &[u8], value: Span, assignment: u32) -> impl Iterator<Item = Problem> {
    let bytes = value.of(text);
    let problem = |(start, end), message, help| Problem {
        help: Some(help),
        ..misread(value, assignment, start, end, message)
    };
    let found = [
        literal_quotes(text, value, assignment),
        comment(bytes).map(|range| {
            problem(range, "the comment becomes part of the value", "put the comment on a line of its own")
        }),
        literal_reference(text, value, assignment),
    ];
    found.into_iter().flatten()
}

/// The problem with quotes around a value whose reader knows none, or with the one that opens one and would go on below.
pub(crate) fn literal_quotes(text: &[u8], value: Span, assignment: u32) -> Option<Problem> {
    let bytes = value.of(text).trim_ascii_end();
    let (end, message) = match bytes {
        [first @ (b'"' | b'\''), .., last] if first == last => {
            (bytes.len(), "the quotes become part of the value")
        }
        [first @ (b'"' | b'\''), rest @ ..] if find(rest, *first).is_none() => {
            (1, "the quote becomes part of the value, which ends with the line")
        }
        _ => return None,
    };
    Some(Problem { help: Some("leave the quotes out"), ..misread(value, assignment, 0, end, message) })
}

/// The problem with the first `${NAME}` in a value whose reader expands nothing.
pub(crate) fn literal_reference(text: &[u8], value: Span, assignment: u32) -> Option<Problem> {
    let (start, end) = reference(value.of(text))?;
    Some(Problem {
        help: Some("write the value out"),
        ..misread(value, assignment, start, end, "this reader does not expand references")
    })
}

/// Adds to `reading` the problem that each of its assignments has, if it has one.
pub(crate) fn report<'t>(
    reading: &mut Reading<'t>,
    text: &'t [u8],
    problem: impl Fn(&'t [u8], &Assignment<'t>, u32) -> Option<Problem>,
) {
    let assignments = (0..).zip(&reading.assignments);
    let found = assignments.filter_map(|(index, found)| problem(text, found, index));
    reading.problems.extend(found);
}

/// The problem with a name that has a blank in it, for a reader that takes any.
pub(crate) fn blank_in_name(_: &[u8], found: &Assignment<'_>, index: u32) -> Option<Problem> {
    let problem = match &*found.key {
        key if key.starts_with(b"export ") => wording::unknown_export(found.key_span, Effect::Misread),
        key if key.iter().any(u8::is_ascii_whitespace) => {
            wording::blank_in_name(found.key_span, Effect::Misread)
        }
        _ => return None,
    };
    Some(Problem { assignment: Some(index), ..problem })
}

/// The problem with the first `${NAME}` outside single quotes, for a reader that expands nothing.
pub(crate) fn unexpanded(text: &[u8], found: &Assignment<'_>, index: u32) -> Option<Problem> {
    let is_meant = !matches!(found.quote, Quote::Single | Quote::Backtick);
    literal_reference(text, found.value_span, index).filter(|_| is_meant)
}

/// The problem with a `\"` in double quotes whose backslash stays in the value.
pub(crate) fn kept_backslash(text: &[u8], found: &Assignment<'_>, index: u32) -> Option<Problem> {
    let written = found.value_span.of(text);
    let start = find_pair(written, *b"\\\"").filter(|_| found.quote == Quote::Double)?;
    let is_kept = matches!(&found.value, Value::Set(value) if **value == *written);
    is_kept.then(|| Problem {
        code: Syntax::InvalidEscape,
        help: Some("put the value into single quotes, without the backslash"),
        ..misread(found.value_span, index, start, start + 2, "the backslash stays in the value")
    })
}

/// The problem with the carriage return of a line end that stays in the value.
pub(crate) fn kept_return(text: &[u8], found: &Assignment<'_>, index: u32) -> Option<Problem> {
    let Value::Set(value) = &found.value else { return None };
    let end = found.span.end as usize;
    let at = match text.get(..end)? {
        [.., b'\r'] => end - 1,
        _ => end,
    };
    let ends_line = text.get(at) == Some(&b'\r') && matches!(text.get(at + 1), None | Some(b'\n'));
    (ends_line && value.ends_with(b"\r")).then(|| Problem {
        help: Some("save the file with Unix line ends"),
        assignment: Some(index),
        ..Problem::new(
            Syntax::UnsupportedSyntax,
            Span::new(at, at + 1),
            "the carriage return at the end of the line becomes part of the value",
            Effect::Misread,
        )
    })
}

/// The problem with a `#` at `at` that starts a comment although no blank stands before it.
pub(crate) fn glued_comment(text: &[u8], at: usize, assignment: u32) -> Option<Problem> {
    let before = *text.get(at.checked_sub(1)?)?;
    if text.get(at) != Some(&b'#') || before.is_ascii_whitespace() {
        return None;
    }
    let length = find_any(&text[at..], [b'\n', b'\r']).unwrap_or(text.len() - at);
    let value = Span::new(at, at + length);
    Some(Problem {
        help: Some("put the value into quotes, or a blank before the comment"),
        ..misread(value, assignment, 0, length, "`#` starts a comment even without a blank before it")
    })
}

fn misread(value: Span, assignment: u32, start: usize, end: usize, message: &'static str) -> Problem {
    let span = Span::new(value.start as usize + start, value.start as usize + end);
    let problem = Problem::new(Syntax::UnsupportedSyntax, span, message, Effect::Misread);
    Problem { assignment: Some(assignment), ..problem }
}

/// ` #` and what follows; at the start of the value a blank must follow, else it could be a colour.
fn comment(value: &[u8]) -> Option<(usize, usize)> {
    let start = if value.starts_with(b"# ") { 0 } else { find_pair(value, *b" #")? + 1 };
    Some((start, value.trim_ascii_end().len()))
}

/// The first `${NAME}`.
fn reference(value: &[u8]) -> Option<(usize, usize)> {
    let start = find_pair(value, *b"${")?;
    let name = value[start + 2..].iter().take_while(|byte| is_word(**byte)).count();
    let end = start + 2 + name;
    let is_reference = name > 0 && value.get(end).is_some_and(|byte| matches!(byte, b'}' | b':' | b'-'));
    let close = find(&value[end..], b'}').filter(|_| is_reference)?;
    Some((start, end + close + 1))
}

#[cfg(test)]
mod tests {
    use super::literal_value;
    use crate::span::Span;

    #[test]
    fn what_would_be_read_otherwise() {
        for (value, expected) in [
            ("plain", vec![]),
            ("pa$$word{}", vec![]),
            ("#fff", vec![]),
            ("# note", vec!["# note"]),
            ("\"x y\" ", vec!["\"x y\""]),
            ("\"x y", vec!["\""]),
            ("\"x\" y", vec![]),
            ("x # note", vec!["# note"]),
            ("http://${HOST}:${PORT:-1}/ # é", vec!["# é", "${HOST}"]),
            ("${", vec![]),
        ] {
            let problems = literal_value(value.as_bytes(), Span::new(0, value.len()), 0);
            let shown: Vec<_> =
                problems.map(|problem| str::from_utf8(problem.span.of(value.as_bytes())).unwrap()).collect();
            assert_eq!(shown, expected, "{value}");
        }
    }
}
