//! `invalid-length`: a value that is too short or too long.

use super::violation::constraints;
use crate::diagnostic::Diagnostic;
use crate::judge::Judgement;
use crate::kind::Kind;
use crate::phrase;
use crate::registry::{Check, Run};
use crate::schema::Constraint;

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-length",
    summary: "a value that is too short or too long",
    page: include_str!("invalid_length.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    let limit = |constraint: &Constraint| match constraint {
        Constraint::MinLength(least) => Some(("short", "least", *least)),
        Constraint::MaxLength(most) => Some(("long", "most", *most)),
        _ => None,
    };
    for (case, (verdict, limit, number)) in constraints(judgement, limit) {
        let unit = match case.kind {
            Kind::List(_) | Kind::Map(_) => "item",
            Kind::Base64 | Kind::Hex => "byte",
            _ => "character",
        };
        // How long a secret is would be a hint; how long it must be stands in the schema.
        let headline = format!(
            "{} is too {verdict}: at {limit} {} are needed",
            case.subject,
            phrase::count(number, unit)
        );
        let headline = if limit == "most" { headline.replace("are needed", "are allowed") } else { headline };
        report.push(case.diagnostic(judgement, CHECK.code, case.part(), headline));
    }
}
