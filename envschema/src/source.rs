//! Where values are read: each source has a name and yields texts or pairs, never an error that hides the others.

use std::borrow::Cow;
use std::path::PathBuf;

use envschema_core::dotenv::{Dialect, Environ};
use envschema_core::environment::Spelling;
use envschema_core::layer::{Layer, LayerKind};
use envschema_core::raw::Raw;
use envschema_core::table::Table;

use crate::format::Format;

pub mod document;
mod dotenv;
mod file;
mod pairs;
pub(crate) mod reading;
mod secrets;

pub use dotenv::{DotenvChain, DotenvFile, DotenvText};
pub use file::{ConfigFile, ConfigText};
pub use pairs::{Overrides, Process};
pub use secrets::SecretsFolder;

/// Something values are read from. Sources are given to a loader from the lowest precedence to the highest.
pub trait Source {
    /// Reads everything it has. What cannot be read is yielded as such, beside what can.
    fn read(&self, request: &Request<'_>) -> Vec<Content<'_>>;

    /// Whether what it yields depends on the profile, so that it must be read once the profile is known.
    fn depends_on_profile(&self) -> bool {
        false
    }
}

/// What a source may need to know to find what it reads.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    /// The variables; a folder of secrets is only asked for theirs.
    pub table: &'r Table<'r>,
    /// The profile, once it is known.
    pub profile: Option<&'r str>,
    /// The service.
    pub service: Option<&'r str>,
}

/// What a source yielded; the source keeps what it has anyway.
pub enum Content<'s> {
    /// The text of a `.env` file.
    Dotenv {
        /// What it is called in diagnostics.
        name: Cow<'s, str>,
        /// The reader it is read as.
        dialect: &'static Dialect,
        /// The text.
        text: Cow<'s, [u8]>,
    },
    /// The text of a TOML, YAML or JSON file.
    Document {
        /// What it is called in diagnostics.
        name: Cow<'s, str>,
        /// What it is written in.
        format: Format,
        /// The text.
        text: Cow<'s, [u8]>,
    },
    /// Keys and values that stand in no text.
    Pairs {
        /// What it is called in diagnostics.
        name: Cow<'s, str>,
        /// What sort of source it is.
        kind: LayerKind,
        /// Keys and values; a value that is not UTF-8 is kept as bytes.
        pairs: Cow<'s, [(String, Vec<u8>)]>,
    },
    /// Typed values under dotted paths that stand in no text.
    Values {
        /// What it is called in diagnostics.
        name: Cow<'s, str>,
        /// Paths and values.
        values: Vec<(String, Raw<'static>)>,
    },
    /// Something that should have been read and could not be.
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why, in fixed words.
        why: &'static str,
    },
}

/// How much of the process environment is looked at; of everything else, all is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What the schema declares, and what selects the profile.
    Declared,
    /// What other programs left there, too, which may be a misspelt key.
    Everything,
}

impl Content<'_> {
    /// What it is called in diagnostics; nothing for what could not be read.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Dotenv { name, .. }
            | Self::Document { name, .. }
            | Self::Pairs { name, .. }
            | Self::Values { name, .. } => Some(name),
            Self::Unreadable { .. } => None,
        }
    }

    /// The layer it makes, with what is wrong with it; nothing for what could not be read.
    #[must_use]
    pub fn layer<'c>(&'c self, table: &Table<'_>, environ: &Environ, extent: Extent) -> Option<Layer<'c>> {
        self.layer_in(table, || environ, extent)
    }

    /// As [`Self::layer`]; the environment that a `.env` file is expanded in is asked for only if the file needs it.
    pub(crate) fn layer_in<'c, 'e>(
        &'c self,
        table: &Table<'_>,
        environ: impl FnOnce() -> &'e Environ,
        extent: Extent,
    ) -> Option<Layer<'c>> {
        match self {
            Self::Dotenv { name, dialect, text } => {
                let nowhere = Environ::empty();
                let reading = match (dialect.read)(text, &nowhere) {
                    reading if !nowhere.was_asked() => reading,
                    _ => (dialect.read)(text, environ()),
                };
                Some(Layer::dotenv(Cow::Borrowed(name), text, dialect, reading))
            }
            Self::Document { name, format, text } => Some(document::layer(name, text, *format, table)),
            Self::Pairs { name, kind, pairs } => {
                let raw = |bytes: &'c [u8]| {
                    std::str::from_utf8(bytes).map_or(Raw::Bytes, |text| Raw::Text(Cow::Borrowed(text)))
                };
                let is_narrow = extent == Extent::Declared && *kind == LayerKind::Process;
                let is_asked = |key: &str| {
                    Spelling::of(table, key).is_some() || table.schema.profile.as_deref() == Some(key)
                };
                let asked = pairs.iter().filter(|(key, _)| !is_narrow || is_asked(key));
                let pairs = asked.map(|(key, value)| (Cow::Borrowed(key.as_str()), raw(value)));
                Some(Layer::of_pairs(Cow::Borrowed(name), *kind, pairs))
            }
            Self::Values { name, values } => {
                let pairs = values.iter().map(|(path, value)| (Cow::Borrowed(path.as_str()), value.clone()));
                Some(Layer::of_pairs(Cow::Borrowed(name), LayerKind::Document, pairs))
            }
            Self::Unreadable { .. } => None,
        }
    }
}
