//! `invalid-pattern`: a pattern that is no regular expression.

use regex_lite::Regex;

use crate::diagnostic::Diagnostic;
use crate::registry::{Check, Run};
use crate::rules;
use crate::schema::Constraint;
use crate::subject::Subject;
use crate::table::Table;

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-pattern",
    summary: "a pattern that is no regular expression",
    page: include_str!("invalid_pattern.md"),
    run: Run::Schema(run),
};

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    for (id, row) in table.iter() {
        for (part, constraint) in rules::constraints(row.variable) {
            let Constraint::Pattern(pattern) = constraint else { continue };
            if Regex::new(pattern).is_err() {
                let headline = format!("the pattern of `{}` is not a regular expression", row.key);
                report.push(
                    Diagnostic::error(CHECK.code, Subject::variable(id, part), headline)
                        .key(row.key.as_ref())
                        .help("look-around and back-references are not supported; write a `\\` before a character that stands for itself"),
                );
            }
        }
    }
}
