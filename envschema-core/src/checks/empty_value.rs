//! `empty-value`: a required variable that is set to nothing.

use crate::diagnostic::Diagnostic;
use crate::environment::{Occurrence, Standing};
use crate::judge::Judgement;
use crate::phrase;
use crate::registry::{Check, Run};
use crate::subject::{Part, Subject};

/// The check.
pub static CHECK: Check = Check {
    code: "empty-value",
    summary: "a required variable that is set to nothing",
    page: include_str!("empty_value.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    let occurrences = &judgement.environment.occurrences;
    for occurrence in occurrences.iter().filter(|occurrence| occurrence.standing == Standing::Hides) {
        report.extend(diagnostic(judgement, occurrence));
    }
}

fn diagnostic(judgement: &Judgement<'_>, occurrence: &Occurrence) -> Option<Diagnostic> {
    let (why, part) = judgement.due(occurrence.row)?;
    let environment = judgement.environment;
    let row = environment.table.row(occurrence.row);
    let name = phrase::name(judgement.shown_key(occurrence.id), &row.key);
    let headline = format!("{name} is empty, which counts as not set, but it is required{why}");
    let constraints = judgement.constraints(occurrence.row).into_iter().map(|(constraint, _)| constraint);
    let diagnostic = Diagnostic::error(CHECK.code, Subject::entry(occurrence.id, Part::Key), headline)
        .key(row.key.as_ref())
        .rule(Subject::variable(occurrence.row, part));
    let hidden = environment.occurrences_of(occurrence.row).find(|(_, other)| {
        matches!(other.standing, Standing::Shadowed(_)) && !environment.entry(other.id).raw.is_empty_text()
    });
    Some(match hidden {
        Some((_, hidden)) => diagnostic
            .label(Subject::entry(hidden.id, Part::Key), "the empty value hides this one")
            .help("remove the empty one, or give it a value"),
        None => {
            let wanted = phrase::wanted(&row.variable.kind, constraints);
            diagnostic.help(format!("set `{}` to {wanted}", row.key))
        }
    })
}
