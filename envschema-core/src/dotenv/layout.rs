//! The layout of a `.env` file: what a formatter may change without any reader reading anything else.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::lines_of;
use super::document::{Document, Edit, PieceKind, admitted, apply};
use super::{Dialect, Environ, Outcome, Reading, Syntax, Value};
use crate::span::Span;

/// How often a text is laid out until nothing changes any more; what one round leaves out for the sake of a reader may be
/// possible once the rest is done.
const MOST_ROUNDS: usize = 8;

/// `text` laid out: line ends are LF, no blanks at either end of a line nor around `=`, no byte order mark, at most one blank
/// line in a row and none at either end, and a line end behind the last line. Comments and order are kept.
///
/// Nothing is changed that one of `dialects` would then read differently; the first one is the file's own.
#[must_use]
pub fn format(text: &[u8], dialects: &[&Dialect]) -> Vec<u8> {
    let Some(dialect) = dialects.first() else { return text.to_vec() };
    let seen = Seen::new(text, dialects);
    let mut text = text.to_vec();
    for _ in 0..MOST_ROUNDS {
        let edits = edits(&text, &(dialect.read)(&text, &Environ::empty()));
        let holds = |edits: &[Edit]| seen.is_same_in(&apply(&text, edits), dialects);
        let edits = if holds(&edits) { edits } else { admitted(&harmless(&text, edits, dialects), &holds) };
        if edits.is_empty() {
            break;
        }
        text = apply(&text, &edits);
    }
    text
}

/// The edits that no reader minds on their lines and the one above: what it minds there it mostly minds in the file, too, where
/// finding out would take a reading of all of it.
fn harmless(text: &[u8], edits: Vec<Edit>, dialects: &[&Dialect]) -> Vec<Edit> {
    let is_harmless = |edit: &Edit| {
        let above = Span { start: lines_of(text, edit.span).start.saturating_sub(1), end: edit.span.end };
        let lines = lines_of(text, above);
        let at = |offset: u32| (offset - lines.start) as usize;
        let span = Span::new(at(edit.span.start), at(edit.span.end));
        let before = lines.of(text);
        reads_same(before, &apply(before, &[Edit { span, text: edit.text.clone() }]), dialects)
    };
    edits.into_iter().filter(is_harmless).collect()
}

/// Whether every one of `dialects` reads both texts alike: the same keys and values in the same order, and the same problems.
#[must_use]
pub fn reads_same(before: &[u8], after: &[u8], dialects: &[&Dialect]) -> bool {
    Seen::new(before, dialects).is_same_in(after, dialects)
}

/// What readers see in a text, one after the other.
struct Seen {
    views: Vec<View>,
    /// One in which all names are set that the text refers to, if there are any.
    environ: Option<Environ>,
}

/// What one reader sees: all keys and values, those behind errors included, and what comes of them.
#[derive(Default, PartialEq, Eq)]
struct View {
    pairs: Vec<(Vec<u8>, Value<'static>)>,
    /// The sorts of problems: how many blank lines a reader complains of does not matter.
    problems: BTreeSet<(Syntax, &'static str)>,
    outcomes: Vec<Change>,
}

/// What a reader does to the process environment: names set, names removed, and why it gives up.
type Change = (BTreeMap<Vec<u8>, Vec<u8>>, BTreeSet<Vec<u8>>, Option<&'static str>);

impl Seen {
    fn new(text: &[u8], dialects: &[&Dialect]) -> Self {
        // The blank shows where a value is cut into words.
        let set = |name: Vec<u8>| (name.clone(), [name, b" set".to_vec()].concat());
        let names = names_asked_for(text, dialects);
        let environ = (!names.is_empty()).then(|| names.into_iter().map(set).collect());
        let views = dialects.iter().map(|dialect| View::new(text, dialect, environ.as_ref())).collect();
        Self { views, environ }
    }

    fn is_same_in(&self, text: &[u8], dialects: &[&Dialect]) -> bool {
        let view = |dialect: &Dialect| View::new(text, dialect, self.environ.as_ref());
        self.views.iter().zip(dialects).all(|(before, dialect)| *before == view(dialect))
    }
}

/// The names that a text may ask the process environment for; none if it asks for nothing.
fn names_asked_for(text: &[u8], dialects: &[&Dialect]) -> BTreeSet<Vec<u8>> {
    let mut asks = text.windows(2).any(|pair| pair == b"+=");
    let mut names = BTreeSet::new();
    for behind in text.split(|byte| *byte == b'$').skip(1) {
        let name = behind.trim_ascii_start();
        let name = name.strip_prefix(b"{").or_else(|| name.strip_prefix(b"(")).unwrap_or(name);
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        names.insert(name.iter().take_while(is_part).copied().collect());
        asks = true;
    }
    for dialect in dialects {
        for assignment in (dialect.read)(text, &Environ::empty()).assignments {
            asks |= assignment.value == Value::Absent;
            names.insert(assignment.key.into_owned());
        }
    }
    names.retain(|name| asks && !name.is_empty());
    names
}

impl View {
    /// What `dialect` sees without any variable set, and in `environ`.
    fn new(text: &[u8], dialect: &Dialect, environ: Option<&Environ>) -> Self {
        let mut view = Self::default();
        view.add(text, dialect, &Environ::empty());
        if let Some(environ) = environ {
            view.add(text, dialect, environ);
        }
        view
    }

    fn add(&mut self, text: &[u8], dialect: &Dialect, environ: &Environ) {
        let reading = (dialect.read)(text, environ);
        let Outcome { vars, unset, error, .. } = Outcome::new(dialect, &reading, environ);
        self.outcomes.push((vars, unset, error.map(|problem| problem.message)));
        self.problems.extend(reading.problems.iter().map(|problem| (problem.code, problem.message)));
        self.pairs.extend(reading.assignments.into_iter().map(|assignment| {
            let value = match assignment.value {
                Value::Set(value) => Value::Set(value.into_owned().into()),
                Value::Absent => Value::Absent,
                Value::Unset => Value::Unset,
            };
            (assignment.key.into_owned(), value)
        }));
    }
}

fn edits(text: &[u8], reading: &Reading<'_>) -> Vec<Edit> {
    let document = Document::new(text, reading);
    let mut edits = Vec::new();
    let mut empty_lines = usize::MAX;
    let mut starts_line = true;
    for piece in document.pieces() {
        let bytes = piece.span.of(text);
        let ends_line = bytes.ends_with(b"\n") || bytes.ends_with(b"\r");
        match piece.kind {
            PieceKind::Bom => edits.push(Edit { span: piece.span, text: Vec::new() }),
            PieceKind::Blank if starts_line && ends_line => {
                empty_lines = empty_lines.saturating_add(1);
                let keeps = empty_lines == 1;
                edits.push(Edit { span: piece.span, text: if keeps { b"\n".into() } else { Vec::new() } });
            }
            PieceKind::Blank => {
                edits
                    .push(Edit { span: piece.span, text: if ends_line { b"\n".into() } else { Vec::new() } });
            }
            PieceKind::Comment | PieceKind::Junk => {
                empty_lines = 0;
                edits.push(trimmed(bytes, piece.span, starts_line, ends_line));
            }
            PieceKind::Assignment(index) => {
                empty_lines = 0;
                edits.extend(around_equals(text, reading, index));
            }
        }
        starts_line = ends_line || matches!(piece.kind, PieceKind::Bom);
    }
    edits.extend(at_the_end(text, &document));
    edits.retain(|edit| edit.span.of(text) != edit.text);
    edits
}

/// A comment or a line that is no assignment without the blanks around it; one behind an assignment keeps one before it.
fn trimmed(bytes: &[u8], span: Span, starts_line: bool, ends_line: bool) -> Edit {
    let mut text = Vec::with_capacity(bytes.len());
    if !starts_line && bytes.first().is_some_and(u8::is_ascii_whitespace) {
        let blanks = &bytes[..bytes.len() - bytes.trim_ascii_start().len()];
        // Some readers end a line at a lone carriage return.
        text.push(if blanks.contains(&b'\r') { b'\n' } else { b' ' });
    }
    text.extend_from_slice(bytes.trim_ascii());
    if ends_line {
        text.push(b'\n');
    }
    Edit { span, text }
}

/// `KEY = value` without the blanks around the `=`.
fn around_equals(text: &[u8], reading: &Reading<'_>, index: u32) -> Option<Edit> {
    let assignment = reading.assignments.get(index as usize)?;
    let span = Span {
        start: assignment.key_span.end,
        end: assignment.value_span.start.max(assignment.key_span.end),
    };
    let between = span.of(text);
    let (before, behind) = between.split_at_checked(between.iter().position(|byte| *byte == b'=')?)?;
    let behind = behind[1..].trim_ascii_start();
    // What is left behind the `=` is the opening quote, if there is one.
    (before.trim_ascii().is_empty() && behind.len() <= 1)
        .then(|| Edit { span, text: [b"=", behind].concat() })
}

/// Takes blank lines from the end, or adds the missing line end.
fn at_the_end(text: &[u8], document: &Document<'_>) -> Vec<Edit> {
    let pieces = document.pieces().iter().rev();
    let blank = pieces.take_while(|piece| {
        let starts_line =
            text[..piece.span.start as usize].last().is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
        piece.kind == PieceKind::Blank && starts_line
    });
    let start = blank.last().map_or(text.len(), |piece| piece.span.start as usize);
    if start < text.len() {
        return vec![Edit { span: Span::new(start, text.len()), text: Vec::new() }];
    }
    match text.last() {
        None | Some(b'\n' | b'\r') => Vec::new(),
        Some(_) => vec![Edit { span: Span::at(text.len()), text: b"\n".into() }],
    }
}

#[cfg(test)]
mod tests {
    use super::format;
    use crate::dotenv::find;

    fn formatted(text: &str) -> String {
        let compose = find("compose").unwrap();
        let once = format(text.as_bytes(), &[compose]);
        assert_eq!(format(&once, &[compose]), once, "a second run changes nothing");
        String::from_utf8(once).unwrap()
    }

    #[test]
    fn layout_is_settled() {
        let rows = [
            ("A=1", "A=1\n"),
            ("\u{feff}A=1\r\nB=2\r\n", "A=1\nB=2\n"),
            ("\n\n# head  \n\n\n\nA = 1   # note  \n\n\n", "# head\n\nA=1 # note\n"),
            ("  A=1\n\tB = \"x  \"  \n", "A=1\nB=\"x  \"\n"),
            ("A='x\n\n\ny'\n", "A='x\n\n\ny'\n"),
            ("export  A=1\n", "export  A=1\n"),
            ("", ""),
        ];
        for (text, expected) in rows {
            assert_eq!(formatted(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_a_reader_stumbles_over_stays() {
        // Compose takes ` # note` behind an `=` and blanks for the value, which is reported; the report must not go away.
        assert_eq!(formatted("A= # note\nB = 2\n"), "A= # note\nB=2\n");
    }
}
