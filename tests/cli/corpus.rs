//! `envschema read` against what real readers were seen to do: the way anybody can compare one.

use std::io::Read as _;

use base64::Engine as _;
use serde_json::Value;

use crate::world::Folder;

const CASES: &[u8] = include_bytes!("../corpora/dialects/public.jsonl.gz");

/// Cases in which a dialect knowingly differs: `reader case: reason`, one a line.
const RESIDUE: &str = include_str!("../corpora/dialects/residue.txt");

/// Every so many cases is run: the dialects themselves are held against all of them elsewhere.
const STEP: usize = 12;

fn cases() -> Vec<Value> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(CASES).read_to_string(&mut text).unwrap();
    text.lines().step_by(STEP).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The recorded result of `reader`; a string refers to the same result of another reader.
fn recorded<'c>(case: &'c Value, reader: &str) -> &'c Value {
    match &case["expected"][reader] {
        Value::String(other) => recorded(case, other.trim_start_matches('=')),
        result => result,
    }
}

/// Whether everything in a case is text, which JSON can tell.
fn is_text(case: &Value) -> bool {
    !case.to_string().contains("\"b64\"") && !case.to_string().contains("\"sha256\"")
}

/// What a case has under `key`, without what the reader's machine adds.
fn vars(result: &Value, recorded: &Value) -> Vec<(String, String)> {
    let volatile = recorded["volatile"].as_array().into_iter().flatten();
    let volatile: Vec<_> = volatile.filter_map(Value::as_str).collect();
    let members = result["vars"].as_object().into_iter().flatten();
    let kept = members.filter(|(name, _)| !volatile.contains(&name.as_str()));
    let mut vars: Vec<_> =
        kept.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect();
    vars.sort();
    vars
}

#[test]
fn read_shows_what_real_readers_read() {
    let folder = Folder::new();
    let mut compared = 0;
    for case in cases().into_iter().filter(is_text) {
        let id = case["id"].as_str().unwrap();
        let text = base64::engine::general_purpose::STANDARD.decode(case["content_b64"].as_str().unwrap());
        folder.file("case.env", text.unwrap());
        let environment = case["env"].as_object().unwrap().iter();
        let run = folder
            .command("read case.env --dialect all --reveal --format json".split(' '))
            .envs(environment.map(|(name, value)| (name, value.as_str().unwrap())))
            .output()
            .unwrap();
        let shown: Value = serde_json::from_slice(&run.stdout).unwrap();
        let readers = shown["readers"].as_object().unwrap();
        for reader in case["expected"].as_object().unwrap().keys() {
            let is_known = |line: &str| line.starts_with(&format!("{reader} {id}:"));
            if RESIDUE.lines().any(is_known) {
                continue;
            }
            let (expected, found) = (recorded(&case, reader), &readers[reader]);
            assert_eq!(
                found.get("error").is_some(),
                expected.get("error").is_some(),
                "{id} {reader}: {found}"
            );
            if expected.get("error").is_none() {
                assert_eq!(vars(found, expected), vars(expected, expected), "{id} {reader}");
            }
            compared += 1;
        }
    }
    assert!(compared > 2_000, "{compared}");
}
