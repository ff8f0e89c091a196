//! The recorded files, and in which of them a dialect is known to differ.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::compare::Residue;
use super::file::File;

const FOLDER: &str = "tests/corpora/dialects";

/// Every recorded file.
pub(crate) fn files(root: &Path) -> Result<Vec<File>, String> {
    let path = root.join(FOLDER).join("public.jsonl.gz");
    let packed = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut text).map_err(|error| error.to_string())?;
    text.lines().map(|line| file(line).ok_or_else(|| format!("not a case: {line:.60}"))).collect()
}

fn file(line: &str) -> Option<File> {
    let case: Value = serde_json::from_str(line).ok()?;
    let environ = case["env"].as_object()?.iter().map(|(name, value)| Some((name.as_str(), bytes(value)?)));
    Some(File {
        id: case["id"].as_str()?.to_owned(),
        text: STANDARD.decode(case["content_b64"].as_str()?).ok()?,
        environ: environ.collect::<Option<Vec<_>>>()?.into_iter().collect(),
        volatile: volatile(case["expected"].as_object()?),
        is_recorded: true,
    })
}

fn bytes(value: &Value) -> Option<Vec<u8>> {
    match value {
        Value::String(text) => Some(text.clone().into_bytes()),
        value => STANDARD.decode(value["b64"].as_str()?).ok(),
    }
}

/// A string in place of a result refers to the same result of another reader.
fn volatile(expected: &serde_json::Map<String, Value>) -> BTreeMap<String, BTreeSet<String>> {
    let names = |reader: &str| {
        let mut result = expected.get(reader)?;
        while let Value::String(other) = result {
            result = expected.get(other.strip_prefix('=')?)?;
        }
        let names = result.get("volatile")?.as_array()?.iter();
        Some(names.filter_map(Value::as_str).map(str::to_owned).collect())
    };
    expected.keys().filter_map(|reader| Some((reader.clone(), names(reader)?))).collect()
}

/// The known differences of `tests/dialects.rs`.
pub(crate) fn residue(root: &Path) -> Result<Residue, String> {
    let path = root.join(FOLDER).join("residue.txt");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let places = lines.filter_map(|line| line.split_once(": ")?.0.split_once(' '));
    Ok(places.map(|(reader, id)| (reader.to_owned(), id.to_owned())).collect())
}
