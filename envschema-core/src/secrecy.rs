//! Which places of a `.env` file are secret to any of the readers that look at it.

use crate::dotenv::{Assignment, Quote, Reading, Syntax};
use crate::redact;
use crate::span::Span;
use crate::table::Table;

/// Whether the value of a key is declared sensitive, or looks it and is not declared otherwise.
pub(crate) fn is_sensitive(table: &Table<'_>, key: &[u8]) -> bool {
    let key = String::from_utf8_lossy(key);
    let file = || key.strip_suffix("_FILE").and_then(|key| table.find(key));
    let row = table.find(&key).or_else(file);
    row.map_or_else(|| redact::looks_secret(&key), |row| table.row(row).sensitive)
}

/// Where the values of sensitive assignments stand, to any of the readers: everything behind their keys, to the end of the
/// file if a quote is opened there that nobody finds closed.
pub(crate) fn secrets<'t>(
    text: &'t [u8],
    readings: impl Iterator<Item = Reading<'t>>,
    table: &Table<'_>,
) -> Vec<Span> {
    let mut secrets: Vec<Span> = Vec::new();
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    for reading in readings {
        let sensitive = (0..).zip(&reading.assignments).filter(|(_, found)| is_sensitive(table, &found.key));
        for (index, found) in sensitive {
            let start = found.key_span.end;
            secrets.push(Span { start, end: found.span.end.max(start) });
            if is_open(&reading, index, found) {
                open.push(start);
            } else if found.quote != Quote::None {
                closed.push(start);
            }
        }
    }
    let end = Span::at(text.len()).end;
    closed.sort_unstable();
    open.retain(|start| closed.binary_search(start).is_err());
    secrets.extend(open.into_iter().map(|start| Span { start, end }));
    merged(secrets)
}

/// Whether the quote of an assignment is never closed.
fn is_open(reading: &Reading<'_>, index: u32, found: &Assignment<'_>) -> bool {
    let is_in = |span: Span| found.span.start <= span.start && span.start < found.span.end;
    let mut problems = reading.problems.iter();
    problems.any(|problem| {
        problem.code == Syntax::UnterminatedQuote
            && (problem.assignment == Some(index) || is_in(problem.span))
    })
}

/// Whether a place overlaps one of the `secrets`, which are in order and do not overlap each other.
pub(crate) fn touches(secrets: &[Span], span: Span) -> bool {
    let first = secrets.partition_point(|secret| secret.end <= span.start);
    secrets.get(first).is_some_and(|secret| secret.start < span.end)
}

/// Whether a statement has a line that is a comment to those who do not see it go on so far. Few readers end a line at a lone
/// carriage return, so whatever stands behind one counts.
pub(crate) fn has_comment(statement: &[u8]) -> bool {
    let is_comment = |line: &[u8]| matches!(line.trim_ascii_start(), [b'#' | b';', ..]);
    let mut pairs = statement.windows(2);
    pairs.any(|pair| pair[0] == b'\r' && pair[1] != b'\n')
        || statement.split(|byte| *byte == b'\n').skip(1).any(is_comment)
}

/// The same places in order, without overlaps.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}
