//! What a reader does to the process environment.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{
    Assignment, Dialect, Duplicates, Effect, Environ, Precedence, Problem, Reading, SideEffect, Value,
};
use crate::redact::{self, MASK};
use crate::span::Span;

/// The change a reader makes to the process environment when it meets a file.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Names added or changed; all names, for a reader that builds a new environment.
    pub vars: BTreeMap<Vec<u8>, Vec<u8>>,
    /// Names removed.
    pub unset: BTreeSet<Vec<u8>>,
    /// The problem the reader reports as an error, if it does: the one it gives up at, or else the first one it
    /// leaves a statement out for.
    pub error: Option<Problem>,
}

impl Outcome {
    /// What `dialect` makes of its own `reading` in `environ`.
    #[must_use]
    pub fn new(dialect: &Dialect, reading: &Reading<'_>, environ: &Environ) -> Self {
        let mut outcome = Self { error: error(reading), ..Self::default() };
        if matches!(outcome.error, Some(Problem { effect: Effect::Refuse, .. })) {
            return outcome;
        }
        for assignment in kept(reading) {
            outcome.assign(assignment, dialect, environ);
        }
        for SideEffect { key, value, .. } in &reading.side_effects {
            outcome.vars.insert(key.clone(), value.clone());
        }
        if matches!(dialect.precedence, Precedence::File | Precedence::EnvironUnlessEmpty) {
            outcome.vars.retain(|name, value| environ.get(name) != Some(value));
        }
        outcome
    }

    fn assign(&mut self, assignment: &Assignment<'_>, dialect: &Dialect, environ: &Environ) {
        let key = &*assignment.key;
        let outside = environ.get(key);
        let is_outside = outside.is_some();
        let is_shadowed = match dialect.precedence {
            Precedence::File | Precedence::Fresh => false,
            Precedence::Environ => is_outside,
            Precedence::EnvironUnlessEmpty => outside.is_some_and(|value| !value.is_empty()),
        };
        if is_shadowed {
            return;
        }
        match &assignment.value {
            Value::Set(value) => {
                let is_late = dialect.duplicates == Duplicates::First && self.vars.contains_key(key);
                if !is_late {
                    self.unset.remove(key);
                    self.vars.insert(key.to_vec(), value.to_vec());
                }
            }
            Value::Unset => {
                self.vars.remove(key);
                if is_outside {
                    self.unset.insert(key.to_vec());
                }
            }
            Value::Absent => {}
        }
    }
}

/// Shows the names that are shaped like keys, and no value.
impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |name: &Vec<u8>| redact::key(name).unwrap_or(MASK).to_owned();
        f.debug_struct("Outcome")
            .field("vars", &self.vars.keys().map(shown).collect::<Vec<_>>())
            .field("unset", &self.unset.iter().map(shown).collect::<Vec<_>>())
            .field("error", &self.error)
            .finish()
    }
}

/// One that refuses the file before one that stops it before one that fails a statement.
fn error(reading: &Reading<'_>) -> Option<Problem> {
    let first = |effect| reading.problems.iter().find(|problem| problem.effect == effect).copied();
    let truncated = first(Effect::Truncate).map_or(u32::MAX, |problem| problem.span.start);
    let before = |problem: &Problem| problem.span.start < truncated;
    first(Effect::Refuse)
        .or_else(|| first(Effect::Stop).filter(before))
        .or_else(|| first(Effect::Fail).filter(before))
}

/// The assignments the reader gets to see and accepts.
fn kept<'r, 't>(reading: &'r Reading<'t>) -> impl Iterator<Item = &'r Assignment<'t>> {
    let skipped = skipped(reading);
    let kept = reading.assignments.iter().zip(0..lost_from(reading));
    kept.filter(move |(_, index)| skipped.binary_search(index).is_err()).map(|(assignment, _)| assignment)
}

/// The first assignment the reader does not get to see, by index.
fn lost_from(reading: &Reading<'_>) -> u32 {
    let problems = reading.problems.iter();
    let ends = problems.filter(|problem| matches!(problem.effect, Effect::Stop | Effect::Truncate));
    let lost = ends.map(|problem| {
        let before = |assignment: &Assignment<'_>| assignment.span.start < problem.span.start;
        let behind = || reading.assignments.partition_point(before);
        problem.assignment.unwrap_or_else(|| Span::at(behind()).start)
    });
    lost.min().unwrap_or(u32::MAX)
}

/// The assignments the reader leaves out, by index, in order.
pub(crate) fn skipped(reading: &Reading<'_>) -> Vec<u32> {
    let problems = reading.problems.iter();
    let skips = problems.filter(|problem| matches!(problem.effect, Effect::Skip | Effect::Fail));
    let mut skipped: Vec<u32> = skips.filter_map(|problem| problem.assignment).collect();
    skipped.sort_unstable();
    skipped
}
