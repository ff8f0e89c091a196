//! Configuration validation and environment schemas.

pub mod decode;
pub mod format;
pub mod leaf;
pub mod schema_file;
mod secret;

pub use secret::Secret;

pub use envschema_core as core;
