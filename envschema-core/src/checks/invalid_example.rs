//! `invalid-example`: an example that breaks the rules of its own variable.

use crate::diagnostic::Diagnostic;
use crate::registry::{Check, Run};
use crate::rules;
use crate::subject::{Subject, VariablePart};
use crate::table::Table;

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-example",
    summary: "an example that breaks the rules of its own variable",
    page: include_str!("invalid_example.md"),
    run: Run::Schema(run),
};

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    for (id, row) in table.iter() {
        for (index, text) in (0..).zip(row.variable.examples.iter()) {
            if let Some(why) = rules::why_not(row.variable, text) {
                let subject = Subject::variable(id, VariablePart::Example(index));
                report.push(rules::literal(CHECK.code, subject, row, "example", text, &why));
            }
        }
    }
}
