//! `invalid-default`: a default that breaks the rules of its own variable.

use crate::diagnostic::Diagnostic;
use crate::registry::{Check, Run};
use crate::rules;
use crate::schema::Presence;
use crate::subject::{Subject, VariablePart};
use crate::table::Table;

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-default",
    summary: "a default that breaks the rules of its own variable",
    page: include_str!("invalid_default.md"),
    run: Run::Schema(run),
};

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    // That a sensitive variable has a default is said elsewhere, and is reason enough to remove it.
    for (id, row) in table.iter().filter(|(_, row)| row.variable.sensitive != Some(true)) {
        for variant in rules::variants(row.variable) {
            let Presence::Default(text) = variant.presence else { continue };
            let Some(why) = variant.why_not(row.variable, text) else { continue };
            let subject = Subject::variable(id, variant.presence_part);
            let diagnostic =
                rules::literal(CHECK.code, subject, row, ["default", why, &variant.clause], text);
            let is_own = variant.presence_part == VariablePart::Default;
            report.push(match variant.when.filter(|_| is_own) {
                Some(when) => diagnostic
                    .label(Subject::variable(id, VariablePart::When(when)), "by the rules given here"),
                None => diagnostic,
            });
            if variant.when.is_none() {
                break;
            }
        }
    }
}
