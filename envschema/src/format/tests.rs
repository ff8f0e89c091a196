//! What holds for all formats, and how the tests of each write a tree down.

use std::borrow::Cow;

use proptest::prelude::{Strategy, any, prop, prop_assert, proptest};

use super::tree::{MAX_DEPTH, MAX_FAULTS};
use super::{Cause, Data, Document, Fault, Node, concise, json, toml, yaml};

mod json_cases;
mod toml_cases;
mod yaml_cases;

pub(super) type Read = for<'t> fn(&'t str) -> Document<'t>;

const FORMATS: [(&str, Read); 3] = [("yaml", yaml::read), ("toml", toml::read), ("json", json::read)];

/// A tree on one line: `{key: value}`, numbers as `#1.10`, dates as `@1979-05-27`, what could not be read as `!`.
fn outline(node: &Node<'_>) -> String {
    match &node.value {
        Data::Null => "null".into(),
        Data::Bool(value) => value.to_string(),
        Data::Number(text) => format!("#{text}"),
        Data::Text(text) => format!("{text:?}"),
        Data::Time(text) => format!("@{text}"),
        Data::Invalid => "!".into(),
        Data::Array(items) => format!("[{}]", items.iter().map(outline).collect::<Vec<_>>().join(", ")),
        Data::Table(members) => {
            let members = members.iter().map(|member| format!("{}: {}", member.key, outline(&member.value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
    }
}

/// The root on one line; `-` where there is none.
pub(super) fn root(document: &Document<'_>) -> String {
    document.root.as_ref().map_or_else(|| "-".into(), outline)
}

/// A fault as `offset "slice" message`.
pub(super) fn fault(text: &str, fault: &Fault) -> String {
    format!("{} {:?} {}", fault.span.start, &text[fault.span.range()], fault.message)
}

/// Reads sound documents and compares their trees.
pub(super) fn assert_trees(read: Read, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let document = read(text);
        assert_eq!(document.faults, [], "{text:?}");
        assert_eq!(root(&document), *expected, "{text:?}");
        assert_places(text, &document);
    }
}

/// Reads broken documents and compares their trees and faults.
fn assert_faults(read: Read, cases: &[(&str, &str, &[&str])]) {
    for (text, tree, faults) in cases {
        let document = read(text);
        let found: Vec<_> = document.faults.iter().map(|one| fault(text, one)).collect();
        assert_eq!(found, *faults, "{text:?}");
        assert_eq!(root(&document), *tree, "{text:?}");
        assert_places(text, &document);
    }
}

/// Every place lies in the text and covers what it is the place of.
pub(super) fn assert_places(text: &str, document: &Document<'_>) {
    for fault in &document.faults {
        assert!(text.get(fault.span.range()).is_some(), "{text:?}: {fault:?}");
        assert!(fault.other.is_none_or(|other| text.get(other.range()).is_some()), "{text:?}: {fault:?}");
    }
    if let Some(root) = &document.root {
        assert_node(text, root);
    }
}

fn assert_node(text: &str, node: &Node<'_>) {
    let slice = text.get(node.span.range());
    assert!(slice.is_some(), "{text:?}: {node:?}");
    let slice = slice.unwrap_or_default();
    match &node.value {
        Data::Number(written) | Data::Time(written) => assert_eq!(slice, written),
        Data::Text(value) => {
            if let Some(letters) = node.letters() {
                assert_eq!(&text[letters.range()], value);
            }
        }
        Data::Array(items) => items.iter().for_each(|item| assert_node(text, item)),
        Data::Table(members) => {
            for member in members {
                let key = text.get(member.key_span.range());
                assert!(key.is_some(), "{text:?}: {member:?}");
                if let Cow::Borrowed(borrowed) = member.key {
                    assert!(key.unwrap_or_default().contains(borrowed), "{text:?}: {member:?}");
                }
                assert_node(text, &member.value);
            }
        }
        Data::Null | Data::Bool(_) | Data::Invalid => {}
    }
}

/// Text made of what the formats give a meaning to, so that odd combinations come up soon.
pub(super) fn marks() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b: ",
        "c = ",
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "{",
        "}",
        "[",
        "]",
        "[[",
        "]]",
        ",",
        ":",
        ": ",
        "=",
        ".",
        "- ",
        "\n",
        "\r\n",
        "\r",
        "  ",
        "    ",
        "\t",
        "# x",
        "&a ",
        "*a",
        "<<: ",
        "!x ",
        "!!str ",
        "|\n",
        ">-\n",
        "---\n",
        "...\n",
        "%",
        "@",
        "`",
        "\\",
        "\\u",
        "12",
        "d800",
        "\\udc00",
        "0x",
        "1_0",
        "007",
        "-",
        "+",
        "1e5",
        "true",
        "null",
        "~",
        "é",
        "😀",
        "\u{feff}",
        "\u{0}",
        "/",
        "/*",
        "//",
        "a.b",
        "1979-05-27",
        "-32",
        "T07:32:00",
        "? ",
        "? [",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_with_places_inside_it(text in any::<String>()) {
        for (_, read) in FORMATS {
            assert_places(&text, &read(&text));
        }
    }

    #[test]
    fn any_mixture_of_marks_is_read_with_places_inside_it(text in marks()) {
        for (_, read) in FORMATS {
            assert_places(&text, &read(&text));
        }
    }

    #[test]
    fn json_is_what_its_judge_takes_for_json(text in marks()) {
        let sound = json::read(&text).faults.iter().all(|fault| fault.cause == Cause::DuplicateKey);
        let judged = serde_json::from_str::<serde_json::Value>(text.trim_start_matches('\u{feff}')).is_ok();
        prop_assert!(!judged || sound, "{text:?}");
        // The judge turns numbers into machine numbers, which has limits that JSON has not.
        prop_assert!(!sound || judged || text.contains("1e5") || text.starts_with("\u{feff}\u{feff}"), "{text:?}");
    }

    #[test]
    fn toml_is_what_its_judge_takes_for_toml(text in marks()) {
        let sound = toml::read(&text).faults.is_empty();
        let judged = ::toml::de::DeTable::parse(&text).is_ok();
        prop_assert!(sound == judged, "{text:?}");
    }
}

#[test]
fn no_fault_shows_the_text() {
    let secret = "hunter2";
    let templates = [
        "a: SECRET: b",
        "a: 'SECRET",
        "a: [SECRET",
        "a: {SECRET",
        "a: *SECRET",
        "a: !SECRET x",
        "SECRET: 1\nSECRET: 2",
        "@SECRET",
        "a: \"\\SECRET\"",
        "%SECRET\n",
        "a = SECRET",
        "a = 'SECRET",
        "SECRET = 1\nSECRET = 2",
        "[SECRET",
        "a.SECRET = 1\na = 2\na.SECRET.b = 1",
        "a = 1SECRET",
        "a = \"\\SECRET\"",
        "{\"SECRET\": 1, \"SECRET\": 2}",
        "{'SECRET': SECRET}",
        "[\"SECRET",
        "[\"\\SECRET\"]",
        "// SECRET",
        "[1SECRET]",
        "a = 2024-13-45SECRET",
        "= SECRET",
        "\"SECRET\" x",
        "- SECRET\nSECRET",
    ];
    for template in templates {
        let text = template.replace("SECRET", secret);
        for (format, read) in FORMATS {
            for fault in read(&text).faults {
                let words = format!("{} {:?}", fault.message, fault.help);
                assert!(!words.contains(secret), "{format}: {text:?}: {words}");
            }
        }
    }
}

#[test]
fn deep_nesting_is_a_fault_and_no_overflow() {
    let cases = [
        (json::read as Read, "[".repeat(200_000)),
        (json::read, "{\"a\":".repeat(200_000)),
        (yaml::read, "[".repeat(200_000)),
        (yaml::read, "{a: ".repeat(20_000)),
        (yaml::read, (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect()),
        (yaml::read, "- ".repeat(20_000)),
        (concise::read, format!("a: {}", "[".repeat(100_000))),
        (toml::read, format!("a = {}", "[".repeat(200_000))),
        (toml::read, format!("a = {}", "{b = ".repeat(20_000))),
        (toml::read, format!("a{} = 1", ".b".repeat(20_000))),
        (toml::read, format!("[a{}]", ".b".repeat(20_000))),
    ];
    for (read, text) in cases {
        let document = read(&text);
        let limits = document.faults.iter().filter(|fault| fault.cause == Cause::Limit).count();
        assert!(limits > 0, "{:?} {:?}", &text[..20], document.faults.first());
    }
}

#[test]
fn a_line_of_many_keys_does_not_overflow() {
    for key in ["\"a\": ", "a: ", "- a: ", "[]: ", "a: ("] {
        let text = key.repeat(100_000);
        assert_places(&text, &concise::read(&text));
    }
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    let depth = MAX_DEPTH;
    for (format, read) in FORMATS {
        let value = format!("{}1{}", "[".repeat(depth - 1), "]".repeat(depth - 1));
        let text = match format {
            "toml" => format!("a = {value}"),
            _ => format!("{{\"a\": {value}}}"),
        };
        assert_eq!(read(&text).faults, [], "{format}");
        let deeper = text.replace("1", "[1]");
        assert_eq!(read(&deeper).faults.len(), 1, "{format}");
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    for (format, read) in FORMATS {
        let text = if format == "toml" { "\u{feff}a = 'é'" } else { "\u{feff}{\"a\": 'é'}" };
        let text = if format == "json" { text.replace('\'', "\"") } else { text.to_owned() };
        let document = read(&text);
        assert_eq!(root(&document), "{a: \"é\"}", "{format}");
        assert_places(&text, &document);
        let place =
            document.root.as_ref().and_then(|root| root.get("a")).map(|node| &text[node.span.range()]);
        assert!(place.is_some_and(|place| place.contains('é')), "{format}: {place:?}");
    }
}

#[test]
fn a_flood_of_faults_is_cut_off() {
    let cases = [
        (json::read as Read, format!("{{{}", "\"a\":1,".repeat(20_000))),
        (json::read, "[;;".repeat(20_000)),
        (toml::read, "a = 1\n".repeat(20_000)),
        (toml::read, "= =\n".repeat(20_000)),
        (yaml::read, "a: 1\n".repeat(20_000)),
        (yaml::read, "- *a\n".repeat(20_000)),
    ];
    for (read, text) in cases {
        assert_eq!(read(&text).faults.len(), MAX_FAULTS, "{:?}", &text[..8]);
    }
}
