//! What a reader does to the process environment.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{
    Assignment, Dialect, Duplicates, Effect, Environ, Precedence, Problem, Reading, SideEffect, Target, Value,
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
    /// Names set to a value that is not known here: it comes from a command, or only the running reader knows it.
    pub unknown: BTreeSet<Vec<u8>>,
    /// The problem the reader reports as an error, if it does: the one it gives up at, or else the first one it
    /// leaves a statement out for, or else the first one at which it does what is never done here.
    pub error: Option<Problem>,
    /// The problem at which the reader drops the rest of the file, and reports no error.
    pub cut: Option<Problem>,
}

impl Outcome {
    /// What `dialect` makes of its own `reading` in `environ`.
    #[must_use]
    pub fn new(dialect: &Dialect, reading: &Reading<'_>, environ: &Environ) -> Self {
        let cut = reading.problems.iter().find(|problem| problem.effect == Effect::Truncate).copied();
        let mut outcome = Self { error: error(reading), cut, ..Self::default() };
        if matches!(outcome.error, Some(Problem { effect: Effect::Refuse, .. })) {
            return outcome;
        }
        let unknown = unknown(reading);
        for (index, assignment) in kept(reading) {
            outcome.assign(assignment, unknown.contains(&index), dialect, environ);
        }
        for SideEffect { assignment, key, value } in &reading.side_effects {
            if unknown.contains(assignment) {
                outcome.unknown.insert(key.clone());
            } else {
                outcome.vars.insert(key.clone(), value.clone());
            }
        }
        if matches!(dialect.precedence, Precedence::File | Precedence::EnvironUnlessEmpty) {
            outcome.vars.retain(|name, value| environ.get(name) != Some(value));
        }
        outcome
    }

    fn assign(
        &mut self,
        assignment: &Assignment<'_>,
        is_unknown: bool,
        dialect: &Dialect,
        environ: &Environ,
    ) {
        let key = &*assignment.key;
        let outside = environ.get(key);
        let is_shadowed = match dialect.precedence {
            Precedence::File | Precedence::Fresh => false,
            Precedence::Environ => outside.is_some(),
            Precedence::EnvironUnlessEmpty => outside.is_some_and(|value| !value.is_empty()),
        };
        let is_known_already = self.vars.contains_key(key) || self.unknown.contains(key);
        let is_late = dialect.duplicates == Duplicates::First && is_known_already;
        match &assignment.value {
            _ if is_shadowed => {}
            Value::Set(_) if is_late => {}
            Value::Set(value) => {
                self.forget(key);
                if is_unknown {
                    self.unknown.insert(key.to_vec());
                } else {
                    self.vars.insert(key.to_vec(), value.to_vec());
                }
            }
            Value::Unset => {
                self.forget(key);
                if outside.is_some() {
                    self.unset.insert(key.to_vec());
                }
            }
            Value::Absent => {}
        }
    }

    fn forget(&mut self, key: &[u8]) {
        self.vars.remove(key);
        self.unset.remove(key);
        self.unknown.remove(key);
    }
}

/// Shows the names that are shaped like keys, and no value.
impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |name: &Vec<u8>| redact::key(name).unwrap_or(MASK).to_owned();
        f.debug_struct("Outcome")
            .field("vars", &self.vars.keys().map(shown).collect::<Vec<_>>())
            .field("unset", &self.unset.iter().map(shown).collect::<Vec<_>>())
            .field("unknown", &self.unknown.iter().map(shown).collect::<Vec<_>>())
            .field("error", &self.error)
            .field("cut", &self.cut)
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
        .or_else(|| first(Effect::Act).filter(before))
}

/// The assignments the reader gets to see and accepts.
fn kept<'r, 't>(reading: &'r Reading<'t>) -> impl Iterator<Item = (u32, &'r Assignment<'t>)> {
    let skipped = skipped(reading);
    let kept = (0..lost_from(reading)).zip(&reading.assignments);
    kept.filter(move |(index, _)| skipped.binary_search(index).is_err())
}

/// The assignments whose values are not known here, by index: what comes of a command, or of what only the running reader
/// knows, and what refers to it.
pub(crate) fn unknown(reading: &Reading<'_>) -> BTreeSet<u32> {
    let is_unknown = |problem: &&Problem| matches!(problem.effect, Effect::Unknown | Effect::Act);
    let origins = reading.problems.iter().filter(is_unknown).filter_map(|problem| problem.assignment);
    let mut unknown: BTreeSet<u32> = origins.collect();
    if unknown.is_empty() {
        return unknown;
    }
    let used = reading.references.iter().filter(|reference| reference.used);
    let mut heirs: Vec<(u32, u32)> = used
        .filter_map(|reference| match reference.target {
            Target::Assignment(origin) => Some((origin, reference.assignment)),
            _ => None,
        })
        .collect();
    heirs.sort_unstable();
    let mut origins: Vec<u32> = unknown.iter().copied().collect();
    while let Some(origin) = origins.pop() {
        let first = heirs.partition_point(|(other, _)| *other < origin);
        let own = heirs[first..].iter().take_while(|(other, _)| *other == origin);
        origins.extend(own.filter_map(|(_, heir)| unknown.insert(*heir).then_some(*heir)));
    }
    unknown
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
