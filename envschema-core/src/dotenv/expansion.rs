//! Resolving names: what every dialect's `$NAME` shares, whatever its spelling.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Assignment, Duplicates, Effect, Environ, Problem, Syntax, Target, Value};
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
    FileFirst,
    /// Among the assignments above only.
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
            ..Problem::new(Syntax::ExpansionLimit, key, "expanding the value exceeds the limit", Effect::Skip)
        }
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
    spent: usize,
}

impl<'t, 'e> Expansion<'t, 'e> {
    /// Nothing looked up yet.
    pub(crate) fn new(environ: &'e Environ, order: Order, duplicates: Duplicates) -> Self {
        Self { environ, order, duplicates, index: HashMap::new(), indexed: 0, spent: 0 }
    }

    /// What `name` stands for behind `assignments`.
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
            Order::FileFirst => self.in_file(assignments, name).or(outside),
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
        let Value::Set(value) = &assignments.get(index as usize)?.value else { return None };
        Some((Target::Assignment(index), Some(value)))
    }

    fn catch_up(&mut self, assignments: &[Assignment<'t>]) {
        for (index, assignment) in assignments.iter().enumerate().skip(self.indexed) {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            match (&assignment.value, self.duplicates) {
                (Value::Set(_), Duplicates::Last) => {
                    self.index.insert(assignment.key.clone(), index);
                }
                (Value::Set(_), Duplicates::First) => {
                    self.index.entry(assignment.key.clone()).or_insert(index);
                }
                (Value::Unset, _) => {
                    self.index.remove(&assignment.key);
                }
                (Value::Absent, _) => {}
            }
        }
        self.indexed = assignments.len();
    }

    /// Takes `bytes` from the budget of the file.
    pub(crate) fn spend(&mut self, bytes: usize) -> Result<(), Limit> {
        self.spent = self.spent.saturating_add(bytes);
        if self.spent > BUDGET { Err(Limit) } else { Ok(()) }
    }
}

#[cfg(test)]
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
    fn an_unset_name_is_gone() {
        let environ = Environ::empty();
        let mut expansion = Expansion::new(&environ, Order::FileFirst, Duplicates::Last);
        let unset = Assignment { value: Value::Unset, ..set("A", "") };
        assert_eq!(expansion.look_up(&[set("A", "1"), unset], b"A"), (Target::Undefined, None));
    }

    #[test]
    fn the_budget_is_spent_once() {
        let environ = Environ::empty();
        let mut expansion = Expansion::new(&environ, Order::FileFirst, Duplicates::Last);
        assert_eq!(expansion.spend(BUDGET), Ok(()));
        assert_eq!(expansion.spend(1), Err(Limit));
    }
}
