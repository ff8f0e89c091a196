//! `invalid-value`: a value that is not of its variable's kind.

use super::violation::{Case, mistakes, within};
use crate::diagnostic::Diagnostic;
use crate::judge::Judgement;
use crate::kind::Mistake;
use crate::registry::{Check, Run};
use crate::subject::Part;

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-value",
    summary: "a value that is not of its variable's kind",
    page: include_str!("invalid_value.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    for (case, mistake) in mistakes(judgement) {
        let subject = &case.subject;
        // What exactly is wrong would tell something of a secret.
        let headline = match case.text {
            Some(_) => format!("{subject} {}{}", mistake.message, case.found()),
            None => format!("{subject} is not {} (the value is hidden)", case.kind.expected()),
        };
        let part = part(&case, mistake);
        report.push(
            case.diagnostic(judgement, CHECK.code, part, headline)
                .help(format!("write {}", case.kind.expected())),
        );
    }
}

fn part(case: &Case<'_>, mistake: &Mistake) -> Part {
    match case.text {
        Some(text) if !text.is_empty() && !mistake.at.is_empty() => within(&mistake.at),
        _ => case.part(),
    }
}
