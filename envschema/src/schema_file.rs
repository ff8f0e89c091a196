//! From the text of a schema file to the model: the schema, the places of its parts, and everything that is wrong with it.
//!
//! The text is YAML, TOML or JSON and holds either the concise form or a JSON Schema.

use envschema_core::checks::invalid_schema;
use envschema_core::diagnostic::{Diagnostic, Severity};
use envschema_core::outline::Outline;
use envschema_core::registry;
use envschema_core::schema::{Schema, Text};
use envschema_core::span::Span;
use envschema_core::subject::Subject;
use envschema_core::table::{RowId, Table};

use crate::format::concise::heading::Headings;
use crate::format::concise::lowering;
use crate::format::json_schema;
use crate::format::lower::outline::assemble;
use crate::format::lower::values::Literal;
use crate::format::lower::{Notes, mistake, names};
use crate::format::{Document, Node};

pub use crate::format::Format;
pub use extend::{CIRCULAR, UNUSABLE};

mod extend;
mod faults;
mod hide;
pub mod vocabulary;

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
    let mut notes = Notes::default();
    let document = document(text, format, &mut notes);
    let mut model = match &document.root {
        Some(root) if format != Format::Toml && json_schema::is_one(root) => by_json_schema(root, &mut notes),
        Some(root) => concise(text, format, root, &mut notes),
        None => Model::default(),
    };
    if document.root.is_none() && document.faults.is_empty() && notes.report.is_empty() {
        notes
            .push(mistake::invalid(Span::at(0), "the schema is empty").help("declare at least one variable"));
    }
    if let Some(base) = model.extends.take() {
        extend::extend(&mut model, &base, load, &mut notes);
    }
    if faults::are_grave(&document.faults) {
        // What is not declared may only not have been read.
        notes.mentions.clear();
    }
    let mut file = finish(model, notes);
    faults::add(text, format, &document.faults, &mut file.outline, &mut file.diagnostics);
    file
}

/// A schema before it was checked as a whole.
#[derive(Default)]
struct Model {
    schema: Schema,
    outline: Outline,
    /// The phases it lists.
    phases: Vec<Text>,
    /// What it extends.
    extends: Option<Literal>,
    foreign: Option<Foreign>,
}

fn document<'t>(text: &'t str, format: Format, notes: &mut Notes) -> Document<'t> {
    if !format.is_built_in() {
        let headline = format!("{} cannot be read by this build", format.name());
        let help = "write the schema in JSON, or use a build with every feature";
        let subject = Subject::SchemaText(Span::at(0));
        notes.push(Diagnostic::error("unsupported-format", subject, headline).help(help));
    }
    match format {
        #[cfg(feature = "yaml")]
        Format::Yaml => crate::format::concise::read(text),
        _ => format.read(text),
    }
}

fn concise(text: &str, format: Format, root: &Node<'_>, notes: &mut Notes) -> Model {
    let headings = (format != Format::Json).then(|| Headings::of(text, Some(root)));
    let lowered = lowering::lower(root, headings.as_ref(), notes);
    let heading = lowered.heading;
    let assembled = assemble(lowered.items, heading.rules);
    Model {
        schema: Schema { entries: assembled.entries, rules: assembled.rules, ..heading.schema },
        outline: assembled.outline,
        phases: heading.phases,
        extends: heading.extends,
        foreign: None,
    }
}

fn by_json_schema(root: &Node<'_>, notes: &mut Notes) -> Model {
    let lowered = json_schema::lower(root, notes);
    let heading = lowered.heading;
    let assembled = assemble(lowered.items, heading.rules);
    let schema = Schema { entries: assembled.entries, rules: assembled.rules, ..heading.schema };
    let foreign = lowered.foreign.finish(root, &Table::new(&schema));
    Model { schema, outline: assembled.outline, phases: heading.phases, extends: None, foreign }
}

/// Looks up the names in the schema, runs its checks and hands it out.
fn finish(model: Model, mut notes: Notes) -> SchemaFile {
    let Model { schema, mut outline, phases, foreign, .. } = model;
    let table = Table::new(&schema);
    names::look_up(&table, &phases, &mut notes);
    notes.secrets.drain(..).for_each(|span| outline.add_secret(span));
    // Names were looked up where they stand.
    let is_new = |found: &Diagnostic| found.code != invalid_schema::CHECK.code;
    notes.report.extend(registry::check_schema(&table).into_iter().filter(is_new));
    SchemaFile { schema, outline, diagnostics: notes.report, foreign }
}

#[cfg(test)]
mod tests;
