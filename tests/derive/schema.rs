//! What each attribute says in the schema.

use std::borrow::Cow;
use std::collections::BTreeMap;

use envschema::core::kind::{Kind, List, Map};
use envschema::core::schema::{Condition, Constraint, Deprecation, Entry, Presence, Text, Variable, When};
use envschema::{EnvSchema, EnvValue, Secret};

/// The variable of a struct with one field.
macro_rules! variable {
    ($(#[$attribute:meta])* $ty:ty) => {{
        #[derive(EnvSchema)]
        #[expect(dead_code, reason = "only the schema is looked at")]
        struct Config {
            $(#[$attribute])*
            value: $ty,
            #[env(default = "x")]
            other: String,
        }
        let Entry::Variable(variable) = &Config::SCHEMA.entries[0] else { panic!("not a variable") };
        variable.clone()
    }};
}

/// A required string, as nothing more is said.
pub(crate) fn plain() -> Variable {
    Variable {
        path: "value".into(),
        presence: Presence::Required,
        ..Variable::new("VALUE".into(), Kind::String)
    }
}

pub(crate) fn texts(texts: &[&'static str]) -> Cow<'static, [Text]> {
    texts.iter().map(|text| Text::from(*text)).collect()
}

fn u16_bounds() -> Cow<'static, [Constraint]> {
    vec![Constraint::Min("0".into()), Constraint::Max("65535".into())].into()
}

#[test]
fn a_field_is_a_variable() {
    assert_eq!(variable!(String), plain());
    assert_eq!(variable!(Option<String>), Variable { presence: Presence::Optional, ..plain() });
    let doc = variable!(
        /// One line.
        ///
        ///     indented
        /// `code`
        String
    );
    assert_eq!(doc.doc, "One line.\n\n    indented\n`code`");
    assert_eq!(variable!(u16), Variable { kind: Kind::Integer, bounds: u16_bounds(), ..plain() });
    assert_eq!(variable!(Secret<String>).sensitive, Some(true));
    assert_eq!(variable!(Option<secrecy::SecretString>).sensitive, Some(true));
}

#[test]
fn names_are_said() {
    let whole = variable!(
        #[env(key = "DATABASE_URL")]
        String
    );
    assert_eq!((whole.key.as_ref(), whole.prefixed, whole.path.as_ref()), ("DATABASE_URL", false, "value"));
    let renamed = variable!(
        #[env(rename = "URL")]
        String
    );
    assert_eq!((renamed.key.as_ref(), renamed.prefixed), ("URL", true));
    assert_eq!(
        variable!(
            #[env(aliases("A", "B"), aliases("C"))]
            String
        )
        .aliases,
        texts(&["A", "B", "C"])
    );
    assert_eq!(
        variable!(
            #[env(path = "the-value")]
            String
        )
        .path,
        "the-value"
    );
}

#[test]
fn defaults_are_text() {
    let default = |variable: Variable| match variable.presence {
        Presence::Default(text) => text.into_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        default(variable!(
            #[env(default = 8_080)]
            u16
        )),
        "8080"
    );
    assert_eq!(
        default(variable!(
            #[env(default = 0x1F90)]
            u16
        )),
        "8080"
    );
    assert_eq!(
        default(variable!(
            #[env(default = 8080u16)]
            u16
        )),
        "8080"
    );
    assert_eq!(
        default(variable!(
            #[env(default = -5)]
            i8
        )),
        "-5"
    );
    assert_eq!(
        default(variable!(
            #[env(default = -0.5)]
            f64
        )),
        "-0.5"
    );
    assert_eq!(
        default(variable!(
            #[env(default = true)]
            bool
        )),
        "true"
    );
    assert_eq!(
        default(variable!(
            #[env(default = "30s")]
            std::time::Duration
        )),
        "30s"
    );
    assert_eq!(
        default(variable!(
            #[env(default = 'x')]
            char
        )),
        "x"
    );
    assert_eq!(default(variable!(#[env(default = ["a", "b"])] Vec<String>)), "a,b");
    assert_eq!(default(variable!(#[env(default = [1, -2], separator = ';')] Vec<i8>)), "1;-2");
    assert_eq!(default(variable!(#[env(default = "a=1")] BTreeMap<String, u8>)), "a=1");
    assert_eq!(default(variable!(#[env(default = [])] Vec<String>)), "");
}

#[test]
fn constraints_are_said() {
    let of = |variable: Variable| variable.constraints.into_owned();
    use Constraint::{Above, Below, Max, MaxLength, Min, MinLength, NotOneOf, OneOf, Pattern, Schemes};
    let text = |text: &'static str| Text::from(text);
    assert_eq!(
        of(variable!(
            #[env(min = 1, max = 9)]
            u8
        )),
        [Min(text("1")), Max(text("9"))]
    );
    assert_eq!(
        of(variable!(
            #[env(above = 0.0, below = 1.0)]
            f64
        )),
        [Above(text("0.0")), Below(text("1.0"))]
    );
    assert_eq!(
        of(variable!(
            #[env(range = 1..=9)]
            u8
        )),
        [Min(text("1")), Max(text("9"))]
    );
    assert_eq!(
        of(variable!(
            #[env(range = 1..9)]
            u8
        )),
        [Min(text("1")), Below(text("9"))]
    );
    assert_eq!(
        of(variable!(
            #[env(range = -1..)]
            i8
        )),
        [Min(text("-1"))]
    );
    assert_eq!(
        of(variable!(
            #[env(range = ..=9, default = 1)]
            u8
        )),
        [Max(text("9"))]
    );
    assert_eq!(
        of(variable!(
            #[env(range = "1s"..="5m")]
            std::time::Duration
        )),
        [Min(text("1s")), Max(text("5m"))]
    );
    assert_eq!(
        of(variable!(
            #[env(min_length = 1, max_length = 9)]
            String
        )),
        [MinLength(1), MaxLength(9)]
    );
    assert_eq!(
        of(variable!(
            #[env(pattern = "^a$")]
            String
        )),
        [Pattern(text("^a$"))]
    );
    assert_eq!(
        of(variable!(
            #[env(one_of("a", "b"))]
            String
        )),
        [OneOf(texts(&["a", "b"]))]
    );
    assert_eq!(
        of(variable!(
            #[env(not_one_of(0, 1))]
            u8
        )),
        [NotOneOf(texts(&["0", "1"]))]
    );
    assert_eq!(
        of(variable!(
            #[env(kind = "url", schemes("https"))]
            String
        )),
        [Schemes(texts(&["https"]))]
    );
    assert_eq!(
        variable!(
            #[env(also("*", "all"))]
            String
        )
        .also,
        texts(&["*", "all"])
    );
}

#[test]
fn kinds_are_said() {
    let list = |separator, items: Kind| Kind::List(List { separator, items: items.into() });
    let map = |separator, assign, values: Kind| Kind::Map(Map { separator, assign, values: values.into() });
    assert_eq!(
        variable!(
            #[env(kind = "email")]
            String
        )
        .kind,
        Kind::Email
    );
    assert_eq!(variable!(#[env(kind = "port")] Option<u16>).kind, Kind::Port);
    assert_eq!(variable!(#[env(kind = "url")] Vec<String>).kind, list(',', Kind::Url));
    assert_eq!(variable!(#[env(separator = ';')] Vec<u8>).kind, list(';', Kind::Integer));
    assert_eq!(
        variable!(#[env(separator = ' ', kind = "host")] Secret<Vec<String>>).kind,
        list(' ', Kind::Host)
    );
    assert_eq!(
        variable!(#[env(separator = ';', assign = ':')] BTreeMap<String, u8>).kind,
        map(';', ':', Kind::Integer)
    );
    assert_eq!(variable!(#[env(kind = "size")] BTreeMap<String, u64>).kind, map(',', '=', Kind::Size));
    assert_eq!(
        variable!(
            #[env(from_str)]
            std::net::IpAddr
        )
        .kind,
        Kind::String
    );
    assert_eq!(
        variable!(
            #[env(from_str, kind = "ip")]
            std::net::IpAddr
        )
        .kind,
        Kind::Ip(envschema::core::kind::IpVersion::Any)
    );
    assert_eq!(variable!(#[env(from_str)] Vec<std::net::IpAddr>).kind, list(',', Kind::String));
}

#[test]
fn the_rest_of_a_variable_is_said() {
    assert_eq!(
        variable!(
            #[env(sensitive)]
            String
        )
        .sensitive,
        Some(true)
    );
    assert_eq!(
        variable!(
            #[env(sensitive = false)]
            String
        )
        .sensitive,
        Some(false)
    );
    assert!(
        variable!(
            #[env(allow_empty)]
            String
        )
        .allow_empty
    );
    assert!(
        !variable!(
            #[env(allow_empty = false)]
            String
        )
        .allow_empty
    );
    assert_eq!(
        variable!(
            #[env(example = "a", examples("b", "c"))]
            String
        )
        .examples,
        texts(&["a", "b", "c"])
    );
    assert_eq!(variable!(#[env(examples(["a", "b"], "c"))] Vec<String>).examples, texts(&["a,b", "c"]));
    assert_eq!(variable!(#[env(services("web", "worker"))] Option<u8>).services, texts(&["web", "worker"]));
    assert_eq!(variable!(#[env(phases("build"))] Option<u8>).phases, texts(&["build"]));
}

#[test]
fn deprecations_are_said() {
    let of = |variable: Variable| variable.deprecated.unwrap();
    let plain = Deprecation::default();
    assert_eq!(
        of(variable!(
            #[env(deprecated)]
            String
        )),
        plain
    );
    assert_eq!(
        of(variable!(
            #[env(deprecated = "since 2")]
            String
        ))
        .note,
        "since 2"
    );
    assert_eq!(
        of(variable!(
            #[env(replaced_by = other)]
            String
        )),
        Deprecation { replaced_by: Some("OTHER".into()), ..plain.clone() }
    );
    assert_eq!(
        of(variable!(#[env(removed = "nobody used it", replaced_by = "ELSE")] Option<String>)),
        Deprecation { note: "nobody used it".into(), replaced_by: Some("ELSE".into()), removed: true }
    );
}

#[test]
fn conditions_are_said() {
    let of = |variable: Variable| variable.when.into_owned();
    let in_production = Condition { profiles: texts(&["production"]), ..Condition::default() };
    assert_eq!(
        of(variable!(#[env(required_when(profile = "production", other = "s3"))] Option<String>)),
        [When {
            condition: Condition {
                values: vec![("OTHER".into(), texts(&["s3"]))].into(),
                ..in_production.clone()
            },
            presence: Some(Presence::Required),
            ..When::default()
        }]
    );
    assert_eq!(
        of(variable!(
            #[env(forbidden_when(service = ["a", "b"], phase = "build", set(other, "ELSE"), "KEY" = [1, true]))]
            Option<String>
        )),
        [When {
            condition: Condition {
                profiles: texts(&[]),
                services: texts(&["a", "b"]),
                phases: texts(&["build"]),
                values: vec![("KEY".into(), texts(&["1", "true"]))].into(),
                set: texts(&["OTHER", "ELSE"]),
            },
            forbidden: true,
            ..When::default()
        }]
    );
    assert_eq!(
        of(variable!(
            #[env(in_profile("production", required, one_of("json")), in_profile("staging", "test", also("*")))]
            Option<String>
        )),
        [
            When {
                condition: in_production.clone(),
                presence: Some(Presence::Required),
                constraints: vec![Constraint::OneOf(texts(&["json"]))].into(),
                ..When::default()
            },
            When {
                condition: Condition { profiles: texts(&["staging", "test"]), ..Condition::default() },
                also: Some(texts(&["*"])),
                ..When::default()
            }
        ]
    );
    assert_eq!(
        of(variable!(
            #[env(when(if(profile = "production"), default = 5, min = 2))]
            u8
        )),
        [When {
            condition: in_production,
            presence: Some(Presence::Default("5".into())),
            constraints: vec![Constraint::Min("2".into())].into(),
            ..When::default()
        }]
    );
}

#[test]
fn rules_of_validator_are_constraints() {
    let of = |variable: Variable| variable.constraints.into_owned();
    use Constraint::{Above, Max, MaxLength, Min, MinLength};
    assert_eq!(
        of(variable!(
            #[validate(range(min = 1, max = 9))]
            u8
        )),
        [Min("1".into()), Max("9".into())]
    );
    assert_eq!(
        of(variable!(
            #[validate(range(exclusive_min = -0.5, message = "x"))]
            f64
        )),
        [Above("-0.5".into())]
    );
    assert_eq!(of(variable!(#[validate(length(min = 1, max = 9))] Vec<u8>)), [MinLength(1), MaxLength(9)]);
    assert_eq!(
        of(variable!(
            #[validate(length(equal = 3))]
            String
        )),
        [MinLength(3), MaxLength(3)]
    );
    assert_eq!(
        variable!(
            #[validate(email)]
            String
        )
        .kind,
        Kind::Email
    );
    assert_eq!(variable!(#[validate(url)] Option<String>).kind, Kind::Url);
    assert_eq!(variable!(#[validate(required)] Option<u8>).presence, Presence::Required);
    // What is said twice counts as `env` says it.
    assert_eq!(
        of(variable!(
            #[env(min = 2)]
            #[validate(range(min = 1))]
            u8
        )),
        [Min("2".into())]
    );
    // The rest is left to the crate.
    #[derive(EnvSchema)]
    #[env(validator = false)]
    #[expect(dead_code, reason = "only the schema is looked at")]
    struct Left {
        #[validate(custom(function = "check"), must_match(other = "other"), regex(path = *PATTERN), range(min = LOW))]
        #[validate(nested, contains(pattern = "x"), length(min = "LOW"), range(max = "HIGH"))]
        value: String,
    }
    assert_eq!(Left::SCHEMA.entries[0], Entry::Variable(plain()));
}

#[derive(EnvValue)]
enum Level {
    Info,
    ReadOnly,
    #[env(rename = "WARN", aliases("warn", "warning"))]
    Warning,
}

#[derive(EnvValue)]
#[env(rename_all = "SCREAMING_SNAKE_CASE")]
enum Mode {
    ReadOnly,
}

#[test]
fn an_enum_is_one_of_its_variants() {
    let of = |variable: Variable| (variable.kind, variable.bounds.into_owned());
    let one_of = |values: &[&'static str]| vec![Constraint::OneOf(texts(values))];
    assert_eq!(
        of(variable!(Level)),
        (Kind::String, one_of(&["info", "read-only", "WARN", "warn", "warning"]))
    );
    assert_eq!(of(variable!(Option<Mode>)), (Kind::String, one_of(&["READ_ONLY"])));
}
