//! `value-not-allowed`: a value that is not among the allowed ones.

use super::violation::{Case, constraints};
use crate::diagnostic::{Diagnostic, Findings};
use crate::judge::{Circumstances, Judgement};
use crate::names::{self, Unknown};
use crate::phrase;
use crate::redact;
use crate::registry::{Check, Run};
use crate::schema::Constraint;
use crate::schema::Text;
use crate::subject::{EntryId, Part, Subject};
use crate::suggest;

/// The check.
pub static CHECK: Check = Check {
    code: "value-not-allowed",
    summary: "a value that is not among the allowed ones",
    page: include_str!("value_not_allowed.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    for (case, constraint) in constraints(judgement, Some) {
        let (verdict, help) = match constraint {
            Constraint::OneOf(literals) if case.reason.is_empty() => {
                ("is not one of the allowed values", one_of(&case, literals))
            }
            Constraint::OneOf(literals) => ("is not one of the values allowed", one_of(&case, literals)),
            Constraint::NotOneOf(literals) => {
                ("has a value that is not allowed", not_one_of(&case, literals))
            }
            Constraint::Schemes(schemes) => (
                "has a scheme that is not allowed",
                format!("start it with {}", phrase::scheme_starts(schemes)),
            ),
            _ => continue,
        };
        let headline = format!("{} {verdict}{}{}", case.subject, case.reason, case.found());
        report.push(case.diagnostic(CHECK.code, headline).help(help));
    }
    let selected = judgement.selects_profile().and_then(|entry| selected(judgement, entry, report));
    report.extend(selected);
    report.extend(given(judgement));
}

/// A profile that an entry selects and the schema does not list: no rule for any profile would hold. The name may be anything,
/// so it is not shown.
fn selected(judgement: &Judgement<'_>, entry: EntryId, found: &Findings) -> Option<Diagnostic> {
    let schema = judgement.environment.table.schema;
    let (key, profile) = (schema.profile.as_deref()?, judgement.circumstances.profile.as_deref()?);
    let is_listed = schema.profiles.is_empty() || schema.profiles.iter().any(|known| known.name == profile);
    // The variable may say itself what it may be.
    if is_listed || found.iter().any(|found| found.code == CHECK.code && found.key.as_deref() == Some(key)) {
        return None;
    }
    let listed: Vec<_> = schema.profiles.iter().map(|profile| &profile.name).collect();
    let help = format!("write {}", phrase::alternatives(&listed));
    let headline = format!("`{}` selects a profile that the schema does not list", redact::escape(key));
    let subject = Subject::entry(entry, Part::Value);
    Some(Diagnostic::error(CHECK.code, subject, headline).help(help).key(key))
}

/// What the program or its user calls the profile, the service and the phase.
fn given(judgement: &Judgement<'_>) -> Vec<Diagnostic> {
    let Circumstances { profile, service, phase, .. } = &judgement.circumstances;
    let profile = profile.as_deref().filter(|_| judgement.selects_profile().is_none());
    let given = [profile, service.as_deref(), phase.as_deref()];
    let unknown = names::unknown(judgement.environment.table, given).into_iter();
    let diagnostic =
        |Unknown { headline, help }| Diagnostic::error(CHECK.code, Subject::Environment, headline).help(help);
    unknown.map(diagnostic).collect()
}

/// Anything but what is ruled out, which is the value itself: of a secret, it is not named.
fn not_one_of(case: &Case<'_>, literals: &[Text]) -> String {
    match case.text {
        Some(_) => format!("write anything but {}", phrase::alternatives(literals)),
        None => "write another value".to_owned(),
    }
}

/// The value that was most likely meant, and the allowed ones. Of a secret, nothing is suggested and none is named: the right
/// value is among them.
fn one_of(case: &Case<'_>, literals: &[Text]) -> String {
    if case.text.is_none() {
        return "write one of the values that the schema allows".to_owned();
    }
    let words: Vec<&str> = literals.iter().map(AsRef::as_ref).collect();
    let allowed = phrase::alternatives(&words);
    match case.text.and_then(|text| suggest::value(text, &words)) {
        Some(meant) if words.len() > 1 => {
            format!("did you mean `{}`? allowed: {allowed}", redact::escape(meant))
        }
        _ => format!("write {allowed}"),
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::schema::{Constraint, Profile, Variable, When};
    use crate::testing::{Scene, constrained, if_, in_profile, list, secret, texts, variable, when};

    fn level() -> Variable {
        constrained("LEVEL", Kind::String, [Constraint::OneOf(texts(&["debug", "info", "warn"]))])
    }

    #[test]
    fn the_allowed_values_and_the_one_that_was_meant() {
        let scene = |variable: Variable, text: &str| Scene::new([variable]).file(text);
        let found = scene(level(), "LEVEL=inof\n");
        assert_eq!(found.under(CHECK.code), [".env:1:7: `LEVEL` is not one of the allowed values: \"inof\""]);
        assert_eq!(found.help(), ["did you mean `info`? allowed: `debug`, `info` or `warn`"]);
        assert_eq!(scene(level(), "LEVEL=trace\n").help(), ["write `debug`, `info` or `warn`"]);
        let hidden = scene(secret(level()), "LEVEL=inof\n");
        assert_eq!(hidden.help(), ["write one of the values that the schema allows"]);
        assert_eq!(scene(level(), "LEVEL=info\n").found(), [] as [&str; 0]);
    }

    #[test]
    fn values_are_compared_by_kind() {
        let debug = constrained("DEBUG", Kind::Boolean, [Constraint::OneOf(texts(&["false"]))]);
        let found = |text: &str| Scene::new([debug.clone()]).file(text).codes();
        assert_eq!(found("DEBUG=0\n"), [] as [&str; 0]);
        assert_eq!(found("DEBUG=1\n"), [CHECK.code]);
    }

    #[test]
    fn what_is_ruled_out_and_which_schemes_are_allowed() {
        let tag = constrained("TAG", Kind::String, [Constraint::NotOneOf(texts(&["latest"]))]);
        let url = constrained("URLS", list(Kind::Url), [Constraint::Schemes(texts(&["http", "https"]))]);
        let scene = Scene::new([tag, url]).file("TAG=latest\nURLS=https://a,ftp://b\n");
        assert_eq!(
            scene.under(CHECK.code),
            [
                ".env:1:5: `TAG` has a value that is not allowed: \"latest\"",
                ".env:2:16: item 2 of `URLS` has a scheme that is not allowed: \"ftp://b\"",
            ]
        );
        assert_eq!(scene.help(), ["write anything but `latest`", "start it with `http://` or `https://`"]);
        let pin = secret(constrained("PIN", Kind::String, [Constraint::NotOneOf(texts(&["0000"]))]));
        assert_eq!(Scene::new([pin]).file("PIN=0000\n").help(), ["write another value"]);
    }

    #[test]
    fn a_rule_under_a_condition_says_so() {
        let production = When {
            constraints: vec![Constraint::OneOf(texts(&["info"]))].into(),
            ..if_(in_profile(&["production"]))
        };
        let scene = Scene::new([when(level(), production)]).profile("production").file("LEVEL=debug\n");
        assert_eq!(
            scene.under(CHECK.code),
            [".env:1:7: `LEVEL` is not one of the values allowed in the profile `production`: \"debug\""]
        );
    }

    #[test]
    fn a_profile_is_one_the_schema_lists() {
        let profile = |name: &'static str| Profile { name: name.into(), deployed: None };
        let scene = |variables: Vec<Variable>| {
            Scene::new(variables).schema(|schema| {
                schema.profile = Some("STAGE".into());
                schema.default_profile = Some("local".into());
                schema.profiles = vec![profile("local"), profile("production")].into();
            })
        };
        let undeclared = || scene(vec![]).file("STAGE=prod\n");
        let selects = ".env:1:1: `STAGE` selects a profile that the schema does not list";
        assert_eq!(undeclared().under(CHECK.code), [selects]);
        assert_eq!(undeclared().help(), ["write `local` or `production`"]);
        assert_eq!(undeclared().profile("production").codes(), [] as [&str; 0]);
        let named = scene(vec![]).profile("prod");
        assert_eq!(named.under(CHECK.code), ["no source: unknown profile `prod`"]);
        assert_eq!(named.help(), ["did you mean `production`?"]);
        let elsewhere = scene(vec![]).profile("local").service("web").phase("biuld");
        assert_eq!(elsewhere.under(CHECK.code), ["no source: unknown phase `biuld`"]);
        for text in ["STAGE=production\n", "STAGE=local\n", "STAGE=\n", ""] {
            assert_eq!(scene(vec![]).file(text).codes(), [] as [&str; 0], "{text}");
        }
        let declared = |constraints: Vec<Constraint>| {
            let stage = constrained("STAGE", Kind::String, constraints);
            scene(vec![stage]).file("STAGE=prod\n").under(CHECK.code)
        };
        assert_eq!(declared(vec![]), [".env:1:7: `STAGE` selects a profile that the schema does not list"]);
        let listed = Constraint::OneOf(texts(&["local", "production"]));
        assert_eq!(declared(vec![listed]), [".env:1:7: `STAGE` is not one of the allowed values: \"prod\""]);
    }

    #[test]
    fn a_literal_beside_the_kind_is_allowed_unless_an_override_says_otherwise() {
        let origins = Variable { also: texts(&["*"]), ..variable("ORIGINS", list(Kind::Url)) };
        let origins = when(origins, When { also: Some(texts(&[])), ..if_(in_profile(&["production"])) });
        let codes = |profile| Scene::new([origins.clone()]).profile(profile).file("ORIGINS=*\n").codes();
        assert_eq!(codes("local"), [] as [&str; 0]);
        assert_eq!(codes("production"), ["invalid-value"]);
    }
}
