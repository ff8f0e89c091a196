//! `invalid-length`: a value that is too short or too long.

use super::violation::constraints;
use crate::diagnostic::Findings;
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

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
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

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::schema::Constraint;
    use crate::testing::{Scene, constrained, list, secret};

    #[test]
    fn characters_bytes_and_items() {
        let found = |kind, constraint, value: &str| {
            Scene::new([constrained("X", kind, [constraint])]).file(&format!("X={value}\n")).under(CHECK.code)
        };
        let least = Constraint::MinLength;
        assert_eq!(found(Kind::String, least(3), "ab"), [".env:1:3: `X` has fewer than 3 characters"]);
        assert_eq!(found(Kind::Hex, least(3), "00ff"), [".env:1:3: `X` has fewer than 3 bytes"]);
        assert_eq!(found(list(Kind::String), least(3), "a,b"), [".env:1:3: `X` has fewer than 3 items"]);
        assert_eq!(
            found(list(Kind::String), Constraint::MaxLength(1), "a,b"),
            [".env:1:3: `X` has more than 1 item"]
        );
        assert_eq!(found(Kind::String, least(3), "äöü"), [] as [&str; 0]);
    }

    #[test]
    fn how_long_a_secret_is_stays_hidden() {
        let found = |value: &str| {
            let key = secret(constrained("KEY", Kind::String, [Constraint::MinLength(32)]));
            format!("{:?}", Scene::new([key]).file(&format!("KEY={value}\n")).report())
        };
        assert!(found("short").contains("fewer than 32 characters"));
        assert_eq!(found("short"), found("longer-but-not-enough"));
    }
}
