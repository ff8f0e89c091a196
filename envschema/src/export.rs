//! Exporters: the schema as other programs read it.

pub mod json;
pub mod model;
