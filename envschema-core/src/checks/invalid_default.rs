//! `invalid-default`: a default that breaks the rules of its own variable.

use crate::diagnostic::Diagnostic;
use crate::registry::{Check, Run};
use crate::rules;
use crate::schema::Presence;
use crate::subject::{Subject, VariablePart};
use crate::table::Table;

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-default",
    summary: "a default that breaks the rules of its own variable",
    page: include_str!("invalid_default.md"),
    run: Run::Schema(run),
};

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    // That a sensitive variable has a default is said elsewhere, and is reason enough to remove it.
    for (id, row) in table.iter().filter(|(_, row)| row.variable.sensitive != Some(true)) {
        for variant in rules::variants(row.variable) {
            let Presence::Default(text) = variant.presence else { continue };
            let Some(why) = variant.why_not(row.variable, text) else { continue };
            let subject = Subject::variable(id, variant.presence_part);
            let diagnostic =
                rules::literal(CHECK.code, subject, row, ["default", why, &variant.clause], text);
            let is_own = variant.presence_part == VariablePart::Default;
            report.push(match variant.when.filter(|_| is_own) {
                Some(when) => diagnostic
                    .label(Subject::variable(id, VariablePart::When(when)), "by the rules given here"),
                None => diagnostic,
            });
            if variant.when.is_none() {
                break;
            }
        }
    }
}

#[cfg(all(test, feature = "dotenv"))]
mod tests {
    use crate::kind::Kind;
    use crate::schema::{Constraint, Presence, Variable, When};
    use crate::testing::{Scene, default, if_, in_profile, list, secret, texts, variable, when};

    fn found(variable: Variable) -> Vec<String> {
        Scene::new([variable]).schema_found()
    }

    #[test]
    fn a_default_has_to_be_a_value() {
        assert_eq!(
            found(default("X", Kind::Integer, "ten")),
            ["invalid-default: the default of `X` is not a whole number: it has letters: \"ten\""]
        );
        let most = vec![Constraint::Max("5".into())];
        let above = Variable { constraints: most.into(), ..default("X", list(Kind::Integer), "1,7") };
        assert_eq!(found(above), ["invalid-default: the default of `X` is above its upper bound: \"1,7\""]);
        assert_eq!(
            found(default("X", Kind::String, "")),
            ["invalid-default: the default of `X` is empty, which counts as not set: \"\""]
        );
        assert_eq!(found(Variable { allow_empty: true, ..default("X", Kind::String, "") }), [] as [&str; 0]);
        assert_eq!(
            found(Variable { also: texts(&["*"]), ..default("X", list(Kind::Url), "*") }),
            [] as [&str; 0]
        );
    }

    #[test]
    fn a_default_has_to_hold_to_overrides() {
        let production = |presence: Option<Presence>| When {
            presence,
            constraints: vec![Constraint::OneOf(texts(&["json"]))].into(),
            ..if_(in_profile(&["production"]))
        };
        let format = || default("X", Kind::String, "text");
        let message =
            "the default of `X` is not one of the allowed values in the profile `production`: \"text\"";
        assert_eq!(found(when(format(), production(None))), [format!("invalid-default: {message}")]);
        assert_eq!(found(when(format(), production(Some(Presence::Required)))), [] as [&str; 0]);
        assert_eq!(
            found(when(format(), production(Some(Presence::Default("json".into()))))),
            [] as [&str; 0]
        );
        let other = when(variable("X", Kind::String), production(Some(Presence::Default("text".into()))));
        assert_eq!(found(other), [format!("invalid-default: {message}")]);
    }

    #[test]
    fn a_secret_default_is_not_shown() {
        let token = default("API_TOKEN", Kind::Uuid, "hunter2");
        assert_eq!(
            found(token.clone()),
            ["invalid-default: the default of `API_TOKEN` breaks the variable's own rules"]
        );
        assert!(!found(secret(token)).concat().contains("invalid-default"));
        assert!(!found(default("X", Kind::Uuid, "p://u:hunter2@h")).concat().contains("hunter2"));
    }
}
