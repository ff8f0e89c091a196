//! Exporters: the schema as other programs read it. The same schema always gives the same text.

pub mod diff;
mod env_example;
mod json;
pub mod json_schema;
mod model;
mod words;

pub use env_example::env_example;
#[cfg(feature = "schemars")]
pub(crate) use json_schema::fragment;
pub use json_schema::{Draft, Form, Options, json_schema};
