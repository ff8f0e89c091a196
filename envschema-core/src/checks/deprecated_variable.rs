//! `deprecated-variable`: a variable that should no longer be used, or an old name of one.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::{Edit, Fix, Safety, Severity};
use crate::environment::{Occurrence, Spelling, Standing};
use crate::judge::Judgement;
use crate::phrase;
use crate::redact;
use crate::registry::{Check, Run};
use crate::schema::Deprecation;
use crate::subject::{Part, Subject, VariablePart};
use crate::table::RowId;

/// The check.
pub static CHECK: Check = Check {
    code: "deprecated-variable",
    summary: "a variable that should no longer be used, or an old name of one",
    page: include_str!("deprecated_variable.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    let occurrences = &judgement.environment.occurrences;
    for occurrence in occurrences.iter().filter(|occurrence| occurrence.standing != Standing::Void) {
        let variable = judgement.environment.table.row(occurrence.row).variable;
        if let Some(deprecation) = &variable.deprecated {
            report.push(deprecated(judgement, occurrence, deprecation));
        } else if let Spelling::Alias(index) = occurrence.spelling {
            report.push(old_name(judgement, occurrence, index));
        }
    }
}

fn deprecated(judgement: &Judgement<'_>, occurrence: &Occurrence, deprecation: &Deprecation) -> Diagnostic {
    let row = judgement.environment.table.row(occurrence.row);
    let name = phrase::name(judgement.shown_key(occurrence.id), &row.key);
    let verdict = if deprecation.removed { "is no longer supported" } else { "is deprecated" };
    let note = match deprecation.note.trim_end_matches('.') {
        "" => String::new(),
        note => format!(": {}", redact::escape(note)),
    };
    let new = deprecation.replaced_by.as_deref();
    let help = new.map_or_else(|| "remove it".to_owned(), |new| format!("use `{new}` instead"));
    let target = new.and_then(|new| judgement.environment.table.find_beside(row, new));
    Diagnostic::warning(
        CHECK.code,
        Subject::entry(occurrence.id, Part::Key),
        format!("{name} {verdict}{note}"),
    )
    .severity(if deprecation.removed { Severity::Error } else { Severity::Warning })
    .key(row.key.as_ref())
    .rule(Subject::variable(occurrence.row, VariablePart::Deprecated))
    .help(help)
    .fix(target.and_then(|target| rename(judgement, occurrence, target, Safety::Unsafe)))
}

fn old_name(judgement: &Judgement<'_>, occurrence: &Occurrence, alias: u32) -> Diagnostic {
    let row = judgement.environment.table.row(occurrence.row);
    let old = row.variable.aliases.get(alias as usize).map(AsRef::as_ref).unwrap_or_default();
    Diagnostic::warning(
        CHECK.code,
        Subject::entry(occurrence.id, Part::Key),
        format!("`{old}` is an old name of `{}`", row.key),
    )
    .key(old)
    .rule(Subject::variable(occurrence.row, VariablePart::Alias(alias)))
    .help(format!("use `{}` instead", row.key))
    .fix(rename(judgement, occurrence, occurrence.row, Safety::Safe))
}

/// The fix that gives the entry the key of `target`, unless that is set already.
fn rename(judgement: &Judgement<'_>, occurrence: &Occurrence, target: RowId, safety: Safety) -> Option<Fix> {
    let environment = judgement.environment;
    let is_only = match environment.top(target) {
        None => true,
        Some(top) => {
            environment.occurrences[top as usize].id == occurrence.id && occurrence.previous.is_none()
        }
    };
    let ending = if occurrence.spelling == Spelling::File { "_FILE" } else { "" };
    let new = format!("{}{ending}", environment.table.row(target).key);
    let edit = Edit { subject: Subject::entry(occurrence.id, Part::Key), text: new.clone() };
    is_only.then(|| Fix { title: format!("rename it to `{new}`"), edits: vec![edit], safety })
}
