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
    for (case, limit) in constraints(judgement, limit) {
        let unit = match case.kind {
            Kind::List(_) => "item",
            Kind::Map(_) => "pair",
            Kind::Base64 | Kind::Hex => "byte",
            _ => "character",
        };
        // How long the value is would tell something of a secret; how long it must be stands in the schema.
        let verdict = match limit {
            Limit::Least(least) => format!("fewer than {}", phrase::count(least, unit)),
            Limit::Most(most) => format!("more than {}", phrase::count(most, unit)),
        };
        let headline = format!("{} has {verdict}{}", case.subject, case.under_condition());
        report.push(case.diagnostic(CHECK.code, headline));
    }
}

/// How long a value must be.
enum Limit {
    Least(u64),
    Most(u64),
}

const fn limit(constraint: &Constraint) -> Option<Limit> {
    match constraint {
        Constraint::MinLength(least) => Some(Limit::Least(*least)),
        Constraint::MaxLength(most) => Some(Limit::Most(*most)),
        _ => None,
    }
}
