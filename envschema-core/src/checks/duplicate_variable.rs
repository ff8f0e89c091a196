//! `duplicate-variable`: two variables of a schema that have one key.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::registry::{Check, Run};
use crate::subject::{Subject, VariablePart};
use crate::table::{RowId, Table};

/// The check.
pub static CHECK: Check = Check {
    code: "duplicate-variable",
    summary: "two variables of a schema that have one key",
    page: include_str!("duplicate_variable.md"),
    run: Run::Schema(run),
};

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, (RowId, VariablePart)> = HashMap::with_capacity(table.rows.len());
    for (id, row) in table.iter() {
        let aliases = (0..).map(VariablePart::Alias).zip(row.variable.aliases.iter().map(AsRef::as_ref));
        for (part, key) in std::iter::once((VariablePart::Key, row.key.as_ref())).chain(aliases) {
            let Some((first, first_part)) = seen.insert(key, (id, part)) else { continue };
            report.push(
                Diagnostic::error(
                    CHECK.code,
                    Subject::variable(id, part),
                    format!("`{key}` is declared more than once"),
                )
                .key(key)
                .label(Subject::variable(first, first_part), "declared here first")
                .help("give each variable a key of its own"),
            );
        }
    }
}
