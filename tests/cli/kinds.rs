//! Every table of texts that a kind accepts or rejects, through the command.

use std::collections::BTreeSet;

use envschema::core::kind::Kind;
use serde_json::{Map, Value};

use crate::tables::{self, Table};
use crate::world::Folder;

/// The kind as a schema file spells it.
fn spelled(kind: &Kind) -> String {
    match kind {
        Kind::List(list) => {
            let separator = if list.separator == ',' { "comma" } else { "space" };
            format!("{separator}-separated {}", list.items.name())
        }
        Kind::Map(map) => format!("{{type: map, items: {}}}", map.values.name()),
        kind => kind.name().to_owned(),
    }
}

/// The texts of a table, each the value of a variable of its own: a file of JSON, which holds any text.
fn texts(table: &Table) -> Vec<(String, &str)> {
    let texts = table.accepted.iter().chain(&table.rejected).filter(|text| !text.is_empty());
    texts.enumerate().map(|(index, text)| (format!("V{index}"), text.as_str())).collect()
}

#[test]
fn the_command_accepts_and_rejects_what_the_tables_say() {
    let mut judged = 0;
    for table in tables::all() {
        let texts = texts(&table);
        let schema: String =
            texts.iter().map(|(key, _)| format!("{key}: {}\n", spelled(&table.kind))).collect();
        let folder = Folder::with_schema(&schema);
        let members = texts.iter().map(|(key, text)| (key.clone(), Value::from(*text)));
        folder.file("x.json", Value::Object(members.collect::<Map<_, _>>()).to_string());
        let run = folder.check("--env-file x.json --format json");
        let report = run.json();
        let found = report["environments"][0]["diagnostics"].as_array().unwrap();
        let refused: BTreeSet<&str> = found
            .iter()
            .filter(|found| found["code"] == "invalid-value")
            .filter_map(|found| found["key"].as_str())
            .collect();
        for (key, text) in &texts {
            let is_rejected = table.rejected.iter().any(|rejected| rejected == text);
            let name = spelled(&table.kind);
            assert_eq!(refused.contains(key.as_str()), is_rejected, "{name}: {text:?}");
            judged += 1;
        }
    }
    assert!(judged > 1_000, "{judged}");
}
