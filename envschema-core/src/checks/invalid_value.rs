//! `invalid-value`: a value that is not of its variable's kind.

use super::violation::mistakes;
use crate::diagnostic::Diagnostic;
use crate::judge::Judgement;
use crate::kind::Kind;
use crate::phrase;
use crate::registry::{Check, Run};

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
            None => format!("{subject} is not a valid `{}` (its value stays hidden)", case.kind.name()),
        };
        let is_text = *case.kind == Kind::String;
        let help = (!is_text).then(|| format!("write {}", phrase::expected(case.kind)));
        report.push(case.diagnostic(CHECK.code, headline).maybe_help(help));
    }
}
