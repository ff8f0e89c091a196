//! Assignments as they are cut out of a text, before any reference in them is resolved.

use std::borrow::Cow;

use super::quoting::Unquoted;
use super::{Assignment, Problem, Quote, Reading, Value};
use crate::span::Span;

/// One assignment.
pub(crate) struct Entry<'t> {
    /// The whole statement.
    pub(crate) span: Span,
    /// The name.
    pub(crate) key: Span,
    /// The value, its quotes and escapes resolved.
    pub(crate) value: Unquoted<'t>,
    /// How the value is quoted.
    pub(crate) quote: Quote,
}

/// What was found in a text.
#[derive(Default)]
pub(crate) struct Entries<'t> {
    /// The assignments, in the order of the text.
    pub(crate) list: Vec<Entry<'t>>,
    /// What is wrong, in any order.
    pub(crate) problems: Vec<Problem>,
}

impl<'t> Entries<'t> {
    /// Adds a problem of the assignment that comes next.
    pub(crate) fn problem_of_next(&mut self, problem: Problem) {
        self.problems.push(Problem { assignment: Some(self.next_index()), ..problem });
    }

    /// The number of the next assignment.
    pub(crate) fn next_index(&self) -> u32 {
        u32::try_from(self.list.len()).unwrap_or(u32::MAX)
    }

    /// The reading of `text` in which every value stays as it is.
    pub(crate) fn unexpanded(self, text: &'t [u8]) -> Reading<'t> {
        let mut reading = Reading { problems: self.problems, ..Reading::default() };
        for entry in self.list {
            reading.assign(text, entry.resolved(text, |value| value.bytes));
        }
        reading
    }
}

impl<'t> Entry<'t> {
    /// The assignment of what `resolve` makes of the value.
    pub(crate) fn resolved(
        self,
        text: &'t [u8],
        resolve: impl FnOnce(Unquoted<'t>) -> Cow<'t, [u8]>,
    ) -> Assignment<'t> {
        Assignment {
            key: Cow::Borrowed(self.key.of(text)),
            value_span: self.value.source(),
            value: Value::Set(resolve(self.value)),
            key_span: self.key,
            span: self.span,
            quote: self.quote,
        }
    }
}
