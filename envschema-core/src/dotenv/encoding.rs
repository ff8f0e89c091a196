//! Bytes that are no text: invalid UTF-8, NUL, and byte order marks.

use std::borrow::Cow;
#[cfg(feature = "dialects")]
use std::collections::HashMap;

#[cfg(feature = "dialects")]
use super::Reading;
use super::scan::{contains, find};
use super::{Assignment, Effect, Problem, Syntax, Value};
#[cfg(feature = "dialects")]
use super::{Duplicates, Environ};
use crate::span::Span;

/// The byte order mark of UTF-8.
pub(crate) const BOM: &[u8] = "\u{feff}".as_bytes();

/// One problem for every line that holds bytes which are not UTF-8, at the first of them.
pub(crate) fn invalid_utf8(text: &[u8], effect: Effect) -> Vec<Problem> {
    let mut problems = Vec::new();
    if str::from_utf8(text).is_ok() {
        return problems;
    }
    let (mut at, mut next_line) = (0, 0);
    for chunk in text.utf8_chunks() {
        at += chunk.valid().len();
        let end = at + chunk.invalid().len();
        if at < end && at >= next_line {
            problems.push(Problem {
                help: Some("save the file as UTF-8"),
                ..Problem::new(Syntax::InvalidEncoding, Span::new(at, end), "this is not UTF-8", effect)
            });
            next_line = line_end(text, at);
        }
        at = end;
    }
    problems
}

/// One problem for every line that holds a NUL byte, at the first of them. In a line that gives an assignment a NUL byte
/// it has `effect`.
pub(crate) fn nul_bytes(text: &[u8], effect: Effect, assignments: &[Assignment<'_>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !contains(text, 0) {
        return problems;
    }
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| find(rest, 0)) {
        let at = from + at;
        let index = assignments.partition_point(|assignment| assignment.span.end as usize <= at);
        let assignment = assignments.get(index).filter(|assignment| {
            let Value::Set(value) = &assignment.value else { return false };
            assignment.span.start as usize <= at && find(&assignment.key, 0).or(find(value, 0)).is_some()
        });
        problems.push(Problem {
            help: Some("save the file as UTF-8, and remove the NUL bytes"),
            assignment: assignment.and(u32::try_from(index).ok()),
            ..Problem::new(
                Syntax::InvalidEncoding,
                Span::new(at, at + 1),
                "no variable can hold a NUL byte",
                if assignment.is_some() { effect } else { Effect::Misread },
            )
        });
        from = line_end(text, at);
    }
    problems
}

/// As [`nul_bytes`], for a reader that sets variables of its process: `effect` only where a variable would be set.
#[cfg(feature = "dialects")]
pub(crate) fn nul_variables(
    text: &[u8],
    effect: Effect,
    assignments: &[Assignment<'_>],
    environ: &Environ,
    duplicates: Duplicates,
) -> Vec<Problem> {
    let mut problems = nul_bytes(text, effect, assignments);
    if problems.is_empty() {
        return problems;
    }
    let mut set = HashMap::new();
    for (assignment, index) in assignments.iter().zip(0..) {
        match (&assignment.value, duplicates) {
            (Value::Set(_), Duplicates::First) => {
                set.entry(&*assignment.key).or_insert(index);
            }
            (Value::Set(_) | Value::Unset, _) => {
                set.insert(&*assignment.key, index);
            }
            (Value::Absent, _) => {}
        }
    }
    let is_set = |index: u32| {
        let key = assignments.get(index as usize).map(|assignment| &*assignment.key);
        key.is_some_and(|key| environ.get(key).is_none() && set.get(key) == Some(&index))
    };
    for problem in &mut problems {
        if !problem.assignment.is_some_and(is_set) {
            problem.effect = Effect::Misread;
        }
    }
    problems
}

/// Reports a byte order mark that the reader takes for text: in the place of the problem it causes, if there is one.
#[cfg(feature = "dialects")]
pub(crate) fn blame_bom(text: &[u8], problems: &mut Vec<Problem>) {
    if !text.starts_with(BOM) {
        return;
    }
    let message = "this reader takes the byte order mark for a part of the first line";
    let problem = Problem {
        help: Some("save the file as UTF-8 without byte order mark"),
        ..Problem::new(Syntax::InvalidEncoding, Span::new(0, BOM.len()), message, Effect::Misread)
    };
    match problems.iter_mut().find(|problem| problem.span.start == 0) {
        Some(caused) => *caused = Problem { effect: caused.effect, assignment: caused.assignment, ..problem },
        None => problems.push(problem),
    }
}

/// What happens to odd bytes on the way into a process environment: names and values end at the first NUL. Reports these,
/// and what was replaced because it is no UTF-8.
#[cfg(feature = "dialects")]
pub(crate) fn pass_through_environment(reading: &mut Reading<'_>, file: &[u8]) {
    reading.problems.extend(invalid_utf8(file, Effect::Misread));
    reading.problems.extend(nul_bytes(file, Effect::Misread, &reading.assignments));
    if find(file, 0).is_none() {
        return;
    }
    for assignment in &mut reading.assignments {
        cut_at_nul(&mut assignment.key);
        if let Value::Set(value) = &mut assignment.value
            && cut_at_nul(value)
        {
            *value = Cow::Owned(std::mem::take(value).into_owned());
        }
    }
}

/// What a process environment keeps of `text`.
#[cfg(feature = "dialects")]
pub(crate) fn before_nul(text: &[u8]) -> &[u8] {
    &text[..find(text, 0).unwrap_or(text.len())]
}

#[cfg(feature = "dialects")]
fn cut_at_nul(text: &mut Cow<'_, [u8]>) -> bool {
    let Some(length) = find(text, 0) else { return false };
    match text {
        Cow::Borrowed(text) => *text = &text[..length],
        Cow::Owned(text) => text.truncate(length),
    }
    true
}

fn line_end(text: &[u8], at: usize) -> usize {
    text.get(at..).and_then(|rest| find(rest, b'\n')).map_or(text.len(), |length| at + length)
}

/// `bytes` with U+FFFD for every byte that belongs to no character, as Go's JSON encoder writes it.
pub(crate) fn replace_invalid(bytes: &[u8]) -> Cow<'_, [u8]> {
    if str::from_utf8(bytes).is_ok() {
        return Cow::Borrowed(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.extend_from_slice(chunk.valid().as_bytes());
        for _ in chunk.invalid() {
            out.extend_from_slice("\u{fffd}".as_bytes());
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{invalid_utf8, nul_bytes, replace_invalid};
    use crate::dotenv::Effect;

    #[test]
    fn one_problem_a_line() {
        let text = b"A=\xff\xff\nB=\xc3\xa9\0\0\nC=\xe9x\n\0";
        let starts = |problems: Vec<super::Problem>| -> Vec<u32> {
            problems.iter().map(|problem| problem.span.start).collect()
        };
        assert_eq!(starts(invalid_utf8(text, Effect::Misread)), [2, 14]);
        assert_eq!(starts(nul_bytes(text, Effect::Misread, &[])), [9, 17]);
    }

    #[test]
    fn every_invalid_byte_is_replaced() {
        assert_eq!(&*replace_invalid(b"a\xe2\x82b"), "a\u{fffd}\u{fffd}b".as_bytes());
    }
}
