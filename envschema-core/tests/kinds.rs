//! Every kind against its table of accepted and rejected texts (`tests/kinds/` at the root), and what holds for any text.

#![expect(clippy::expect_used, clippy::panic, reason = "a table that cannot be read fails the test")]

use std::borrow::Cow;

use envschema_core::constraint::is_broken;
use envschema_core::element::of_literal;
use envschema_core::kind::{Kind, List, Map, Mistake};
use envschema_core::schema::Constraint;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::strategy::Strategy;

/// A table's file name and its text.
type Table = (&'static str, &'static str);

macro_rules! tables {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../tests/kinds/", $name, ".txt")))),*]
    };
}

const SCALARS: [Table; 25] = tables! {
    "string" "integer" "number" "boolean" "url" "email" "host" "port" "ip" "ipv4" "ipv6" "cidr" "socket-address" "path"
    "duration" "size" "uuid" "date" "datetime" "timezone" "semver" "base64" "hex" "regex" "json"
};

const COMPOUND: [Table; 4] = tables! { "list" "list-of-words" "list-of-strings" "map" };

/// One line of a table.
struct Row {
    line: usize,
    text: String,
    /// A piece of the mistake's message; `None` where the text is accepted.
    message: Option<String>,
}

fn rows(table: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    for (number, line) in table.lines().enumerate() {
        let (text, message) = match line.split_at_checked(2) {
            Some(("+ ", text)) => (text, None),
            Some(("- ", row)) => {
                let (text, message) = row.rsplit_once(" | ").expect(line);
                (text, Some(message.to_owned()))
            }
            _ if line.is_empty() || line.starts_with('#') => continue,
            _ => panic!("line {}: neither `+ `, `- ` nor `#`: {line}", number + 1),
        };
        rows.push(Row { line: number + 1, text: unescape(text), message });
    }
    rows
}

/// The escapes of `tests/kinds/README.md`.
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
            Some('\\') => plain.push('\\'),
            Some('u') => {
                let digits: String = characters.by_ref().skip(1).take_while(|digit| *digit != '}').collect();
                plain.push(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).expect(text));
            }
            other => panic!("unknown escape {other:?} in {text}"),
        }
    }
    plain
}

/// The kind in the first line of a table: `# kind: comma-separated integer`.
fn kind(table: &str) -> Kind {
    let header = table.lines().next().and_then(|line| line.strip_prefix("# kind: ")).expect("a first line");
    let scalar = |name| Kind::named(name).expect(header).into();
    if let Some(items) = header.strip_prefix("comma-separated ") {
        Kind::List(List { separator: ',', items: scalar(items) })
    } else if let Some(items) = header.strip_prefix("space-separated ") {
        Kind::List(List { separator: ' ', items: scalar(items) })
    } else if let Some(values) = header.strip_prefix("map of ") {
        Kind::Map(Map { separator: ',', assign: '=', values: scalar(values) })
    } else {
        Kind::named(header).expect(header)
    }
}

/// The parts of the table of allowed values: a kind, the values, and the rows below them.
fn allowances(table: &str) -> impl Iterator<Item = (Kind, Constraint, Vec<Row>)> {
    table.split("# kind: ").skip(1).map(|part| {
        let (header, rows_below) = part.split_once('\n').expect("rows below a header");
        let (name, values) = header.split_once(", one of: ").expect(header);
        let values: Vec<Cow<'static, str>> = values.split(' ').map(|value| value.to_owned().into()).collect();
        (Kind::named(name).expect(header), Constraint::OneOf(values.into()), rows(rows_below))
    })
}

#[test]
fn allowed_values_are_compared_as_values() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (kind, one_of, rows) in allowances(include_str!("../../tests/kinds/constraints/one-of.txt")) {
        for Row { text, message, .. } in rows {
            count += 1;
            let found = match kind.parse(&text) {
                Err(mistake) => Some(mistake.message.to_owned()),
                Ok(_) if is_broken(&one_of, &kind, &of_literal(&kind, &text, &[])) => {
                    Some("not allowed".into())
                }
                Ok(_) => None,
            };
            let is_right = match (&found, &message) {
                (Some(found), Some(expected)) => found.contains(expected.as_str()),
                (found, expected) => found.is_none() && expected.is_none(),
            };
            if !is_right {
                wrong.push(format!("{} {text:?}: {found:?}", kind.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 40, "{count} rows");
}

fn assert_in_bounds(text: &str, mistake: &Mistake) {
    assert!(text.get(mistake.at.clone()).is_some(), "{text:?} {mistake:?}");
}

#[test]
fn every_table_holds() {
    let mut wrong = Vec::new();
    for (name, table) in SCALARS.iter().chain(&COMPOUND) {
        let kind = kind(table);
        for Row { line, text, message } in rows(table) {
            match (kind.parse(&text), message) {
                (Ok(_), None) => {}
                (Ok(_), Some(_)) => wrong.push(format!("{name}.txt:{line}: accepts {text:?}")),
                (Err(mistake), None) => {
                    wrong.push(format!("{name}.txt:{line}: rejects {text:?}: {mistake:?}"));
                }
                (Err(mistake), Some(message)) => {
                    assert_in_bounds(&text, &mistake);
                    if !mistake.message.contains(&message) {
                        wrong.push(format!("{name}.txt:{line}: says of {text:?}: {mistake:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_kind_has_a_table_of_enough_rows() {
    assert_eq!(SCALARS.map(|(name, _)| name), *Kind::NAMES);
    for (name, table) in SCALARS {
        assert_eq!(kind(table).name(), name);
    }
    for (name, table) in SCALARS.iter().chain(&COMPOUND) {
        let rows = rows(table);
        let rejected = rows.iter().filter(|row| row.message.is_some()).count();
        assert!(rows.len() >= 20, "{name}: {} rows", rows.len());
        // A string is anything.
        assert!(rejected >= 5 || *name == "string", "{name}: {rejected} rejected");
        assert!(rows.len() - rejected >= 5, "{name}: {} accepted", rows.len() - rejected);
        let mut texts: Vec<_> = rows.iter().map(|row| &row.text).collect();
        texts.sort();
        assert!(texts.windows(2).all(|pair| pair[0] != pair[1]), "{name}: a text stands twice");
    }
}

#[test]
fn every_example_is_accepted_and_every_name_known() {
    for kind in Kind::SCALARS {
        assert!(kind.parse(&kind.example()).is_ok(), "{}", kind.name());
        assert_eq!(Kind::named(kind.name()).as_ref(), Some(kind));
        assert_eq!(Kind::named(&kind.name().to_uppercase()), None);
    }
    for (_, table) in COMPOUND {
        let kind = kind(table);
        assert!(kind.parse(&kind.example()).is_ok());
        assert_eq!(Kind::named(kind.name()), None);
    }
    for (alias, name) in [("int", "integer"), ("bool", "boolean"), ("socket_address", "socket-address")] {
        assert_eq!(Kind::named(alias).map(|kind| kind.name()), Some(name));
    }
}

/// Texts that come close to some kind, and any others.
fn texts() -> impl Strategy<Value = String> {
    let near = SCALARS.iter().chain(&COMPOUND).flat_map(|(_, table)| rows(table)).map(|row| row.text);
    let near = proptest::sample::select(near.collect::<Vec<_>>());
    let edited = (near, any::<proptest::sample::Index>(), 0..3_usize, any::<char>()).prop_map(edit);
    prop_oneof![any::<String>(), "[-+0-9a-zA-Z:/?#@.,%=\\[\\] é_]{0,24}", edited]
}

/// Inserts, replaces or removes one character.
fn edit((text, index, way, character): (String, proptest::sample::Index, usize, char)) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = index.index(characters.len() + 1);
    let end = if way > 0 && at < characters.len() { at + 1 } else { at };
    characters.splice(at..end, (way < 2).then_some(character));
    characters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn no_text_panics_and_every_place_is_in_bounds(text in texts()) {
        let compound = COMPOUND.map(|(_, table)| kind(table));
        for kind in Kind::SCALARS.iter().chain(&compound) {
            match kind.parse_all(&text) {
                Ok(value) => prop_assert!(value.same(&value)),
                Err(mistakes) => {
                    prop_assert_eq!(kind.parse(&text).err(), mistakes.first().cloned());
                    mistakes.iter().for_each(|mistake| assert_in_bounds(&text, mistake));
                    prop_assert!(mistakes.is_sorted_by_key(|mistake| mistake.at.start));
                }
            }
        }
    }
}
