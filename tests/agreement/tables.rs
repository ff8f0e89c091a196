//! The tables of accepted and rejected texts below `tests/kinds/`, read as its `README.md` says.

#![expect(clippy::disallowed_methods, reason = "tests read their own tables")]

use std::fs;
use std::path::Path;

use envschema::core::kind::{Kind, List, Map};

/// A kind with texts it accepts and texts it rejects.
#[derive(Clone, Debug)]
pub struct Table {
    pub kind: Kind,
    pub accepted: Vec<String>,
    pub rejected: Vec<String>,
}

/// Every table, in the order of their names.
pub fn all() -> Vec<Table> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("kinds");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.iter().map(|path| table(&fs::read_to_string(path).unwrap())).collect()
}

fn table(text: &str) -> Table {
    let (mut accepted, mut rejected) = (Vec::new(), Vec::new());
    for line in text.lines() {
        if let Some(text) = line.strip_prefix("+ ") {
            accepted.push(unescape(text));
        } else if let Some((text, _)) = line.strip_prefix("- ").and_then(|row| row.rsplit_once(" | ")) {
            rejected.push(unescape(text));
        }
    }
    Table { kind: kind(text), accepted, rejected }
}

fn kind(text: &str) -> Kind {
    let header = text.lines().next().and_then(|line| line.strip_prefix("# kind: ")).unwrap();
    let scalar = |name| Kind::named(name).unwrap().into();
    if let Some(items) = header.strip_prefix("comma-separated ") {
        Kind::List(List { separator: ',', items: scalar(items) })
    } else if let Some(items) = header.strip_prefix("space-separated ") {
        Kind::List(List { separator: ' ', items: scalar(items) })
    } else if let Some(values) = header.strip_prefix("map of ") {
        Kind::Map(Map { separator: ',', assign: '=', values: scalar(values) })
    } else {
        Kind::named(header).unwrap()
    }
}

fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        match characters.next() {
            Some('e') => {}
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('s') => plain.push(' '),
            Some('t') => plain.push('\t'),
            Some('u') => {
                let digits: String = characters.by_ref().skip(1).take_while(|digit| *digit != '}').collect();
                plain.push(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).unwrap());
            }
            other => plain.extend(other),
        }
    }
    plain
}
