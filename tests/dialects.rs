//! Every dialect against what its real reader was seen to do: 759 files with recorded results.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read as _;

use base64::Engine as _;
use envschema_core::dotenv::{DIALECTS, Dialect, Environ, Outcome};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

const CASES: &[u8] = include_bytes!("corpora/dialects/public.jsonl.gz");

/// Cases in which a dialect knowingly differs: `reader case: reason`, one a line.
const RESIDUE: &str = include_str!("corpora/dialects/residue.txt");

/// Readers that have set what stands above when they meet an error.
const LINE_BY_LINE: &[&str] = &["dotenvy", "rust-dotenv", "bash", "dash", "zsh", "busybox-ash"];

fn cases() -> Vec<Value> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(CASES).read_to_string(&mut text).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn base64(text: &str) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}

/// The recorded result of `reader`; a string refers to the same result of another reader.
fn recorded<'c>(case: &'c Value, reader: &str) -> Option<&'c Value> {
    match case["expected"].get(reader)? {
        Value::String(other) => recorded(case, other.strip_prefix('=')?),
        result => Some(result),
    }
}

fn environ(case: &Value) -> Environ {
    let bytes = |value: &Value| match value {
        Value::String(text) => text.clone().into_bytes(),
        value => base64(value["b64"].as_str().unwrap()),
    };
    case["env"].as_object().unwrap().iter().map(|(name, value)| (name.as_str(), bytes(value))).collect()
}

fn is_recorded(value: &[u8], recorded: &Value) -> bool {
    if let Some(text) = recorded.as_str() {
        return value == text.as_bytes();
    }
    if let Some(bytes) = recorded.get("b64") {
        return value == base64(bytes.as_str().unwrap());
    }
    let hash: String = Sha256::digest(value).iter().map(|byte| format!("{byte:02x}")).collect();
    recorded["len"].as_u64() == Some(value.len() as u64) && recorded["sha256"].as_str() == Some(&hash)
}

/// How `outcome` differs from the recorded result.
fn difference(outcome: &Outcome, recorded: &Value, reader: &str) -> Option<String> {
    let error = recorded.get("error");
    match (&outcome.error, error) {
        (Some(problem), None) => return Some(format!("refused: {}", problem.message)),
        (None, Some(error)) => return Some(format!("not refused: {error}")),
        (Some(_), Some(_)) if !LINE_BY_LINE.contains(&reader) => return None,
        _ => {}
    }
    let names = |key: &str| -> BTreeSet<&str> {
        let listed = recorded.get(key).and_then(Value::as_array);
        listed.into_iter().flatten().filter_map(Value::as_str).collect()
    };
    let volatile = names("volatile");
    let mut expected: BTreeMap<&[u8], &Value> = BTreeMap::new();
    for (name, value) in recorded["vars"].as_object().unwrap() {
        if !volatile.contains(name.as_str()) {
            expected.insert(name.as_bytes(), value);
        }
    }
    for (name, value) in &outcome.vars {
        let shown = String::from_utf8_lossy(name);
        if volatile.contains(&*shown) {
            continue;
        }
        match expected.remove(name.as_slice()) {
            Some(recorded) if is_recorded(value, recorded) => {}
            recorded => {
                let value = String::from_utf8_lossy(&value[..value.len().min(80)]).into_owned();
                return Some(format!("{shown:?} is {value:?}, recorded {recorded:?}"));
            }
        }
    }
    if let Some((name, value)) = expected.first_key_value() {
        return Some(format!("{:?} is missing, recorded {value}", String::from_utf8_lossy(name)));
    }
    let unset: BTreeSet<_> = outcome.unset.iter().map(|name| String::from_utf8_lossy(name)).collect();
    let recorded_unset = names("unset");
    (!unset.iter().map(|name| &**name).eq(recorded_unset.iter().copied()))
        .then(|| format!("unset {unset:?}, recorded {recorded_unset:?}"))
}

fn residue() -> BTreeMap<(&'static str, &'static str), &'static str> {
    let lines = RESIDUE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (place, reason) = line.split_once(": ").unwrap();
            (place.split_once(' ').unwrap(), reason)
        })
        .collect()
}

/// The recorded reader a dialect stands for.
fn reader_of(dialect: &Dialect, case: &Value) -> Option<&'static str> {
    let names = std::iter::once(dialect.name).chain(dialect.aliases.iter().copied());
    names.into_iter().find(|name| case["expected"].get(name).is_some())
}

#[test]
fn every_dialect_does_what_its_reader_did() {
    let cases = cases();
    let mut residue = residue();
    let mut table = String::new();
    let mut failures = String::new();
    for dialect in DIALECTS {
        let Some(reader) = reader_of(dialect, &cases[0]) else { continue };
        let (mut agreed, mut known, mut total) = (0, 0, 0);
        for case in &cases {
            let Some(recorded) = recorded(case, reader) else { continue };
            total += 1;
            let id = case["id"].as_str().unwrap();
            let text = base64(case["content_b64"].as_str().unwrap());
            let environ = environ(case);
            let outcome = Outcome::new(dialect, &(dialect.read)(&text, &environ), &environ);
            match (difference(&outcome, recorded, reader), residue.remove(&(reader, id))) {
                (None, None) => agreed += 1,
                (Some(_), Some(_)) => known += 1,
                (None, Some(_)) => {
                    writeln!(failures, "{reader} {id}: agrees, but is listed as residue").unwrap()
                }
                (Some(difference), None) => {
                    let start = text[..text.len().min(160)].escape_ascii();
                    writeln!(failures, "{reader} {id}: {difference}\n    b\"{start}\"").unwrap();
                }
            }
        }
        writeln!(table, "{reader:24} {agreed:4} of {total} agree, {known} known to differ").unwrap();
    }
    println!("{table}");
    assert!(failures.is_empty(), "{table}\n{failures}");
    assert!(residue.is_empty(), "listed as residue, but not compared: {residue:?}");
}
