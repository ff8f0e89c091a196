//! What is judged, and under which conditions.

use crate::kind::Kind;
use crate::layer::LayerKind;
use crate::raw::Raw;
#[cfg(feature = "dialects")]
use crate::render::{self, Colour};
use crate::schema::{Condition, Constraint, Deprecation, Entry, Group, Presence, Schema, Variable, When};
use crate::span::Span;
use crate::testing::{
    Scene, constrained, default, has_value, if_, in_profile, list, required, secret, texts, variable, when,
};

fn only_json() -> Vec<Constraint> {
    vec![Constraint::OneOf(texts(&["json"]))]
}

fn log_format() -> Variable {
    let variable = constrained("LOG_FORMAT", Kind::String, [Constraint::OneOf(texts(&["json", "text"]))]);
    let production = When { constraints: only_json().into(), ..if_(in_profile(&["production"])) };
    when(variable, production)
}

#[test]
fn overrides_hold_for_the_profile_that_is_selected() {
    let scene = || Scene::new([log_format(), variable("APP_ENV", Kind::String)]);
    let selected = |schema: &mut Schema| schema.profile = Some("APP_ENV".into());
    let complains = |scene: Scene| !scene.under("value-not-allowed").is_empty();
    assert!(!complains(scene().file("LOG_FORMAT=text\n")));
    assert!(complains(scene().profile("production").file("LOG_FORMAT=text\n")));
    assert!(complains(scene().schema(selected).file("APP_ENV=production\nLOG_FORMAT=text\n")));
    assert!(!complains(scene().schema(selected).file("APP_ENV=local\nLOG_FORMAT=text\n")));
    let by_default = |schema: &mut Schema| schema.default_profile = Some("production".into());
    assert!(complains(scene().schema(by_default).file("LOG_FORMAT=text\n")));
    let from_process =
        scene().schema(selected).file("LOG_FORMAT=text\n").process(&[("APP_ENV", "production")]);
    assert!(complains(from_process));
}

#[test]
fn what_a_higher_layer_replaces_need_not_hold_to_overrides() {
    let scene = Scene::new([log_format()]).profile("production");
    let scene = scene.file("LOG_FORMAT=text\n").file_in("compose", ".env.production", "LOG_FORMAT=json\n");
    assert_eq!(scene.found(), [] as [&str; 0]);
}

#[test]
fn conditions_look_at_values_defaults_and_what_is_set() {
    let bucket = |condition| {
        when(
            variable("S3_BUCKET", Kind::String),
            When { presence: Some(Presence::Required), ..if_(condition) },
        )
    };
    let storage = || default("STORAGE", Kind::String, "disk");
    let is_due = |condition, text| {
        Scene::new([bucket(condition), storage(), variable("DEBUG", Kind::Boolean)])
            .file(text)
            .under("missing-variable")
    };
    assert_eq!(
        is_due(has_value("STORAGE", &["s3"]), "STORAGE=s3\n"),
        [".env: `S3_BUCKET` is not set, but it is required because `STORAGE` is `s3`"]
    );
    assert_eq!(is_due(has_value("STORAGE", &["s3"]), "DEBUG=1\n"), [] as [&str; 0]);
    assert_eq!(is_due(has_value("STORAGE", &["disk"]), "DEBUG=1\n").len(), 1);
    assert_eq!(is_due(has_value("DEBUG", &["true"]), "DEBUG=1\n").len(), 1);
    let set = Condition { set: texts(&["DEBUG"]), ..Condition::default() };
    assert_eq!(
        is_due(set.clone(), "DEBUG=no\n"),
        [".env: `S3_BUCKET` is not set, but it is required because `DEBUG` is set"]
    );
    assert_eq!(is_due(set, "DEBUG=\n"), [] as [&str; 0]);
}

#[test]
fn a_default_may_depend_on_the_profile_and_a_path_is_no_value() {
    let storage = when(
        default("STORAGE", Kind::String, "disk"),
        When { presence: Some(Presence::Default("s3".into())), ..if_(in_profile(&["production"])) },
    );
    let bucket = when(
        variable("S3_BUCKET", Kind::String),
        When { presence: Some(Presence::Required), ..if_(has_value("STORAGE", &["s3"])) },
    );
    let scene = || Scene::new([storage.clone(), bucket.clone()]);
    assert_eq!(scene().file("A=1\n").under("missing-variable").len(), 0);
    assert_eq!(scene().profile("production").file("A=1\n").under("missing-variable").len(), 1);
    assert_eq!(scene().profile("production").file("STORAGE_FILE=s3\n").under("missing-variable").len(), 0);
}

#[test]
fn the_later_of_two_overrides_wins() {
    let level =
        |constraints: Vec<Constraint>, condition| When { constraints: constraints.into(), ..if_(condition) };
    let any = Condition::default();
    let variable = when(variable("N", Kind::Integer), level(vec![Constraint::Max("5".into())], any.clone()));
    let variable = when(variable, level(vec![Constraint::Below("9".into())], any));
    let found = |text| Scene::new([variable.clone()]).file(text).under("out-of-range");
    assert_eq!(found("N=8\n"), [] as [&str; 0]);
    assert_eq!(found("N=9\n"), [".env:1:3: `N` is not below `9`: \"9\""]);
}

#[test]
fn services_and_phases_leave_out_what_is_not_theirs() {
    let key = Variable {
        services: texts(&["backend"]),
        phases: texts(&["runtime"]),
        ..required("API_KEY", Kind::Uuid)
    };
    let scene = || Scene::new([key.clone()]).file("OTHER=1\n");
    assert_eq!(scene().under("missing-variable").len(), 1);
    assert_eq!(scene().service("backend").under("missing-variable").len(), 1);
    assert_eq!(scene().service("frontend").under("missing-variable").len(), 0);
    assert_eq!(scene().service("backend").phase("build").under("missing-variable").len(), 0);
    let wrong = Scene::new([key.clone()]).file("API_KEY=x\n").service("frontend");
    assert_eq!(wrong.codes(), ["misplaced-secret"]);
}

#[test]
fn an_optional_group_is_due_once_a_part_of_it_is_set() {
    let inner = Group {
        name: "tls".into(),
        prefix: "TLS_".into(),
        optional: true,
        entries: vec![
            Entry::Variable(required("CERT", Kind::Path)),
            Entry::Variable(variable("CA", Kind::Path)),
        ]
        .into(),
        ..Group::default()
    };
    let outer = Group {
        prefix: "SMTP_".into(),
        optional: true,
        entries: vec![Entry::Variable(required("HOST", Kind::Host)), Entry::Group(inner)].into(),
        ..Group::default()
    };
    let found = |text: &str| Scene::of([Entry::Group(outer.clone())]).file(text).under("missing-variable");
    assert_eq!(found("X=1\n"), [] as [&str; 0]);
    assert_eq!(found("SMTP_HOST=a.example\n"), [] as [&str; 0]);
    assert_eq!(
        found("SMTP_TLS_CA=/ca\n"),
        [
            ".env: `SMTP_HOST` is not set, but it is required because `SMTP_TLS_CA` is set",
            ".env: `SMTP_TLS_CERT` is not set, but it is required because `SMTP_TLS_CA` is set",
        ]
    );
    assert_eq!(found("SMTP_HOST=\n"), [] as [&str; 0]);
}

#[test]
fn an_empty_value_hides_lower_layers_unless_it_is_allowed() {
    let lower = "HOST=a.example\n";
    let found = |variable: Variable| {
        Scene::new([variable]).file(lower).file_in("compose", ".env.local", "HOST=\n").codes()
    };
    assert_eq!(found(required("HOST", Kind::Host)), ["empty-value"]);
    assert_eq!(found(variable("HOST", Kind::Host)), [] as [&str; 0]);
    assert_eq!(found(Variable { allow_empty: true, ..required("HOST", Kind::String) }), [] as [&str; 0]);
}

#[test]
fn a_spelling_with_a_value_counts_before_one_without() {
    let port = Variable { aliases: texts(&["OLD_PORT"]), ..required("PORT", Kind::Port) };
    let codes = |text: &str| Scene::new([port.clone()]).file(text).codes();
    assert_eq!(codes("PORT=\nOLD_PORT=80\n"), ["deprecated-variable"]);
    assert_eq!(codes("PORT=\nPORT_FILE=/run/secrets/port\n"), [] as [&str; 0]);
    assert_eq!(codes("PORT=80\nPORT_FILE=\n"), [] as [&str; 0]);
    assert_eq!(codes("PORT_FILE=\n"), ["empty-value"]);
    assert_eq!(codes("PORT=80\nPORT_FILE=/run/secrets/port\n"), ["conflicting-variables"]);
}

#[test]
fn what_is_said_already_is_not_judged_again() {
    let scene = |variable: Variable, text: &str| Scene::new([variable]).file(text).codes();
    assert_eq!(scene(variable("PORT", Kind::Port), "PORT=\"80\n"), ["unterminated-quote"]);
    assert_eq!(scene(variable("PORT", Kind::Port), "PORT=${NOPE}\n"), ["undefined-reference"]);
    let removed = Deprecation { removed: true, ..Deprecation::default() };
    let removed = Variable { deprecated: Some(removed), ..variable("PORT", Kind::Port) };
    assert_eq!(scene(removed, "PORT=x\n"), ["deprecated-variable"]);
}

#[test]
fn placeholders_stand_instead_of_other_errors_there_and_where_they_are_expanded() {
    let password = Variable {
        examples: texts(&["correct-horse"]),
        ..constrained("PASSWORD", Kind::String, [Constraint::MinLength(40)])
    };
    let scene = |text: &str| {
        let url = variable("URL", Kind::Url);
        Scene::new([secret(password.clone()), url]).profile("production").file(text).codes()
    };
    assert_eq!(scene("PASSWORD=<generated secret>\nURL=x${PASSWORD}\n"), ["placeholder-value"]);
    assert_eq!(scene("PASSWORD=correct-horse\nURL=x${PASSWORD}\n"), ["placeholder-value"]);
    assert_eq!(scene("OTHER=changeme\nURL=x${OTHER}\n"), ["unknown-variable"]);
}

#[test]
fn what_a_secret_went_into_is_secret() {
    let variables = || [secret(variable("TOKEN_VALUE", Kind::String)), variable("PORT", Kind::Port)];
    let found = |text: &str| Scene::new(variables()).file(text).under("invalid-value");
    assert_eq!(
        found("PORT=8x\n"),
        [".env:1:7: `PORT` is not a whole number: a letter stands behind the digits (found \"8x\")"]
    );
    let hidden = "`PORT` is not a valid `port` (its value stays hidden)";
    assert_eq!(found("TOKEN_VALUE=x1\nPORT=8${TOKEN_VALUE}\n"), [format!(".env:2:1: {hidden}")]);
    assert_eq!(found("UNDECLARED=x1\nPORT=8${UNDECLARED}\n"), [format!(".env:2:1: {hidden}")]);
    assert_eq!(found("PORT=8://x@y\n"), [format!(".env:1:1: {hidden}")]);
    let expanded = Scene::new(variables()).file("PORT=8${PW}\n").process(&[("PW", "x1")]);
    assert_eq!(expanded.under("invalid-value"), [format!(".env:1:1: {hidden}")]);
}

#[cfg(feature = "dialects")]
#[test]
fn what_stands_below_is_inherited_where_readers_look_forward() {
    let text = "PORT=8$(TOKEN_VALUE)\nPORT=8$(TOKEN_VALUE)\nTOKEN_VALUE=x1\n";
    let variables = [secret(variable("TOKEN_VALUE", Kind::String)), variable("PORT", Kind::Port)];
    let found = Scene::new(variables).file_in("make", ".env", text).under("invalid-value");
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|line| line.ends_with("(its value stays hidden)")), "{found:?}");
}

#[cfg(feature = "dialects")]
#[test]
fn what_is_part_of_a_secret_to_a_compared_reader_is_secret() {
    let reported = |dialect, text: &str, readers: &[&'static str]| {
        let variables = [secret(variable("TOKEN_VALUE", Kind::String)), variable("PORT", Kind::Port)];
        let readers = texts(readers);
        let scene = Scene::new(variables).schema(|schema| schema.readers = readers);
        let report = scene.file_in(dialect, ".env", text).report();
        assert!(!report.diagnostics.is_empty(), "{text:?}");
        format!("{report:?}{}", render::full(&report, Colour::Never))
    };
    let text = "TOKEN_VALUE='one\nPORT=hunter2'\n";
    assert!(reported("docker-run", text, &[]).contains("hunter2"));
    assert!(!reported("docker-run", text, &["compose"]).contains("hunter2"));
    // A key of its own, to one of them.
    let text = "TOKEN_VALUE='one\nHUNTER2=x'\n";
    assert!(!reported("docker-run", text, &["compose"]).contains("HUNTER2"));
    // A comment to others, whether they are compared or not.
    assert!(!reported("docker-run", "PORT=80\r# hunter2\n", &[]).contains("hunter2"));
}

#[test]
fn everything_behind_a_quote_that_is_never_closed_is_secret() {
    let variables = [variable("NAME", Kind::String), variable("PORT", Kind::Port)];
    let scene = Scene::new(variables).file("NAME=\"a\nPORT=8x\nMIIEvQIBADAN=\n");
    assert_eq!(
        scene.found(),
        [
            ".env:1:1: error[unterminated-quote]: `NAME`: the quote is never closed",
            ".env:2:1: error[invalid-value]: `PORT` is not a valid `port` (its value stays hidden)",
        ]
    );
}

#[test]
fn typed_values_are_judged_as_they_are_written() {
    let variables = || {
        [
            variable("DEBUG", Kind::Boolean),
            constrained("WORKERS", Kind::Integer, [Constraint::Max("8".into())]),
            variable("NAME", Kind::String),
            variable("HOSTS", list(Kind::Host)),
        ]
    };
    let found = |key, raw| Scene::new(variables()).values(LayerKind::Document, [(key, raw)]).found();
    let nowhere = Span::at(0);
    assert_eq!(found("DEBUG", Raw::Boolean(true)), [] as [&str; 0]);
    assert_eq!(found("WORKERS", Raw::Number("4".into())), [] as [&str; 0]);
    assert_eq!(
        found("WORKERS", Raw::Number("9".into())),
        ["values: error[out-of-range]: `WORKERS` is above `8`: \"9\""]
    );
    assert_eq!(
        found("WORKERS", Raw::Boolean(true)),
        ["values: error[invalid-value]: `WORKERS` is true or false here: \"true\""]
    );
    assert_eq!(
        found("NAME", Raw::Number("5".into())),
        [
            "values: error[invalid-value]: `NAME` is a number here: put it in quotes to make it text (found \"5\")"
        ]
    );
    assert_eq!(
        found(
            "HOSTS",
            Raw::List(vec![(Raw::Text("a.example".into()), nowhere), (Raw::Text("!".into()), nowhere)])
        ),
        ["values: error[invalid-value]: item 2 of `HOSTS` has a character that no host name has: \"!\""]
    );
    assert_eq!(found("HOSTS", Raw::Table(vec![])), ["values: error[invalid-value]: `HOSTS` is a table here"]);
    let hidden = Raw::List(vec![(Raw::Text("x://u:p@h".into()), nowhere)]);
    assert_eq!(
        found("HOSTS", hidden),
        ["values: error[invalid-value]: item 1 of `HOSTS` is not a valid `host` (its value stays hidden)"]
    );
}

#[test]
fn a_secret_profile_is_not_named() {
    let password = variable("PASSWORD", Kind::String);
    let scene = |profile: Variable, text: &str| {
        let key = profile.key.clone();
        let scene = Scene::new([password.clone(), profile]).schema(|schema| schema.profile = Some(key));
        scene.file(text).under("placeholder-value")
    };
    assert_eq!(
        scene(variable("APP_ENV", Kind::String), "APP_ENV=live\nPASSWORD=changeme\n"),
        [".env:2:1: `PASSWORD` still holds a placeholder, which must not reach the profile `live`"]
    );
    assert_eq!(
        scene(secret(variable("APP_ENV", Kind::String)), "APP_ENV=live\nPASSWORD=changeme\n"),
        [".env:2:1: `PASSWORD` still holds a placeholder, which must not reach a deployed profile"]
    );
}
