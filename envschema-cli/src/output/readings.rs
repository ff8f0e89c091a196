//! What readers see in a file, as a table for people or as JSON for programs.

use std::collections::{BTreeMap, BTreeSet};

use envschema::core::readings::Sight;
use envschema::core::redact;
use serde_json::{Map, Value, json};

use crate::command::read::FileReading;

/// One line of JSON for a file: `{"file": …, "readers": {NAME: {"vars": {…}, "error": …}}}`. A value that is not UTF-8 is
/// `{"b64": …}`; names a reader removes are listed under `unset`. Names that are masked stand there once.
pub(crate) fn json(reading: &FileReading) -> String {
    let readers: Map<String, Value> =
        reading.readers.iter().map(|sight| (sight.dialect.name.to_owned(), sight_json(sight))).collect();
    let text = json!({ "file": reading.file, "readers": readers }).to_string();
    without_acting(&text) + "\n"
}

/// JSON with everything escaped that could act on a terminal; what is left of that stands in strings.
fn without_acting(json: &str) -> String {
    if redact::is_plain(json) {
        return json.to_owned();
    }
    let mut text = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if redact::is_plain(character.encode_utf8(&mut [0; 4])) {
            text.push(character);
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}

fn sight_json(sight: &Sight) -> Value {
    let shown = |(key, value): (&Vec<u8>, &Vec<u8>)| {
        (sight.name(key).into_owned(), value_json(&sight.value(key, value)))
    };
    let vars: Map<String, Value> = sight.outcome.vars.iter().map(shown).collect();
    let mut object = Map::new();
    if let Some(problem) = &sight.outcome.error {
        object.insert("error".to_owned(), problem.message.into());
    }
    object.insert("vars".to_owned(), vars.into());
    if !sight.outcome.unset.is_empty() {
        let names: BTreeSet<_> = sight.outcome.unset.iter().map(|name| sight.name(name)).collect();
        object.insert("unset".to_owned(), names.into_iter().collect());
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

/// A table: a line for each name that all readers see alike, and below the others what each group of readers makes of it.
pub(crate) fn text(reading: &FileReading) -> String {
    let mut out = format!("{}\n", reading.file);
    let all = reading.readers.len();
    for (message, names) in errors(reading) {
        out.push_str(&format!("  refused or cut short by {}: {message}\n", names.join(", ")));
    }
    let seen = by_name(reading);
    let width = seen.keys().map(|name| name.chars().count()).max().unwrap_or(0);
    for (name, values) in &seen {
        if let [(value, readers)] = values.as_slice()
            && readers.len() == all
        {
            out.push_str(&format!("    {name:width$}  {value}\n"));
            continue;
        }
        for (index, (value, readers)) in values.iter().enumerate() {
            let (mark, name) = if index == 0 { ("≠", name.as_str()) } else { (" ", "") };
            out.push_str(&format!("  {mark} {name:width$}  {value}  ({})\n", readers.join(", ")));
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
        .filter_map(|sight| Some((sight.outcome.error.as_ref()?.message, sight.dialect.name)));
    let grouped = group(failed);
    grouped.into_iter().map(|(message, names)| (message.to_owned(), names)).collect()
}

/// What readers see under each name, those that see the same together; values that are masked alike may still differ.
fn by_name(reading: &FileReading) -> BTreeMap<String, Groups<'_>> {
    let shown: Vec<_> =
        reading.readers.iter().map(|sight| (sight.dialect.name, under_names(sight))).collect();
    let names: BTreeSet<&String> = shown.iter().flat_map(|(_, names)| names.keys()).collect();
    let of_name = |name: &String| {
        let seen = group(shown.iter().map(|(reader, names)| (names.get(name), *reader)));
        let text = |seen: Option<&Under<'_>>| {
            seen.map_or_else(|| "not set".to_owned(), |seen| seen.shown.join(", "))
        };
        seen.into_iter().map(|(seen, readers)| (text(seen), readers)).collect()
    };
    names.into_iter().map(|name| (name.clone(), of_name(name))).collect()
}

/// What one reader sees under one name: mostly a single variable, but names may be masked alike.
#[derive(Default, PartialEq)]
struct Under<'r> {
    raw: Vec<(&'r [u8], &'r [u8])>,
    shown: Vec<String>,
}

/// What a reader sees, by names as they may be shown.
fn under_names(sight: &Sight) -> BTreeMap<String, Under<'_>> {
    let mut names: BTreeMap<String, Under<'_>> = BTreeMap::new();
    for (key, value) in &sight.outcome.vars {
        let under = names.entry(redact::escape(&sight.name(key)).into_owned()).or_default();
        under.raw.push((key, value));
        let shown = quoted(&sight.value(key, value));
        if !under.shown.contains(&shown) {
            under.shown.push(shown);
        }
    }
    names
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
    use super::{base64, without_acting};

    #[test]
    fn json_holds_nothing_that_acts() {
        let json = serde_json::json!({"a\u{202e}": "\u{e0001}é"}).to_string();
        let safe = without_acting(&json);
        assert_eq!(safe, r#"{"a\u202e":"\udb40\udc01é"}"#);
        let values: [serde_json::Value; 2] = [&json, &safe].map(|json| serde_json::from_str(json).unwrap());
        assert_eq!(values[0], values[1]);
    }

    #[test]
    fn base64_is_padded() {
        let rows: [(&[u8], &str); 4] =
            [(b"", ""), (b"f", "Zg=="), (b"fo", "Zm8="), (b"\xff\xfe\xfd\xfc", "//79/A==")];
        for (bytes, expected) in rows {
            assert_eq!(base64(bytes), expected);
        }
    }
}
