//! The stacks below `examples/`: their exports are checked as their schemas are, and the validator accepts what they accept.

#![expect(clippy::disallowed_methods, reason = "tests read the examples")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use envschema::core::check::check;
use envschema::core::dotenv::{Environ, reader};
use envschema::core::environment::Environment;
use envschema::core::judge::{Circumstances, Judgement};
use envschema::core::layer::Layer;
use envschema::core::report::Report;
use envschema::core::schema::Schema;
use envschema::core::table::Table;
use envschema::export::{Form, env_example, json_schema};
use envschema::format::Format;
use envschema::schema_file;
use serde_json::Value;

use crate::layered::{objections, told};

/// A schema of a stack with the files to check by it, each with where it will be used.
struct Stack {
    schema: Schema,
    files: Vec<(String, Vec<u8>)>,
    circumstances: Vec<Circumstances>,
}

fn files(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        path.is_file() && path.file_name().and_then(|name| name.to_str()).is_some_and(&is_wanted)
    });
    paths.sort();
    paths
}

fn stacks() -> Vec<Stack> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("examples");
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
        .iter()
        .filter(|folder| folder.join("expected.jsonl").is_file())
        .flat_map(|folder| stacks_in(folder))
        .collect()
}

fn stacks_in(folder: &Path) -> Vec<Stack> {
    let schemas = files(folder, |name| name.starts_with("envschema.") || name.starts_with("schema."));
    let expected = fs::read_to_string(folder.join("expected.jsonl")).unwrap();
    let named: BTreeSet<(Option<String>, Option<String>)> = expected
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|line| {
            (line["profile"].as_str().map(str::to_owned), line["service"].as_str().map(str::to_owned))
        })
        .chain([(None, None)])
        .collect();
    let circumstances: Vec<Circumstances> = named
        .into_iter()
        .map(|(profile, service)| Circumstances { profile, service, ..Circumstances::default() })
        .collect();
    let read =
        |path: &PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap());
    let stack = |path: &PathBuf| {
        let file = schema_file::read(&fs::read_to_string(path).unwrap(), Format::Yaml);
        assert!(!file.has_errors(), "{}", path.display());
        let mut files: Vec<_> = files(folder, |name| name.ends_with(".env")).iter().map(read).collect();
        files.push((".env.example".to_owned(), env_example(&file.schema).into_bytes()));
        Stack { schema: file.schema, files, circumstances: circumstances.clone() }
    };
    schemas.iter().map(stack).collect()
}

fn report(schema: &Schema, name: &str, text: &[u8], circumstances: &Circumstances) -> Report {
    let table = Table::new(schema);
    let reading = (reader::DEFAULT.read)(text, &Environ::empty());
    let layers = [Layer::dotenv(name.into(), text, reader::DEFAULT, reading)];
    check(&table, &layers, circumstances, None)
}

#[test]
fn every_stack_is_checked_by_its_exports_as_by_its_schema() {
    let mut reported = 0;
    for stack in stacks() {
        for form in [Form::Env, Form::Config] {
            let export = schema_file::read(&json_schema(&stack.schema, form), Format::Json);
            assert_eq!(export.schema, stack.schema);
            for (name, text) in &stack.files {
                for circumstances in &stack.circumstances {
                    let expected = told(&report(&stack.schema, name, text, circumstances));
                    assert_eq!(told(&report(&export.schema, name, text, circumstances)), expected, "{name}");
                    reported += expected.len();
                }
            }
        }
    }
    assert!(reported > 100, "{reported}");
}

#[test]
fn what_a_stack_accepts_the_validator_accepts() {
    let mut accepted = 0;
    for stack in stacks() {
        for (name, text) in &stack.files {
            for circumstances in &stack.circumstances {
                if report(&stack.schema, name, text, circumstances).has_errors() {
                    continue;
                }
                let table = Table::new(&stack.schema);
                let reading = (reader::DEFAULT.read)(text, &Environ::empty());
                let layers = [Layer::dotenv("file".into(), text, reader::DEFAULT, reading)];
                let environment = Environment::resolve(&table, &layers);
                let (objections, count) =
                    objections(&stack.schema, &Judgement::new(&environment, circumstances));
                assert!(objections.is_empty(), "{name}: {}", objections.join("\n"));
                accepted += count;
            }
        }
    }
    assert!(accepted > 0, "no stack accepts anything");
}
