//! The middle of a run, without any output: an open schema, texts read as layers, a check. The command and a language server
//! share it.

use std::borrow::Cow;
use std::ffi::OsString;
use std::string::FromUtf8Error;

use envschema::core::check;
use envschema::core::diagnostic::Diagnostic;
use envschema::core::dotenv::reader::{self, Dialect};
use envschema::core::dotenv::{self, Environ};
use envschema::core::judge::Circumstances;
use envschema::core::layer::{Layer, LayerKind};
use envschema::core::raw::Raw;
use envschema::core::redact;
use envschema::core::report::locate::{self, SchemaSource};
use envschema::core::report::{Located, Place, Report, Source};
use envschema::core::span::Span;
use envschema::core::subject::Subject;
use envschema::core::table::Table;
use envschema::schema_file::{self, Format, SchemaFile};
use envschema::source::document;

use crate::discover::{Discovery, Schema};

/// A schema file that was read.
#[derive(Debug)]
pub(crate) struct OpenSchema {
    /// What it is called in reports.
    pub(crate) name: String,
    /// Its text.
    pub(crate) text: String,
    /// What it says.
    pub(crate) file: SchemaFile,
}

/// A text that is a layer.
#[derive(Debug)]
pub(crate) struct Text {
    /// What it is called in reports.
    pub(crate) name: String,
    /// What was read.
    pub(crate) bytes: Vec<u8>,
    /// The format of a typed file; `None` for a `.env` file.
    pub(crate) format: Option<Format>,
}

/// A schema, ready to check environments against.
pub(crate) struct Session<'s> {
    /// The variables.
    pub(crate) table: Table<'s>,
    schema: &'s OpenSchema,
    source: SchemaSource<'s>,
}

/// What a check found.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// What was found.
    pub(crate) report: Report,
    /// The profile the environment was checked in.
    pub(crate) profile: Option<String>,
}

/// Reads a schema that was chosen, and those it extends.
pub(crate) fn open_schema(
    schema: &Schema,
    discovery: &mut Discovery<'_>,
) -> Result<OpenSchema, Box<Located>> {
    let name = &schema.name;
    let bytes = discovery.read(&schema.path, schema.origin).map_err(|why| {
        let headline = format!("cannot read the schema `{}`: {}", redact::escape(name), why.reason());
        unusable("unreadable-source", name, headline, why.help())
    })?;
    let Some(format) = Format::of(&schema.path) else {
        let headline =
            format!("the name of the schema `{}` does not say what it is written in", redact::escape(name));
        let help = "its name must end in .yaml, .yml, .toml or .json".to_owned();
        return Err(unusable("unsupported-format", name, headline, Some(help)));
    };
    let text = String::from_utf8(bytes).map_err(|error| not_text(name, &error))?;
    let file = schema_file::read(&text, format);
    Ok(OpenSchema { name: name.clone(), text, file })
}

fn not_text(name: &str, error: &FromUtf8Error) -> Box<Located> {
    let headline = "the schema holds bytes that are not UTF-8".to_owned();
    let mut located = unusable("invalid-schema", name, headline, Some("save it as UTF-8".to_owned()));
    let source = Source::new(name, error.as_bytes());
    let at = Span::at(error.utf8_error().valid_up_to());
    located.place = source.place(at, false);
    located
}

impl<'s> Session<'s> {
    /// A session with `schema`.
    pub(crate) fn new(schema: &'s OpenSchema) -> Self {
        let source = Source::new(&schema.name, schema.text.as_bytes());
        let source = SchemaSource { source, outline: &schema.file.outline };
        Self { table: Table::new(&schema.file.schema), schema, source }
    }

    /// What is wrong with the schema.
    pub(crate) fn schema_report(&self) -> Report {
        locate::report_schema(self.schema.file.diagnostics.clone(), &self.source)
    }

    /// The dialect that the schema says `.env` files are written in.
    pub(crate) fn dialect(&self) -> &'static Dialect {
        let named = self.schema.file.schema.dialect.as_deref().and_then(dotenv::find);
        named.unwrap_or(reader::DEFAULT)
    }

    /// Reads a text as a layer. References see `environ`.
    pub(crate) fn layer<'t>(
        &self,
        text: &'t Text,
        dialect: &'static Dialect,
        environ: &Environ,
    ) -> Layer<'t> {
        match text.format {
            Some(format) => document::layer(&text.name, &text.bytes, format, &self.table),
            None => {
                let reading = (dialect.read)(&text.bytes, environ);
                Layer::dotenv(Cow::Borrowed(&text.name), &text.bytes, dialect, reading)
            }
        }
    }

    /// Checks layers, lowest precedence first.
    pub(crate) fn check(&self, layers: &[Layer<'_>], circumstances: &Circumstances) -> Checked {
        let mut profile = None;
        let report =
            check::check_with(&self.table, layers, circumstances, Some(&self.source), |judgement, _| {
                profile.clone_from(&judgement.circumstances.profile);
            });
        Checked { report, profile }
    }
}

/// The process environment as a layer. What is not Unicode is no value of any kind.
pub(crate) fn process_layer(variables: &[(OsString, OsString)]) -> Layer<'_> {
    let pairs = variables.iter().map(|(key, value)| {
        let raw = value.to_str().map_or(Raw::Bytes, |value| Raw::Text(value.into()));
        (key.to_string_lossy(), raw)
    });
    Layer::of_pairs(Cow::Borrowed("process environment"), LayerKind::Process, pairs)
}

/// A file that cannot be read, or cannot be used, as the one thing to report about it.
pub(crate) fn unusable(
    code: &'static str,
    name: &str,
    headline: String,
    help: Option<String>,
) -> Box<Located> {
    let diagnostic = Diagnostic::error(code, Subject::Environment, headline).maybe_help(help);
    let place = Place::file(redact::escape(name));
    Box::new(Located { diagnostic, place, labels: Vec::new(), rule: None })
}
