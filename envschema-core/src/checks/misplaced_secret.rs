//! `misplaced-secret`: a secret given to a service or phase it does not belong to.

use crate::diagnostic::Diagnostic;
use crate::judge::Judgement;
use crate::phrase;
use crate::redact;
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
    let environment = judgement.environment;
    for (id, row) in environment.table.iter().filter(|(_, row)| row.sensitive) {
        let Some(winner) = environment.winner(id).filter(|_| !judgement.applies(id)) else { continue };
        let (sort, here, owners, part) = if judgement.is_for_service(id) {
            ("phase", &judgement.circumstances.phase, &row.variable.phases, VariablePart::Phases)
        } else {
            ("service", &judgement.circumstances.service, &row.variable.services, VariablePart::Services)
        };
        let here = redact::escape(here.as_deref().unwrap_or_default());
        let entry = environment.occurrences[winner as usize].id;
        let name = phrase::name(judgement.shown_key(entry), &row.key);
        let plural = if owners.len() == 1 { "" } else { "s" };
        let owners = phrase::all(owners);
        let headline =
            format!("{name} is a secret of the {sort}{plural} {owners}, and not for the {sort} `{here}`");
        report.push(
            Diagnostic::error(CHECK.code, Subject::entry(entry, Part::Key), headline)
                .key(row.key.as_ref())
                .rule(Subject::variable(id, part))
                .help(format!("leave it out of the environment of `{here}`")),
        );
    }
}
