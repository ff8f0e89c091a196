//! Every kind against its table of accepted and rejected texts, from a schema file to the report.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::world::Folder;

/// One line of a table: its number, the text, and a piece of the message if the text is rejected.
type Row = (usize, String, Option<String>);

/// The escapes of `tests/kinds/README.md`.
fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        match characters.next().expect("a character follows the backslash") {
            'e' => {}
            'n' => plain.push('\n'),
            'r' => plain.push('\r'),
            's' => plain.push(' '),
            't' => plain.push('\t'),
            '\\' => plain.push('\\'),
            'u' => {
                let digits: String = characters.by_ref().skip(1).take_while(|digit| *digit != '}').collect();
                plain.push(char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap());
            }
            other => panic!("unknown escape {other:?} in {text}"),
        }
    }
    plain
}

fn rows(table: &str) -> Vec<Row> {
    let row = |(number, line): (usize, &str)| match line.split_at_checked(2)? {
        ("+ ", text) => Some((number + 1, unescape(text), None)),
        ("- ", row) => {
            let (text, message) = row.rsplit_once(" | ")?;
            Some((number + 1, unescape(text), Some(message.to_owned())))
        }
        _ => None,
    };
    table.lines().enumerate().filter_map(row).collect()
}

/// The kind that a table names, as the words of a schema.
fn words(table: &str) -> String {
    let kind = table.lines().next().and_then(|line| line.strip_prefix("# kind: ")).expect("a first line");
    match kind.strip_prefix("map of ") {
        Some(values) => format!("type: map, items: {values}"),
        None => format!("type: {kind}"),
    }
}

#[test]
fn the_command_judges_every_table_as_it_says() {
    let folder = Folder::new();
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("kinds");
    let mut judged = 0;
    for table in fs::read_dir(tables).unwrap().map(|entry| entry.unwrap().path()) {
        if table.extension().is_some_and(|extension| extension == "txt") {
            judged += check_table(&folder, &table);
        }
    }
    assert!(judged > 1000, "{judged} texts were judged");
}

/// Checks one table as a schema with a variable for each row and a JSON file with the texts.
fn check_table(folder: &Folder, path: &Path) -> usize {
    let table = fs::read_to_string(path).unwrap();
    let words = words(&table);
    // An empty value counts as unset, whatever the kind says of an empty text.
    let rows: Vec<Row> = rows(&table).into_iter().filter(|(_, text, _)| !text.is_empty()).collect();
    let schema: String =
        rows.iter().map(|(line, ..)| format!("ROW_{line}: {{{words}, sensitive: false}}\n")).collect();
    let texts: Map<String, Value> =
        rows.iter().map(|(line, text, _)| (format!("ROW_{line}"), text.clone().into())).collect();
    folder.file("envschema.yaml", schema).file("texts.json", Value::Object(texts).to_string());
    let run = folder.check("texts.json --format json");
    let environment = run.json()["environments"][0].clone();
    let diagnostics = environment["diagnostics"].as_array().expect("it was checked").clone();
    for (line, text, message) in &rows {
        let key = format!("ROW_{line}");
        let found: Vec<&str> = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic["key"] == key.as_str())
            .map(|diagnostic| diagnostic["message"].as_str().unwrap())
            .collect();
        let place = format!("{}:{line}: {text:?}", path.display());
        match message {
            None => assert_eq!(found, [""; 0], "{place}"),
            // What has a password in it is rejected without a word of it.
            Some(message) => assert!(
                found.iter().any(|found| found.contains(message.as_str()) || found.contains("stays hidden")),
                "{place}: {found:?}"
            ),
        }
    }
    rows.len()
}
