//! From pairs to a typed configuration.

use std::time::Duration;

use envschema::source::{DotenvChain, DotenvText, Process};
use envschema::{EnvSchema, EnvValue, Secret};
use url::Url;

/// Settings of the billing service.
#[derive(EnvSchema)]
#[env(prefix = "APP_", profile = "APP_ENV")]
struct Config {
    /// Port the HTTP server listens on.
    #[env(default = 8080)]
    port: u16,
    /// PostgreSQL connection string.
    #[env(key = "DATABASE_URL", schemes("postgres", "postgresql"))]
    database_url: Secret<Url>,
    #[validate(length(min = 1))]
    allowed_hosts: Vec<String>,
    #[env(default = "info")]
    level: Level,
    #[env(nested)]
    redis: Redis,
    #[env(nested)]
    smtp: Option<Smtp>,
}

#[derive(EnvValue, Debug, PartialEq)]
enum Level {
    Debug,
    Info,
    #[env(aliases("warning"))]
    Warn,
}

#[derive(EnvSchema)]
struct Redis {
    url: Url,
    #[env(default = "5s")]
    timeout: Duration,
}

#[derive(EnvSchema, Debug)]
struct Smtp {
    host: String,
    #[env(range = 1..=65535)]
    port: u16,
}

const GOOD: [(&str, &str); 4] = [
    ("DATABASE_URL", "postgres://app:hunter2@db/app"),
    ("APP_ALLOWED_HOSTS", "a.example, b.example"),
    ("APP_LEVEL", "warning"),
    ("REDIS_URL", "redis://cache:6379"),
];

#[test]
fn a_service_loads_in_one_call() {
    let mut pairs = GOOD.to_vec();
    pairs[3].0 = "APP_REDIS_URL";
    let config = Config::load_from_pairs(pairs.clone()).unwrap();
    assert_eq!(config.port, 8080);
    assert_eq!(config.database_url.expose().host_str(), Some("db"));
    assert_eq!(config.allowed_hosts, ["a.example", "b.example"]);
    assert_eq!(config.level, Level::Warn);
    assert_eq!(config.redis.timeout, Duration::from_secs(5));
    assert_eq!(config.redis.url.as_str(), "redis://cache:6379");
    assert!(config.smtp.is_none());
    let with_smtp = [("APP_SMTP_HOST", "mail"), ("APP_SMTP_PORT", "25")];
    let config = Config::load_from_pairs(pairs.into_iter().chain(with_smtp)).unwrap();
    let smtp = config.smtp.unwrap();
    assert_eq!((smtp.host.as_str(), smtp.port), ("mail", 25));
}

#[test]
fn a_file_can_be_held_to_what_every_reader_reads_alike() {
    let portable = envschema::core::dotenv::find("portable").unwrap();
    let load = |text: &str| Smtp::loader().source(DotenvText::new(".env", text).dialect(portable)).load();
    let smtp = load("HOST=mail\nPORT=25\n").unwrap();
    assert_eq!((smtp.host.as_str(), smtp.port), ("mail", 25));
    let error = load("HOST='mail'\nPORT=25\n").unwrap_err();
    let codes: Vec<_> = error.diagnostics().map(|found| found.diagnostic.code).collect();
    assert_eq!(codes, ["unportable-value"]);
}

#[test]
fn only_what_every_profile_reads_selects_the_profile() {
    #[derive(EnvSchema, Debug)]
    #[env(profile = "STAGE")]
    struct Staged {
        #[env(default = "local")]
        stage: String,
        #[env(required_when(profile = "production"))]
        key: Option<String>,
    }

    let folder = std::env::temp_dir().join(format!("envschema-stages-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join(".env"), "STAGE=production\n").unwrap();
    std::fs::write(folder.join(".env.production"), "STAGE=staging\n").unwrap();
    let load = || Staged::loader().source(DotenvChain::new(&folder));
    let found = load().load().unwrap_err().to_string();
    let given = load().profile("production").load().unwrap_err().to_string();
    std::fs::write(folder.join(".env.production"), "STAGE=production\nKEY=k\n").unwrap();
    let loaded = load().load();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(found.contains("selects another profile than the one this file is read for"), "{found}");
    assert!(found.contains("missing-variable"), "{found}");
    assert_eq!(found, given);
    let Staged { stage, key } = loaded.unwrap();
    assert_eq!((stage.as_str(), key.as_deref()), ("production", Some("k")));
}

fn even(text: &str) -> Result<u8, ()> {
    text.parse().ok().filter(|number| number % 2 == 0).ok_or(())
}

/// What only Rust functions know is found beside what the checks find, not one start later.
#[test]
fn own_functions_are_asked_whatever_else_is_wrong() {
    #[derive(EnvSchema, Debug)]
    #[expect(dead_code, reason = "what counts is what is reported")]
    struct Config {
        port: u16,
        #[env(from_str)]
        version: Ipv4Range,
        #[env(decode_with = even)]
        workers: u8,
        #[env(decode_with = even)]
        missing: u8,
        #[env(decode_with = even, min_length = 3)]
        short: u8,
        #[env(nested)]
        nested: Nested,
    }

    #[derive(EnvSchema, Debug)]
    #[expect(dead_code, reason = "what counts is what is reported")]
    struct Nested {
        #[env(decode_with = even)]
        threads: u8,
    }

    #[derive(Debug)]
    struct Ipv4Range;
    impl std::str::FromStr for Ipv4Range {
        type Err = ();
        fn from_str(text: &str) -> Result<Self, ()> {
            text.contains('/').then_some(Self).ok_or(())
        }
    }

    let pairs =
        [("PORT", "x"), ("VERSION", "10.0.0.0"), ("WORKERS", "3"), ("SHORT", "1"), ("NESTED_THREADS", "5")];
    let error = Config::load_from_pairs(pairs).unwrap_err();
    let told: Vec<_> = error
        .diagnostics()
        .map(|found| format!("{} {}", found.diagnostic.code, found.diagnostic.key.as_deref().unwrap_or("-")))
        .collect();
    let expected = [
        "invalid-value PORT",
        "invalid-length SHORT",
        "missing-variable MISSING",
        "invalid-value VERSION",
        "invalid-value WORKERS",
        "invalid-value NESTED_THREADS",
    ];
    assert_eq!(told, expected, "{error}");
}

#[test]
fn what_is_worth_a_warning_is_told_beside_the_configuration() {
    #[derive(EnvSchema, Debug)]
    #[env(profile = "APP_ENV", default_profile = "local")]
    #[expect(dead_code, reason = "what counts is what is reported")]
    struct Config {
        #[env(default = 80)]
        port: u16,
        #[env(deprecated = "since 2.0", replaced_by = port)]
        http_port: Option<u16>,
        #[env(decode_with = even)]
        workers: u8,
    }
    let loader = |workers: &str| {
        let pairs = [("HTTP_PORT", "80"), ("PROT", "81"), ("HOME", "/"), ("WORKERS", workers)];
        let process = Process::new(pairs);
        Config::loader().source(process)
    };
    let (_, explanation) = loader("2").load_explained().unwrap();
    let codes: Vec<_> = explanation.warnings().map(|found| found.diagnostic.code).collect();
    assert_eq!(codes, ["deprecated-variable", "unknown-variable"]);
    assert!(explanation.to_string().starts_with("profile local\nPORT "), "{explanation}");
    // A function that objects does not hide them.
    let error = loader("3").load().unwrap_err();
    let codes: Vec<_> = error.diagnostics().map(|found| found.diagnostic.code).collect();
    assert_eq!(codes, ["deprecated-variable", "invalid-value"]);
}
