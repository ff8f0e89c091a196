//! Rules of the crate `validator`: those that are Rust functions run after decoding, and never show a value.

use std::borrow::Cow;
use std::sync::LazyLock;

use envschema::source::DotenvText;
use envschema::{EnvSchema, LoadError, Secret};
use regex::Regex;
use validator::{Validate, ValidationError};

static REGION: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[a-z]{2}-[a-z]+$").unwrap());

#[derive(EnvSchema, Validate, Debug)]
#[env(validator, prefix = "APP_", rename_all = "camelCase")]
#[validate(schema(function = "is_sound"))]
struct Config {
    #[validate(custom(function = "is_even"))]
    worker_count: u8,
    #[validate(regex(path = *REGION))]
    region: Option<String>,
    #[validate(custom(function = "is_strong"))]
    token: String,
    password: String,
    #[validate(must_match(other = "password"))]
    password_again: String,
    pin: Secret<String>,
    #[env(nested, path = "db")]
    #[validate(nested)]
    database: Database,
    #[env(nested)]
    #[validate(nested)]
    mail: Option<Mail>,
    #[env(default = 3)]
    #[validate(custom(function = "is_even"))]
    r#loop: u8,
}

#[derive(EnvSchema, Validate, Debug)]
#[env(validator)]
#[validate(schema(function = "is_open", skip_on_field_errors = false, message = "one of them must be open"))]
struct Database {
    #[env(path = "poolSize")]
    #[validate(custom(function = "is_even", message = "an odd pool never drains"))]
    pool_size: u8,
}

#[derive(EnvSchema, Validate, Debug)]
#[env(validator = false)]
struct Mail {
    #[validate(custom(function = "is_even"))]
    port: u16,
}

fn is_even<T: Into<u64>>(number: T) -> Result<(), ValidationError> {
    if number.into().is_multiple_of(2) { Ok(()) } else { Err(ValidationError::new("even")) }
}

/// Everything that a careless rule puts into its error.
fn is_strong(token: &String) -> Result<(), ValidationError> {
    if token.contains("strong") {
        return Ok(());
    }
    let mut error = ValidationError::new("strong");
    error.code = Cow::Owned(format!("`{}` is weak", token));
    error.add_param(Cow::Owned(token.clone()), token);
    Err(error.with_message(Cow::Owned(format!("`{}` is not strong", token))))
}

fn is_sound(config: &Config) -> Result<(), ValidationError> {
    if config.worker_count < 200 && config.pin.expose() != &config.token {
        return Ok(());
    }
    let mut error = ValidationError::new("pin-is-token");
    error.code = Cow::Owned(config.pin.expose().clone());
    Err(error)
}

fn is_open(database: &Database) -> Result<(), ValidationError> {
    if database.pool_size < 200 { Ok(()) } else { Err(ValidationError::new("closed")) }
}

fn load(text: &str) -> Result<Config, LoadError> {
    Config::loader().source(DotenvText::new(".env", text.to_owned())).load()
}

const GOOD: &str = "\
APP_WORKER_COUNT=2
APP_REGION=eu-west
APP_TOKEN=strong-one
APP_PASSWORD=hunter2
APP_PASSWORD_AGAIN=hunter2
APP_PIN=1234
APP_DATABASE_POOL_SIZE=10
APP_MAIL_PORT=26
APP_LOOP=4
";

const BAD: &str = "\
APP_LOOP=5
APP_MAIL_PORT=25
APP_DATABASE_POOL_SIZE=201
APP_PASSWORD=hunter2
APP_PASSWORD_AGAIN=hunter3
APP_TOKEN=hunter4
APP_PIN=hunter4
APP_REGION=Mars
APP_WORKER_COUNT=201
";

#[test]
fn rules_that_hold_are_quiet() {
    let config = load(GOOD).unwrap();
    assert_eq!((config.worker_count, config.r#loop, config.mail.unwrap().port), (2, 4, 26));
    assert_eq!((config.region.as_deref(), config.database.pool_size), (Some("eu-west"), 10));
    assert_eq!((config.token.as_str(), config.pin.expose().as_str()), ("strong-one", "1234"));
    assert_eq!(config.password_again, config.password);
}

fn headlines(error: &LoadError) -> Vec<(&str, Option<u32>)> {
    error.diagnostics().map(|located| (located.diagnostic.headline.as_str(), located.place.line)).collect()
}

/// In the order of the sources, in every run; each with the key and the line of its value.
#[test]
fn rules_that_fail_are_reported_where_their_values_stand() {
    let error = load(BAD).unwrap_err();
    let expected = [
        ("`APP_LOOP` is not valid: it breaks the rule `even`", Some(1)),
        ("`APP_MAIL_PORT` is not valid: it breaks the rule `even`", Some(2)),
        ("`APP_DATABASE_POOL_SIZE` is not valid: an odd pool never drains", Some(3)),
        ("`APP_PASSWORD_AGAIN` is not valid: it breaks the rule `must_match`", Some(5)),
        ("`APP_TOKEN` is not valid: it breaks a rule of the program", Some(6)),
        ("`APP_REGION` is not valid: it breaks the rule `regex`", Some(8)),
        ("`APP_WORKER_COUNT` is not valid: it breaks the rule `even`", Some(9)),
        ("`db` is not valid: one of them must be open", None),
    ];
    assert_eq!(headlines(&error), expected, "{error}");
    for _ in 0..10 {
        assert_eq!(load(BAD).unwrap_err().to_string(), error.to_string());
    }
}

/// Validator looks at the struct when its fields are good.
#[test]
fn rules_of_the_struct_are_reported() {
    let error = load(&GOOD.replace("1234", "strong-one")).unwrap_err();
    let expected = [("the configuration is not valid: it breaks a rule of the program", None)];
    assert_eq!(headlines(&error), expected);
}

/// A value that nobody wrote is the default.
#[test]
fn a_default_is_held_to_the_rules() {
    let error = load(&GOOD.replace("APP_LOOP=4\n", "")).unwrap_err();
    assert_eq!(headlines(&error), [("`APP_LOOP` is not valid: it breaks the rule `even`", None)], "{error}");
}

/// Two environments that differ in secrets alone give the same report, byte for byte.
#[test]
fn a_rule_cannot_tell_a_secret() {
    let report = load(BAD).unwrap_err().to_string();
    assert!(!report.contains("hunter"), "{report}");
    let other =
        BAD.replace("hunter4", "other").replace("hunter3", "third").replace("hunter2", "a-much-longer-one");
    assert_eq!(load(&other).unwrap_err().to_string(), report);
}

/// What the schema can say is said by the schema, and only once.
#[test]
fn rules_that_are_constraints_are_reported_as_such() {
    #[derive(EnvSchema, Validate, Debug)]
    #[env(validator)]
    struct Constrained {
        #[validate(range(min = 1, max = 10), custom(function = "is_even"))]
        workers: u8,
        #[validate(length(min = 3))]
        name: String,
        #[validate(email)]
        contact: String,
    }
    let pairs = [("WORKERS", "11"), ("NAME", "x"), ("CONTACT", "nobody")];
    let error = Constrained::load_from_pairs(pairs).unwrap_err();
    let codes: Vec<_> = error.diagnostics().map(|located| located.diagnostic.code).collect();
    assert_eq!(codes, ["out-of-range", "invalid-length", "invalid-value"], "{error}");
}

/// Rules run on values that are good by themselves only: a rule need not expect anything else.
#[test]
fn rules_do_not_run_on_what_is_broken() {
    let error = load(&BAD.replace("APP_LOOP=5", "APP_LOOP=many")).unwrap_err();
    let found = headlines(&error);
    assert_eq!(found.len(), 1, "{error}");
    assert!(found[0].0.contains("APP_LOOP"), "{error}");
}
