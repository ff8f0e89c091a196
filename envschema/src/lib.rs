//! Configuration validation and environment schemas.

pub use envschema_core as core;
