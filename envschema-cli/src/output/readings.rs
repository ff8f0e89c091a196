//! What readers see in a file, as a table for people or as JSON for programs.

use std::collections::BTreeMap;

use envschema::core::dotenv::{Effect, Outcome};
use envschema::core::readings::Sight;
use envschema::core::redact;
use serde_json::{Map, Value, json};

use crate::command::read::FileReading;

/// One line of JSON for a file: `{"file": …, "readers": {NAME: {"vars": {…}, "error": …}}}`. A value that is not UTF-8 is
/// `{"b64": …}`; names a reader removes are listed under `unset`, and those it sets to what is not known here under `unknown`.
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
    let outcome = &sight.outcome;
    let mut object = Map::new();
    if let Some(problem) = &outcome.error {
        object.insert("error".to_owned(), problem.message.into());
    }
    let vars = outcome
        .vars
        .iter()
        .map(|(key, value)| (name_json(&sight.name(key)), value_json(&sight.value(key, value))));
    object.insert("vars".to_owned(), vars.collect::<Map<_, _>>().into());
    for (member, names) in [("unset", &outcome.unset), ("unknown", &outcome.unknown)] {
        if !names.is_empty() {
            let names: Vec<_> = names.iter().map(|name| name_json(&sight.name(name))).collect();
            object.insert(member.to_owned(), names.into());
        }
    }
    object.into()
}

/// A name as the member of an object, which is text.
fn name_json(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => redact::quoted(name),
    }
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

/// So many readers are named: if all others are, the rest needs no names.
const MOST_NAMES: usize = 15;

/// A table: a line for each name that all readers see alike, and below the others what each group of readers makes of it.
pub(crate) fn text(reading: &FileReading) -> String {
    let mut out = format!("{}\n", reading.file);
    let all = reading.readers.len();
    for ((what, message), names) in errors(reading) {
        out.push_str(&format!("  {what} {}: {message}\n", names.join(", ")));
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
        let most = values.iter().map(|(_, readers)| readers.len()).max().unwrap_or(0);
        for (index, (value, readers)) in values.iter().enumerate() {
            let (mark, name) = if index == 0 { ("≠", name.as_str()) } else { (" ", "") };
            let readers = match readers.len() {
                many if many == most && many > MOST_NAMES && all - many <= MOST_NAMES => {
                    format!("the other {many} readers")
                }
                _ => readers.join(", "),
            };
            out.push_str(&format!("  {mark} {name:width$}  {value}  ({readers})\n"));
        }
    }
    if seen.is_empty() {
        out.push_str("    no variables\n");
    }
    out
}

/// Things, each with the names of the readers it holds for.
type Groups<'r, T> = Vec<(T, Vec<&'r str>)>;

/// What is wrong for whom: what became of the file, and why.
fn errors(reading: &FileReading) -> Groups<'_, (&'static str, &'static str)> {
    group(reading.readers.iter().filter_map(|sight| {
        let problem = sight.outcome.error.or(sight.outcome.cut)?;
        let what = match problem.effect {
            Effect::Act => "not all known of",
            Effect::Fail => "an error to",
            Effect::Stop => "cut short by",
            Effect::Truncate => "cut short without an error by",
            _ => "refused by",
        };
        Some(((what, problem.message), sight.dialect.name))
    }))
}

/// What a reader does with a name.
#[derive(PartialEq)]
enum Seen<'r> {
    Set { value: &'r [u8], shown: String },
    Unknown,
    Unset,
    Nothing,
}

impl Seen<'_> {
    fn shown(self) -> String {
        match self {
            Self::Set { shown, .. } => shown,
            Self::Unknown => "not known here".to_owned(),
            Self::Unset => "removed".to_owned(),
            Self::Nothing => "not set".to_owned(),
        }
    }
}

/// What readers see under each name, those that see the same together; values that are masked alike may still differ.
fn by_name(reading: &FileReading) -> BTreeMap<String, Groups<'_, String>> {
    let mut names: BTreeMap<String, Vec<(Seen<'_>, &str)>> = BTreeMap::new();
    for (index, sight) in reading.readers.iter().enumerate() {
        for (name, seen) in seen_by(sight) {
            // Those before this one do not know the name.
            let row = names.entry(name).or_default();
            let before = reading.readers.iter().take(index).skip(row.len());
            row.extend(before.map(|sight| (Seen::Nothing, sight.dialect.name)));
            row.push((seen, sight.dialect.name));
        }
    }
    let whole = |mut row: Vec<_>| {
        let rest = reading.readers.iter().skip(row.len());
        row.extend(rest.map(|sight| (Seen::Nothing, sight.dialect.name)));
        group(row.into_iter()).into_iter().map(|(seen, readers)| (seen.shown(), readers)).collect()
    };
    names.into_iter().map(|(name, row)| (name, whole(row))).collect()
}

/// What one reader sees, by names as they may be shown.
fn seen_by(sight: &Sight) -> impl Iterator<Item = (String, Seen<'_>)> {
    let Outcome { vars, unset, unknown, .. } = &sight.outcome;
    let set = vars.iter().map(|(key, value)| {
        let is_hidden = sight.is_hidden(key, value);
        let shown =
            if is_hidden { redact::MASK.to_owned() } else { redact::quoted(&sight.value(key, value)) };
        (key, Seen::Set { value, shown })
    });
    let unset = unset.iter().map(|key| (key, Seen::Unset));
    let unknown = unknown.iter().map(|key| (key, Seen::Unknown));
    set.chain(unset).chain(unknown).map(|(key, seen)| (name_text(&sight.name(key)), seen))
}

/// A name as it is, or in quotes where that could be mistaken.
fn name_text(name: &[u8]) -> String {
    let quoted = redact::quoted(name);
    let is_plain = quoted.len() == name.len() + 2 && name.trim_ascii() == name && !name.is_empty();
    let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.filter(|_| is_plain).map_or_else(|| quoted.clone(), str::to_owned)
}

/// Puts together the names that come with equal things.
fn group<'r, T: PartialEq>(pairs: impl Iterator<Item = (T, &'r str)>) -> Groups<'r, T> {
    let mut groups: Groups<'r, T> = Vec::new();
    for (thing, name) in pairs {
        match groups.iter_mut().find(|(other, _)| *other == thing) {
            Some((_, names)) => names.push(name),
            None => groups.push((thing, vec![name])),
        }
    }
    groups
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
