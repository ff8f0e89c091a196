//! `misplaced-secret`: a secret given to a service or phase it does not belong to.

use crate::diagnostic::Diagnostic;
use crate::judge::Judgement;
use crate::phrase;
use crate::registry::{Check, Run};
use crate::subject::{Part, Subject, VariablePart};

/// The check.
pub static CHECK: Check = Check {
    code: "misplaced-secret",
    summary: "a secret given to a service or phase it does not belong to",
    page: include_str!("misplaced_secret.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    for (id, row) in judgement.environment.table.iter().filter(|(_, row)| row.sensitive) {
        let Some(winner) = judgement.environment.winner(id).filter(|_| !judgement.applies(id)) else {
            continue;
        };
        let entry = judgement.environment.occurrences[winner as usize].id;
        let (here, owners, part) = if judgement.is_for_service(id) {
            (&judgement.circumstances.phase, &row.variable.phases, VariablePart::Phases)
        } else {
            (&judgement.circumstances.service, &row.variable.services, VariablePart::Services)
        };
        let here = here.as_deref().unwrap_or_default();
        let headline =
            format!("`{}` is a secret of {} and must not be given to `{here}`", row.key, phrase::all(owners));
        report.push(
            Diagnostic::error(CHECK.code, Subject::entry(entry, Part::Key), headline)
                .key(row.key.as_ref())
                .rule(Subject::variable(id, part))
                .help(format!("leave it out of the environment of `{here}`")),
        );
    }
}
