//! Schema files, opened: read, understood, and those they extend with them.

use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use envschema::core::diagnostic::{Diagnostic, Severity};
use envschema::core::outline::Outline;
use envschema::core::redact;
use envschema::core::report::locate::{self, SchemaSource};
use envschema::core::report::{Located, Place, Report, Source};
use envschema::core::span::Span;
use envschema::core::subject::Subject;
use envschema::schema_file::{self, Format, SchemaFile};

use super::unusable;
use crate::discover::{Discovery, Schema};
use crate::host::Origin;

/// A schema file that was read.
#[derive(Debug)]
pub(crate) struct OpenSchema {
    /// What it is called in reports.
    pub(crate) name: String,
    /// Its text.
    pub(crate) text: String,
    /// What it says.
    pub(crate) file: SchemaFile,
    /// Who chose it.
    pub(crate) origin: Origin,
    /// The schemas it extends, each of them extended by the next one, the last by this schema.
    pub(crate) bases: Vec<Base>,
    /// The schemas it extends that have something wrong with them.
    pub(crate) extended: Vec<(String, Report)>,
}

/// A schema that another one extends, as far as places in it are told.
#[derive(Debug)]
pub(crate) struct Base {
    name: String,
    text: String,
    outline: Outline,
}

impl OpenSchema {
    /// Where its parts stand, and those that it inherits.
    pub(super) fn source(&self) -> SchemaSource<'_> {
        let base = self.bases.iter().fold(None, |base, next| {
            let source = Source::new(&next.name, next.text.as_bytes());
            Some(Box::new(SchemaSource { source, outline: &next.outline, base }))
        });
        let source = Source::new(&self.name, self.text.as_bytes());
        SchemaSource { source, outline: &self.file.outline, base }
    }

    /// Opens a schema that was chosen. If it cannot be read, that is the one thing to report.
    pub(crate) fn open(schema: &Schema, discovery: &mut Discovery<'_>) -> Result<Self, Box<Located>> {
        let mut opening = Opening { discovery, chain: Vec::new(), bases: Vec::new(), extended: Vec::new() };
        let (text, file) = opening.open(schema)?;
        let (name, origin) = (schema.name.clone(), schema.origin);
        Ok(Self { name, text, file, origin, bases: opening.bases, extended: opening.extended })
    }
}

/// What goes on while a schema is opened.
struct Opening<'o, 'h> {
    discovery: &'o mut Discovery<'h>,
    /// The schemas that are being read, each extended by the one before it.
    chain: Vec<PathBuf>,
    bases: Vec<Base>,
    extended: Vec<(String, Report)>,
}

impl Opening<'_, '_> {
    fn open(&mut self, schema: &Schema) -> Result<(String, SchemaFile), Box<Located>> {
        let name = &schema.name;
        let bytes = self.discovery.read(&schema.path, schema.origin).map_err(|why| {
            let headline = format!("cannot read the schema `{}`: {}", redact::escape(name), why.reason());
            unusable("unreadable-source", name, headline, why.help())
        })?;
        let Some(format) = Format::of(&schema.path) else { return Err(unsupported(name)) };
        let text = String::from_utf8(bytes).map_err(|error| not_text(name, &error))?;
        self.chain.push(schema.path.clone());
        let file = schema_file::read_with(&text, format, &mut |written| self.extend(schema, written));
        self.chain.pop();
        Ok((text, file))
    }

    /// Opens what `schema` extends, or says in a clause why it cannot be.
    fn extend(&mut self, schema: &Schema, written: &str) -> Result<SchemaFile, String> {
        let folder = self.discovery.folder_of(&schema.path).map_err(|_| "cannot be found")?;
        let extended = self.discovery.extended(&folder, Path::new(written), schema.origin)?;
        if self.chain.contains(&extended.path) {
            return Err(schema_file::CIRCULAR.to_owned());
        }
        match self.open(&extended) {
            Ok((text, file)) => {
                self.note(&extended, &text, &file);
                // If it has mistakes, whoever extends it says so.
                self.bases.push(Base { name: extended.name, text, outline: file.outline.clone() });
                Ok(file)
            }
            Err(unusable) => {
                let report = Report { diagnostics: vec![*unusable], ..Report::default() };
                self.extended.push((extended.name, report));
                Err(schema_file::UNUSABLE.to_owned())
            }
        }
    }

    /// Keeps what is wrong with a schema that is extended.
    fn note(&mut self, extended: &Schema, text: &str, file: &SchemaFile) {
        if !file.diagnostics.is_empty() {
            let source = Source::new(&extended.name, text.as_bytes());
            let source = SchemaSource { source, outline: &file.outline, base: None };
            let report = told(locate::report_schema(file.diagnostics.clone(), &source), extended.origin);
            self.extended.push((extended.name.clone(), report));
        }
    }
}

/// What may be told of what is wrong with a schema. A file that a `.env` file claims to be one need not be: where the first
/// mistake is, and nothing of what stands there.
pub(super) fn told(report: Report, origin: Origin) -> Report {
    let is_error = |located: &&Located| located.diagnostic.severity == Severity::Error;
    let (Origin::Claimed, Some(first)) = (origin, report.diagnostics.iter().find(is_error)) else {
        return report;
    };
    let headline = "the file that a `.env` file names as its schema is none, or has mistakes";
    let diagnostic = Diagnostic::error("invalid-schema", Subject::Environment, headline)
        .help("choose it with --schema to see what is wrong with it");
    let place = Place { excerpt: None, ..first.place.clone() };
    Report { diagnostics: vec![Located { diagnostic, place, labels: Vec::new(), rule: None }], ..report }
}

fn unsupported(name: &str) -> Box<Located> {
    let headline =
        format!("the name of the schema `{}` does not say what it is written in", redact::escape(name));
    let help = "its name must end in .yaml, .yml, .toml or .json".to_owned();
    unusable("unsupported-format", name, headline, Some(help))
}

fn not_text(name: &str, error: &FromUtf8Error) -> Box<Located> {
    let headline = "the schema holds bytes that are not UTF-8".to_owned();
    let mut located = unusable("invalid-schema", name, headline, Some("save it as UTF-8".to_owned()));
    let source = Source::new(name, error.as_bytes());
    located.place = source.place(Span::at(error.utf8_error().valid_up_to()), false);
    located
}
