//! Configuration validation and environment schemas.

pub mod format;

pub use envschema_core as core;
