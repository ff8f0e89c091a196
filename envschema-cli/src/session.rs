//! The middle of a run, without any output: an open schema, texts read as layers, a check. The command and a language server
//! share it.

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::PathBuf;

use envschema::core::check;
use envschema::core::diagnostic::{Diagnostic, Safety};
use envschema::core::directive;
use envschema::core::dotenv::reader::{self, Dialect};
use envschema::core::dotenv::{self, Environ};
use envschema::core::environment::Environment;
use envschema::core::fix::{self, Mended};
use envschema::core::judge::{Circumstances, Judgement};
use envschema::core::layer::{Layer, LayerKind};
use envschema::core::raw::Raw;
use envschema::core::redact;
use envschema::core::report::locate::{self, SchemaSource};
use envschema::core::report::{Located, Place, Report};
use envschema::core::schema::Schema;
use envschema::core::span::Span;
use envschema::core::subject::Subject;
use envschema::core::table::Table;
use envschema::format::{Data, Node};
use envschema::schema_file::Format;
use envschema::source::document;

use crate::foreign::Engine;

mod schema;

pub(crate) use schema::OpenSchema;

/// A text that is a layer.
#[derive(Debug)]
pub(crate) struct Text {
    /// What it is called in reports.
    pub(crate) name: String,
    /// What was read.
    pub(crate) bytes: Vec<u8>,
    /// The format of a typed file; `None` for a `.env` file.
    pub(crate) format: Option<Format>,
    /// Where it was read from; `None` for standard input.
    pub(crate) path: Option<PathBuf>,
    /// Whether it is read only because of the profile.
    pub(crate) profiled: bool,
    /// Whether none of its values may be shown.
    pub(crate) withheld: bool,
}

/// A schema, ready to check environments against.
pub(crate) struct Session<'s> {
    /// The variables.
    pub(crate) table: Table<'s>,
    schema: &'s OpenSchema,
    source: SchemaSource<'s>,
    /// The engine for foreign keywords, if there are any; what it does not understand.
    engine: Option<Result<Engine<'s>, Vec<Diagnostic>>>,
}

/// What a check found.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// What was found.
    pub(crate) report: Report,
    /// The profile the environment was checked in.
    pub(crate) profile: Option<String>,
}

impl<'s> Session<'s> {
    /// A session with `schema`.
    pub(crate) fn new(schema: &'s OpenSchema) -> Self {
        let source = schema.source();
        let engine = schema.file.foreign.as_ref().map(Engine::new);
        Self { table: Table::new(&schema.file.schema), schema, source, engine }
    }

    /// What is wrong with the schema.
    pub(crate) fn schema_report(&self) -> Report {
        let mut diagnostics = self.schema.file.diagnostics.clone();
        if let Some(Err(misunderstood)) = &self.engine {
            diagnostics.extend_from_slice(misunderstood);
        }
        schema::told(locate::report_schema(diagnostics, &self.source), self.schema.origin)
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
        let layer = layer(&text.name, &text.bytes, text.format, dialect, environ, &self.table);
        let Text { profiled, withheld, ref path, .. } = *text;
        Layer { profiled, withheld, streamed: path.is_none(), ..layer }
    }

    /// What the fixes of everything that is wrong would make of each `.env` file, by layer. References see `environ`.
    pub(crate) fn mend(
        &self,
        layers: &[Layer<'_>],
        circumstances: &Circumstances,
        environ: &Environ,
        most: Safety,
    ) -> Vec<Mended> {
        fix::mend(&self.table, layers, circumstances, environ, most)
    }

    /// Each line of a `.env` file as it may be shown, with everything masked that is not clearly harmless.
    pub(crate) fn shown_lines(
        &self,
        text: &Text,
        dialect: &'static Dialect,
        circumstances: &Circumstances,
    ) -> Vec<String> {
        let layers = [self.layer(text, dialect, &Environ::empty())];
        let environment = Environment::resolve(&self.table, &layers);
        locate::shown_lines(&Judgement::new(&environment, circumstances), 0)
    }

    /// Checks layers, lowest precedence first.
    pub(crate) fn check(&self, layers: &[Layer<'_>], circumstances: &Circumstances) -> Checked {
        let mut profile = None;
        let report =
            check::check_with(&self.table, layers, circumstances, Some(&self.source), |judgement, found| {
                profile.clone_from(&judgement.circumstances.profile);
                if let Some(Ok(engine)) = &self.engine {
                    engine.check(judgement, found);
                }
            });
        Checked { report, profile }
    }
}

/// The schema that a text names for itself, and the line of it. Which dialect its schema says is not known before.
pub(crate) fn named_schema<'t>(
    bytes: &'t [u8],
    format: Option<Format>,
    dialect: &'static Dialect,
) -> Option<(&'t str, Span)> {
    if !directive::may_be_in(bytes) {
        return None;
    }
    let schema = Schema::default();
    directive::schema(&layer("", bytes, format, dialect, &Environ::empty(), &Table::new(&schema)))
}

/// The schema that a typed file names for editors, and the line of it: `#:schema FILE` in TOML, `# yaml-language-server:
/// $schema=FILE` in YAML, `"$schema": "FILE"` in JSON. What is not a local file is none.
pub(crate) fn editors_schema(bytes: &[u8], format: Option<Format>) -> Option<(&str, Span)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (named, span) = match format? {
        Format::Toml => in_comment(text, |comment| {
            comment.strip_prefix(":schema").filter(|rest| rest.starts_with([' ', '\t']))
        }),
        Format::Yaml => in_comment(text, |comment| {
            comment.trim_start().strip_prefix("yaml-language-server:")?.trim_start().strip_prefix("$schema=")
        }),
        Format::Json => match Format::Json.read(text).root?.get("$schema")? {
            Node { value: Data::Text(Cow::Borrowed(named)), span } => {
                Some((*named, Span::at(span.range().start)))
            }
            _ => None,
        },
    }?;
    (!named.is_empty() && named != "none" && !named.contains("://")).then_some((named, span))
}

/// What `find` finds in one of the comments that a text begins with, and where the line is.
fn in_comment<'t>(text: &'t str, find: impl Fn(&'t str) -> Option<&'t str>) -> Option<(&'t str, Span)> {
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    for line in text.get(at..)?.split_inclusive('\n') {
        let words = line.trim();
        if let Some(found) = words.strip_prefix('#').and_then(&find) {
            return Some((found.trim(), Span::at(at)));
        }
        if !words.is_empty() && !words.starts_with('#') {
            return None;
        }
        at += line.len();
    }
    None
}

/// Reads a text as a layer of an environment of `table`. References see `environ`.
fn layer<'t>(
    name: &'t str,
    bytes: &'t [u8],
    format: Option<Format>,
    dialect: &'static Dialect,
    environ: &Environ,
    table: &Table<'_>,
) -> Layer<'t> {
    match format {
        Some(format) => document::layer(name, bytes, format, table),
        None => Layer::dotenv(Cow::Borrowed(name), bytes, dialect, (dialect.read)(bytes, environ)),
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
