//! Rules, conditions, services and phases, as a service meets them.

use envschema::source::Overrides;
use envschema::{EnvSchema, LoadError};

#[derive(EnvSchema, Debug)]
#[env(
    prefix = "APP_",
    profile = "APP_ENV",
    default_profile = "local",
    all_or_none(tls_cert, tls_key),
    at_most_one(token, "APP_S3_KEY")
)]
struct Config {
    #[env(default = "disk", one_of("disk", "s3"))]
    storage: String,
    #[env(required_when(storage = "s3"), forbidden_when(storage = "disk"))]
    bucket: Option<String>,
    #[env(
        default = "text",
        one_of("text", "json"),
        in_profile("production", default = "json", one_of("json"))
    )]
    log: String,
    #[env(required_when(profile = "production", set(tls_cert)))]
    tls_password: Option<String>,
    tls_cert: Option<String>,
    #[env(key = "TLS_KEY_PATH")]
    tls_key: Option<String>,
    #[env(sensitive)]
    token: Option<String>,
    #[env(nested)]
    s3: Option<S3>,
    #[env(services("worker"))]
    queue: Option<u8>,
    #[env(phases("build"), default = 1)]
    jobs: u8,
}

#[derive(EnvSchema, Debug)]
struct S3 {
    key: String,
    #[env(required_when(region = "other"), key = "S3_ENDPOINT")]
    endpoint: Option<String>,
    #[env(default = "eu", one_of("eu", "other"))]
    region: String,
}

fn load(pairs: &[(&str, &str)]) -> Result<Config, LoadError> {
    Config::load_from_pairs(pairs.iter().copied())
}

#[track_caller]
fn fails(pairs: &[(&str, &str)], expected: &[(&str, &str)]) {
    let error = load(pairs).expect_err("is accepted");
    let found = error.diagnostics().map(|found| &found.diagnostic);
    let found: Vec<_> = found.map(|found| (found.code, found.key.as_deref().unwrap_or_default())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_value_makes_others_required_or_forbidden() {
    assert_eq!(load(&[]).unwrap().bucket, None);
    fails(&[("APP_STORAGE", "s3")], &[("missing-variable", "APP_BUCKET")]);
    fails(&[("APP_BUCKET", "b")], &[("forbidden-variable", "APP_BUCKET")]);
    let config = load(&[("APP_STORAGE", "s3"), ("APP_BUCKET", "b")]).unwrap();
    assert_eq!((config.storage.as_str(), config.bucket.as_deref()), ("s3", Some("b")));
}

#[test]
fn a_profile_changes_defaults_and_constraints() {
    assert_eq!(load(&[]).unwrap().log, "text");
    assert_eq!(load(&[("APP_ENV", "production")]).unwrap().log, "json");
    fails(&[("APP_ENV", "production"), ("APP_LOG", "text")], &[("value-not-allowed", "APP_LOG")]);
    let tls = [("APP_TLS_CERT", "c"), ("TLS_KEY_PATH", "k")];
    let config = load(&tls).unwrap();
    let loaded = [config.tls_cert, config.tls_key, config.tls_password];
    assert_eq!(loaded, [Some("c".to_owned()), Some("k".to_owned()), None]);
    fails(&[("APP_ENV", "production"), tls[0], tls[1]], &[("missing-variable", "APP_TLS_PASSWORD")]);
}

#[test]
fn rules_hold_between_variables() {
    fails(&[("APP_TLS_CERT", "c")], &[("missing-variable", "TLS_KEY_PATH")]);
    assert_eq!(load(&[("APP_TOKEN", "t")]).unwrap().token.as_deref(), Some("t"));
    fails(&[("APP_TOKEN", "t"), ("APP_S3_KEY", "k")], &[("conflicting-variables", "APP_S3_KEY")]);
}

#[test]
fn a_condition_names_what_stands_beside_it() {
    let other = [("APP_S3_KEY", "k"), ("APP_S3_REGION", "other")];
    fails(&other, &[("missing-variable", "S3_ENDPOINT")]);
    let config = load(&[other[0], other[1], ("S3_ENDPOINT", "e")]).unwrap();
    let s3 = config.s3.unwrap();
    assert_eq!((s3.key.as_str(), s3.endpoint.as_deref(), s3.region.as_str()), ("k", Some("e"), "other"));
}

#[test]
fn what_belongs_to_another_service_or_phase_is_left_out() {
    let config = load(&[("APP_QUEUE", "5"), ("APP_JOBS", "8")]).unwrap();
    assert_eq!((config.queue, config.jobs), (Some(5), 8));
    let pairs = Overrides::new([("APP_QUEUE", "no number"), ("APP_JOBS", "nor this")]);
    let config = Config::loader().service("web").phase("runtime").source(pairs).load().unwrap();
    assert_eq!((config.queue, config.jobs), (None, 1));
}

#[test]
fn a_profile_a_service_and_a_phase_that_nobody_knows_are_refused() {
    #[derive(EnvSchema)]
    #[env(profile = "APP_ENV", profiles("local", "production"), services("web", "worker"))]
    #[expect(dead_code, reason = "what counts is whether it loads")]
    struct Config {
        #[env(in_profile("production", required), services("worker"))]
        queue: Option<String>,
    }
    let error = Config::loader().profile("prodution").service("wroker").phase("biuld").load().err().unwrap();
    let told: Vec<_> = error.diagnostics().map(|found| found.diagnostic.headline.as_str()).collect();
    assert_eq!(told, ["unknown profile `prodution`", "unknown service `wroker`", "unknown phase `biuld`"]);
    assert!(error.to_string().contains("did you mean `production`?"), "{error}");
    assert!(Config::loader().profile("local").service("web").phase("build").load().is_ok());
}
