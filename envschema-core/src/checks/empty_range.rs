//! `empty-range`: bounds that no value can meet.

use crate::diagnostic::Diagnostic;
use crate::element;
use crate::kind::Kind;
use crate::registry::{Check, Run};
use crate::rules::{self, Variant};
use crate::schema::{Constraint, Variable};
use crate::subject::{Subject, VariablePart};
use crate::table::Table;

/// The check.
pub static CHECK: Check = Check {
    code: "empty-range",
    summary: "bounds that no value can meet",
    page: include_str!("empty_range.md"),
    run: Run::Schema(run),
};

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    for (id, row) in table.iter() {
        for variant in rules::variants(row.variable) {
            for (part, why, help) in empty(row.variable, &variant) {
                let headline = format!("`{}` allows no value{}: {why}", row.key, variant.clause);
                report.push(
                    Diagnostic::error(CHECK.code, Subject::variable(id, part), headline)
                        .key(row.key.as_ref())
                        .help(help),
                );
            }
        }
    }
}

/// The constraints that leave no value, each with a clause that says why, and what to do. What does so without an override is not said
/// again for each override.
fn empty<'v>(
    variable: &'v Variable,
    variant: &'v Variant<'v>,
) -> impl Iterator<Item = (VariablePart, &'static str, &'static str)> {
    let is_new =
        |part: VariablePart| variant.when.is_none() || matches!(part, VariablePart::WhenConstraint(..));
    let kind = element::kind_of_items(&variable.kind);
    variant.constraints.iter().filter_map(move |(part, constraint)| {
        if matches!(constraint, Constraint::OneOf(literals) if literals.is_empty()) {
            return is_new(*part).then_some((*part, "the list of allowed values is empty", "list a value"));
        }
        let mut lower = variant.constraints.iter().filter(|(_, lower)| excludes(kind, lower, constraint));
        let (lower_part, _) = lower.next()?;
        let part = [*part, *lower_part].into_iter().find(|part| is_new(*part))?;
        Some((
            part,
            "its bounds leave nothing between them",
            "make the lower bound smaller, or the upper one larger",
        ))
    })
}

/// Whether nothing lies between two bounds. Bounds that are no values of the kind are reported elsewhere.
fn excludes(kind: &Kind, lower: &Constraint, upper: &Constraint) -> bool {
    let (low, high, may_be_equal) = match (lower, upper) {
        (Constraint::MinLength(low), Constraint::MaxLength(high)) => return low > high,
        (Constraint::Min(low), Constraint::Max(high)) => (low, high, true),
        (Constraint::Min(low) | Constraint::Above(low), Constraint::Max(high) | Constraint::Below(high)) => {
            (low, high, false)
        }
        _ => return false,
    };
    let (Ok(low), Ok(high)) = (kind.parse(low), kind.parse(high)) else { return false };
    low.compare(&high).is_some_and(|order| order.is_gt() || (order.is_eq() && !may_be_equal))
}
