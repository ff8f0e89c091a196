//! `value-not-allowed`: a value that is not among the allowed ones.

use super::violation::{Case, constraints};
use crate::diagnostic::Diagnostic;
use crate::judge::Judgement;
use crate::phrase;
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
    for (case, constraint) in constraints(judgement, allowed) {
        let (verdict, help) = match constraint {
            Constraint::OneOf(literals) => ("is not one of the allowed values", one_of(&case, literals)),
            Constraint::NotOneOf(literals) => (
                "has a value that is not allowed here",
                format!("write anything but {}", phrase::alternatives(literals)),
            ),
            Constraint::Schemes(schemes) => {
                ("is a url with a scheme that is not allowed", schemes_help(schemes))
            }
            _ => continue,
        };
        let headline = format!("{} {verdict}{}", case.subject, case.found());
        report.push(case.diagnostic(judgement, CHECK.code, case.part(), headline).help(help));
    }
}

/// The allowed values, the one that was most likely meant first. Nothing is suggested for a secret.
fn one_of(case: &Case<'_>, literals: &[Text]) -> String {
    let words: Vec<&str> = literals.iter().map(AsRef::as_ref).collect();
    let suggestion = case.text.and_then(|text| suggest::value(text, &words));
    let allowed = format!("write {}", phrase::alternatives(&words));
    match suggestion {
        Some(suggestion) if words.len() > 1 => {
            format!("did you mean `{suggestion}`? allowed: {}", phrase::alternatives(&words))
        }
        _ => allowed,
    }
}

fn schemes_help(schemes: &[Text]) -> String {
    let starts: Vec<String> = schemes.iter().map(|scheme| format!("{scheme}://")).collect();
    format!("start it with {}", phrase::alternatives(&starts))
}

fn allowed(constraint: &Constraint) -> Option<&Constraint> {
    matches!(constraint, Constraint::OneOf(_) | Constraint::NotOneOf(_) | Constraint::Schemes(_))
        .then_some(constraint)
}
