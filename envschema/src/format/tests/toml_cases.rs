//! TOML: what is read, and what is a fault where.

use super::{assert_faults, assert_trees};
use crate::format::toml::read;

#[test]
fn sound_documents() {
    assert_trees(
        read,
        &[
            ("", "{}"),
            ("# only a comment\n", "{}"),
            ("b = 1\na = 2\n", "{b: #1, a: #2}"),
            ("a = [1_000, 0xff, 1.10, +5, -0.5e-3, inf]", "{a: [#1_000, #0xff, #1.10, #+5, #-0.5e-3, #inf]}"),
            ("d = 1979-05-27T07:32:00Z\nt = 07:32:00", "{d: @1979-05-27T07:32:00Z, t: @07:32:00}"),
            (
                "a = 'x'\nb = \"é\\n\"\nc = '''\nx\n'''\nd = \"\"\"y\"\"\"",
                r#"{a: "x", b: "é\n", c: "x\n", d: "y"}"#,
            ),
            ("[a]\nx = 1\n[a.b]\ny = 2\n[c]\n", "{a: {x: #1, b: {y: #2}}, c: {}}"),
            ("[a.b]\ny = 2\n[a]\nx = 1\n", "{a: {b: {y: #2}, x: #1}}"),
            ("[[a]]\nx = 1\n[a.b]\ny = 2\n[[a]]\nx = 3\n", "{a: [{x: #1, b: {y: #2}}, {x: #3}]}"),
            ("a.b.c = 1\na.b.d = 2\na.e = 3", "{a: {b: {c: #1, d: #2}, e: #3}}"),
            (
                "[f]\napple.color = 1\n[f.apple.taste]\nsweet = true",
                "{f: {apple: {color: #1, taste: {sweet: true}}}}",
            ),
            ("a = {x = 1, y.z = 2, y.w = {}}", "{a: {x: #1, y: {z: #2, w: {}}}}"),
            ("'a b' = 1\n\"c.d\".e = 2\n1 = 3", "{a b: #1, c.d: {e: #2}, 1: #3}"),
            ("a = [\n  1, # one\n  [2],\n]\r\nb = true\r\n", "{a: [#1, [#2]], b: true}"),
        ],
    );
}

#[test]
fn places_are_those_of_the_values() {
    let text = "# é\nk = \"ü\"\n[t.'u']\nm = '''\nx\n'''\n[[l]]\n[[l]]\nd.e = {f = 1}\n";
    let document = read(text);
    let root = document.root.unwrap();
    let slice = |node: &crate::format::Node<'_>| &text[node.span.range()];
    assert_eq!(slice(root.get("k").unwrap()), "\"ü\"");
    let table = root.get("t").unwrap();
    assert_eq!(slice(table), "t", "made on the way to another");
    let inner = &table.members().unwrap()[0];
    assert_eq!(&text[inner.key_span.range()], "'u'");
    assert_eq!(slice(&inner.value), "[t.'u']");
    let lines = inner.value.get("m").unwrap();
    assert_eq!(&text[lines.letters().unwrap().range()], "x\n");
    let list = root.get("l").unwrap();
    assert_eq!(slice(list), "[[l]]");
    let last = &list.items().unwrap()[1];
    assert_eq!(last.span.start, list.span.start + 6);
    assert_eq!(slice(last.get("d").unwrap()), "d");
    assert_eq!(slice(last.get("d").unwrap().get("e").unwrap()), "{f = 1}");
}

#[test]
fn every_fault_is_found_in_one_pass() {
    let text = "a = yes\nb = 007\nc = 1\nc = 2\nd =\n[e\nf = 'x' 'y'\ng\n[c.h]\n";
    assert_faults(
        read,
        &[(
            text,
            "{a: !, b: !, c: #1, c: #2, d: !, e: {f: \"x\", g: !}}",
            &[
                "4 \"yes\" text without quotes",
                "12 \"007\" not a number of TOML",
                "22 \"c\" duplicate key: it stands on line 3 already",
                "31 \"\" missing value",
                "32 \"[e\" the brackets of this header do not match",
                "43 \"\" unexpected text behind the value",
                "48 \"\" expected `=` and a value behind the key",
                "50 \"c\" nothing can be added to this key: its value is complete",
            ],
        )],
    );
}

#[test]
fn dates_exist() {
    assert_faults(
        read,
        &[
            ("a = 2024-13-45", "{a: !}", &["4 \"2024-13-45\" not a date or time of TOML"]),
            ("a = 12-", "{a: !}", &["4 \"12-\" not a date or time of TOML"]),
        ],
    );
}

#[test]
fn tables_are_written_once() {
    let complete = "nothing can be added to this key: its value is complete";
    let cases = [
        ("[a]\n[a]", "5 \"a\" duplicate key: it stands on line 1 already".to_owned()),
        ("a.b = 1\n[a]", "9 \"a\" duplicate key: it stands on line 1 already".to_owned()),
        ("a = {}\n[a]", "8 \"a\" duplicate key: it stands on line 1 already".to_owned()),
        ("[[a]]\n[a]", "7 \"a\" duplicate key: it stands on line 1 already".to_owned()),
        ("[a]\n[[a]]", "6 \"a\" duplicate key: it stands on line 1 already".to_owned()),
        ("a = {}\n[a.b]", format!("8 \"a\" {complete}")),
        ("a = {}\na.b = 1", format!("7 \"a\" {complete}")),
        ("a = []\n[[a]]", "9 \"a\" duplicate key: it stands on line 1 already".to_owned()),
        ("[a.b.c]\n[a]\nb.c.d = 1", format!("14 \"c\" {complete}")),
        ("a = {b = 1, b = 2}", "12 \"b\" duplicate key: it stands on line 1 already".to_owned()),
    ];
    for (text, expected) in cases {
        let faults = read(text).faults;
        let found: Vec<_> = faults.iter().map(|fault| super::fault(text, fault)).collect();
        assert_eq!(found, [expected], "{text:?}");
    }
}

#[test]
fn large_tables_find_their_duplicates() {
    let mut text: String = (0..1000).map(|n| format!("k{n} = {n}\n")).collect();
    text.push_str("k3 = 0\n");
    let document = read(&text);
    let messages: Vec<_> = document.faults.iter().map(|fault| fault.message.as_ref()).collect();
    assert_eq!(messages, ["duplicate key: it stands on line 4 already"]);
}
