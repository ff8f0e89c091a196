//! `out-of-range`: a value below its least or above its greatest.

use super::violation::constraints;
use crate::diagnostic::Findings;
use crate::judge::Judgement;
use crate::redact;
use crate::registry::{Check, Run};
use crate::schema::Constraint;

/// The check.
pub static CHECK: Check = Check {
    code: "out-of-range",
    summary: "a value below its least or above its greatest",
    page: include_str!("out_of_range.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    for (case, (verdict, limit, bound)) in constraints(judgement, bound) {
        let bound = redact::escape(bound);
        let headline =
            format!("{} is {verdict} `{bound}`{}{}", case.subject, case.under_condition(), case.found());
        report.push(case.diagnostic(CHECK.code, headline).help(format!("write {limit} `{bound}`")));
    }
}

/// The verdict, the limit in words and the bound.
fn bound(constraint: &Constraint) -> Option<(&'static str, &'static str, &str)> {
    match constraint {
        Constraint::Min(bound) => Some(("below", "at least", bound)),
        Constraint::Max(bound) => Some(("above", "at most", bound)),
        Constraint::Above(bound) => Some(("not above", "more than", bound)),
        Constraint::Below(bound) => Some(("not below", "less than", bound)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::schema::{Constraint, When};
    use crate::testing::{Scene, constrained, if_, in_profile, list, secret, when};

    fn found(constraint: Constraint, kind: Kind, value: &str) -> Vec<String> {
        Scene::new([constrained("N", kind, [constraint])]).file(&format!("N={value}\n")).under(CHECK.code)
    }

    #[test]
    fn every_bound_has_its_words() {
        let rows = [
            (Constraint::Min("5".into()), "is below `5`", "4"),
            (Constraint::Max("5".into()), "is above `5`", "6"),
            (Constraint::Above("5".into()), "is not above `5`", "5"),
            (Constraint::Below("5".into()), "is not below `5`", "5"),
        ];
        for (constraint, verdict, value) in rows {
            assert_eq!(
                found(constraint, Kind::Integer, value),
                [format!(".env:1:3: `N` {verdict}: \"{value}\"")]
            );
        }
        assert_eq!(found(Constraint::Min("500ms".into()), Kind::Duration, "1s"), [] as [&str; 0]);
        assert_eq!(
            found(Constraint::Max("5".into()), list(Kind::Integer), "1,60"),
            [".env:1:5: item 2 of `N` is above `5`: \"60\""]
        );
    }

    #[test]
    fn a_bound_under_a_condition_says_so() {
        let workers = constrained("WORKERS", Kind::Integer, [Constraint::Max("64".into())]);
        let production = When {
            constraints: vec![Constraint::Max("8".into())].into(),
            ..if_(in_profile(&["production"]))
        };
        let scene = Scene::new([secret(when(workers, production))]).profile("production").file("WORKERS=9\n");
        assert_eq!(
            scene.under(CHECK.code),
            [".env:1:1: `WORKERS` is above `8`, which is not allowed in the profile `production`"]
        );
        assert_eq!(scene.help(), ["write at most `8`"]);
    }
}
