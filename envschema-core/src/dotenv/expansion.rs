//! Resolving names: what every dialect's `$NAME` shares, whatever its spelling.

use std::borrow::Cow;
use std::collections::HashMap;

use super::quoting::Unquoted;
use super::scan::find;
use super::{Assignment, Duplicates, Effect, Environ, Problem, Reading, Reference, Syntax, Target, Value};
use crate::span::Span;

/// How many bytes references may put into the values of one file.
pub const BUDGET: usize = 4 << 20;

/// How deep references may stand inside each other: `${A:-${B:-…}}`.
pub const NESTING: usize = 100;

/// Where a name is looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// In the process environment, then among the assignments above.
    EnvironFirst,
    /// Among the assignments above, then in the process environment.
    #[cfg(feature = "dialects")]
    FileFirst,
    /// Among the assignments above only.
    #[cfg(feature = "dialects")]
    FileOnly,
}

/// The budget of the file, or the nesting of a value, is exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit;

impl Limit {
    /// The problem to report for the assignment number `index` with the key at `key`.
    pub(crate) fn problem(self, index: u32, key: Span) -> Problem {
        Problem {
            help: Some("shorten the chain of references; 4 MiB may be inserted per file, 100 levels deep"),
            assignment: Some(index),
            ..Problem::new(Syntax::ExpansionLimit, key, "expanding the value exceeds the limit", Effect::Act)
        }
    }
}

/// What is left of a file's budget.
#[derive(Clone, Copy, Default)]
pub(crate) struct Budget {
    spent: usize,
    #[cfg(feature = "dialects")]
    worked: usize,
}

/// How many bytes may be gone through for the values of one file, by readers that start again after every reference.
#[cfg(feature = "dialects")]
const WORK: usize = 8 << 20;

impl Budget {
    /// Takes `bytes`, which are inserted into a value, from the budget.
    pub(crate) fn spend(&mut self, bytes: usize) -> Result<(), Limit> {
        self.spent = self.spent.saturating_add(bytes);
        if self.spent > BUDGET { Err(Limit) } else { Ok(()) }
    }

    /// Takes the time it takes to go through `bytes` from the budget.
    #[cfg(feature = "dialects")]
    pub(crate) fn work(&mut self, bytes: usize) -> Result<(), Limit> {
        self.worked = self.worked.saturating_add(bytes);
        if self.worked > WORK { Err(Limit) } else { Ok(()) }
    }
}

/// The names one file can refer to, and what is left of its budget.
pub(crate) struct Expansion<'t, 'e> {
    environ: &'e Environ,
    order: Order,
    duplicates: Duplicates,
    /// The assignment that counts for each key, among the first `indexed` ones: built when the first name is looked up.
    index: HashMap<Cow<'t, [u8]>, u32>,
    indexed: usize,
    budget: Budget,
}

impl<'t, 'e> Expansion<'t, 'e> {
    /// Nothing looked up yet.
    pub(crate) fn new(environ: &'e Environ, order: Order, duplicates: Duplicates) -> Self {
        Self { environ, order, duplicates, index: HashMap::new(), indexed: 0, budget: Budget::default() }
    }

    /// What `name` stands for behind `assignments`; an assignment that unsets it is found, without a value.
    pub(crate) fn look_up<'a>(
        &mut self,
        assignments: &'a [Assignment<'t>],
        name: &[u8],
    ) -> (Target, Option<&'a [u8]>)
    where
        'e: 'a,
    {
        let outside = self.environ.get(name).map(|value| (Target::Environ, Some(value)));
        let found = match self.order {
            Order::EnvironFirst => outside.or_else(|| self.in_file(assignments, name)),
            #[cfg(feature = "dialects")]
            Order::FileFirst => self.in_file(assignments, name).or(outside),
            #[cfg(feature = "dialects")]
            Order::FileOnly => self.in_file(assignments, name),
        };
        found.unwrap_or((Target::Undefined, None))
    }

    fn in_file<'a>(
        &mut self,
        assignments: &'a [Assignment<'t>],
        name: &[u8],
    ) -> Option<(Target, Option<&'a [u8]>)> {
        self.catch_up(assignments);
        let index = *self.index.get(name)?;
        let value = match &assignments.get(index as usize)?.value {
            Value::Set(value) => Some(&**value),
            Value::Absent | Value::Unset => None,
        };
        Some((Target::Assignment(index), value))
    }

    fn catch_up(&mut self, assignments: &[Assignment<'t>]) {
        for (index, assignment) in assignments.iter().enumerate().skip(self.indexed) {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            match (&assignment.value, self.duplicates) {
                (Value::Absent, _) => {}
                (Value::Set(_) | Value::Unset, Duplicates::Last) => {
                    self.index.insert(assignment.key.clone(), index);
                }
                (Value::Set(_) | Value::Unset, Duplicates::First) => {
                    self.index.entry(assignment.key.clone()).or_insert(index);
                }
            }
        }
        self.indexed = assignments.len();
    }

    /// The value of the next assignment of `reading`, which has its key at `key`: `value` with its references resolved
    /// by `grammar`. It stays as it is if it contains no `$`, or if resolving it exceeds the limit.
    pub(crate) fn expand(
        &mut self,
        reading: &mut Reading<'t>,
        key: Span,
        value: Unquoted<'t>,
        grammar: impl FnOnce(&mut Substitution<'_, 't, '_>) -> Result<(), Limit>,
    ) -> Cow<'t, [u8]> {
        if find(&value.bytes, b'$').is_none() {
            return value.bytes;
        }
        match self.build(reading, &value, grammar) {
            (out, Ok(())) => Cow::Owned(out),
            (_, Err(limit)) => {
                reading.problems.push(limit.problem(reading.next_index(), key));
                value.bytes
            }
        }
    }

    /// What `grammar` makes of `value`, which belongs to the next assignment of `reading`.
    pub(crate) fn build<R>(
        &mut self,
        reading: &mut Reading<'t>,
        value: &Unquoted<'t>,
        grammar: impl FnOnce(&mut Substitution<'_, 't, '_>) -> R,
    ) -> (Vec<u8>, R) {
        let assignment = reading.next_index();
        let Reading { assignments, references, problems, .. } = reading;
        let out = Vec::with_capacity(value.bytes.len());
        let mut substitution =
            Substitution { assignment, assignments, references, problems, expansion: self, value, out };
        let result = grammar(&mut substitution);
        (substitution.out, result)
    }

    /// Takes `bytes` from the budget of the file.
    fn spend(&mut self, bytes: usize) -> Result<(), Limit> {
        self.budget.spend(bytes)
    }
}

/// The value being built from one text with references: what every grammar does with them.
pub(crate) struct Substitution<'r, 't, 'e> {
    /// The index of the assignment whose value this is.
    assignment: u32,
    assignments: &'r [Assignment<'t>],
    references: &'r mut Vec<Reference<'t>>,
    problems: &'r mut Vec<Problem>,
    expansion: &'r mut Expansion<'t, 'e>,
    /// The text before expansion.
    pub(crate) value: &'r Unquoted<'t>,
    /// The value so far.
    pub(crate) out: Vec<u8>,
}

/// A reference in a text, by offsets into it.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// The offset of its `$`.
    pub(crate) start: usize,
    /// Behind its last character.
    pub(crate) end: usize,
    /// Where its name starts and ends.
    pub(crate) name: (usize, usize),
}

impl<'r, 't> Substitution<'r, 't, '_> {
    /// What the name at `place` stands for.
    pub(crate) fn look_up(&mut self, place: Place) -> (Target, Option<&'r [u8]>) {
        self.look_up_name(&self.value.bytes[place.name.0..place.name.1])
    }

    /// What `name` stands for.
    pub(crate) fn look_up_name(&mut self, name: &[u8]) -> (Target, Option<&'r [u8]>) {
        self.expansion.look_up(self.assignments, name)
    }

    /// Notes a reference.
    pub(crate) fn record(&mut self, place: Place, target: Target, used: bool) {
        let (start, end) = place.name;
        let name = match &self.value.bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[start..end]),
            Cow::Owned(bytes) => Cow::Owned(bytes[start..end].to_vec()),
        };
        self.record_name(place, name, target, used);
    }

    /// Notes a reference whose name does not stand at its place as it is.
    pub(crate) fn record_name(&mut self, place: Place, name: Cow<'t, [u8]>, target: Target, used: bool) {
        let span = self.value.span(place.start, place.end);
        let braced = place.name.0 > place.start + 1;
        self.references.push(Reference { assignment: self.assignment, name, span, braced, used, target });
    }

    /// Takes `bytes` from the budget of the file.
    #[cfg(feature = "dialects")]
    pub(crate) fn spend(&mut self, bytes: usize) -> Result<(), Limit> {
        self.expansion.spend(bytes)
    }

    /// Appends what a reference yields.
    pub(crate) fn insert(&mut self, value: &[u8]) -> Result<(), Limit> {
        self.expansion.spend(value.len())?;
        self.out.extend_from_slice(value);
        Ok(())
    }

    /// Looks up, notes and appends a reference that stands for its variable or for nothing.
    pub(crate) fn plain(&mut self, place: Place, used: bool) -> Result<(), Limit> {
        let (target, value) = self.look_up(place);
        self.record(place, target, used);
        self.insert(value.unwrap_or_default())
    }

    /// Reports a problem with the text between two offsets.
    pub(crate) fn report(&mut self, (start, end): (usize, usize), problem: Problem) {
        let span = self.value.span(start, end);
        self.problems.push(Problem { span, assignment: Some(self.assignment), ..problem });
    }
}

#[cfg(test)]
#[cfg(feature = "dialects")]
mod tests {
    use std::borrow::Cow;

    use super::{BUDGET, Expansion, Limit, Order};
    use crate::dotenv::{Assignment, Duplicates, Environ, Quote, Target, Value};
    use crate::span::Span;

    fn set(key: &'static str, value: &'static str) -> Assignment<'static> {
        let value = Value::Set(Cow::Borrowed(value.as_bytes()));
        let span = Span::default();
        let key = Cow::Borrowed(key.as_bytes());
        Assignment { key, value, key_span: span, value_span: span, span, quote: Quote::None }
    }

    #[test]
    fn names_are_found_in_the_order_of_the_dialect() {
        let environ: Environ = [("A", "env"), ("E", "env")].into_iter().collect();
        let assignments = [set("A", "1"), set("B", "2"), set("A", "3")];
        for (order, duplicates, name, expected) in [
            (Order::EnvironFirst, Duplicates::Last, "A", (Target::Environ, Some(&b"env"[..]))),
            (Order::FileFirst, Duplicates::Last, "A", (Target::Assignment(2), Some(b"3"))),
            (Order::FileFirst, Duplicates::First, "A", (Target::Assignment(0), Some(b"1"))),
            (Order::FileOnly, Duplicates::Last, "E", (Target::Undefined, None)),
            (Order::FileFirst, Duplicates::Last, "E", (Target::Environ, Some(b"env"))),
            (Order::EnvironFirst, Duplicates::Last, "B", (Target::Assignment(1), Some(b"2"))),
        ] {
            let mut expansion = Expansion::new(&environ, order, duplicates);
            assert_eq!(expansion.look_up(&assignments, name.as_bytes()), expected, "{name}");
        }
    }

    #[test]
    fn an_unset_name_has_no_value() {
        let environ = Environ::empty();
        let mut expansion = Expansion::new(&environ, Order::FileFirst, Duplicates::Last);
        let unset = Assignment { value: Value::Unset, ..set("A", "") };
        assert_eq!(expansion.look_up(&[set("A", "1"), unset], b"A"), (Target::Assignment(1), None));
    }

    #[test]
    fn the_budget_is_spent_once() {
        let environ = Environ::empty();
        let mut expansion = Expansion::new(&environ, Order::FileFirst, Duplicates::Last);
        assert_eq!(expansion.spend(BUDGET), Ok(()));
        assert_eq!(expansion.spend(1), Err(Limit));
    }
}
