//! `value-not-allowed`: a value that is not among the allowed ones.

use super::violation::{Case, constraints};
use crate::diagnostic::Diagnostic;
use crate::judge::Judgement;
use crate::phrase;
use crate::redact;
use crate::registry::{Check, Run};
use crate::schema::Constraint;
use crate::schema::Text;
use crate::suggest;

/// The check.
pub static CHECK: Check = Check {
    code: "value-not-allowed",
    summary: "a value that is not among the allowed ones",
    page: include_str!("value_not_allowed.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    for (case, constraint) in constraints(judgement, Some) {
        let (verdict, help) = match constraint {
            Constraint::OneOf(literals) if case.reason.is_empty() => {
                ("is not one of the allowed values", one_of(&case, literals))
            }
            Constraint::OneOf(literals) => ("is not one of the values allowed", one_of(&case, literals)),
            Constraint::NotOneOf(literals) => (
                "has a value that is not allowed",
                format!("write anything but {}", phrase::alternatives(literals)),
            ),
            Constraint::Schemes(schemes) => (
                "has a scheme that is not allowed",
                format!("start it with {}", phrase::scheme_starts(schemes)),
            ),
            _ => continue,
        };
        let headline = format!("{} {verdict}{}{}", case.subject, case.reason, case.found());
        report.push(case.diagnostic(CHECK.code, headline).help(help));
    }
}

/// The value that was most likely meant, and the allowed ones. Nothing is suggested for a secret.
fn one_of(case: &Case<'_>, literals: &[Text]) -> String {
    let words: Vec<&str> = literals.iter().map(AsRef::as_ref).collect();
    let allowed = phrase::alternatives(&words);
    match case.text.and_then(|text| suggest::value(text, &words)) {
        Some(meant) if words.len() > 1 => {
            format!("did you mean `{}`? allowed: {allowed}", redact::escape(meant))
        }
        _ => format!("write {allowed}"),
    }
}
