//! Every dialect against what its real reader was seen to do: 759 files with recorded results.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read as _;

use base64::Engine as _;
use envschema_core::dotenv::{DIALECTS, Environ, Outcome, Precedence, find, reader};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

const CASES: &[u8] = include_bytes!("corpora/dialects/public.jsonl.gz");

/// Every recorded reader: its version, and who wins over the process environment.
const READERS: &str = include_str!("corpora/dialects/readers.json");

/// The readers people meet most, which must be reproduced in full.
const CORE: &str = include_str!("corpora/dialects/readers_core.json");

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

/// The recorded readers by name.
fn readers() -> BTreeMap<String, Value> {
    let mut file: Value = serde_json::from_str(READERS).unwrap();
    serde_json::from_value(file["readers"].take()).unwrap()
}

/// The names of the core readers.
fn core() -> Vec<String> {
    let mut file: Value = serde_json::from_str(CORE).unwrap();
    serde_json::from_value(file["core"].take()).unwrap()
}

#[test]
fn every_dialect_does_what_its_reader_did() {
    let cases = cases();
    let readers = readers();
    let mut residue = residue();
    let mut table = String::new();
    let mut failures = String::new();
    for reader in readers.keys() {
        let dialect = find(reader).expect("a dialect of its name");
        let (mut agreed, mut known) = (0, 0);
        for case in &cases {
            let recorded = recorded(case, reader).unwrap();
            let id = case["id"].as_str().unwrap();
            let text = base64(case["content_b64"].as_str().unwrap());
            let environ = environ(case);
            let outcome = Outcome::new(dialect, &(dialect.read)(&text, &environ), &environ);
            match (difference(&outcome, recorded, reader), residue.remove(&(&**reader, id))) {
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
        writeln!(table, "{reader:24} {agreed:4} of {} agree, {known} known to differ", cases.len()).unwrap();
    }
    println!("{table}");
    assert!(failures.is_empty(), "{table}\n{failures}");
    assert!(residue.is_empty(), "listed as residue, but not compared: {residue:?}");
}

#[test]
fn every_reader_has_a_dialect_of_its_name() {
    for (name, reader) in readers() {
        let dialect = find(&name).unwrap_or_else(|| panic!("{name} has no dialect"));
        assert_eq!(dialect.name, name);
        let expected = match reader["override"].as_str().unwrap() {
            "file" => [Precedence::File; 2],
            "env" => [Precedence::Environ, Precedence::EnvironUnlessEmpty],
            "n/a" => [Precedence::Fresh; 2],
            other => panic!("{other}"),
        };
        assert!(expected.contains(&dialect.precedence), "{name}: {:?}", dialect.precedence);
        let words = reader["version"].as_str().unwrap().split(|char| " (,-".contains(char));
        let is_version =
            |word: &&str| word.contains('.') && word.starts_with(|char: char| char.is_ascii_digit());
        if let Some(version) = words.into_iter().find(is_version) {
            assert!(dialect.program.contains(version), "{name}: {} is not {version}", dialect.program);
        }
    }
}

/// Readers whose residue is nothing but commands, which are never run, and what the machine itself adds.
#[test]
fn core_readers_differ_only_where_nothing_can_be_read() {
    let core = core();
    assert_eq!(core.len(), 23);
    let readers = readers();
    for name in &core {
        assert!(readers.contains_key(name) && find(name).is_some(), "{name}");
    }
    for ((reader, case), reason) in residue() {
        let is_excused = [
            "runs a command",
            "the shell computes",
            "make runs its recipes with `SHELL`",
            "`MAKEFLAGS=-n` keeps make from running any recipe",
            "`$@` is the name of the target being made",
            "bash warns about a locale the machine does not have",
        ];
        let is_excused = is_excused.iter().any(|excuse| reason.starts_with(excuse));
        assert!(is_excused || core.iter().all(|name| name != reader), "{reader} {case}: {reason}");
    }
}

/// A name without version is the newest one, unless it is a reader's own name.
#[test]
fn names_without_version_mean_the_newest() {
    let version = |name: &str| -> Option<(String, u32)> {
        let stem = name.trim_end_matches(|char: char| char.is_ascii_digit());
        Some((stem.to_owned(), name[stem.len()..].parse().ok()?))
    };
    let mut newest: BTreeMap<String, (u32, &str)> = BTreeMap::new();
    for dialect in DIALECTS.iter().filter(|dialect| !dialect.name.contains(['+', '.'])) {
        let Some((stem, number)) = version(dialect.name) else { continue };
        let best = newest.entry(stem).or_insert((number, dialect.name));
        *best = (*best).max((number, dialect.name));
    }
    let mut expected: Vec<(&str, &str)> = newest.iter().map(|(stem, (_, name))| (&**stem, *name)).collect();
    assert_eq!(expected, [("dotenv", "dotenv18"), ("node", "node26"), ("systemd", "systemd262")]);
    expected.extend([
        ("dotenv-expand", "dotenv18+expand1000"),
        ("python-dotenv", "python-dotenv"),
        // GNU make 4.3 was recorded under this name.
        ("make", "make"),
    ]);
    for (name, newest) in expected {
        assert_eq!(find(name).map(|dialect| dialect.name), Some(newest), "{name}");
    }
}

/// The recorded result of the core readers for `case`, if it is the same for all of them.
fn agreed<'c>(case: &'c Value, core: &[String]) -> Option<&'c Value> {
    let first = recorded(case, &core[0])?;
    let is_same = |reader: &String| {
        let other = recorded(case, reader).unwrap();
        other.get("error").is_none() && other["unset"] == first["unset"] && other["vars"] == first["vars"]
    };
    core.iter().all(is_same).then_some(first)
}

#[test]
fn portable_accepts_what_every_core_reader_read_alike_and_nothing_else() {
    let core: Vec<String> =
        serde_json::from_value(serde_json::from_str::<Value>(CORE).unwrap()["core"].take()).unwrap();
    let names: BTreeSet<&str> = reader::CORE.iter().map(|dialect| dialect.name).collect();
    assert_eq!(names, core.iter().map(String::as_str).collect());
    let mut failures = String::new();
    let (mut accepted, mut alike) = (0, 0);
    for case in &cases() {
        let text = base64(case["content_b64"].as_str().unwrap());
        let environ = environ(case);
        let reading = (reader::PORTABLE.read)(&text, &environ);
        // Who wins over the environment is not a question of reading.
        if reading.assignments.iter().any(|assignment| environ.get(&assignment.key).is_some()) {
            continue;
        }
        let agreed = agreed(case, &core);
        accepted += usize::from(reading.problems.is_empty());
        alike += usize::from(agreed.is_some());
        let id = case["id"].as_str().unwrap();
        match agreed {
            Some(agreed) if reading.problems.is_empty() => {
                let outcome = Outcome::new(&reader::PORTABLE, &reading, &environ);
                if let Some(difference) = difference(&outcome, agreed, "portable") {
                    writeln!(failures, "{id}: {difference}").unwrap();
                }
            }
            Some(_) => {
                let message = reading.problems[0].message;
                writeln!(
                    failures,
                    "{id}: all read it alike, but {message}: {:?}",
                    text.escape_ascii().to_string()
                )
                .unwrap();
            }
            None if reading.problems.is_empty() => {
                writeln!(
                    failures,
                    "{id}: accepted, but not read alike: {:?}",
                    text.escape_ascii().to_string()
                )
                .unwrap();
            }
            None => {}
        }
    }
    println!("{accepted} accepted, {alike} read alike");
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn no_name_is_taken_twice() {
    let mut seen = BTreeSet::new();
    for dialect in DIALECTS {
        for name in std::iter::once(&dialect.name).chain(dialect.aliases) {
            assert!(seen.insert(*name), "{name}");
        }
    }
}
