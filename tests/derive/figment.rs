//! Figment: its providers as sources, and what was loaded as a provider.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::time::Duration;

use envschema::adapter::figment::FigmentSource;
use envschema::source::{DotenvText, Process};
use envschema::{EnvSchema, EnvValue, Secret};
use figment::providers::{Env, Format, Json, Serialized};
use figment::value::{Dict, Map, Value};
use figment::{Error, Figment, Metadata, Profile, Provider};
use serde::Deserialize;
use serde_json::json;

#[derive(EnvSchema, Debug)]
#[env(prefix = "APP_", profile = "APP_ENV")]
struct Config {
    office: String,
    #[env(nested)]
    database: Database,
    #[env(default = ["a", "b"])]
    hosts: Vec<String>,
    weights: Option<BTreeMap<String, f32>>,
    #[env(decode_with = serde_json::from_str, kind = "json")]
    labels: Option<serde_json::Value>,
    #[env(default = "30s")]
    timeout: Duration,
    level: Option<Level>,
    ports: Option<BTreeSet<u16>>,
    big: Option<u128>,
    small: Option<i128>,
    ratio: Option<f64>,
    debug: Option<bool>,
    address: Option<IpAddr>,
}

#[derive(EnvSchema, Debug)]
struct Database {
    password: Secret<String>,
}

#[derive(EnvValue, Debug, PartialEq)]
enum Level {
    Info,
    Warn,
}

fn file() -> FigmentSource<impl Provider> {
    let all = json!({
        "default": {
            "office": "007",
            "database": {"password": "12345678"},
            "hosts": ["x", "y"],
            "weights": {"a": 0.5, "b": 1},
            "labels": {"team": {"name": "core"}},
            "level": "warn",
            "ports": [80, 443],
            "big": u64::MAX,
            "small": -5,
            "ratio": 0.1,
            "debug": true,
        },
        "production": {"hosts": ["p"]},
        "global": {"address": "10.0.0.1"},
    });
    FigmentSource::new(Json::string(&all.to_string()).nested())
}

#[test]
fn a_provider_is_a_source() {
    let config = Config::loader().source(file()).load().unwrap();
    assert_eq!((config.office.as_str(), config.database.password.expose().as_str()), ("007", "12345678"));
    assert_eq!(config.hosts, ["x", "y"]);
    assert_eq!(config.weights, Some(BTreeMap::from([("a".to_owned(), 0.5), ("b".to_owned(), 1.0)])));
    assert_eq!(config.labels, Some(json!({"team": {"name": "core"}})));
    assert_eq!((config.level, config.ports), (Some(Level::Warn), Some(BTreeSet::from([80, 443]))));
    assert_eq!((config.big, config.small), (Some(u128::from(u64::MAX)), Some(-5)));
    assert_eq!((config.ratio, config.debug), (Some(0.1), Some(true)));
    assert_eq!(
        (config.address, config.timeout),
        (Some(IpAddr::from([10, 0, 0, 1])), Duration::from_secs(30))
    );
}

/// A number where a text is meant is an error at its key, not a different text.
#[test]
fn a_provider_has_its_place_among_other_sources() {
    let process = |pairs: &[(&str, &str)]| Process::new(pairs.iter().copied());
    let loader = || Config::loader().source(file());
    let config =
        loader().source(process(&[("APP_ENV", "production"), ("APP_OFFICE", "008")])).load().unwrap();
    assert_eq!((config.hosts, config.office.as_str()), (vec!["p".to_owned()], "008"));
    let config = loader().source(process(&[("APP_DATABASE_PASSWORD", "00012345")])).load().unwrap();
    assert_eq!(config.database.password.expose(), "00012345");
    let config =
        Config::loader().source(DotenvText::new(".env", "APP_OFFICE=9\n")).source(file()).load().unwrap();
    assert_eq!(config.office, "007");
}

#[test]
fn what_is_wrong_in_a_provider_is_reported_like_anything_else() {
    let values =
        json!({"office": 7.5, "database": {"password": ["hunter2"]}, "timeuot": "1s", "level": "wran"});
    let source = FigmentSource::new(Serialized::defaults(values));
    let error = Config::loader().source(source).load().unwrap_err();
    let found: Vec<_> = error.diagnostics().map(|found| found.diagnostic.headline.clone()).collect();
    let report = error.to_string();
    for expected in [
        "`database.password`",
        "`office` (`APP_OFFICE`) is a number here",
        "did you mean `timeout`?",
        "did you mean `warn`?",
    ] {
        assert!(report.contains(expected), "{expected} is not in:\n{report}");
    }
    assert!(!report.contains("hunter2"), "{report}");
    assert_eq!(found.len(), 4, "{report}");
}

#[test]
fn figments_own_environment_is_refused() {
    let error = Config::loader().source(FigmentSource::new(Env::prefixed("APP_"))).load().unwrap_err();
    assert!(error.to_string().contains("give the process environment as a source instead"), "{error}");
}

/// A provider that fails quotes what it read.
struct Broken;

impl Provider for Broken {
    fn metadata(&self) -> Metadata {
        Metadata::named("vault")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Err(Error::from("found `hunter2`".to_owned()))
    }
}

#[test]
fn a_provider_that_fails_is_unreadable_and_quotes_nothing() {
    let error = Config::loader().source(FigmentSource::new(Broken)).load().unwrap_err();
    let report = error.to_string();
    assert!(report.contains("`vault` cannot be read") && !report.contains("hunter2"), "{report}");
}

#[test]
fn what_was_loaded_is_a_provider_with_the_types_of_its_kinds() {
    let text = "APP_OFFICE=007\nAPP_DATABASE_PASSWORD=12345678\nAPP_PORTS=443,80\nAPP_RATIO=0.5\nAPP_DEBUG=on\n\
        APP_BIG=340282366920938463463374607431768211455\nAPP_SMALL=-5\nAPP_WEIGHTS=a=1.5\nAPP_LABELS={\"a\": [1]}\n";
    let values = Config::loader().source(DotenvText::new(".env", text)).figment().unwrap();
    let data = values.data().unwrap().remove(&Profile::Default).unwrap();
    let text = |text: &str| Some(Value::from(text));
    assert_eq!(data.get("office").cloned(), text("007"));
    assert_eq!(data["database"].as_dict().unwrap().get("password").cloned(), text("12345678"));
    assert_eq!(data.get("timeout").cloned(), text("30s"));
    assert_eq!(data.get("debug").cloned(), Some(Value::from(true)));
    assert_eq!(data.get("big").cloned(), Some(Value::from(u128::MAX)));
    assert_eq!(data.get("level"), None);

    #[derive(Deserialize, PartialEq, Debug)]
    struct Typed {
        ports: Vec<u16>,
        hosts: Vec<String>,
        ratio: f64,
        small: i8,
        weights: BTreeMap<String, f64>,
    }
    let typed: Typed = Figment::from(values).extract().unwrap();
    let expected = Typed {
        ports: vec![443, 80],
        hosts: vec!["a".to_owned(), "b".to_owned()],
        ratio: 0.5,
        small: -5,
        weights: BTreeMap::from([("a".to_owned(), 1.5)]),
    };
    assert_eq!(typed, expected);
}

#[test]
fn a_provider_comes_from_a_good_configuration_only() {
    let error = Config::loader().figment().err().unwrap();
    let keys: Vec<_> = error.diagnostics().filter_map(|found| found.diagnostic.key.as_deref()).collect();
    assert_eq!(keys, ["APP_OFFICE", "APP_DATABASE_PASSWORD"]);
}

/// What goes through figment and back is the same configuration.
#[test]
fn a_configuration_goes_through_figment_and_back() {
    let values = Config::loader().source(file()).figment().unwrap();
    let figment = Figment::from(Serialized::default("office", "001")).merge(values);
    let config = Config::loader().source(FigmentSource::new(figment)).load().unwrap();
    let same = Config::loader().source(file()).load().unwrap();
    assert_eq!(format!("{config:?}"), format!("{same:?}"));
    assert_eq!(config.database.password.expose(), same.database.password.expose());
}
