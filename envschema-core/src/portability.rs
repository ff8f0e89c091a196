//! Whether several readers read a file alike: each statement on which they differ, what each of them makes of it, and a
//! spelling on which all of them agree.

use crate::dotenv::{Assignment, Dialect, Effect, Environ, Problem, Quote, Reading, Value};
use crate::redact;
use crate::span::Span;

/// The readers that are compared where none are named: those people meet most.
pub const USUAL_READERS: [&str; 6] = ["compose", "docker-run", "dotenv", "node", "python-dotenv", "bash"];

/// A statement that readers read differently.
#[derive(Clone)]
pub struct Difference {
    /// The assignment, by index in the reading it is compared with.
    pub assignment: u32,
    /// What each reader that differs makes of it.
    pub seen: Vec<(&'static Dialect, Seen)>,
}

/// What a reader makes of a statement.
#[derive(Clone, PartialEq, Eq)]
pub enum Seen {
    /// This value.
    Value(Vec<u8>),
    /// No assignment to this key.
    Nothing,
    /// It refuses the file because of it, or drops what follows.
    Refusal,
}

/// The statements of `reading`, which is `source`'s, that one of `readers` reads differently.
#[must_use]
pub fn differences(text: &[u8], reading: &Reading<'_>, readers: &[&'static Dialect]) -> Vec<Difference> {
    let environ = Environ::empty();
    let others: Vec<_> = readers.iter().map(|dialect| (*dialect, (dialect.read)(text, &environ))).collect();
    let mut differences = Vec::new();
    for (index, assignment) in (0..).zip(&reading.assignments) {
        let expected = seen_value(assignment);
        let seen = others.iter().map(|(dialect, other)| (*dialect, seen(other, assignment)));
        let seen: Vec<_> = seen.filter(|(_, seen)| *seen != expected).collect();
        if !seen.is_empty() {
            differences.push(Difference { assignment: index, seen });
        }
    }
    differences
}

fn seen_value(assignment: &Assignment<'_>) -> Seen {
    match &assignment.value {
        Value::Set(value) => Seen::Value(value.to_vec()),
        Value::Absent | Value::Unset => Seen::Nothing,
    }
}

/// What another reader makes of the statement of `assignment`.
fn seen(other: &Reading<'_>, assignment: &Assignment<'_>) -> Seen {
    let Span { start, end } = assignment.span;
    let first = other.problems.partition_point(|problem| problem.span.start < start);
    let here = |problem: &&Problem| problem.span.start <= end;
    if other.problems[first..].iter().take_while(here).any(|problem| loses_the_rest(problem.effect)) {
        return Seen::Refusal;
    }
    let first = other.assignments.partition_point(|found| found.key_span.start < start);
    let here = other.assignments[first..].iter().take_while(|found| found.key_span.start <= end);
    here.into_iter().find(|found| found.key == assignment.key).map_or(Seen::Nothing, seen_value)
}

const fn loses_the_rest(effect: Effect) -> bool {
    matches!(effect, Effect::Refuse | Effect::Stop | Effect::Truncate)
}

/// The lines of an assignment written so that every one of `readers` reads the value it has now; `None` if there is no such
/// spelling. A comment behind it is kept: there if all of them take it for one, else on a line of its own above.
#[must_use]
pub fn common_spelling(
    text: &[u8],
    assignment: &Assignment<'_>,
    readers: &[&'static Dialect],
) -> Option<String> {
    let key = redact::key(&assignment.key)?;
    let Value::Set(value) = &assignment.value else { return None };
    let value = std::str::from_utf8(value).ok()?;
    let line = lines_of(text, assignment.span);
    let before = Span { start: line.start, end: assignment.span.start };
    let behind = Span { start: assignment.span.end, end: line.end };
    let comment = std::str::from_utf8(behind.of(text)).ok()?.trim();
    if !before.of(text).trim_ascii().is_empty() || !(comment.is_empty() || comment.starts_with('#')) {
        return None;
    }
    let bare = [format!("{key}={value}"), format!("{key}=\"{value}\""), format!("{key}='{value}'")];
    let mut spellings: Vec<String> = bare.to_vec();
    if !comment.is_empty() {
        let inline = bare.iter().map(|spelling| format!("{spelling} {comment}"));
        spellings = inline.chain(bare.iter().map(|spelling| format!("{comment}\n{spelling}"))).collect();
    }
    spellings
        .into_iter()
        .find(|spelling| readers.iter().all(|dialect| reads_as(dialect, spelling, key, value)))
}

/// The whole lines that `span` stands on, without the line end behind them.
#[must_use]
pub fn lines_of(text: &[u8], span: Span) -> Span {
    let range = span.range();
    let before = text.get(..range.start).unwrap_or_default();
    let behind = text.get(range.end..).unwrap_or_default();
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let length = behind.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(behind.len());
    Span::new(start, range.end + length)
}

fn reads_as(dialect: &Dialect, spelling: &str, key: &str, value: &str) -> bool {
    // What follows must not be swallowed, nor what precedes be continued.
    let text = format!("ABOVE=1\n{spelling}\nBELOW=1\n");
    let reading = (dialect.read)(text.as_bytes(), &Environ::empty());
    let found = reading.assignments.iter().map(|found| (found.key.as_ref(), seen_value(found)));
    let expected = [("ABOVE", "1"), (key, value), ("BELOW", "1")];
    let expected = expected.map(|(key, value)| (key.as_bytes(), Seen::Value(value.into())));
    reading.problems.is_empty() && reading.references.is_empty() && found.eq(expected)
}

/// What a reader makes of a statement, in words; the value itself is told only if it is not secret.
#[must_use]
pub fn describe(seen: &Seen, assignment: &Assignment<'_>, text: &[u8], is_secret: bool) -> String {
    let value = match seen {
        Seen::Refusal => return "refuses the file".to_owned(),
        Seen::Nothing => return "does not set it".to_owned(),
        Seen::Value(value) => value,
    };
    match std::str::from_utf8(value) {
        Ok(value) if !is_secret => format!("reads {}", redact::value(value)),
        _ => in_words(value, assignment, text).to_owned(),
    }
}

/// How a value differs from the one it is compared with, without a character of either.
fn in_words(value: &[u8], assignment: &Assignment<'_>, text: &[u8]) -> &'static str {
    let expected: &[u8] = if let Value::Set(expected) = &assignment.value { expected } else { b"" };
    let statement = assignment.span.of(text);
    let written = assignment.value_span.of(text);
    let has = |byte: u8| statement.contains(&byte);
    let is_quoted = |value: &[u8]| matches!(value, [b'"' | b'\'' | b'`', ..]);
    if value.is_empty() {
        "reads nothing"
    } else if assignment.quote != Quote::None && is_quoted(value) {
        "keeps the quotes"
    } else if value.starts_with(expected) && value[expected.len()..].contains(&b'#') {
        "keeps the comment"
    } else if expected.starts_with(value) && expected[value.len()..].trim_ascii_start().starts_with(b"#") {
        "drops everything from the `#` on"
    } else if value.trim_ascii() == expected.trim_ascii() {
        "keeps blanks or a carriage return"
    } else if has(b'$') && value == written {
        "leaves the `$` as it is"
    } else if has(b'$') {
        "replaces the `$` and what follows it"
    } else if has(b'\\') {
        "reads the backslash differently"
    } else if expected.starts_with(value) {
        "drops the end of it"
    } else {
        "reads something else"
    }
}

#[cfg(test)]
mod tests {
    use super::{common_spelling, describe, differences};
    use crate::dotenv::{Dialect, Environ, find};

    fn readers(names: &[&str]) -> Vec<&'static Dialect> {
        names.iter().map(|name| find(name).expect("a dialect")).collect()
    }

    /// Each difference from compose as `reader: what it makes of it`.
    fn compare(text: &str, names: &[&str], is_secret: bool) -> Vec<String> {
        let compose = find("compose").expect("a dialect");
        let reading = (compose.read)(text.as_bytes(), &Environ::empty());
        let differences = differences(text.as_bytes(), &reading, &readers(names));
        let words = differences.iter().flat_map(|difference| {
            let assignment = &reading.assignments[difference.assignment as usize];
            let describe = |seen| describe(seen, assignment, text.as_bytes(), is_secret);
            difference.seen.iter().map(move |(dialect, seen)| format!("{}: {}", dialect.name, describe(seen)))
        });
        words.collect()
    }

    #[cfg(feature = "dialects")]
    #[test]
    fn differences_are_told_by_statement() {
        let text = "PLAIN=1
QUOTED=\"a b\"\nCOMMENT=x # note\nexport EXPORTED=1\n";
        let readers = ["docker-run", "python-dotenv"];
        let expected = [
            "docker-run: reads \"\\\"a b\\\"\"",
            "docker-run: reads \"x # note\"",
            "docker-run: refuses the file",
        ];
        let found = compare(text, &readers, false);
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found[1..], expected[1..]);
        let secret =
            ["docker-run: keeps the quotes", "docker-run: keeps the comment", "docker-run: refuses the file"];
        assert_eq!(compare(text, &readers, true), secret);
    }

    #[cfg(feature = "dialects")]
    #[test]
    fn a_spelling_is_one_that_all_read_alike() {
        let compose = find("compose").expect("a dialect");
        let spelling = |text: &str, names: &[&str]| {
            let reading = (compose.read)(text.as_bytes(), &Environ::empty());
            common_spelling(text.as_bytes(), &reading.assignments[0], &readers(names))
        };
        assert_eq!(spelling("A = x # note\n", &["compose", "docker-run"]).as_deref(), Some("# note\nA=x"));
        assert_eq!(spelling("A=a b\n", &["compose", "python-dotenv"]).as_deref(), Some("A=a b"));
        assert_eq!(
            spelling("A=\"a b\" # c\n", &["compose", "docker-run", "systemd"]).as_deref(),
            Some("# c\nA=a b")
        );
        assert_eq!(spelling("A='x y' # c\n", &["compose", "python-dotenv"]).as_deref(), Some("A=x y # c"));
        assert_eq!(spelling("A='x # y'\n", &["compose", "docker-run"]), None);
    }
}
