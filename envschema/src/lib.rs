//! Configuration validation and environment schemas.

#[doc(hidden)]
pub mod __private;
pub mod adapter;
pub mod decode;
mod error;
mod explanation;
pub mod export;
pub mod format;
pub mod leaf;
mod load;
mod loader;
pub mod schema_file;
mod secret;
pub mod source;
pub mod testing;

pub use error::LoadError;
pub use explanation::{Explained, Explanation};
pub use load::EnvSchema;
pub use loader::Loader;
pub use secret::Secret;

pub use envschema_core as core;
#[cfg(feature = "derive")]
pub use envschema_derive::{EnvSchema, EnvValue};

/// The page about the library: its examples run.
#[cfg(all(doctest, feature = "derive", feature = "toml"))]
#[doc = include_str!("../../docs/library.md")]
mod library {}
