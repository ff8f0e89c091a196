//! YAML: what is read, and what is a fault where.

use proptest::prelude::{Strategy, prop, prop_assert_eq, proptest};

use super::{assert_faults, assert_trees, root};
use crate::format::yaml::{lines, parse, read};
use crate::format::{Cause, Node};

#[test]
fn sound_documents() {
    assert_trees(
        read,
        &[
            ("", "-"),
            ("# only a comment\n", "-"),
            ("---\n", "null"),
            ("b: 1\na: 2\n", "{b: #1, a: #2}"),
            ("a:\nb:\n  - x\n  - y: z\n", "{a: null, b: [\"x\", {y: \"z\"}]}"),
            (
                "a: [1.10, 007, true, yes, ~, 0x1F, .inf]",
                "{a: [#1.10, #007, true, \"yes\", null, #0x1F, #.inf]}",
            ),
            (
                "a: '1'\nb: \"true\"\nc: !!str 5\nd: ! 5\ne: !!int 5",
                r##"{a: "1", b: "true", c: "5", d: "5", e: #5}"##,
            ),
            ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", r#"{a: "x\ny\n", b: "x y"}"#),
            ("a: x\n  y\nb: 'it''s'\nc: \"\\u00e9\"\n", r#"{a: "x y", b: "it's", c: "é"}"#),
            ("a: 1\r\nb: é\r\n", "{a: #1, b: \"é\"}"),
            ("1: x\ntrue: y\n~: z\n'k k': w", r#"{1: "x", true: "y", ~: "z", k k: "w"}"#),
            ("{a: 1, b: {c: [d]}}", "{a: #1, b: {c: [\"d\"]}}"),
            ("a: b # c\n", "{a: \"b\"}"),
            ("a: b#c\nd: http://x:80/y\n", r#"{a: "b#c", d: "http://x:80/y"}"#),
            ("? a\n: b\n", "{a: \"b\"}"),
            ("%YAML 1.2\n---\na: 1\n...\n", "{a: #1}"),
        ],
    );
}

#[test]
fn aliases_and_merge_keys() {
    assert_trees(
        read,
        &[
            ("a: &x 1\nb: *x\nc: [*x]", "{a: #1, b: #1, c: [#1]}"),
            ("a: &x {k: [1, 2]}\nb: *x", "{a: {k: [#1, #2]}, b: {k: [#1, #2]}}"),
            ("a: &x 1\nb: &x 2\nc: *x", "{a: #1, b: #2, c: #2}"),
            ("&k a: 1\nb: *k", "{a: #1, b: \"a\"}"),
            ("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3, c: 4}", "{x: {a: #1, b: #2}, y: {a: #1, b: #3, c: #4}}"),
            (
                "x: &x {a: 1}\ny: &y {a: 2, b: 2}\nz:\n  c: 3\n  <<: [*x, *y]",
                "{x: {a: #1}, y: {a: #2, b: #2}, z: {c: #3, a: #1, b: #2}}",
            ),
            ("'<<': 1", "{<<: #1}"),
        ],
    );
}

#[test]
fn places_are_those_of_the_values() {
    let text = "# é\nk: ü\nt:\n  u: 'x y' # c\n  l: &a [1, 2]\nb: |\n  text\n\nz: *a\n";
    let document = read(text);
    let root = document.root.unwrap();
    let slice = |node: &Node<'_>| &text[node.span.range()];
    assert_eq!(slice(&root), &text[5..text.len() - 1]);
    assert_eq!(slice(root.get("k").unwrap()), "ü");
    let table = root.get("t").unwrap();
    assert_eq!(slice(table), "u: 'x y' # c\n  l: &a [1, 2]");
    assert_eq!(slice(table.get("u").unwrap()), "'x y'");
    assert_eq!(&text[table.get("u").unwrap().letters().unwrap().range()], "x y");
    assert_eq!(slice(table.get("l").unwrap()), "[1, 2]");
    assert_eq!(slice(root.get("b").unwrap()), "text");
    assert_eq!(slice(root.get("z").unwrap()), "[1, 2]", "an alias has the place of its value");
}

#[test]
fn single_faults() {
    assert_faults(
        read,
        &[
            (
                "a: b: c\nd: e",
                "{a: \"b\"}",
                &["4 \":\" `:` inside text that is not in quotes, or a key at the wrong indentation"],
            ),
            ("a: 'x", "{a: !}", &["3 \"'\" this quote is never closed"]),
            ("a: [1, 2\n", "{a: [#1]}", &["3 \"[\" this bracket is never closed"]),
            ("a: @x", "{a: !}", &["3 \"@\" text may not start with this character"]),
            ("a:\n\tb: 1", "{a: !}", &["4 \"b\" indented with a tab"]),
            ("a: 1\nb\nc: 2", "{a: #1}", &["5 \"b\" expected a key and `:`"]),
            ("a: \"\\q\"", "{a: !}", &["3 \"\\\"\" unknown escape in this text"]),
            ("a: *x\nb: 1", "{a: !, b: #1}", &["3 \"*x\" unknown alias"]),
            ("a: !vault x\nb: 1", "{a: !, b: #1}", &["10 \"x\" unknown tag"]),
            ("a: !!int x", "{a: !}", &["9 \"x\" the value does not fit its tag"]),
            ("a: 1\n---\nb: 2", "{a: #1}", &["5 \"---\" a second document in one file"]),
            (
                "a: 1\nb: 2\na: 3",
                "{a: #1, b: #2, a: #3}",
                &["10 \"a\" duplicate key: it stands on line 1 already"],
            ),
            ("? [a]\n: b\nc: d", "{c: \"d\"}", &["2 \"[a]\" a key is one word or text, no list or mapping"]),
            (": a", "{}", &["0 \"\" missing key"]),
            ("<<: 1\na: 2", "{a: #2}", &["4 \"1\" `<<` takes a mapping, or a list of mappings"]),
            ("a: &x [*x]", "{a: [!]}", &["7 \"*x\" an alias stands inside the value it stands for"]),
        ],
    );
}

#[test]
fn a_place_behind_letters_of_several_bytes() {
    let text = "é: 'ü'\nü: b: c";
    let fault = &read(text).faults[0];
    assert_eq!(fault.span.range(), text.rfind(": c").map(|at| at..at + 1).unwrap());
}

#[test]
fn an_alias_bomb_is_defused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{items}]\n"));
    }
    let document = read(&text);
    assert!(!document.faults.is_empty());
    assert!(document.faults.iter().all(|fault| fault.cause == Cause::Limit), "{:?}", document.faults);
    assert!(root(&document).len() < 200_000);
}

#[test]
fn aliases_cannot_nest_past_the_limit() {
    let mut text = format!("a0: &a0 {}1{}\n", "[".repeat(50), "]".repeat(50));
    for level in 1..10 {
        let (open, close) = ("[".repeat(50), "]".repeat(50));
        text.push_str(&format!("a{level}: &a{level} {open}*a{}{close}\n", level - 1));
    }
    let faults = read(&text).faults;
    assert!(faults.iter().any(|fault| fault.message.contains("nested")), "{faults:?}");
}

/// Documents as people write them, and a little beside it.
fn documents() -> impl Strategy<Value = String> {
    let indent = prop::sample::select(vec!["", "", "", "  ", "  ", "    ", " "]);
    let dash = prop::sample::select(vec!["", "", "", "", "- ", "-  ", "- - ", "-"]);
    let key = prop::sample::select(vec![
        "a: ", "b: ", "c: ", "a:", "b:", "a b: ", "é: ", "1: ", "a :  ", "'q': ", "", "", "<<: ", "- : ",
        "a.b: ",
    ]);
    let value = prop::sample::select(vec![
        "",
        "",
        "x",
        "x y",
        "it's",
        "1.10",
        "007",
        "true",
        "~",
        "null",
        "- x",
        "http://x:80/y",
        "b: c",
        "x:",
        "'x y'",
        "'it''s'",
        "\"x\"",
        "\"x\\n\"",
        "'x' y",
        "'x",
        "[]",
        "{}",
        "[a, b]",
        "[a, [b, 'c']]",
        "{k: v, l: [m]}",
        "{k: v, k: w}",
        "[a: b]",
        "{k}",
        "[a,]",
        "[a",
        "[a] b",
        "[ 1 , -2, -x ]",
        "{ k: 'v' }",
        "{'k': v}",
        "[a b , c#d]",
        "@x",
        "|",
        "&a x",
        "*a",
        "!t x",
        "%x",
        ", x",
        "#x",
        "é",
        "x\ty",
        "[é]",
        "<<",
        "[a,,b]",
        "[- a]",
        "[?a]",
        "[.5, +1, ~, /x, $x]",
        "{a: }",
        "{a : b}",
        "[a, b",
        "\u{a0}x",
        "x\u{a0}",
        "\u{85}",
        "\u{7f}",
        "[x\u{a0}]",
    ]);
    let end = prop::sample::select(vec![
        "\n",
        "\n",
        "\n",
        "\r\n",
        " # note\n",
        " \n",
        "#\n",
        "\n\n",
        "\n# note\n",
        "\n   # note\n",
        "\n  \n",
    ]);
    let line = (indent, dash, key, value, end)
        .prop_map(|(indent, dash, key, value, end)| [indent, dash, key, value, end].concat());
    prop::collection::vec(line, 0..7).prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn the_quick_reader_reads_what_the_parser_reads(text in documents()) {
        if let Some(quick) = lines::read(&text, lines::as_yaml) {
            prop_assert_eq!(quick, parse(&text, &text), "{:?}", text);
        }
    }

    #[test]
    fn the_quick_reader_gives_up_where_it_would_differ(text in super::marks()) {
        if let Some(quick) = lines::read(&text, lines::as_yaml) {
            prop_assert_eq!(quick, parse(&text, &text), "{:?}", text);
        }
    }
}

#[test]
fn plain_files_need_no_parser() {
    let plain = [
        "# é\n\nname: billing\nvariables:\n  A: string\n  B:\n    type: integer\n    default: 1\n    one_of: [1, '2']\n",
        "rules:\n- exactly_one: [A, B]\n- if: {profile: production}\n  required: true\nx:\n  - 1\n  - - 2\n",
        "A: \"string (required)\" # note\r\nB: 'x'\r\n",
        "",
        "# only a comment",
    ];
    for text in plain {
        assert!(lines::read(text, lines::as_yaml).is_some(), "{text:?}");
    }
}
