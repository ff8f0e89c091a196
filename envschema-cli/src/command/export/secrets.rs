//! Lines of exported JSON Schemas without the literals of secrets: their defaults and examples stand in the model.

use envschema::core::redact::{self, MASK};
use envschema::core::rules;
use envschema::core::schema::{Presence, Schema, Variable};
use envschema::core::table::Table;
use envschema::schema_file::{self, Format};

/// The lines of an old and of a new text as they may be shown; `schema` is that of the new one.
pub(super) fn shown(old: &str, new: &str, schema: &Schema) -> (Vec<String>, Vec<String>) {
    let file = schema_file::read(old, Format::Json);
    let mut secrets = literals(schema);
    if file.has_errors() {
        // Nobody knows what is secret in it.
        let masked = old.lines().map(|_| MASK.to_owned()).collect();
        return (masked, lines(new, &secrets));
    }
    secrets.extend(literals(&file.schema));
    (lines(old, &secrets), lines(new, &secrets))
}

fn lines(text: &str, secrets: &[String]) -> Vec<String> {
    text.lines().map(|line| line_without(line, secrets)).collect()
}

fn line_without(line: &str, secrets: &[String]) -> String {
    // An escape may spell a secret another way.
    if line.contains("\\u") {
        return MASK.to_owned();
    }
    let shown = secrets.iter().fold(line.to_owned(), |line, secret| line.replace(secret, MASK));
    redact::escape(&shown).into_owned()
}

/// Every literal of a secret variable, and every one that holds a password, as JSON writes it.
fn literals(schema: &Schema) -> Vec<String> {
    let table = Table::new(schema);
    let literals = table.rows.iter().flat_map(|row| {
        let is_secret = |literal: &&str| row.sensitive || redact::has_userinfo(literal);
        of(row.variable).filter(is_secret).collect::<Vec<_>>()
    });
    literals
        .filter(|literal| !literal.is_empty())
        .filter_map(|literal| serde_json::to_string(literal).ok())
        .collect()
}

fn of(variable: &Variable) -> impl Iterator<Item = &str> {
    let presences =
        variable.when.iter().filter_map(|when| when.presence.as_ref()).chain([&variable.presence]);
    let defaults = presences.filter_map(|presence| match presence {
        Presence::Default(text) => Some(text.as_ref()),
        Presence::Required | Presence::Optional => None,
    });
    let constraints = rules::constraints(variable).flat_map(|(_, constraint)| rules::literals(constraint));
    let also = variable.when.iter().filter_map(|when| when.also.as_ref()).flat_map(|also| also.iter());
    let texts = variable.examples.iter().chain(variable.also.iter()).chain(also).map(AsRef::as_ref);
    defaults.chain(constraints).chain(texts)
}
