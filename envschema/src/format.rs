//! Documents in YAML, TOML and JSON: one spanned tree for schema files and configuration layers alike.
//!
//! Reading never fails: it yields a [`Document`], which holds what could be read and everything that is wrong with the rest.

pub mod concise;
pub mod json;
#[cfg(feature = "toml")]
pub mod toml;
pub mod tree;
#[cfg(feature = "yaml")]
pub mod yaml;

pub use tree::{Cause, Data, Document, Fault, Member, Node};

#[cfg(all(test, feature = "toml", feature = "yaml"))]
mod tests;
