//! `#[derive(EnvSchema)]`: the schemas it writes, the values it loads, the mistakes it finds.
#![expect(clippy::disallowed_methods, reason = "tests build crates")]

mod conditions;
mod examples;
mod figment;
mod generics;
mod groups;
mod hygiene;
mod kinds;
mod layers;
mod loading;
mod miette;
mod schema;
mod schemars;
mod secrets;
mod structs;
mod types;
mod ui;
mod undetected;
mod validator;
