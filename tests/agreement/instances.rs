//! A resolved environment as the instance of an exported schema.

use envschema::core::environment::{Spelling, Standing};
use envschema::core::judge::Judgement;
use envschema::core::kind::Kind;
use envschema::core::layer::LayerKind;
use envschema::core::raw::Raw;
use envschema::core::table::RowId;
use serde_json::{Value, json};

use crate::layers::{insert, scalar};

/// The object of strings; `None` if a value has no text.
pub fn env(judgement: &Judgement<'_>) -> Option<Value> {
    let mut instance = json!({});
    for (id, row) in judgement.environment.table.iter().filter(|(id, _)| judgement.applies(*id)) {
        if let Some(raw) = raw(judgement, id)? {
            instance.as_object_mut()?.insert(row.key.to_string(), text(raw)?.into());
        }
    }
    Some(instance)
}

/// The typed object, as the layers gave the values or each with the type of its kind; `None` if a value is not known.
pub fn config(judgement: &Judgement<'_>, by_kind: bool) -> Option<Value> {
    let mut instance = json!({});
    let table = judgement.environment.table;
    let allows_empty = table.schema.allow.iter().any(|allowed| allowed.code == "empty-value");
    for (id, row) in table.iter().filter(|(id, _)| judgement.applies(*id)) {
        let Some(raw) = raw(judgement, id)? else { continue };
        // What is empty in a typed file stands in the instance: the export must take it, too.
        let is_typed = judgement
            .environment
            .top(id)
            .is_some_and(|top| is_typed(judgement, judgement.environment.occurrences[top as usize].id.layer));
        let is_unset =
            raw.is_empty_text() && !row.variable.allow_empty && !allows_empty && (by_kind || !is_typed);
        if is_unset {
            continue;
        }
        let value = match (by_kind, &row.variable.kind, raw.as_text()) {
            (true, Kind::List(list), Some(text)) if !text.is_empty() => {
                let items = list.split(text).filter_map(Result::ok);
                items.map(|(_, item)| typed(&list.items, item, &row.variable.also)).collect()
            }
            (true, kind, Some(text)) => typed(kind, text, &row.variable.also),
            _ => value(raw)?,
        };
        insert(&mut instance, &row.path, value);
    }
    Some(instance)
}

fn is_typed(judgement: &Judgement<'_>, layer: u32) -> bool {
    judgement.environment.layers[layer as usize].kind == LayerKind::Document
}

/// The value that counts, an empty one included; `Some(None)` if there is none, `None` if it is in a file nobody opened.
fn raw<'e>(judgement: &Judgement<'e>, row: RowId) -> Option<Option<&'e Raw<'e>>> {
    let environment = judgement.environment;
    let Some(top) = environment.top(row) else { return Some(None) };
    let occurrence = environment.occurrences[top as usize];
    let raw = &environment.entry(occurrence.id).raw;
    if occurrence.spelling == Spelling::File && !matches!(raw, Raw::Content(_)) {
        return None;
    }
    Some(matches!(occurrence.standing, Standing::Wins | Standing::Hides).then_some(raw))
}

fn text(raw: &Raw<'_>) -> Option<String> {
    match raw {
        Raw::Text(text) | Raw::Content(text) | Raw::Number(text) => Some(text.to_string()),
        Raw::Boolean(value) => Some(value.to_string()),
        _ => None,
    }
}

fn value(raw: &Raw<'_>) -> Option<Value> {
    Some(match raw {
        Raw::Text(text) | Raw::Content(text) => text.as_ref().into(),
        Raw::Number(text) => serde_json::from_str(text).ok()?,
        Raw::Boolean(value) => (*value).into(),
        Raw::List(items) => items.iter().map(|(item, _)| value(item)).collect::<Option<Vec<_>>>()?.into(),
        Raw::Table(members) => {
            let members = members.iter().map(|(key, member, _)| Some((key.to_string(), value(member)?)));
            Value::Object(members.collect::<Option<_>>()?)
        }
        Raw::Bytes | Raw::Absent | Raw::Null => return None,
    })
}

fn typed(kind: &Kind, text: &str, also: &[envschema::core::schema::Text]) -> Value {
    if also.iter().any(|literal| literal == text) { text.into() } else { scalar(kind, text) }
}
