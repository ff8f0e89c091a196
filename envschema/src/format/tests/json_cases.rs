//! JSON: what is read, and what is a fault where.

use super::{assert_faults, assert_trees};
use crate::format::json::read;

#[test]
fn sound_documents() {
    assert_trees(
        read,
        &[
            ("{}", "{}"),
            ("[]", "[]"),
            (" [ ] ", "[]"),
            ("null", "null"),
            ("\"a\"", r#""a""#),
            (
                r#"{"a": 1, "b": [true, false, null], "c": {"d": "e"}}"#,
                r#"{a: #1, b: [true, false, null], c: {d: "e"}}"#,
            ),
            (r#"{"b": 1, "a": 2}"#, "{b: #1, a: #2}"),
            (
                r#"[1.10, -0, 0.5e-3, 1E+9, 340282366920938463463374607431768211455]"#,
                "[#1.10, #-0, #0.5e-3, #1E+9, #340282366920938463463374607431768211455]",
            ),
            (
                r#"["\" \\ \/ \b\f\n\r\t", "\u00e9\ud83d\ude00", "é😀"]"#,
                "[\"\\\" \\\\ / \\u{8}\\u{c}\\n\\r\\t\", \"é😀\", \"é😀\"]",
            ),
            ("{\r\n\t\"é\": \"ü\"\r\n}\r\n", "{é: \"ü\"}"),
            ("\"\u{7f}\"", "\"\\u{7f}\""),
        ],
    );
}

#[test]
fn places_are_those_of_the_values() {
    let text = r#"{"é": ["ü", 12, {"k": "\n"}]}"#;
    let document = read(text);
    let root = document.root.unwrap();
    let items = root.get("é").unwrap().items().unwrap();
    let slices: Vec<_> = items.iter().map(|item| &text[item.span.range()]).collect();
    assert_eq!(slices, ["\"ü\"", "12", "{\"k\": \"\\n\"}"]);
    assert_eq!(&text[root.members().unwrap()[0].key_span.range()], "\"é\"");
    assert_eq!(&text[items[0].letters().unwrap().range()], "ü");
    assert_eq!(items[2].get("k").unwrap().letters(), None, "an escape has no place letter by letter");
}

#[test]
fn every_fault_is_found_in_one_pass() {
    let text = "{\n  // a comment\n  'é': 1,\n  \"b\": tru\n  \"c\": [1 2,],\n  \"d\": 007,\n  \"e\": \"x\n  \"f\": \"\\q\",\n}";
    assert_faults(
        read,
        &[(
            text,
            r#"{é: #1, b: !, c: [#1, #2], d: !, e: !, f: !}"#,
            &[
                "4 \"// a comment\" JSON has no comments",
                "19 \"'é'\" a key of JSON stands in double quotes",
                "35 \"tru\" not a value of JSON",
                "38 \"\" missing comma",
                "48 \"\" missing comma",
                "50 \",\" trailing comma",
                "61 \"007\" not a number of JSON",
                "73 \"\\\"x\" this text has no closing quote",
                "75 \"\" missing comma",
                "84 \"\\\\q\" unknown escape",
                "87 \",\" trailing comma",
            ],
        )],
    );
}

#[test]
fn single_faults() {
    assert_faults(
        read,
        &[
            ("", "-", &["0 \"\" expected a JSON value, found an empty document"]),
            (" \n", "-", &["2 \"\" expected a JSON value, found an empty document"]),
            ("{} {}", "{}", &["3 \"{\" unexpected text behind the value of the document"]),
            ("[1", "[#1]", &["0 \"[\" this bracket is never closed"]),
            ("[1,", "[#1]", &["0 \"[\" this bracket is never closed"]),
            ("{\"a\": [1}", "{a: [#1]}", &["6 \"[\" this bracket is never closed"]),
            ("{\"a\"}", "{a: !}", &["4 \"\" expected `:` behind the key"]),
            ("{\"a\": }", "{a: !}", &["6 \"\" missing value"]),
            ("{a: 1}", "{a: #1}", &["1 \"a\" a key of JSON stands in double quotes"]),
            ("[True]", "[!]", &["1 \"True\" not a value of JSON"]),
            ("[NaN]", "[!]", &["1 \"NaN\" not a value of JSON"]),
            ("[+1]", "[!]", &["1 \"+1\" not a number of JSON"]),
            ("[.5]", "[!]", &["1 \".5\" not a number of JSON"]),
            ("[1.]", "[!]", &["1 \"1.\" not a number of JSON"]),
            ("[0x10]", "[!]", &["1 \"0x10\" not a number of JSON"]),
            ("['a b']", "[!]", &["1 \"'a b'\" a text of JSON stands in double quotes"]),
            ("[\"\t\"]", "[!]", &["2 \"\\t\" control character in a text"]),
            (
                "[\"a",
                "[!]",
                &["0 \"[\" this bracket is never closed", "1 \"\\\"a\" this text has no closing quote"],
            ),
            (
                r#"["\ud800"]"#,
                "[!]",
                &["2 \"\\\\ud800\" not a Unicode escape: `\\u` takes four hexadecimal digits"],
            ),
            (
                r#"["\udc00"]"#,
                "[!]",
                &["2 \"\\\\udc00\" not a Unicode escape: `\\u` takes four hexadecimal digits"],
            ),
            (
                r#"["\u12"]"#,
                "[!]",
                &["2 \"\\\\u\" not a Unicode escape: `\\u` takes four hexadecimal digits"],
            ),
            ("/* a */ 1", "#1", &["0 \"/* a */\" JSON has no comments"]),
            (
                "{\"a\": 1, \"b\": 2, \"a\": 3}",
                "{a: #1, b: #2, a: #3}",
                &["17 \"\\\"a\\\"\" duplicate key: it stands on line 1 already"],
            ),
            ("\u{b}1", "!", &["0 \"\\u{b}1\" not a value of JSON"]),
        ],
    );
}

#[test]
fn a_duplicate_names_the_line_of_the_first() {
    let text = "{\n\"a\": 1,\n\"b\": 2,\n\"a\": 3,\n\"a\": 4}";
    let faults = read(text).faults;
    let messages: Vec<_> = faults.iter().map(|fault| (fault.span.start, fault.message.as_ref())).collect();
    let message = "duplicate key: it stands on line 2 already";
    assert_eq!(messages, [(18, message), (26, message)]);
    assert_eq!(faults[0].other.map(|first| &text[first.range()]), Some("\"a\""));
}
