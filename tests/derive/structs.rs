//! What a whole struct says in the schema.

use envschema::EnvSchema;
use envschema::core::kind::{Kind, List};
use envschema::core::schema::{
    Allowance, Entry, Group, Policy, Presence, Profile, Rule, Schema, Unknown, Variable,
};

use crate::schema::{plain, texts};

/// Settings.
#[derive(EnvSchema)]
#[env(
    prefix = "APP_",
    name = "app",
    profile = stage,
    default_profile = "local",
    profiles("local", "preview", "production"),
    deployed("production"),
    services("web", "worker"),
    rename_all = "camelCase",
    dialect = "compose",
    readers("compose", "dotenvy"),
    unknown = "error",
    owned_prefixes("APP_"),
    foreign_keys("AWS_*"),
    allow("placeholder-value" = "the vendor calls it `changeme`"),
    all_or_none(tls_cert, tls_key),
    exactly_one(tls_cert, "APP_CACHE_URL"),
    at_least_one(tls_cert, tls_key),
    at_most_one(tls_cert, tls_key),
    contains(value = tls_key, list = tags),
    equal(tls_cert, tls_key),
    different(stage, "OTHER")
)]
#[expect(dead_code, reason = "only the schema is looked at")]
struct Container {
    stage: String,
    tls_cert: Option<String>,
    #[env(key = "TLS_KEY")]
    tls_key: Option<String>,
    tags: Vec<String>,
    /// Where sessions are kept.
    #[env(nested)]
    cache: Cache,
    #[env(nested, prefix = "B_", path = "b")]
    backup: Option<Cache>,
    #[env(nested)]
    mail: Box<Mail>,
    #[env(nested, prefix = "X_")]
    mail_2: Option<Mail>,
}

/// A cache.
#[derive(EnvSchema)]
#[env(at_least_one(url, host))]
#[expect(dead_code, reason = "only the schema is looked at")]
struct Cache {
    url: Option<String>,
    host: Option<String>,
}

#[derive(EnvSchema)]
#[env(prefix = "SMTP_")]
#[expect(dead_code, reason = "only the schema is looked at")]
struct Mail {
    host: String,
}

fn variable(key: &'static str, path: &'static str) -> Variable {
    Variable { key: key.into(), path: path.into(), ..plain() }
}

#[test]
fn a_struct_is_a_schema() {
    let cache = |group: Group| {
        let optional =
            |key, path| Entry::Variable(Variable { presence: Presence::Optional, ..variable(key, path) });
        Entry::Group(Group {
            entries: vec![optional("URL", "url"), optional("HOST", "host")].into(),
            rules: vec![Rule::AtLeastOne(texts(&["URL", "HOST"]))].into(),
            ..group
        })
    };
    let mail = |group: Group| {
        Entry::Group(Group { entries: vec![Entry::Variable(variable("SMTP_HOST", "host"))].into(), ..group })
    };
    let group = |name: &'static str, prefix: &'static str, path: &'static str| Group {
        name: name.into(),
        prefix: prefix.into(),
        path: path.into(),
        ..Group::default()
    };
    let list = Kind::List(List { separator: ',', items: Kind::String.into() });
    let entries = vec![
        Entry::Variable(variable("APP_STAGE", "stage")),
        Entry::Variable(Variable { presence: Presence::Optional, ..variable("APP_TLS_CERT", "tlsCert") }),
        Entry::Variable(Variable {
            presence: Presence::Optional,
            prefixed: false,
            ..variable("TLS_KEY", "tlsKey")
        }),
        Entry::Variable(Variable { kind: list, ..variable("APP_TAGS", "tags") }),
        cache(Group { doc: "Where sessions are kept.".into(), ..group("cache", "APP_CACHE_", "cache") }),
        cache(Group { doc: "A cache.".into(), optional: true, ..group("backup", "APP_B_", "b") }),
        mail(group("mail", "APP_", "mail")),
        mail(Group { optional: true, ..group("mail_2", "APP_X_", "mail2") }),
    ];
    let pair = || texts(&["APP_TLS_CERT", "TLS_KEY"]);
    let rules = vec![
        Rule::AllOrNone(pair()),
        Rule::ExactlyOne(texts(&["APP_TLS_CERT", "APP_CACHE_URL"])),
        Rule::AtLeastOne(pair()),
        Rule::AtMostOne(pair()),
        Rule::Contains { list: "APP_TAGS".into(), value: "TLS_KEY".into() },
        Rule::Equal("APP_TLS_CERT".into(), "TLS_KEY".into()),
        Rule::Different("APP_STAGE".into(), "OTHER".into()),
    ];
    let profile = |name: &'static str, deployed| Profile { name: name.into(), deployed: Some(deployed) };
    let expected = Schema {
        name: "app".into(),
        doc: "Settings.".into(),
        entries: entries.into(),
        rules: rules.into(),
        profile: Some("APP_STAGE".into()),
        default_profile: Some("local".into()),
        profiles: vec![profile("local", false), profile("preview", false), profile("production", true)]
            .into(),
        services: texts(&["web", "worker"]),
        dialect: Some("compose".into()),
        readers: texts(&["compose", "dotenvy"]),
        unknown: Unknown {
            policy: Some(Policy::Error),
            prefixes: texts(&["APP_"]),
            allow: texts(&["AWS_*"]),
        },
        allow: vec![Allowance {
            code: "placeholder-value".into(),
            reason: "the vendor calls it `changeme`".into(),
        }]
        .into(),
    };
    assert_eq!(*Container::SCHEMA, expected);
    assert_eq!(Container::ROWS, 10);
}
