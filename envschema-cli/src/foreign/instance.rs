//! An environment as one JSON object: every value that is set, at its variable's path, typed by its kind.

use envschema::core::element::Element;
use envschema::core::judge::Judgement;
use envschema::core::kind::Kind;
use envschema::core::raw::Raw;
use envschema::core::table::RowId;
use envschema::core::value::{Item, Value as Typed};
use serde_json::{Map, Number, Value};

/// The object that stands for an environment.
pub(super) fn of(judgement: &Judgement<'_>) -> Value {
    let mut object = Map::new();
    for (id, row) in judgement.environment.table.iter().filter(|(id, _)| judgement.applies(*id)) {
        if let Some(winner) = judgement.environment.winner(id) {
            put(&mut object, &row.path, value(judgement, winner, &row.variable.kind));
        }
    }
    Value::Object(object)
}

/// Whether the model has found something wrong with the value of `row`, or could not judge it.
pub(super) fn is_judged_wrong(judgement: &Judgement<'_>, row: RowId) -> bool {
    judgement.environment.winner(row).is_some_and(|winner| !judgement.is_sound(winner))
}

/// The object with the text of `row` read as a value of a type of JSON Schema, if its variable may be any text and this one
/// is such a value.
pub(super) fn reread(judgement: &Judgement<'_>, row: RowId, named: &str, instance: &Value) -> Option<Value> {
    let declared = judgement.environment.table.row(row);
    let kind = match named {
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "boolean" => Kind::Boolean,
        _ => return None,
    };
    let winner = judgement.environment.winner(row).filter(|_| declared.variable.kind == Kind::String)?;
    let text = text(&judgement.environment.entry_of(winner).raw);
    let value = json(&kind, text, Some(&kind.parse(text).ok()?));
    let mut object = instance.as_object()?.clone();
    put(&mut object, &declared.path, value);
    Some(Value::Object(object))
}

/// Puts a value at a dotted path.
fn put(object: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            object.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = object.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

/// The value of an occurrence. What could not be judged is its text: nothing is said about it twice.
fn value(judgement: &Judgement<'_>, winner: u32, kind: &Kind) -> Value {
    let raw = &judgement.environment.entry_of(winner).raw;
    let elements = judgement.elements(winner).unwrap_or_default();
    match (kind, raw) {
        (Kind::List(list), _) => elements.iter().map(|element| typed(&list.items, element)).collect(),
        (Kind::Map(map), Raw::Table(members)) => {
            let members = members.iter().zip(&elements);
            Value::Object(
                members.map(|((key, ..), element)| (key.to_string(), typed(&map.values, element))).collect(),
            )
        }
        (Kind::Map(map), Raw::Text(text)) => match kind.parse(text) {
            Ok(Typed::Map(pairs)) => {
                let pair = |(key, item): &(Item<'_>, Item<'_>)| {
                    (key.text.to_owned(), json(&map.values, item.text, Some(&item.value)))
                };
                Value::Object(pairs.iter().map(pair).collect())
            }
            _ => Value::String(text.to_string()),
        },
        _ => match elements.first() {
            Some(element) => typed(kind, element),
            None => Value::String(text(raw).to_owned()),
        },
    }
}

fn typed(kind: &Kind, element: &Element<'_>) -> Value {
    json(kind, element.text, element.value.as_ref())
}

fn json(kind: &Kind, text: &str, value: Option<&Typed<'_>>) -> Value {
    match value {
        Some(Typed::Boolean(value)) => Value::Bool(*value),
        Some(Typed::Integer(integer)) => number(&integer.to_string(), text),
        Some(Typed::Number(value)) => Number::from_f64(*value).map_or_else(|| text.into(), Value::Number),
        Some(Typed::Text(text)) if *kind == Kind::Json => {
            serde_json::from_str(text).unwrap_or_else(|_| (*text).into())
        }
        _ => text.into(),
    }
}

/// A whole number as exactly as the engine can take it.
fn number(digits: &str, text: &str) -> Value {
    digits.parse().map_or_else(|_| text.into(), Value::Number)
}

fn text<'r>(raw: &'r Raw<'_>) -> &'r str {
    match raw {
        Raw::Text(text) | Raw::Number(text) => text,
        _ => "",
    }
}
