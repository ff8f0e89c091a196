//! `pattern-mismatch`: a value that does not match its pattern.

use super::violation::constraints;
use crate::diagnostic::Diagnostic;
use crate::judge::Judgement;
use crate::redact;
use crate::registry::{Check, Run};
use crate::schema::Constraint;

/// The check.
pub static CHECK: Check = Check {
    code: "pattern-mismatch",
    summary: "a value that does not match its pattern",
    page: include_str!("pattern_mismatch.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    for (case, pattern) in constraints(judgement, pattern) {
        let pattern = redact::escape(pattern);
        let required =
            if case.reason.is_empty() { String::new() } else { format!(" required{}", case.reason) };
        let headline =
            format!("{} does not match the pattern `{pattern}`{required}{}", case.subject, case.found());
        // The examples of a secret are as secret.
        let example = case.variable.examples.first().filter(|_| case.text.is_some());
        let help = example.map(|example| format!("write something like `{}`", redact::escape(example)));
        report.push(case.diagnostic(CHECK.code, headline).maybe_help(help));
    }
}

fn pattern(constraint: &Constraint) -> Option<&str> {
    if let Constraint::Pattern(pattern) = constraint { Some(pattern) } else { None }
}
