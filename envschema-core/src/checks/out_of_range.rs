//! `out-of-range`: a value below its least or above its greatest.

use super::violation::constraints;
use crate::diagnostic::Diagnostic;
use crate::judge::Judgement;
use crate::redact;
use crate::registry::{Check, Run};
use crate::schema::Constraint;

/// The check.
pub static CHECK: Check = Check {
    code: "out-of-range",
    summary: "a value below its least or above its greatest",
    page: include_str!("out_of_range.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    for (case, (verdict, limit, bound)) in constraints(judgement, bound) {
        let bound = redact::escape(bound);
        let headline =
            format!("{} is {verdict} `{bound}`{}{}", case.subject, case.under_condition(), case.found());
        report.push(case.diagnostic(CHECK.code, headline).help(format!("write {limit} `{bound}`")));
    }
}

/// The verdict, the limit in words and the bound.
fn bound(constraint: &Constraint) -> Option<(&'static str, &'static str, &str)> {
    match constraint {
        Constraint::Min(bound) => Some(("below", "at least", bound)),
        Constraint::Max(bound) => Some(("above", "at most", bound)),
        Constraint::Above(bound) => Some(("not above", "more than", bound)),
        Constraint::Below(bound) => Some(("not below", "less than", bound)),
        _ => None,
    }
}
