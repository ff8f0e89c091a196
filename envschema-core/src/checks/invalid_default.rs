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
    for (id, row) in table.iter() {
        let Presence::Default(text) = &row.variable.presence else { continue };
        if let Some(why) = rules::why_not(row.variable, text) {
            report.push(rules::literal(
                CHECK.code,
                Subject::variable(id, VariablePart::Default),
                row,
                "default",
                text,
                &why,
            ));
        }
    }
}
