//! What a reader takes literally although it means something to most others: quotes, comments and references.

use super::scan::{find, find_any, find_pair, is_word};
use super::{Effect, Problem, Syntax};
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

/// The problem with quotes around a value whose reader knows none.
pub(crate) fn literal_quotes(text: &[u8], value: Span, assignment: u32) -> Option<Problem> {
    let (start, end) = quotes(value.of(text))?;
    Some(Problem {
        help: Some("leave the quotes out"),
        ..misread(value, assignment, start, end, "the quotes become part of the value")
    })
}

/// The problem with the first `${NAME}` in a value whose reader expands nothing.
pub(crate) fn literal_reference(text: &[u8], value: Span, assignment: u32) -> Option<Problem> {
    let (start, end) = reference(value.of(text))?;
    Some(Problem {
        help: Some("write the value out"),
        ..misread(value, assignment, start, end, "this reader does not expand references")
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

fn quotes(value: &[u8]) -> Option<(usize, usize)> {
    let value = value.trim_ascii_end();
    match value {
        [first @ (b'"' | b'\''), .., last] if first == last => Some((0, value.len())),
        _ => None,
    }
}

/// ` #` and what follows, unless the value starts with it and could be a colour.
fn comment(value: &[u8]) -> Option<(usize, usize)> {
    let start = find_pair(value, *b" #")? + 1;
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
            ("\"x y\" ", vec!["\"x y\""]),
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
