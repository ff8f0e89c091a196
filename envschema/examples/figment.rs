//! Figment on both sides: its providers are sources, and what was loaded is a provider.
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;

use envschema::adapter::figment::FigmentSource;
use envschema::source::Process;
use envschema::{EnvSchema, Secret};
use figment::Figment;
use figment::providers::{Format, Json};
use serde::Deserialize;

#[derive(EnvSchema)]
#[env(prefix = "APP_")]
struct Config {
    #[env(default = 8080)]
    port: u16,
    /// The office that numbers invoices: `007` is not 7.
    office: String,
    #[env(nested)]
    database: Database,
}

#[derive(EnvSchema)]
struct Database {
    host: String,
    password: Secret<String>,
}

/// What another part of the program has figment extract.
#[derive(Deserialize)]
struct Elsewhere {
    port: u16,
    office: String,
    database: Connection,
}

#[derive(Deserialize)]
struct Connection {
    host: String,
    password: String,
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let file = || Json::string(r#"{"office": "001", "database": {"host": "db"}}"#);
    let process = Process::new([("APP_OFFICE", "007"), ("APP_DATABASE_PASSWORD", "123456")]);
    // The environment is a source of ours: figment's own would make numbers of both values.
    let loader = || Config::loader().source(FigmentSource::new(file())).source(process.clone());

    let config = loader().load()?;
    assert_eq!((config.port, config.office.as_str(), config.database.host.as_str()), (8080, "007", "db"));
    assert_eq!(config.database.password.expose(), "123456");

    let elsewhere: Elsewhere = Figment::from(loader().figment()?).extract()?;
    assert_eq!((elsewhere.port, elsewhere.office.as_str()), (8080, "007"));
    assert_eq!((elsewhere.database.host.as_str(), elsewhere.database.password.as_str()), ("db", "123456"));
    println!("office {} listens on port {}", elsewhere.office, elsewhere.port);
    Ok(())
}
