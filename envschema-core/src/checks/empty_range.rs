//! `empty-range`: bounds that no value can meet.

use crate::diagnostic::Diagnostic;
use crate::registry::{Check, Run};
use crate::rules;
use crate::schema::Constraint;
use crate::subject::Subject;
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
        let kind = rules::item_kind(&row.variable.kind);
        for set in rules::sets(row.variable) {
            for (part, upper) in &set {
                let lower = set.iter().map(|(_, lower)| *lower);
                if lower.into_iter().any(|lower| excludes(kind, lower, upper)) {
                    let headline = format!("no value of `{}` can meet both bounds", row.key);
                    report.push(
                        Diagnostic::error(CHECK.code, Subject::variable(id, *part), headline)
                            .key(row.key.as_ref())
                            .help("make the lower bound smaller than the upper one"),
                    );
                }
            }
        }
    }
}

/// Whether nothing lies between two bounds. Bounds that are no values of the kind are reported elsewhere.
fn excludes(kind: &crate::kind::Kind, lower: &Constraint, upper: &Constraint) -> bool {
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
