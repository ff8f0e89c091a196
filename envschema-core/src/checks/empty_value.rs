//! `empty-value`: a required variable that is set to nothing.

use crate::diagnostic::Diagnostic;
use crate::environment::Standing;
use crate::judge::Judgement;
use crate::registry::{Check, Run};
use crate::schema::Presence;
use crate::subject::{Part, Subject};

/// The check.
pub static CHECK: Check = Check {
    code: "empty-value",
    summary: "a required variable that is set to nothing",
    page: include_str!("empty_value.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    let environment = judgement.environment;
    let hiding = environment.occurrences.iter().filter(|occurrence| occurrence.standing == Standing::Hides);
    for occurrence in hiding.filter(|occurrence| judgement.applies(occurrence.row)) {
        let row = environment.table.row(occurrence.row);
        let (presence, part) = judgement.presence(occurrence.row);
        if *presence != Presence::Required || judgement.in_absent_group(row.group) {
            continue;
        }
        let headline = format!("`{}` is required but empty, which counts as not set", row.key);
        let diagnostic = Diagnostic::error(CHECK.code, Subject::entry(occurrence.id, Part::Key), headline)
            .key(row.key.as_ref())
            .rule(Subject::variable(occurrence.row, part))
            .help(format!("set it to {}", row.variable.kind.expected()));
        let hidden = environment
            .occurrences_of(occurrence.row)
            .find(|(_, other)| matches!(other.standing, Standing::Shadowed(_)));
        report.push(match hidden {
            Some((_, hidden)) => diagnostic
                .label(Subject::entry(hidden.id, Part::Key), "this value is hidden by the empty one"),
            None => diagnostic,
        });
    }
}
