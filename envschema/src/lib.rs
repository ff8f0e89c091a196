//! Configuration validation and environment schemas.

pub mod decode;
pub mod format;
pub mod leaf;
pub mod schema_file;
mod secret;
pub mod source;

pub use secret::Secret;

pub use envschema_core as core;
