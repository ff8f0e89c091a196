//! From the text of a schema file to the model: the schema, the places of its parts, and everything that is wrong with it.
//!
//! The text is YAML, TOML or JSON and holds either the concise form or a JSON Schema.

use std::path::Path;

use envschema_core::diagnostic::{Diagnostic, Severity};
use envschema_core::outline::Outline;
use envschema_core::schema::Schema;
use envschema_core::span::Span;
use envschema_core::subject::Subject;
use envschema_core::table::RowId;

use crate::format::{Document, json};

/// What a schema file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// YAML 1.2, and the one-line short forms that are not quite YAML.
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

    /// Reads a document; one of a format that is not built in has no root.
    #[must_use]
    pub fn read(self, text: &str) -> Document<'_> {
        document(text, self)
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
}

/// A schema file as far as it could be read.
#[derive(Clone, Debug, Default)]
pub struct SchemaFile {
    /// The schema. It must not be used for a judgement if [`Self::has_errors`].
    pub schema: Schema,
    /// Where its parts stand in the text.
    pub outline: Outline,
    /// Everything that is wrong with the text and with the schema, the schema's own checks included. The subjects are pieces
    /// of the text, variables and rules; `report_schema` of the core gives them lines and columns.
    pub diagnostics: Vec<Diagnostic>,
    /// What a JSON Schema says beyond the model.
    pub foreign: Option<Foreign>,
}

impl SchemaFile {
    /// Whether the schema must not be used.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Keywords of a JSON Schema that the model has no words for. Another engine judges them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreign {
    /// A JSON Schema, as JSON text, that holds nothing but those keywords: every error it gives is one that the model does not
    /// report. The instance to judge is one object with every value at its row's path, typed by its kind.
    pub schema: String,
    /// Each keyword, in the order of the text.
    pub keywords: Vec<ForeignKeyword>,
}

/// One keyword that the model has no word for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKeyword {
    /// The keyword: `multipleOf`.
    pub name: String,
    /// Where it stands in [`Foreign::schema`], as a JSON pointer: `/properties/PORT/multipleOf`. What an engine reports has
    /// this pointer or one below it.
    pub pointer: String,
    /// Where it stands in the text of the schema file.
    pub span: Span,
    /// The variable it is about; `None` if it is about several.
    pub row: Option<RowId>,
}

/// Reads the schema that another one extends: takes the path as it is written, relative to the file it stands in, and gives
/// the schema or says in a clause why there is none (`does not exist`).
pub type Load<'l> = dyn FnMut(&str) -> Result<SchemaFile, String> + 'l;

/// Reads a schema that extends no other: `extends` in it is an error.
#[must_use]
pub fn read(text: &str, format: Format) -> SchemaFile {
    read_with(text, format, &mut |_| Err("cannot be followed here".to_owned()))
}

/// Reads a schema; what it extends comes from `load`. It never fails: what is wrong is in the diagnostics.
#[must_use]
pub fn read_with(text: &str, format: Format, load: &mut Load<'_>) -> SchemaFile {
    let _ = load;
    let document = document(text, format);
    let mut file = SchemaFile::default();
    for fault in &document.faults {
        let diagnostic =
            Diagnostic::error("invalid-schema", Subject::SchemaText(fault.span), fault.message.clone());
        file.diagnostics.push(diagnostic.maybe_help(fault.help));
    }
    if let Some(root) = &document.root {
        let subject = Subject::SchemaText(root.span);
        file.diagnostics.push(Diagnostic::error(
            "unsupported-format",
            subject,
            "schema files cannot be read yet",
        ));
    }
    file
}

fn document(text: &str, format: Format) -> Document<'_> {
    match format {
        Format::Json => json::read(text),
        #[cfg(feature = "yaml")]
        Format::Yaml => crate::format::concise::read(text),
        #[cfg(feature = "toml")]
        Format::Toml => crate::format::toml::read(text),
        #[cfg(not(all(feature = "yaml", feature = "toml")))]
        _ => Document::default(),
    }
}
