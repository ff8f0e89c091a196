//! Why an assignment is not read alike everywhere, and what to write instead.

use std::collections::{BTreeSet, HashSet};

use super::unlike;
use crate::dotenv::compare::Feeds;
use crate::dotenv::encoding::BOM;
use crate::dotenv::scan::{first_char, is_word};
use crate::dotenv::{Assignment, Effect, Problem, Quote, Reading, Syntax, Value};
use crate::span::Span;

/// The assignments and lines of a reading that are to blame.
pub(super) struct Causes<'r, 't> {
    text: &'t [u8],
    reading: &'r Reading<'t>,
    feeds: Feeds,
    /// The lines of each assignment.
    lines: Vec<Span>,
    assignments: BTreeSet<u32>,
    /// Lines without an assignment.
    others: BTreeSet<Span>,
}

impl<'r, 't> Causes<'r, 't> {
    /// Nothing to blame yet.
    pub(super) fn new(text: &'t [u8], reading: &'r Reading<'t>) -> Self {
        let feeds = Feeds::new(text);
        let lines = reading.assignments.iter().map(|assignment| feeds.lines_of(assignment.span)).collect();
        Self { text, reading, feeds, lines, assignments: BTreeSet::new(), others: BTreeSet::new() }
    }

    /// Blames the assignment number `index`.
    pub(super) fn blame(&mut self, index: u32) {
        self.assignments.insert(index);
    }

    /// Blames the assignment at `place`, or the last one on its line, or else the line.
    pub(super) fn blame_place(&mut self, place: Span) {
        let line = self.feeds.lines_of(Span { start: place.start, end: place.start });
        let behind = self.reading.assignments.partition_point(|found| found.span.start <= place.start);
        let above = self.lines.partition_point(|lines| lines.start <= line.end);
        let candidates = [behind, above].into_iter().filter_map(|behind| behind.checked_sub(1));
        let mut on_line = candidates.filter(|index| line.start <= self.lines[*index].end);
        match on_line.next() {
            Some(index) => self.blame(Span::at(index).start),
            None => {
                self.others.insert(line);
            }
        }
    }

    /// The problems of all that is to blame, but for the lines of which the problems are `known` already.
    pub(super) fn problems(&self, known: &[Problem]) -> Vec<Problem> {
        let known: HashSet<Span> = known.iter().map(|problem| self.feeds.lines_of(problem.span)).collect();
        let is_known = |line: &Span| known.contains(line);
        let mut seen: HashSet<&[u8]> = HashSet::new();
        let mut problems = Vec::new();
        for (index, (assignment, lines)) in (0..).zip(self.reading.assignments.iter().zip(&self.lines)) {
            let is_repeated = !seen.insert(&*assignment.key);
            if self.assignments.contains(&index) && !is_known(lines) {
                let problem = cause(self.text, assignment, *lines, is_repeated);
                problems.push(Problem { assignment: Some(index), ..problem });
            }
        }
        let others = self.others.iter().filter(|line| !is_known(line));
        problems.extend(others.map(|line| stray(self.text, *line)));
        problems
    }
}

/// A line without an assignment that some reader does not pass over.
fn stray(text: &[u8], line: Span) -> Problem {
    if line.of(text).starts_with(BOM) {
        return byte_order_mark();
    }
    if is_blank_before_return(line.of(text)) {
        return problem(
            line,
            "some readers stumble over the carriage return of this line",
            "end lines with LF alone",
        );
    }
    let message = "not every reader passes over this line";
    problem(line, message, "remove the line, or make it a comment that starts with `#`")
}

/// Whether a line is blank or a comment but for the carriage return it ends with.
fn is_blank_before_return(line: &[u8]) -> bool {
    line.strip_suffix(b"\r").is_some_and(|line| matches!(line.trim_ascii_start(), [] | [b'#', ..]))
}

fn byte_order_mark() -> Problem {
    let message = "some readers take the byte order mark for a part of the first line";
    let code = Syntax::InvalidEncoding;
    let help = "save the file as UTF-8 without byte order mark";
    Problem { code, ..problem(Span::new(0, BOM.len()), message, help) }
}

/// Why `assignment`, which stands on `lines`, is not read alike everywhere.
fn cause(text: &[u8], assignment: &Assignment<'_>, lines: Span, is_repeated: bool) -> Problem {
    around_name(text, assignment, lines)
        .or_else(|| value(text, assignment))
        .or_else(|| behind(text, assignment, lines))
        .unwrap_or_else(|| match is_repeated {
            true => Problem {
                code: Syntax::DuplicateAssignment,
                ..problem(
                    assignment.key_span,
                    "readers differ in which of several assignments counts",
                    "keep one of them",
                )
            },
            false => Problem {
                help: Some("use another name"),
                message: "some reader treats this name in a way of its own",
                ..unlike(assignment.key_span)
            },
        })
}

/// What stands before the value.
fn around_name(text: &[u8], assignment: &Assignment<'_>, lines: Span) -> Option<Problem> {
    let Assignment { key_span: key, value_span, span, .. } = *assignment;
    let before = Span { start: lines.start, end: span.start };
    if before.of(text).starts_with(BOM) && before.start == 0 {
        return Some(byte_order_mark());
    }
    let odd = key.of(text).iter().position(|byte| !is_word(*byte));
    if odd.is_some() || key.of(text).first().is_none_or(u8::is_ascii_digit) {
        let help = "use letters, digits and `_`, and start with a letter";
        let code = Syntax::InvalidKey;
        return Some(Problem { code, ..problem(key, "not every reader accepts this name", help) });
    }
    if span.start < key.start {
        let export = Span { start: span.start, end: key.start };
        let export =
            Span::new(export.start as usize, export.start as usize + export.of(text).trim_ascii_end().len());
        let message = "to some readers `export` is a part of the name, to others an error";
        return Some(problem(export, message, "write `NAME=value`"));
    }
    if !before.of(text).trim_ascii().is_empty() {
        return Some(problem(
            span,
            "not every reader reads an assignment here",
            "start the line with the name",
        ));
    }
    if matches!(assignment.value, Value::Absent | Value::Unset) {
        let message = "some readers look up a name without a value, others refuse it";
        return Some(problem(span, message, "write `NAME=value`, or remove the line"));
    }
    let open = usize::from(assignment.quote != Quote::None);
    let between =
        Span::new(key.range().end, (value_span.start as usize).saturating_sub(open).max(key.range().end));
    let message = "not every reader takes this for an assignment, or leaves out the blanks";
    (between.of(text) != b"=").then(|| problem(between, message, "write `=` with nothing around it"))
}

fn value(text: &[u8], assignment: &Assignment<'_>) -> Option<Problem> {
    let span = assignment.value_span;
    let bytes = span.of(text);
    if bytes.contains(&b'\n') {
        let message = "not every reader can read a value of several lines";
        return Some(problem(span, message, "write the value on one line"));
    }
    if assignment.quote != Quote::None {
        let quoted =
            Span { start: assignment.span.start.max(span.start.saturating_sub(1)), ..assignment.span };
        let help =
            "leave the quotes out; a value without quotes can have letters, digits and `_-./:,@%+=^!?*[]{}`";
        return Some(problem(quoted, "some readers keep the quotes", help));
    }
    let (at, (message, help)) =
        bytes.iter().enumerate().find_map(|(at, byte)| Some((at, special(bytes, at, *byte)?)))?;
    let width = first_char(&bytes[at..]).map_or(1, |(_, width)| width);
    let start = span.start as usize + at;
    Some(problem(Span::new(start, start + width), message, help))
}

/// What readers make of the character at `at` in a value without quotes.
fn special(value: &[u8], at: usize, byte: u8) -> Option<(&'static str, &'static str)> {
    let is_first = at == 0 || value[at - 1] == b':';
    Some(match byte {
        b'$' => ("readers differ in what `$` stands for", "write the value out, without `$`"),
        b'\\' => ("readers differ in what a backslash means", "use a value without backslashes"),
        b'#' => ("some readers take this for the start of a comment", "use a value without `#`"),
        b' ' | b'\t' => {
            ("a blank ends the value for some readers, and others refuse it", "use a value without blanks")
        }
        b'"' | b'\'' | b'`' => ("some readers drop this quote, others keep it", "use a value without quotes"),
        b'~' if is_first => ("shells put the home folder here", "write the path out"),
        b'&' | b';' | b'|' | b'<' | b'>' | b'(' | b')' => {
            ("shells act on this character", "use a value without it")
        }
        b'\r' => ("some readers keep the carriage return", "end lines with LF alone"),
        0..0x20 | 0x7f => ("readers differ in this control character", "use a value without it"),
        _ => return None,
    })
}

/// What stands between the value and the end of its line.
fn behind(text: &[u8], assignment: &Assignment<'_>, lines: Span) -> Option<Problem> {
    let behind = Span { start: assignment.span.end, end: lines.end };
    let bytes = behind.of(text);
    let trimmed = bytes.trim_ascii();
    let (message, help) = match (bytes, trimmed.first()) {
        ([], _) => return None,
        (_, Some(b'#')) => (
            "the comment becomes a part of the value for some readers",
            "put the comment on a line of its own",
        ),
        (_, Some(_)) => ("not every reader reads what follows the value", "end the line behind the value"),
        ([b'\r'], None) => ("some readers keep the carriage return", "end lines with LF alone"),
        (_, None) => ("some readers keep the blanks behind the value", "end the line behind the value"),
    };
    let start = if trimmed.is_empty() { 0 } else { bytes.len() - bytes.trim_ascii_start().len() };
    let start = behind.start as usize + start;
    let length = if trimmed.is_empty() { bytes.len() } else { trimmed.len() };
    Some(problem(Span::new(start, start + length), message, help))
}

fn problem(place: Span, message: &'static str, help: &'static str) -> Problem {
    let problem = Problem::new(Syntax::UnportableValue, place, message, Effect::Refuse);
    Problem { help: Some(help), ..problem }
}
