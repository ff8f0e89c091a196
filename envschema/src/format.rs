//! Documents in YAML, TOML and JSON: one spanned tree for schema files and configuration layers alike.
//!
//! Reading never fails: it yields a [`Document`], which holds what could be read and everything that is wrong with the rest.

#[cfg(feature = "schema-files")]
pub mod concise;
pub mod json;
#[cfg(feature = "schema-files")]
pub(crate) mod json_schema;
#[cfg(feature = "schema-files")]
pub(crate) mod lower;
#[cfg(feature = "toml")]
pub mod toml;
pub mod tree;
#[cfg(feature = "yaml")]
pub mod yaml;

use std::path::Path;

pub use tree::{Cause, Data, Document, Fault, Member, Node};

/// What a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// YAML 1.2; in schema files also one-line short forms that are not quite YAML.
    Yaml,
    /// TOML 1.1.
    Toml,
    /// JSON (RFC 8259).
    Json,
}

impl Format {
    /// The format that the extension of `path` names: `.yaml`, `.yml`, `.toml`, `.json`, in any case.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?;
        let is = |name: &str| extension.eq_ignore_ascii_case(name);
        match () {
            () if is("yaml") || is("yml") => Some(Self::Yaml),
            () if is("toml") => Some(Self::Toml),
            () if is("json") => Some(Self::Json),
            () => None,
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Toml => "TOML",
            Self::Json => "JSON",
        }
    }

    /// Whether this build reads it.
    #[must_use]
    pub const fn is_built_in(self) -> bool {
        match self {
            Self::Yaml => cfg!(feature = "yaml"),
            Self::Toml => cfg!(feature = "toml"),
            Self::Json => true,
        }
    }

    /// Reads a document; one of a format that is not built in has no root.
    #[must_use]
    pub fn read(self, text: &str) -> Document<'_> {
        match self {
            Self::Json => json::read(text),
            #[cfg(feature = "yaml")]
            Self::Yaml => yaml::read(text),
            #[cfg(feature = "toml")]
            Self::Toml => toml::read(text),
            #[cfg(not(all(feature = "yaml", feature = "toml")))]
            _ => Document::default(),
        }
    }
}

#[cfg(all(test, feature = "toml", feature = "yaml"))]
mod tests;
