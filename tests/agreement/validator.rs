//! The independent judge: the `jsonschema` crate on exported schemas, formats included.

use envschema::core::schema::Schema;
use envschema::export::{Draft, Form, Options, json_schema};
use serde_json::Value;

/// Both forms in both drafts.
pub const EXPORTS: [(Form, Draft); 4] = [
    (Form::Env, Draft::Draft7),
    (Form::Env, Draft::Draft202012),
    (Form::Config, Draft::Draft7),
    (Form::Config, Draft::Draft202012),
];

/// An exported schema as the judge reads it.
pub struct Judge {
    pub text: String,
    validator: jsonschema::Validator,
}

impl Judge {
    pub fn new(schema: &Schema, form: Form, draft: Draft) -> Self {
        let text = json_schema(schema, Options { draft, ..form.into() });
        let value: Value = serde_json::from_str(&text).unwrap();
        jsonschema::meta::validate(&value).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let options = jsonschema::options().should_validate_formats(true).build(&value);
        let validator = options.unwrap_or_else(|error| panic!("{error}\n{text}"));
        Self { text, validator }
    }

    /// What it has against an instance.
    pub fn objections(&self, instance: &Value) -> Vec<String> {
        let errors = self.validator.iter_errors(instance);
        errors.map(|error| format!("{}: {error}", error.schema_path())).collect()
    }
}
