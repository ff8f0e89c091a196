//! `pattern-mismatch`: a value that does not match its pattern.

use super::violation::constraints;
use crate::diagnostic::Findings;
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

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
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

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::schema::{Constraint, Variable, When};
    use crate::testing::{Scene, constrained, if_, in_profile, secret, texts, variable, when};

    #[test]
    fn the_pattern_and_an_example_are_told() {
        let tag = constrained("TAG", Kind::String, [Constraint::Pattern("^v[0-9]+$".into())]);
        let tag = Variable { examples: texts(&["v12"]), ..tag };
        let scene = |variable: Variable, text: &str| Scene::new([variable]).file(text);
        let found = scene(tag.clone(), "TAG=latest\n");
        assert_eq!(
            found.under(CHECK.code),
            [".env:1:5: `TAG` does not match the pattern `^v[0-9]+$`: \"latest\""]
        );
        assert_eq!(found.help(), ["write something like `v12`"]);
        assert_eq!(scene(tag.clone(), "TAG=v3\n").found(), [] as [&str; 0]);
        let hidden = scene(secret(tag), "TAG=latest\n");
        assert_eq!(hidden.under(CHECK.code), [".env:1:1: `TAG` does not match the pattern `^v[0-9]+$`"]);
        assert_eq!(hidden.help(), [] as [&str; 0]);
    }

    #[test]
    fn a_pattern_under_a_condition_says_so() {
        let pattern = vec![Constraint::Pattern("^[0-9a-f]{40}$".into())];
        let tag = when(
            variable("TAG", Kind::String),
            When { constraints: pattern.into(), ..if_(in_profile(&["production"])) },
        );
        let found = Scene::new([tag]).profile("production").file("TAG=latest\n").under(CHECK.code);
        assert_eq!(
            found,
            [
                ".env:1:5: `TAG` does not match the pattern `^[0-9a-f]{40}$` required in the profile `production`: \"latest\""
            ]
        );
    }
}
