//! A derived configuration loads exactly where a check by its exported schema reports no error, and both report the same.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use envschema::core::check::check;
use envschema::core::judge::Circumstances;
use envschema::core::registry;
use envschema::core::table::Table;
use envschema::export::{Form, json_schema};
use envschema::format::Format;
use envschema::schema_file;
use envschema::source::{Content, Request, Source};
use envschema::{EnvSchema, EnvValue, Loader, Secret};
use proptest::test_runner::{Config as RunnerConfig, TestCaseError, TestRunner};
use url::Url;

use crate::layered::told;
use crate::layers::{Recipe, circumstances, contents, layers};

/// Settings of a service.
#[derive(EnvSchema)]
#[env(
    prefix = "APP_",
    profile = "APP_ENV",
    default_profile = "local",
    all_or_none(cert, key),
    at_most_one(token, bucket)
)]
#[expect(dead_code, reason = "what counts is whether it loads")]
struct Service {
    #[env(default = 8080, range = 1024..)]
    port: u16,
    #[env(schemes("postgres", "postgresql"))]
    database_url: Secret<Url>,
    #[env(default = "info")]
    level: Level,
    hosts: Vec<String>,
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
    #[env(required_when(profile = "production", set(cert)))]
    password: Option<Secret<String>>,
    cert: Option<PathBuf>,
    key: Option<PathBuf>,
    #[env(sensitive)]
    token: Option<String>,
    #[env(services("worker"))]
    queue: Option<u8>,
    #[env(phases("build"), default = 1)]
    jobs: u8,
    #[env(nested)]
    smtp: Option<Smtp>,
}

/// A level of the log.
#[derive(EnvValue)]
enum Level {
    Debug,
    Info,
    #[env(aliases("warning"))]
    Warn,
}

/// Where mail goes.
#[derive(EnvSchema)]
#[expect(dead_code, reason = "what counts is whether it loads")]
struct Smtp {
    host: String,
    #[env(default = 25)]
    port: NonZeroU32,
    #[env(allow_empty)]
    user: Option<String>,
}

/// Types of fields.
#[derive(EnvSchema)]
#[env(unknown = "error")]
#[expect(dead_code, reason = "what counts is whether it loads")]
struct Types {
    flag: Option<bool>,
    small: Option<i8>,
    large: Option<u128>,
    ratio: Option<f32>,
    letter: Option<char>,
    timeout: Option<Duration>,
    address: Option<IpAddr>,
    listen: Option<SocketAddr>,
    numbers: Option<Vec<i64>>,
    #[env(separator = ';')]
    names: Option<BTreeSet<String>>,
    labels: Option<BTreeMap<String, u16>>,
    #[env(deprecated = "since 2.0", replaced_by = "SMALL")]
    old: Option<String>,
}

impl Source for Recipe {
    fn read(&self, _: &Request<'_>) -> Vec<Content<'_>> {
        vec![self.content()]
    }
}

fn loader<C: EnvSchema>(recipes: &[Recipe], circumstances: &Circumstances) -> Loader<C> {
    let Circumstances { profile, service, phase, .. } = circumstances;
    let loader = recipes.iter().cloned().fold(C::loader(), Loader::source);
    let loader = profile.iter().fold(loader, Loader::profile);
    let loader = service.iter().fold(loader, Loader::service);
    phase.iter().fold(loader, Loader::phase)
}

/// The share of environments that load is counted: both outcomes must be met.
fn agree<C: EnvSchema>() {
    assert!(registry::check_schema(&Table::new(C::SCHEMA)).is_empty());
    let (loaded, refused) = (Cell::new(0), Cell::new(0));
    let exports =
        [Form::Env, Form::Config].map(|form| schema_file::read(&json_schema(C::SCHEMA, form), Format::Json));
    let config = RunnerConfig { cases: 1024, failure_persistence: None, ..RunnerConfig::default() };
    let cases = (contents(C::SCHEMA, false), circumstances());
    let result = TestRunner::new(config).run(&cases, |(recipes, circumstances)| {
        let outcome = loader::<C>(&recipes, &circumstances).load();
        for export in &exports {
            let table = Table::new(&export.schema);
            let contents: Vec<_> = recipes.iter().map(Recipe::content).collect();
            let report = check(&table, &layers(&contents, &table), &circumstances, None);
            match &outcome {
                Ok(_) if report.has_errors() => {
                    return Err(TestCaseError::fail(format!("loads, but {:#?}", told(&report))));
                }
                Err(error) if told(error.report()) != told(&report) => {
                    return Err(TestCaseError::fail(format!("{error}\n{:#?}", told(&report))));
                }
                _ => {}
            }
        }
        let count = if outcome.is_ok() { &loaded } else { &refused };
        count.set(count.get() + 1);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    assert!(loaded.get() > 10 && refused.get() > 10, "{loaded:?} {refused:?}");
}

#[test]
fn a_service_loads_where_its_export_is_content() {
    agree::<Service>();
}

#[test]
fn every_type_loads_where_its_export_is_content() {
    agree::<Types>();
}
