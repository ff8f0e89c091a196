//! What readers see in a file, as a table for people or as JSON for programs.

use std::collections::{BTreeMap, BTreeSet};

use envschema::core::dotenv::Outcome;
use envschema::core::redact;
use serde_json::{Map, Value, json};

use crate::command::read::FileReading;

/// One line of JSON for a file: `{"file": …, "readers": {NAME: {"vars": {…}, "error": …}}}`. A value that is not UTF-8 is
/// `{"b64": …}`; names a reader removes are listed under `unset`.
pub(crate) fn json(reading: &FileReading) -> String {
    let readers: Map<String, Value> = reading
        .readers
        .iter()
        .map(|(dialect, outcome)| (dialect.name.to_owned(), outcome_json(reading, outcome)))
        .collect();
    let mut text = json!({ "file": reading.file, "readers": readers }).to_string();
    text.push('\n');
    text
}

fn outcome_json(reading: &FileReading, outcome: &Outcome) -> Value {
    let vars: Map<String, Value> = outcome
        .vars
        .iter()
        .map(|(key, value)| (lossy(key), value_json(&reading.shown(key, value))))
        .collect();
    let mut object = Map::new();
    if let Some(problem) = &outcome.error {
        object.insert("error".to_owned(), problem.message.into());
    }
    object.insert("vars".to_owned(), vars.into());
    if !outcome.unset.is_empty() {
        object.insert("unset".to_owned(), outcome.unset.iter().map(|name| lossy(name)).collect());
    }
    object.into()
}

fn value_json(value: &[u8]) -> Value {
    match std::str::from_utf8(value) {
        Ok(text) => text.into(),
        Err(_) => json!({ "b64": base64(value) }),
    }
}

/// Standard base64 with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for digit in 0..4 {
            let is_padding = digit > chunk.len();
            let index = (bits >> (18 - 6 * digit)) as usize & 63;
            text.push(if is_padding { '=' } else { char::from(DIGITS[index]) });
        }
    }
    text
}

/// A table: a line for each key that all readers see alike, and below the others what each group of readers makes of it.
pub(crate) fn text(reading: &FileReading) -> String {
    let mut out = format!("{}\n", reading.file);
    let all = reading.readers.len();
    for (message, names) in errors(reading) {
        out.push_str(&format!("  refused or cut short by {}: {message}\n", names.join(", ")));
    }
    let seen = by_key(reading);
    let width = seen.keys().map(|key| key.chars().count()).max().unwrap_or(0);
    for (key, values) in &seen {
        if let [(value, names)] = values.as_slice()
            && names.len() == all
        {
            out.push_str(&format!("    {key:width$}  {value}\n"));
            continue;
        }
        for (index, (value, names)) in values.iter().enumerate() {
            let (mark, key) = if index == 0 { ("≠", key.as_str()) } else { (" ", "") };
            out.push_str(&format!("  {mark} {key:width$}  {value}  ({})\n", names.join(", ")));
        }
    }
    if seen.is_empty() {
        out.push_str("    no variables\n");
    }
    out
}

/// Texts, each with the names of the readers it holds for.
type Groups<'r> = Vec<(String, Vec<&'r str>)>;

fn errors(reading: &FileReading) -> Groups<'_> {
    let failed = reading
        .readers
        .iter()
        .filter_map(|(dialect, outcome)| Some((outcome.error.as_ref()?.message, dialect.name)));
    let grouped = group(failed);
    grouped.into_iter().map(|(message, names)| (message.to_owned(), names)).collect()
}

/// What readers see under each key, those that see the same together; values that are masked alike may still differ.
fn by_key(reading: &FileReading) -> BTreeMap<String, Groups<'_>> {
    let keys: BTreeSet<_> = reading.readers.iter().flat_map(|(_, outcome)| outcome.vars.keys()).collect();
    let of_key = |key: &Vec<u8>| {
        let seen =
            group(reading.readers.iter().map(|(dialect, outcome)| (outcome.vars.get(key), dialect.name)));
        let shown = |value: Option<&Vec<u8>>| {
            value.map_or_else(|| "not set".to_owned(), |value| quoted(&reading.shown(key, value)))
        };
        seen.into_iter().map(|(value, names)| (shown(value), names)).collect()
    };
    keys.into_iter().map(|key| (redact::escape(&lossy(key)).into_owned(), of_key(key))).collect()
}

/// Puts together the names that come with equal things.
fn group<'r, T: PartialEq>(pairs: impl Iterator<Item = (T, &'r str)>) -> Vec<(T, Vec<&'r str>)> {
    let mut groups: Vec<(T, Vec<&'r str>)> = Vec::new();
    for (thing, name) in pairs {
        match groups.iter_mut().find(|(other, _)| *other == thing) {
            Some((_, names)) => names.push(name),
            None => groups.push((thing, vec![name])),
        }
    }
    groups
}

/// A value in quotes, whole.
fn quoted(value: &[u8]) -> String {
    format!("\"{}\"", redact::escape(&lossy(value)))
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_padded() {
        let rows: [(&[u8], &str); 4] =
            [(b"", ""), (b"f", "Zg=="), (b"fo", "Zm8="), (b"\xff\xfe\xfd\xfc", "//79/A==")];
        for (bytes, expected) in rows {
            assert_eq!(base64(bytes), expected);
        }
    }
}
