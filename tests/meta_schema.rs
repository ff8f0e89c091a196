//! `schemas/envschema.schema.json` says what the reader of concise schemas takes, as an independent validator sees it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use envschema::format::{Data, Document, Format, concise, json};
use envschema::schema_file::{read_with, vocabulary};
use jsonschema::Validator;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the repository").to_owned()
}

fn text(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn meta_schema() -> Value {
    serde_json::from_str(&text("schemas/envschema.schema.json")).expect("the meta-schema is JSON")
}

fn validator() -> Validator {
    jsonschema::draft7::new(&meta_schema()).expect("the meta-schema is a schema")
}

/// A schema as the JSON an editor's validator would see.
fn instance(schema: &str, format: Format) -> Value {
    let document: Document<'_> = match format {
        Format::Yaml => concise::read(schema),
        _ => format.read(schema),
    };
    let written = document.root.as_ref().map_or("null".to_owned(), json::write);
    serde_json::from_str(&written).expect("what is written is JSON")
}

/// The cases of a table of the reader: title, format and text.
fn cases(table: &str) -> Vec<(String, Format, String)> {
    let blocks = table.split("\n=== ").skip(1);
    let cases = blocks.map(|block| {
        let (title, rest) = block.split_once('\n').expect("a case has a title");
        let (text, _) = rest.split_once("\n---\n").expect("a case has a text");
        let format = match title.rsplit_once(" in ").map(|(_, format)| format) {
            Some("TOML") => Format::Toml,
            Some("JSON") => Format::Json,
            _ => Format::Yaml,
        };
        (title.to_owned(), format, text.to_owned())
    });
    cases.collect()
}

#[test]
fn it_is_a_draft_07_schema() {
    let schema = meta_schema();
    assert!(jsonschema::draft7::meta::is_valid(&schema));
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
}

#[test]
fn it_takes_every_schema_the_reader_takes() {
    let validator = validator();
    let mut schemas = cases(&text("envschema/src/schema_file/tests/sound.txt"));
    for folder in fs::read_dir(root().join("examples")).expect("there are examples").flatten() {
        for file in fs::read_dir(folder.path()).into_iter().flatten().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            let is_schema = name.starts_with("schema") || name.starts_with("envschema.");
            if let Some(format) = Format::of(Path::new(&name)).filter(|_| is_schema) {
                schemas.push((name, format, fs::read_to_string(file.path()).expect("a schema is text")));
            }
        }
    }
    assert!(schemas.len() > 18, "the tables and the examples were found");
    let mut refused = Vec::new();
    for (title, format, schema) in schemas {
        let instance = instance(&schema, format);
        refused.extend(
            validator
                .iter_errors(&instance)
                .map(|error| format!("{title}: {} {error}", error.instance_path())),
        );
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// Mistakes that an editor shows before anybody runs a check; the reader reports each of them too.
const WRONG: &[&str] = &[
    "{KEY: {minLenght: 3}}",
    "{KEY: {type: string, requird: true}}",
    "{KEY: {type: integr}}",
    "{KEY: {type: string | , required: true}}",
    "KEY: integr",
    "KEY: comma-seperated string",
    "KEY: ''",
    "KEY: (required)",
    "KEY: string (required",
    "KEY: string required)",
    "KEY: 5",
    "KEY: true",
    "KEY: [string]",
    "KEY:",
    "KEY: {type: [string]}",
    "KEY: {required: maybe}",
    "KEY: {sensitive: 1}",
    "KEY: {min: [1]}",
    "KEY: {min_length: -1}",
    "KEY: {min_length: many}",
    "KEY: {one_of: []}",
    "KEY: {one_of: {a: b}}",
    "KEY: {schemes: {}}",
    "KEY: {type: list, separator: ', '}",
    "KEY: {aliases: [1a]}",
    "KEY: {in: [production]}",
    "KEY: {in: {production: {type: string}}}",
    "KEY: {in: {production: {requird: true}}}",
    "KEY: {when: {required: true}}",
    "KEY: {when: [{if: {}, required: true}]}",
    "KEY: {required_when: production}",
    "KEY: {required_when: {A-B: x}}",
    "KEY: {pattern: 5}",
    "KEY: {group: []}",
    "KEY: {path: 5}",
    "A-B: string",
    "1A: string",
    "variables: {A-B: string}",
    "variables: [A]",
    "variables: {A: string}\nnaem: x",
    "variables: {A: string}\nPORT: port",
    "variables: {A: string}\nname: [x]",
    "variables: {A: string}\nunknown: quiet",
    "variables: {A: string}\nunknown: {prefix: [A]}",
    "variables: {A: string}\nprofiles: {a: {deploied: true}}",
    "variables: {A: string}\nprofiles: {a: yes}",
    "variables: {A: string}\nallow: {placeholder-value: }",
    "variables: {A: string}\nallow: [placeholder-value]",
    "variables: {A: string}\ngroups: {Mail: {optinal: true}}",
    "variables: {A: string, B: string}\nrules: [{all_or_none: [A]}]",
    "variables: {A: string, B: string}\nrules: [{all_of: [A, B]}]",
    "variables: {A: string, B: string}\nrules: [{equal: [A, B, A]}]",
    "variables: {A: string, B: string}\nrules: [{contains: {list: A}}]",
    "variables: {A: string, B: string}\nrules: [{contains: {list: A, value: B, item: A}}]",
    "name: x",
    "[A, B]",
    "text",
];

#[test]
fn it_refuses_what_the_reader_refuses() {
    let validator = validator();
    for schema in WRONG {
        assert!(!validator.is_valid(&instance(schema, Format::Yaml)), "the meta-schema takes {schema}");
        let file = read_with(schema, Format::Yaml, &mut |_| Err("is not there".to_owned()));
        assert!(file.has_errors(), "the reader takes {schema}");
    }
}

/// The keys of the object at `pointer`.
fn keys(schema: &Value, pointer: &str) -> BTreeSet<String> {
    let found = schema.pointer(pointer).and_then(Value::as_object);
    found.unwrap_or_else(|| panic!("nothing is at {pointer}")).keys().cloned().collect()
}

fn set<'w>(words: impl IntoIterator<Item = &'w str>) -> BTreeSet<String> {
    words.into_iter().map(str::to_owned).collect()
}

#[test]
fn its_words_are_those_of_the_reader() {
    let schema = meta_schema();
    let overrides: BTreeSet<String> = set(vocabulary::overrides());
    let with_if: BTreeSet<String> = overrides.iter().cloned().chain([vocabulary::IF.to_owned()]).collect();
    assert_eq!(keys(&schema, "/properties"), set(vocabulary::DOCUMENT.iter().copied()));
    assert_eq!(keys(&schema, "/definitions/variable/properties"), set(vocabulary::variable()));
    assert_eq!(keys(&schema, "/definitions/overrides/properties"), overrides);
    assert_eq!(keys(&schema, "/definitions/when/properties"), with_if);
    assert_eq!(
        keys(&schema, "/definitions/condition/properties"),
        set(vocabulary::CONDITION.iter().copied())
    );
    assert_eq!(keys(&schema, "/definitions/rule/properties"), set(vocabulary::RULES.iter().copied()));
    let contains = "/definitions/rule/properties/contains/properties";
    assert_eq!(keys(&schema, contains), set(vocabulary::CONTAINS.iter().copied()));
    let unknown = "/properties/unknown/anyOf/1/properties";
    assert_eq!(keys(&schema, unknown), set(vocabulary::UNKNOWN.iter().copied()));
    let group = "/properties/groups/additionalProperties/properties";
    assert_eq!(keys(&schema, group), set(vocabulary::GROUP.iter().copied()));
    let words = |pointer: &str| -> BTreeSet<String> {
        let found = schema.pointer(pointer).and_then(Value::as_array);
        let found = found.unwrap_or_else(|| panic!("nothing is at {pointer}"));
        found.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    assert_eq!(words("/definitions/policy/enum"), set(vocabulary::policies()));
    assert_eq!(words("/definitions/kind/anyOf/0/enum"), set(vocabulary::kinds()));
    assert_eq!(words("/then/propertyNames/enum"), set(vocabulary::DOCUMENT.iter().copied()));
    let told =
        schema["definitions"]["variable"]["description"].as_str().expect("the short form is described");
    let told: BTreeSet<String> = told
        .split('`')
        .skip(1)
        .step_by(2)
        .skip(1)
        .map(|word| word.split(':').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(told, set(vocabulary::modifiers()));
}

/// Every kind, with every separator and every alias, as a short form and as a `type`.
#[test]
fn its_kinds_are_those_of_the_reader() {
    let validator = validator();
    let aliases = ["bool", "date-time", "float", "int", "socket_address", "str", "time-zone", "uri"];
    let separators = vocabulary::separators().map(|word| format!("{word} ")).chain([String::new()]);
    for separator in separators {
        for kind in vocabulary::kinds().chain(aliases) {
            let schema = format!("A: {separator}{kind} (required)\nB: {{type: {separator}{kind}}}\n");
            let instance = instance(&schema, Format::Yaml);
            assert!(validator.is_valid(&instance), "the meta-schema refuses {separator}{kind}");
            let file = read_with(&schema, Format::Yaml, &mut |_| Err(String::new()));
            assert!(!file.has_errors(), "the reader refuses {separator}{kind}");
        }
    }
}

/// What people see while they write: every word is described, and every allowed word of a list is.
#[test]
fn every_word_is_described() {
    fn walk(pointer: String, value: &Value, silent: &mut Vec<String>) {
        let Some(object) = value.as_object() else { return };
        if let Some(properties) = object.get("properties").and_then(Value::as_object) {
            for (name, schema) in properties {
                let is_described = schema.get("description").is_some() || schema.get("$ref").is_some();
                if !is_described {
                    silent.push(format!("{pointer}/{name}"));
                }
            }
        }
        if let Some(words) =
            object.get("enum").and_then(Value::as_array).filter(|_| !pointer.starts_with("/then"))
        {
            let told = object.get("enumDescriptions").and_then(Value::as_array).map_or(0, Vec::len);
            if told != words.len() {
                silent.push(format!("{pointer}/enum"));
            }
        }
        for (name, inner) in object {
            walk(format!("{pointer}/{name}"), inner, silent);
            for (index, inner) in inner.as_array().into_iter().flatten().enumerate() {
                walk(format!("{pointer}/{name}/{index}"), inner, silent);
            }
        }
    }
    let mut silent = Vec::new();
    walk(String::new(), &meta_schema(), &mut silent);
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

/// An empty document is no schema for either.
#[test]
fn nothing_is_no_schema() {
    let document = concise::read("# nothing\n");
    assert!(document.root.as_ref().is_none_or(|root| root.value == Data::Null));
    assert!(!validator().is_valid(&Value::Null));
    assert!(!validator().is_valid(&serde_json::json!({})));
}

/// An editor's server for YAML never ends where a snippet is called like a property beside it.
#[test]
fn no_snippet_is_called_like_a_word() {
    let schema = meta_schema();
    let snippets =
        schema["definitions"]["variable"]["defaultSnippets"].as_array().expect("there are snippets");
    let words = set(vocabulary::variable());
    for snippet in snippets {
        let label = snippet["label"].as_str().expect("a snippet has a label");
        assert!(!words.contains(label), "{label}");
    }
}
