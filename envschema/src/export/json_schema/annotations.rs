//! What editors show of a variable: its description, default and examples, what is wrong in words, and what is deprecated.
//!
//! Nothing of a secret is told. Which editor reads which keyword was found out by driving them; that is why some things are
//! said twice.

use envschema_core::kind::Kind;
use envschema_core::schema::{Deprecation, Presence, Text};
use envschema_core::table::Row;
use envschema_core::value::Value;

use super::Form;
use super::number::Number;
use crate::export::json::{Json, Object};
use crate::export::words;

/// The description of a variable.
pub(super) fn description(row: &Row<'_>) -> Object {
    let mut object = Object::new();
    object.push_said("description", row.variable.doc.clone());
    let secret = if row.sensitive { "; secret" } else { "" };
    let facts = format!("`{}`: {}; {}{secret}", row.key, words::expected(row), words::presence(row));
    let paragraphs = [row.variable.doc.as_ref(), &facts];
    let paragraphs: Vec<&str> = paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty()).collect();
    object.push("markdownDescription", paragraphs.join("\n\n"));
    object
}

/// Everything else that is shown.
pub(super) fn annotations(row: &Row<'_>, form: Form) -> Object {
    let variable = row.variable;
    let mut object = Object::new();
    let literal = |text: &Text| {
        let is_shown = !words::is_secret(row, text);
        is_shown.then(|| as_instance(&variable.kind, text, &variable.also, form))
    };
    if let Presence::Default(text) = &variable.presence
        && let Some(default) = literal(text)
    {
        object.push("default", default);
    }
    object.push_said("examples", variable.examples.iter().filter_map(literal).collect::<Json>());
    if let Some(deprecation) = &variable.deprecated {
        deprecated(&mut object, deprecation);
    }
    if row.sensitive {
        object.push("writeOnly", true);
    }
    let message = match &variable.deprecated {
        Some(deprecation) if deprecation.removed => message_of(deprecation),
        _ => format!("must be {}", words::expected(row)),
    };
    object.push("errorMessage", message);
    object
}

/// Some editors look at the flag, others at the message.
fn deprecated(object: &mut Object, deprecation: &Deprecation) {
    object.push("deprecated", true);
    object.push("deprecationMessage", message_of(deprecation));
    if deprecation.removed {
        object.push("doNotSuggest", true);
    }
}

fn message_of(deprecation: &Deprecation) -> String {
    let Deprecation { note, replaced_by, removed } = deprecation;
    let mut message = if *removed { "is no longer supported" } else { "is deprecated" }.to_owned();
    if !note.is_empty() {
        message = format!("{message}: {note}");
    }
    match replaced_by {
        Some(key) => format!("{message}; use `{key}` instead"),
        None => message,
    }
}

/// A literal of a variable as an instance has it.
fn as_instance(kind: &Kind, text: &Text, also: &[Text], form: Form) -> Json {
    if form == Form::Env {
        return Json::Text(text.clone());
    }
    match (kind, kind.parse(text)) {
        (Kind::List(list), Ok(Value::List(items))) => {
            items.iter().map(|item| as_scalar(&list.items, item.text, also)).collect()
        }
        (Kind::Map(map), Ok(Value::Map(pairs))) => {
            let pair = |all: Object, (key, value): &(_, envschema_core::value::Item<'_>)| {
                let key: &envschema_core::value::Item<'_> = key;
                all.with(key.text.to_owned(), as_scalar(&map.values, value.text, also))
            };
            Json::Object(pairs.iter().fold(Object::new(), pair))
        }
        _ => as_scalar(kind, text, also),
    }
}

fn as_scalar(kind: &Kind, text: &str, also: &[Text]) -> Json {
    let is_plain = also.iter().any(|literal| literal == text);
    match kind.parse(text) {
        Ok(_) if is_plain => text.into(),
        Ok(Value::Boolean(value)) => value.into(),
        // A size is easier to read with its unit.
        Ok(Value::Size(_)) if !text.bytes().all(|byte| byte.is_ascii_digit()) => text.into(),
        _ => Number::of(kind, text).map_or_else(|| text.into(), Json::from),
    }
}
