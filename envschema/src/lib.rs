//! A typed configuration in one line, or everything that is wrong with it at once.
//!
//! A struct is the schema: its fields are the variables, their types and attributes what holds for them. [`EnvSchema::load`] reads
//! the process environment, `.env` files, configuration files and secrets, judges all of it with the same checks as the command
//! `envschema check`, and gives the struct, or a report that names every problem with its file, line and key and shows nothing
//! secret.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use envschema::{EnvSchema, EnvValue, Secret};
//!
//! /// Settings of the billing service.
//! #[derive(EnvSchema)]
//! #[env(prefix = "APP_", profile = "APP_ENV")]
//! struct Config {
//!     /// Port the HTTP server listens on.
//!     #[env(default = 8080)]
//!     port: u16,
//!     #[env(default = "info")]
//!     log_level: Level,
//!     /// PostgreSQL connection string.
//!     #[env(key = "DATABASE_URL", kind = "url", schemes("postgres", "postgresql"))]
//!     database_url: Secret<String>,
//!     #[env(min_length = 1)]
//!     allowed_hosts: Vec<String>,
//!     #[env(default = "30s", max = "5m")]
//!     timeout: Duration,
//!     /// Mail server: all of APP_SMTP_*, or nothing.
//!     #[env(nested)]
//!     smtp: Option<Smtp>,
//! }
//!
//! #[derive(EnvSchema)]
//! struct Smtp {
//!     host: String,
//!     #[env(required_when(profile = "production"))]
//!     password: Option<Secret<String>>,
//! }
//!
//! #[derive(EnvValue)]
//! enum Level {
//!     Debug,
//!     Info,
//!     Warn,
//! }
//!
//! fn main() {
//!     let config = Config::load_or_exit();
//!     println!("listening on port {}", config.port);
//! }
//! ```
//!
//! Where to go on:
//!
//! * [`macro@EnvSchema`] and [`macro@EnvValue`]: every attribute, with an example; [`leaf`]: the types a field may have.
//! * [`EnvSchema::loader`]: other sources, another order, and tests without a process environment; [`source`]: what there is.
//! * [`LoadError`]: what is wrong, to show or to look through. [`Explanation`]: where every value came from.
//! * With the feature `export`, `export`: the schema as JSON Schema or `.env.example`, and `testing`, which keeps them current.

#[doc(hidden)]
pub mod __private;
pub mod adapter;
pub mod decode;
mod error;
mod explanation;
#[cfg(feature = "export")]
pub mod export;
pub mod format;
pub mod leaf;
mod load;
mod loader;
#[cfg(feature = "schema-files")]
pub mod schema_file;
mod secret;
pub mod source;
#[cfg(feature = "export")]
pub mod testing;

pub use error::LoadError;
pub use explanation::{Explained, Explanation};
pub use load::EnvSchema;
pub use loader::Loader;
pub use secret::Secret;

pub use envschema_core as core;
#[cfg(feature = "derive")]
#[doc = include_str!("derive/env_schema.md")]
pub use envschema_derive::EnvSchema;
#[cfg(feature = "derive")]
#[doc = include_str!("derive/env_value.md")]
pub use envschema_derive::EnvValue;

/// The page about the library: its examples run.
#[cfg(all(
    doctest,
    feature = "derive",
    feature = "dialects",
    feature = "export",
    feature = "pattern",
    feature = "toml"
))]
#[doc = include_str!("../../docs/library.md")]
mod library {}
