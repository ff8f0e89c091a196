//! `forbidden-variable`: a variable that must not be set here.

use crate::diagnostic::Diagnostic;
use crate::judge::Judgement;
use crate::registry::{Check, Run};
use crate::subject::{Part, Subject, VariablePart};

/// The check.
pub static CHECK: Check = Check {
    code: "forbidden-variable",
    summary: "a variable that must not be set here",
    page: include_str!("forbidden_variable.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    for (id, row) in judgement.environment.table.iter() {
        let (Some(winner), Some(part)) = (judgement.environment.winner(id), judgement.forbidden(id)) else {
            continue;
        };
        let why =
            if let VariablePart::When(index) = part { judgement.reason(id, index) } else { String::new() };
        let entry = judgement.environment.occurrences[winner as usize].id;
        report.push(
            Diagnostic::error(
                CHECK.code,
                Subject::entry(entry, Part::Key),
                format!("`{}` must not be set{why}", row.key),
            )
            .key(row.key.as_ref())
            .rule(Subject::variable(id, part))
            .help("remove it"),
        );
    }
}
