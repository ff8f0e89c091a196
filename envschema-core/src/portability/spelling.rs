//! A spelling of an assignment that several readers read alike.

use crate::dotenv::{Assignment, Dialect, Environ, Value};
use crate::redact;
use crate::span::Span;

use super::lines_of;

/// The byte order mark.
const BOM: &str = "\u{feff}";

/// The lines of an assignment written so that every one of `readers` reads the value it has now; `None` if no spelling is
/// known. A comment behind it is kept: there if all of them take it for one, else on a line of its own above. So are a byte
/// order mark and the carriage return of a line end, unless one of them stumbles over it.
#[must_use]
pub fn common_spelling(
    text: &[u8],
    assignment: &Assignment<'_>,
    readers: &[&'static Dialect],
) -> Option<String> {
    let key = redact::key(&assignment.key)?;
    let Value::Set(value) = &assignment.value else { return None };
    let value = std::str::from_utf8(value).ok()?;
    let place = Place::of(text, assignment.span)?;
    let spellings = spellings(value);
    let leads: &[&str] = if place.has_mark { &[BOM, ""] } else { &[""] };
    let ends: &[&str] = if place.has_return { &["\r", ""] } else { &[""] };
    let marks = leads.iter().flat_map(|lead| ends.iter().map(move |end| (*lead, *end)));
    let mut candidates = marks.flat_map(|(lead, end)| {
        let behind = spellings.iter().map(move |value| match place.comment {
            "" => format!("{lead}{key}={value}{end}"),
            comment => format!("{lead}{key}={value} {comment}{end}"),
        });
        let above = spellings.iter().filter(|_| !place.comment.is_empty());
        behind.chain(above.map(move |value| format!("{lead}{}{end}\n{key}={value}{end}", place.comment)))
    });
    candidates.find(|candidate| readers.iter().all(|dialect| reads_as(dialect, candidate, key, value)))
}

/// What stands around a statement on its lines.
struct Place<'t> {
    comment: &'t str,
    has_mark: bool,
    has_return: bool,
}

impl<'t> Place<'t> {
    /// `None` if anything stands there but blanks and a comment.
    fn of(text: &'t [u8], statement: Span) -> Option<Self> {
        let line = lines_of(text, statement);
        let before = Span { start: line.start, end: statement.start }.of(text);
        let behind = std::str::from_utf8(Span { start: statement.end, end: line.end }.of(text)).ok()?;
        let has_mark = line.start == 0 && before.starts_with(BOM.as_bytes());
        let before = if has_mark { &before[BOM.len()..] } else { before };
        let has_return = behind.ends_with('\r') && text.get(line.end as usize) == Some(&b'\n');
        let comment = behind.trim_matches([' ', '\t', '\r']);
        let is_comment = comment.is_empty() || (comment.starts_with('#') && !comment.contains('\r'));
        (before.trim_ascii().is_empty() && is_comment).then_some(Self { comment, has_mark, has_return })
    }
}

/// Ways to write a value, the plainest first. Which readers read which of them as the value is asked, not known.
fn spellings(value: &str) -> Vec<String> {
    let escaped = |value: &str, special: &[char]| {
        let escape = |character| special.contains(&character).then_some('\\').into_iter().chain([character]);
        value.chars().flat_map(escape).collect::<String>()
    };
    let in_one_line = |value: String| value.replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t");
    vec![
        value.to_owned(),
        format!("\"{value}\""),
        format!("'{value}'"),
        format!("`{value}`"),
        format!("\"{}\"", escaped(value, &['"'])),
        format!("\"{}\"", escaped(value, &['\\', '"'])),
        format!("\"{}\"", escaped(value, &['\\', '"', '$'])),
        format!("\"{}\"", escaped(value, &['\\', '"', '$', '`'])),
        format!("\"{}\"", in_one_line(value.to_owned())),
        format!("\"{}\"", in_one_line(escaped(value, &['\\', '"']))),
        format!("\"{}\"", in_one_line(escaped(value, &['\\', '"', '$', '`']))),
        format!("'{}'", escaped(value, &['\''])),
        format!("'{}'", escaped(value, &['\\', '\''])),
        format!("'{}'", value.replace('\'', "'\\''")),
        format!("'{}'", value.replace('\'', "'\"'\"'")),
        escaped(
            value,
            &['\\', ' ', '"', '\'', '$', '`', '#', '&', ';', '|', '(', ')', '<', '>', '*', '?', '~'],
        ),
        escaped(value, &['#']),
        escaped(value, &['$']),
        escaped(value, &['\\']),
        value.replace('$', "$$"),
        format!("\"{}\"", value.replace('$', "$$")),
    ]
}

/// Whether `dialect` reads the lines `candidate` as `key` set to `value`, and nothing around them changes.
fn reads_as(dialect: &Dialect, candidate: &str, key: &str, value: &str) -> bool {
    let above = if candidate.starts_with(BOM) { "" } else { "ABOVE=1\n" };
    // What follows must not be swallowed, nor what precedes be continued.
    let text = format!("{above}{candidate}\nBELOW=1\n");
    let reading = (dialect.read)(text.as_bytes(), &Environ::empty());
    let pair = |key: &'static str| (key.as_bytes(), Value::Set(b"1".into()));
    let first = (!above.is_empty()).then(|| pair("ABOVE"));
    let written = (key.as_bytes(), Value::Set(value.as_bytes().into()));
    let expected = first.into_iter().chain([written, pair("BELOW")]);
    let found = reading.assignments.iter().map(|found| (found.key.as_ref(), found.value.clone()));
    reading.problems.is_empty() && reading.references.is_empty() && found.eq(expected)
}
