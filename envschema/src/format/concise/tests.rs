use proptest::prelude::{Strategy, prop, prop_assert, prop_assert_eq, proptest};

use super::heading::Headings;
use super::{cut, read};
use crate::format::tests::{assert_places, assert_trees, fault, marks, root};
use crate::format::yaml::{lines, parse};
use crate::format::{Node, toml};

/// A team's own schema file, as it stands.
const TEAM: &str = include_str!("tests/team.yaml");

/// Reads as `read` does, without the quick reader.
fn parsed(text: &str) -> crate::format::Document<'_> {
    cut::spelling(text).map_or_else(|| parse(text, text), |spelling| parse(text, &spelling))
}

#[test]
fn a_schema_as_a_team_writes_it() {
    let document = read(TEAM);
    assert_eq!(document.faults, []);
    let members = document.root.as_ref().and_then(Node::members).unwrap();
    let written: Vec<_> = TEAM.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let found: Vec<_> =
        members.iter().map(|member| &TEAM[member.key_span.to(member.value.span).range()]).collect();
    assert_eq!(found, written);
    assert_eq!(parsed(TEAM), document);
    assert!(lines::read(TEAM, cut::text).is_some(), "no parser is needed");
    let headings = Headings::of(TEAM, document.root.as_ref());
    let groups: Vec<_> = members
        .iter()
        .map(|member| headings.covering(member.key_span).map(|heading| heading.title))
        .collect();
    let titles = ["Core Application", "Database", "Redis/Celery", "Frontend API URLs", "Security"];
    let expected = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4].map(|title| Some(titles[title]));
    assert_eq!(groups, expected);
}

#[test]
fn what_yaml_would_misread_is_raw_text() {
    let cases = [
        ("A: url (schemes: http | https)", r#"{A: "url (schemes: http | https)"}"#),
        ("A: url (default: http://x) # note", r#"{A: "url (default: http://x)"}"#),
        ("A: string (default: 'a # b') # note", r#"{A: "string (default: 'a # b')"}"#),
        ("A: string (pattern: /a # b/)", r#"{A: "string (pattern: /a # b/)"}"#),
        ("A: string (deprecated: don't # note", r#"{A: "string (deprecated: don't"}"#),
        ("A: b | 'c # d' # note", r#"{A: "b | 'c # d'"}"#),
        ("description: it's 'x # y'", r#"{description: "it's 'x"}"#),
        ("description: a: b", r#"{description: "a: b"}"#),
        ("name: billing\nprofile: APP_ENV", r#"{name: "billing", profile: "APP_ENV"}"#),
        (
            "variables:\n  A: x (y: z)\n  B: {type: integer, default: 1}",
            r#"{variables: {A: "x (y: z)", B: {type: "integer", default: #1}}}"#,
        ),
        (
            "A:\n  type: integer\n  default: 10\n  description: see: this",
            r#"{A: {type: "integer", default: #10, description: "see: this"}}"#,
        ),
        ("A: 10\nB: true\nC: ~\nD: 'x: y'", r#"{A: #10, B: true, C: null, D: "x: y"}"#),
        ("A: @x\nB: %y\nC: `z`", r#"{A: "@x", B: "%y", C: "`z`"}"#),
        ("rules:\n  - A: b: c\n    D: e: f", r#"{rules: [{A: "b: c", D: "e: f"}]}"#),
        ("A: é (default: ü) # ö", r#"{A: "é (default: ü)"}"#),
        ("A: b:", r#"{A: "b:"}"#),
    ];
    assert_trees(read, &cases);
    for (text, _) in cases {
        assert_eq!(parsed(text), read(text), "{text:?}");
    }
}

#[test]
fn a_parser_does_not_see_raw_text() {
    assert_trees(
        read,
        &[
            ("A: &x b\nB: c (d: e)\nC: *x", r#"{A: "b", B: "c (d: e)", C: "b"}"#),
            ("d: |\n  A: b: c\nB: c (d: e)", r#"{d: "A: b: c\n", B: "c (d: e)"}"#),
            ("d: >- # note\n  A: b: c\n\n  x\nB: c (d: e)", r#"{d: "A: b: c\nx", B: "c (d: e)"}"#),
            ("- |\n  A: b: c\n- B: c (d: e)", r#"["A: b: c\n", {B: "c (d: e)"}]"#),
            ("d: \"x\n  A: b: c\"\nB: c (d: e)", r#"{d: "x A: b: c", B: "c (d: e)"}"#),
            ("d: [x,\n  {A: b}]\nB: c (d: e)", r#"{d: ["x", {A: "b"}], B: "c (d: e)"}"#),
            ("d: x\n  y\nB: c (d: é)", r#"{d: "x y", B: "c (d: é)"}"#),
            ("? a\n: b\nB: c (d: e)", r#"{a: "b", B: "c (d: e)"}"#),
            ("---\nB: c (d: e)\n...\n", r#"{B: "c (d: e)"}"#),
            ("\u{feff}d: >\n  x\nB: c (d: e)", r#"{d: "x\n", B: "c (d: e)"}"#),
        ],
    );
}

#[test]
fn what_is_no_short_form_stays_a_fault() {
    let colon = "`:` inside text that is not in quotes, or a key at the wrong indentation";
    let cases = [
        ("A: b: c\n  d", format!("4 \":\" {colon}")),
        ("A: b\n  c: d", format!("8 \":\" {colon}")),
        ("A: - b: c", "3 \"-\" misplaced `-`".to_owned()),
        ("A: b (c: d)\nB: [", "15 \"[\" this bracket is never closed".to_owned()),
        ("A: b (c: d)\nB: 'x", "15 \"'\" this quote is never closed".to_owned()),
        ("A: b (c: d)\nA: e", "12 \"A\" duplicate key: it stands on line 1 already".to_owned()),
    ];
    for (text, expected) in cases {
        let faults: Vec<_> = read(text).faults.iter().map(|one| fault(text, one)).collect();
        assert_eq!(faults, [expected], "{text:?}");
    }
}

fn titles(text: &str) -> Vec<String> {
    let document = if text.contains(" = ") { toml::read(text) } else { read(text) };
    assert_eq!(document.faults, [], "{text:?}");
    let headings = Headings::of(text, document.root.as_ref());
    for heading in headings.all() {
        assert_eq!(&text[heading.span.range()], heading.title);
    }
    let mut found = Vec::new();
    if let Some(root) = &document.root {
        collect(&headings, root, &mut found);
    }
    found
}

fn collect(headings: &Headings<'_>, node: &Node<'_>, found: &mut Vec<String>) {
    for member in node.members().into_iter().flatten() {
        if let Some(heading) = headings.covering(member.key_span) {
            found.push(format!(
                "{}: {}",
                member.key,
                [&[heading.title], &heading.notes[..]].concat().join(" / ")
            ));
        }
        collect(headings, &member.value, found);
    }
}

#[test]
fn headings_name_what_follows_up_to_a_blank_line() {
    let cases: &[(&str, &[&str])] = &[
        ("# Core\nA: x\nB: y\n\nC: z", &["A: Core", "B: Core"]),
        ("# Core\n# and more\nA: x", &["A: Core / and more"]),
        ("# ======\n# Core ====\n# ======\r\nA: x\r\n", &["A: Core"]),
        ("# a file\n\nA: x", &[]),
        ("A: x\n# about B\nB: y", &[]),
        (
            "name: n\nvariables:\n  # Core\n  A: x\n  B:\n    type: y\n  # not this\n  C: z\n\n  # Rest\n  D: z",
            &["A: Core", "B: Core", "C: Core", "D: Rest"],
        ),
        ("A:\n  type: x\n\n  # note\n  max: 3\nB: y", &["max: note"]),
        ("# yaml-language-server: $schema=x.json\nA: x", &[]),
        ("# yaml-language-server: $schema=x.json\n# Core\nA: x", &["A: Core"]),
        ("\u{feff}# Core\nA: x", &["A: Core"]),
        ("# é — ü\nA: x", &["A: é — ü"]),
        (
            "# Core\nA:\n  description: |\n    text\n\n    # no heading\n    text\n  type: x\nB: y",
            &["A: Core", "B: Core"],
        ),
        ("#:schema x.json\n\n# Core\na = 'x'\nb = 1\n\nc = 2", &["a: Core", "b: Core"]),
        ("[variables]\n# Core\na = 'x'\nb = 1\n[c]\nd = 1", &["a: Core", "b: Core"]),
        (
            "# Core\n[variables.a]\ntype = 'x'\n[variables.b]\ntype = 'y'\n",
            &["variables: Core", "a: Core", "type: Core", "b: Core", "type: Core"],
        ),
        ("[variables]\na = '''\n\n# none\n'''\nb = 1", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(titles(text), *expected, "{text:?}");
    }
}

/// Schema files as people write them, and a little beside it.
fn schemas() -> impl Strategy<Value = String> {
    let indent = prop::sample::select(vec!["", "", "", "  ", "  ", "    "]);
    let dash = prop::sample::select(vec!["", "", "", "", "- ", "- - "]);
    let key = prop::sample::select(vec!["A: ", "B: ", "c: ", "A:", "a b: ", "é: ", "'q': ", ""]);
    let value = prop::sample::select(vec![
        "",
        "",
        "string",
        "string (required)",
        "url (schemes: a | b)",
        "string (default: 'x # y')",
        "a | 'b # c'",
        "b: c",
        "x:",
        "10",
        "'x y'",
        "\"x\"",
        "[a, b]",
        "{k: v}",
        "[a",
        "]",
        "{",
        "}",
        "|",
        ">-",
        "&a x",
        "*a",
        "!!str |",
        "- x",
        "? x",
        ": x",
        "@x",
        "it's # x",
        "(pattern: /a # b/)",
        "(pattern: /a # b",
        "'x",
        "\"x",
        "x'",
        "y\"",
        "é (ü: ö)",
        "",
        "text",
        "x\ty: z",
        "x\t# z",
    ]);
    let end =
        prop::sample::select(vec!["\n", "\n", "\n", "\r\n", " # note\n", " \n", "\n\n", "\n# note\n", "\r"]);
    let line = (indent, dash, key, value, end)
        .prop_map(|(indent, dash, key, value, end)| [indent, dash, key, value, end].concat());
    prop::collection::vec(line, 0..7).prop_map(|lines| lines.concat())
}

proptest! {
    #[test]
    fn quick_reader_and_parser_agree_on_raw_text(text in schemas()) {
        if let Some(quick) = lines::read(&text, cut::text) {
            prop_assert_eq!(quick, parsed(&text), "{:?}", text);
        }
    }

    #[test]
    fn what_is_yaml_is_read_as_yaml(text in schemas()) {
        let yaml = parse(&text, &text);
        let protected = text.contains("# y'") || text.contains("# c'") || text.contains("# b/");
        if yaml.faults.is_empty() && !protected {
            prop_assert_eq!(read(&text), yaml, "{:?}", text);
        }
    }

    #[test]
    fn any_mixture_is_read_with_places_inside_it(text in schemas(), other in marks()) {
        for text in [text, other] {
            let document = read(&text);
            assert_places(&text, &document);
            prop_assert!(!root(&document).contains("xxxx"), "{text:?}: {}", root(&document));
            let headings = Headings::of(&text, document.root.as_ref());
            prop_assert!(headings.all().iter().all(|heading| text.get(heading.span.range()) == Some(heading.title)), "{text:?}");
        }
    }
}
