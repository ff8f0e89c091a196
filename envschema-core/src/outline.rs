//! Where each part of a schema stands in its file, so that a diagnostic can point at the rule that is broken.

use std::fmt;

use crate::span::Span;
use crate::subject::VariablePart;
use crate::table::RowId;

/// The places of a schema's parts.
#[derive(Clone, Default)]
pub struct Outline {
    variables: Vec<(RowId, VariablePart, Span)>,
    rules: Vec<Span>,
    /// Rows that stand in the schema this one extends, and which rows they are there.
    inherited: Vec<(RowId, RowId)>,
    secrets: Vec<Span>,
    /// How long the longest secret is.
    longest: usize,
}

impl Outline {
    /// Notes where a part of a variable stands. Variables are noted in the order of their rows.
    pub fn add(&mut self, row: RowId, part: VariablePart, span: Span) {
        self.variables.push((row, part, span));
    }

    /// Notes that `row` stands in the schema that this one extends, as its row `base`. Rows are noted in their order.
    pub fn inherit(&mut self, row: RowId, base: RowId) {
        self.inherited.push((row, base));
    }

    /// Which row of the schema that this one extends `row` is, if it stands there.
    #[must_use]
    pub fn inherited(&self, row: RowId) -> Option<RowId> {
        let at = self.inherited.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        self.inherited.get(at).map(|(_, base)| *base)
    }

    /// Notes where the next rule stands, in the order of the table.
    pub fn add_rule(&mut self, span: Span) {
        self.rules.push(span);
    }

    /// Notes a literal that must not be shown: the default or an example of a sensitive variable.
    pub fn add_secret(&mut self, span: Span) {
        let at = self.secrets.partition_point(|other| *other < span);
        self.longest = self.longest.max(span.len());
        if self.secrets.get(at) != Some(&span) {
            self.secrets.insert(at, span);
        }
    }

    /// Where a part of a variable stands; a part that is not written stands where its variable does.
    #[must_use]
    pub fn variable(&self, row: RowId, part: VariablePart) -> Option<Span> {
        let start = self.variables.partition_point(|(other, ..)| *other < row);
        let of_row = || self.variables[start..].iter().take_while(|(other, ..)| *other == row);
        let exact = |wanted: VariablePart| of_row().find(|(_, part, _)| *part == wanted);
        exact(part).or_else(|| of_row().next()).map(|(.., span)| *span)
    }

    /// Where rule number `index` stands.
    #[must_use]
    pub fn rule(&self, index: u32) -> Option<Span> {
        self.rules.get(index as usize).copied()
    }

    /// The literals that must not be shown, in the order of the text; one may lie in another.
    #[must_use]
    pub fn secrets(&self) -> &[Span] {
        &self.secrets
    }

    /// The literals that must not be shown and stand in `span`, at least in part, in the order of the text; one may lie in
    /// another.
    pub fn secrets_in(&self, span: Span) -> impl Iterator<Item = Span> + use<'_> {
        let first = self
            .secrets
            .partition_point(|secret| secret.start as usize + self.longest <= span.start as usize);
        let may_touch = self.secrets[first..].iter().take_while(move |secret| secret.start < span.end);
        may_touch.copied().filter(move |secret| secret.end > span.start && !secret.is_empty())
    }
}

/// Shows how many parts have a place, not the places: they tell how long the literals between them are.
impl fmt::Debug for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outline")
            .field("variables", &self.variables.len())
            .field("rules", &self.rules.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Outline;
    use crate::span::Span;
    use crate::subject::VariablePart;
    use crate::table::RowId;

    #[test]
    fn a_part_that_is_not_written_stands_where_its_variable_does() {
        let mut outline = Outline::default();
        outline.add(RowId(0), VariablePart::Key, Span::new(0, 4));
        outline.add(RowId(2), VariablePart::Key, Span::new(9, 12));
        outline.add(RowId(2), VariablePart::Kind, Span::new(14, 20));
        assert_eq!(outline.variable(RowId(2), VariablePart::Kind), Some(Span::new(14, 20)));
        assert_eq!(outline.variable(RowId(2), VariablePart::Presence), Some(Span::new(9, 12)));
        assert_eq!(outline.variable(RowId(1), VariablePart::Key), None);
    }

    #[test]
    fn secrets_are_found_where_they_stand_in_part() {
        let mut outline = Outline::default();
        for (start, end) in [(10, 40), (5, 8), (12, 15), (60, 60), (50, 52)] {
            outline.add_secret(Span::new(start, end));
        }
        let starts = |start, end| -> Vec<u32> {
            outline.secrets_in(Span::new(start, end)).map(|secret| secret.start).collect()
        };
        assert_eq!(starts(0, 100), [5, 10, 12, 50]);
        assert_eq!(starts(14, 20), [10, 12]);
        assert_eq!(starts(20, 50), [10]);
        assert_eq!(starts(40, 50), [] as [u32; 0]);
    }
}
