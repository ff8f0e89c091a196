//! Exporters: the schema as other programs read it.

pub mod json;
pub mod json_schema;
pub mod model;
pub(crate) mod words;

pub use json_schema::{Draft, Form, Options, json_schema};
