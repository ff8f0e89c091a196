//! The stacks in `examples/`: what a check finds in each file is what `expected.jsonl` lists, and no error beyond it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::world::{Run, run_in};

const STACKS: [&str; 6] = ["artparty", "dashboard", "magmon", "planted", "yoshikosan", "zamio"];

fn stack(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("examples").join(name)
}

fn expected(stack: &Path) -> Vec<Value> {
    let text = fs::read_to_string(stack.join("expected.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// How a line asks for its file to be checked.
fn arguments(line: &Value) -> Vec<String> {
    let mut arguments = vec!["check".to_owned(), "--format".to_owned(), "json".to_owned()];
    for option in ["schema", "profile", "service"] {
        if let Some(value) = line[option].as_str() {
            arguments.extend([format!("--{option}"), value.to_owned()]);
        }
    }
    arguments.push(line["file"].as_str().unwrap().to_owned());
    arguments
}

fn diagnostics(run: &Run) -> Vec<Value> {
    run.json()["environments"][0]["diagnostics"].as_array().unwrap().clone()
}

/// Whether a diagnostic is the one that a line lists.
fn is_listed(diagnostic: &Value, line: &Value) -> bool {
    let codes = line["code"].as_array().unwrap();
    let severity = line["severity"].as_str().unwrap_or("error");
    codes.contains(&diagnostic["code"])
        && line["key"] == diagnostic["key"]
        && line["line"] == diagnostic["line"]
        && (severity == "any" || diagnostic["severity"] == severity)
}

/// Whether a diagnostic says what its line asks for beside code and place.
#[track_caller]
fn assert_says(diagnostic: &Value, line: &Value) {
    if let Some(suggested) = line["suggests"].as_str() {
        let help = diagnostic["help"].as_str().unwrap_or_default();
        assert!(help.contains(&format!("`{suggested}`")), "{suggested} is not suggested: {diagnostic:#}");
    }
    if let Some(also) = line["also"].as_u64() {
        let labels = diagnostic["labels"].as_array().unwrap();
        assert!(labels.iter().any(|label| label["line"] == also), "line {also} is not named: {diagnostic:#}");
    }
}

#[test]
fn every_stack_has_what_its_list_says() {
    for name in STACKS {
        let stack = stack(name);
        let lines = expected(&stack);
        assert!(!lines.is_empty(), "{name}");
        for line in &lines {
            let found = diagnostics(&run_in(&stack, arguments(line)));
            let Some(diagnostic) = found.iter().find(|diagnostic| is_listed(diagnostic, line)) else {
                panic!("{name}: {line} is not among {found:#?}");
            };
            assert_says(diagnostic, line);
        }
    }
}

#[test]
fn no_stack_has_an_error_beyond_its_list() {
    for name in STACKS {
        let stack = stack(name);
        let lines = expected(&stack);
        let mut runs: Vec<_> = lines.iter().map(arguments).collect();
        runs.sort();
        runs.dedup();
        for arguments in runs {
            let listed: Vec<&Value> =
                lines.iter().filter(|line| self::arguments(line) == arguments).collect();
            let found = diagnostics(&run_in(&stack, &arguments));
            let beyond =
                found.iter().filter(|diagnostic| diagnostic["severity"] == "error").find(|diagnostic| {
                    !listed.iter().any(|line| is_listed(diagnostic, line))
                        && !is_shadowed(diagnostic, &listed)
                });
            assert_eq!(beyond, None, "{name}: {arguments:?}");
        }
    }
}

/// Whether a diagnostic is about a value that a later assignment replaces, which the lists leave open.
fn is_shadowed(diagnostic: &Value, listed: &[&Value]) -> bool {
    listed.iter().any(|line| line["also"] == diagnostic["line"] && line["key"] == diagnostic["key"])
}

#[test]
fn sound_files_pass() {
    for (name, arguments) in [
        ("artparty", "local.env"),
        ("zamio", "--schema schema.yaml good.env"),
        ("zamio", "--schema schema.full.yaml good.env"),
    ] {
        let words = ["check"].into_iter().chain(arguments.split(' '));
        run_in(&stack(name), words).ends_with(0).says("ok: ");
    }
}

/// What the notes of the lists ask for beyond code and line.
#[test]
fn the_places_are_as_narrow_as_the_notes_say() {
    let column = |name: &str, arguments: &str, key: &str| {
        let words = ["check", "--format", "json"].into_iter().chain(arguments.split(' '));
        let found = diagnostics(&run_in(&stack(name), words));
        let diagnostic = found.iter().find(|diagnostic| diagnostic["key"] == key).unwrap();
        (diagnostic["column"].as_u64(), diagnostic["help"].as_str().unwrap_or_default().to_owned())
    };
    let items = "ALLOWED_ORIGINS=https://yoshikosan.example,";
    assert_eq!(column("yoshikosan", "bad.env", "ALLOWED_ORIGINS").0, Some(items.len() as u64 + 1));
    let items = "CORS_ORIGINS=https://www.artparty.example,";
    assert_eq!(
        column("artparty", "--profile production production.env", "CORS_ORIGINS").0,
        Some(items.len() as u64 + 1)
    );
    assert!(column("yoshikosan", "bad.env", "DATABASE_URL").1.contains("POSTGRES_PASSWORD"));
}

#[test]
fn services_do_not_get_the_secrets_of_others() {
    let words = "check --schema schema.full.yaml --service zamio_admin --format json good.env".split(' ');
    let run = run_in(&stack("zamio"), words).ends_with(1);
    assert_eq!(
        run.found(),
        [
            "misplaced-secret SECRET_KEY good.env:2",
            "misplaced-secret DATABASE_URL good.env:8",
            "misplaced-secret REDIS_URL good.env:12"
        ]
    );
}
