//! JSON Schema from a schema, in two forms: flat with strings, as in the environment; nested and typed, as in TOML, YAML and JSON.
//!
//! # What an instance is
//!
//! The resolved environment of one service in one phase: every variable that is set, each under its key (`env`) or its path
//! (`config`), and those of other services and phases left out. In the `env` form a variable may also be there and be empty,
//! which counts as not set. In the `config` form a value has its JSON type or is the text that its kind reads.
//!
//! # What holds
//!
//! *What a check accepts, the exported schema accepts*, under every profile, service and phase. So it says less where JSON
//! Schema cannot say the same: it compares no durations, dates or versions, knows no profile, and never compares two variables.
//! Everything it leaves out is in `x-envschema`, which holds the whole model; a check by the exported file is as strict as one
//! by the schema itself.

use envschema_core::schema::Schema;
use envschema_core::table::Table;

use super::json::{Json, Object};
use super::model::model;
use place::Places;

mod annotations;
mod condition;
mod loosest;
mod number;
mod place;
mod presence;
mod regex;
mod rules;
mod strings;
mod text;
mod tree;
mod unknown;
mod value;

/// What instances of an exported schema look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// One object with a string under every key, as an environment or a `.env` file has them.
    Env,
    /// Typed values in nested objects, as TOML, YAML and JSON files have them.
    Config,
}

/// A version of JSON Schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Draft {
    /// Draft-07: what editors understand best.
    #[default]
    Draft7,
    /// Draft 2020-12.
    Draft202012,
}

/// How a JSON Schema is written. A [`Form`] alone stands for draft-07 without an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What its instances look like.
    pub form: Form,
    /// The version of JSON Schema.
    pub draft: Draft,
    /// Its own absolute address, if it has one.
    pub id: Option<String>,
}

impl From<Form> for Options {
    fn from(form: Form) -> Self {
        Self { form, draft: Draft::default(), id: None }
    }
}

/// The schema as a JSON Schema: the same schema always gives the same text.
#[must_use]
pub fn json_schema(schema: &Schema, options: impl Into<Options>) -> String {
    let options = options.into();
    let mut root = Object::new().with("$schema", dialect(options.draft));
    if let Some(id) = &options.id {
        root.push("$id", id.clone());
    }
    root.push("$comment", "Exported by envschema. Everything is in `x-envschema`; the rest follows from it, so change the schema and export it again.");
    let table = Table::new(schema);
    let places = Places { table: &table, form: options.form, is_file: true };
    root.append(places.document(options.draft));
    root.push("x-envschema", model(schema));
    Json::from(root).pretty()
}

/// The schema in the `config` form as a part of another one: without what only a file of its own has.
#[cfg(feature = "schemars")]
pub(crate) fn fragment(schema: &Schema, draft: Draft) -> String {
    let table = Table::new(schema);
    let places = Places { table: &table, form: Form::Config, is_file: false };
    Json::from(places.document(draft)).pretty()
}

const fn dialect(draft: Draft) -> &'static str {
    match draft {
        Draft::Draft7 => "http://json-schema.org/draft-07/schema#",
        Draft::Draft202012 => "https://json-schema.org/draft/2020-12/schema",
    }
}

impl Places<'_> {
    /// All of the schema but what names the file and the model.
    fn document(&self, draft: Draft) -> Object {
        let schema = self.schema();
        let mut root = Object::new();
        root.push_said("title", schema.name.clone());
        root.push_said("description", schema.doc.clone());
        root.append(self.tree());
        root.push_said("allOf", self.all_of(draft));
        if self.form == Form::Config {
            let mut formats = Vec::new();
            collect_formats(&Json::from(root.clone()), &mut formats);
            root.push_said("x-tombi-string-formats", formats);
        }
        root
    }

    /// Everything that is about several variables or depends on conditions.
    fn all_of(&self, draft: Draft) -> Vec<Object> {
        let conditional = self.table.iter().flat_map(|(id, _)| self.conditional(id));
        conditional.chain(self.rules(draft)).collect()
    }
}

/// The formats that a schema uses, each once: one editor wants to be told.
fn collect_formats(json: &Json, formats: &mut Vec<String>) {
    match json {
        Json::Array(values) => values.iter().for_each(|value| collect_formats(value, formats)),
        Json::Object(object) => {
            for (key, value) in object.iter() {
                match value {
                    Json::Text(format) if key == "format" => {
                        if !formats.iter().any(|known| known == format) {
                            formats.push(format.clone().into_owned());
                        }
                    }
                    _ => collect_formats(value, formats),
                }
            }
        }
        _ => {}
    }
}
