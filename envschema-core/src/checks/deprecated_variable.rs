//! `deprecated-variable`: a variable that should no longer be used, or an old name of one.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::{Edit, Fix, Safety, Severity};
use crate::environment::{Occurrence, Spelling, Standing};
use crate::judge::Judgement;
use crate::redact;
use crate::registry::{Check, Run};
use crate::schema::Deprecation;
use crate::subject::{Part, Subject, VariablePart};
use crate::table::Row;

/// The check.
pub static CHECK: Check = Check {
    code: "deprecated-variable",
    summary: "a variable that should no longer be used, or an old name of one",
    page: include_str!("deprecated_variable.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    for occurrence in
        judgement.environment.occurrences.iter().filter(|occurrence| occurrence.standing != Standing::Void)
    {
        let row = judgement.environment.table.row(occurrence.row);
        if let Some(deprecation) = &row.variable.deprecated {
            report.push(deprecated(occurrence, row, deprecation));
        } else if let Spelling::Alias(index) = occurrence.spelling {
            report.push(old_name(occurrence, row, index));
        }
    }
}

fn deprecated(occurrence: &Occurrence, row: &Row<'_>, deprecation: &Deprecation) -> Diagnostic {
    let verdict = if deprecation.removed { "is no longer supported" } else { "is deprecated" };
    let note = if deprecation.note.is_empty() {
        String::new()
    } else {
        format!(": {}", redact::escape(&deprecation.note))
    };
    let help = match &deprecation.replaced_by {
        Some(new) => format!("use `{new}` instead"),
        None => "remove it".to_owned(),
    };
    Diagnostic::warning(
        CHECK.code,
        Subject::entry(occurrence.id, Part::Key),
        format!("`{}` {verdict}{note}", row.key),
    )
    .severity(if deprecation.removed { Severity::Error } else { Severity::Warning })
    .key(row.key.as_ref())
    .rule(Subject::variable(occurrence.row, VariablePart::Deprecated))
    .help(help)
    .fix(deprecation.replaced_by.as_ref().map(|new| rename(occurrence, new, Safety::Unsafe)))
}

fn old_name(occurrence: &Occurrence, row: &Row<'_>, alias: u32) -> Diagnostic {
    let old = row.variable.aliases.get(alias as usize).map(AsRef::as_ref).unwrap_or_default();
    Diagnostic::warning(
        CHECK.code,
        Subject::entry(occurrence.id, Part::Key),
        format!("`{old}` is an old name of `{}`", row.key),
    )
    .key(old)
    .rule(Subject::variable(occurrence.row, VariablePart::Alias(alias)))
    .help(format!("use `{}` instead", row.key))
    .fix(Some(rename(occurrence, &row.key, Safety::Safe)))
}

fn rename(occurrence: &Occurrence, new: &str, safety: Safety) -> Fix {
    let edit = Edit { subject: Subject::entry(occurrence.id, Part::Key), text: new.to_owned() };
    Fix { title: format!("rename it to `{new}`"), edits: vec![edit], safety }
}
