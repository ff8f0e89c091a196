use std::fmt::Write as _;

use super::COMPOSE;
use crate::dotenv::{Environ, Reading, Value};
use crate::span::Lines;

fn read(text: &[u8]) -> Reading<'_> {
    let environ: Environ = [("HOST", "box"), ("EMPTY", "")].into_iter().collect();
    (COMPOSE.read)(text, &environ)
}

fn assignments(text: &str) -> String {
    let mut out = String::new();
    for assignment in read(text.as_bytes()).assignments {
        let key = String::from_utf8_lossy(&assignment.key);
        match assignment.value {
            Value::Set(value) => writeln!(out, "{key}={}", value.escape_ascii()).unwrap(),
            Value::Absent => writeln!(out, "{key} is absent").unwrap(),
            Value::Unset => writeln!(out, "{key} is unset").unwrap(),
        }
    }
    out
}

/// Every problem as `line:column text: code effect assignment`.
fn problems(text: &str) -> Vec<String> {
    let lines = Lines::new(text.as_bytes());
    let show = |problem: &crate::dotenv::Problem| {
        let at = lines.position(text.as_bytes(), problem.span.start);
        let place = problem.span.of(text.as_bytes()).escape_ascii();
        let assignment = problem.assignment.map(|index| format!(" #{index}")).unwrap_or_default();
        let (code, effect) = (format!("{:?}", problem.code), format!("{:?}", problem.effect));
        format!("{}:{} {place}: {code} {effect}{assignment}", at.line, at.column)
    };
    read(text.as_bytes()).problems.iter().map(show).collect()
}

#[test]
fn what_is_read() {
    for (text, expected) in [
        ("A=1\nB: two \nexport C='x y'\n", "A=1\nB=two\nC=x y\n"),
        ("A=\"x\" B=2\n", "A=x\nB=2\n"),
        ("A= # note\nB=x # note\nC=#x\nD=x#y\n", "A=# note\nB=x\nC=#x\nD=x#y\n"),
        ("A='a\\'b\\n\\\\'\n", "A=a\\'b\\\\n\\\\\\\\\n"),
        (r#"A="\101\0101\012\0400\$\\\q""#, "A=\\\\101A\\\\12\\\\400$\\\\\\\\q\n"),
        ("HOST\nNOPE\n", "HOST=box\nNOPE is absent\n"),
        ("A=$$(date) `date`\n", "A=$(date) `date`\n"),
    ] {
        assert_eq!(assignments(text), expected, "{text}");
    }
}

#[test]
fn what_references_yield() {
    for (value, expected) in [
        ("$HOST-${HOST}", "box-box"),
        ("${NOPE:-a}${NOPE-b}${EMPTY:-c}${EMPTY-d}", "abc"),
        ("${HOST:+a}${EMPTY:+b}${EMPTY+c}${NOPE+d}", "ac"),
        ("${HOST:?m}${EMPTY?m}", "box"),
        ("${NOPE:-${HOST}-${NOPE:-{x}}}!", "box-{x}!"),
        ("${NOPE:-a} {b}", "a {b}"),
        ("$1 $", "$1 $"),
    ] {
        assert_eq!(assignments(&format!("A={value}\n")), format!("A={expected}\n"), "{value}");
    }
}

#[test]
fn everything_wrong_is_reported_and_the_rest_is_read() {
    for (text, expected, problem) in [
        ("A=1\nfoo bar\nB=2\n", "A=1\nB=2\n", vec!["2:1 foo bar: InvalidSyntax Refuse"]),
        ("A B=1\nB=2\n", "B=2\n", vec!["1:1 A B: InvalidKey Refuse"]),
        ("\"A\"=1\n+=2\nB=2", "B=2\n", vec!["1:1 \\\": InvalidKey Refuse", "2:1 +: InvalidKey Refuse"]),
        ("A/B=\"x\n=y\"\nB=2\n", "B=2\n", vec!["1:2 /: InvalidKey Refuse"]),
        ("A=\"x\nB=2\n", "A=x\nB=2\n", vec!["1:3 \\\": UnterminatedQuote Refuse #0"]),
        ("A=\"x\nB=\"y\"\n", "A=x\nB=y\n", vec!["1:3 \\\": UnterminatedQuote Refuse #0"]),
        ("A=\"x\"; B=1\nB=2\n", "A=x\nB=2\n", vec!["1:6 ; B=1: InvalidSyntax Refuse #0"]),
        ("A=\"x\"y\nB=2\n", "A=x\ny is absent\nB=2\n", vec!["1:6 y: InvalidSyntax Misread #0"]),
        (
            "A=${B%x}${B\nB=2\n",
            "A=${B%x}${B\nB=2\n",
            vec!["1:3 ${B%x}: UnsupportedSyntax Refuse #0", "1:9 ${: InvalidSyntax Refuse #0"],
        ),
        ("A=${NOPE:?m}\n", "A=\n", vec!["1:3 ${NOPE:?m}: UndefinedReference Refuse #0"]),
        (
            "A= # note\nB=x\t# note\n",
            "A=# note\nB=x\\t# note\n",
            vec!["1:4 # note: InvalidSyntax Misread #0", "2:5 # note: InvalidSyntax Misread #1"],
        ),
        ("A=1\nB", "A=1\n=B\n", vec!["2:1 B: InvalidSyntax Misread #1"]),
        ("=1\n", "=1\n", vec!["1:1 =1: InvalidKey Misread #0"]),
        ("A=1\n\u{feff}B=2\n", "A=1\n", vec!["2:1 \\xef\\xbb\\xbf: InvalidEncoding Refuse"]),
        ("A=1\0\n", "A=1\\x00\n", vec!["1:4 \\x00: InvalidEncoding Misread #0"]),
        ("export ", "", vec!["1:8 : InvalidSyntax Refuse"]),
    ] {
        assert_eq!(assignments(text), expected, "{text}");
        assert_eq!(problems(text), problem, "{text}");
    }
}

#[test]
fn references_know_their_place_behind_escapes() {
    let text = br#"B=1
A="\n$B\t${C:-${B}}"
"#;
    let reading = read(text);
    let shown: Vec<_> = reading
        .references
        .iter()
        .map(|reference| {
            (reference.span.of(text).escape_ascii().to_string(), reference.target, reference.used)
        })
        .collect();
    use crate::dotenv::Target::{Assignment, Default};
    assert_eq!(
        shown,
        [
            ("$B".to_owned(), Assignment(0), true),
            ("${C:-${B}}".to_owned(), Default, true),
            ("${B}".to_owned(), Assignment(0), true),
        ]
    );
}

#[test]
fn a_default_that_does_not_apply_is_not_used() {
    let reading = read(b"A=${HOST:-$NOPE}\n");
    let used: Vec<_> = reading.references.iter().map(|reference| reference.used).collect();
    assert_eq!(used, [true, false]);
}

#[test]
fn invalid_bytes_are_reported_and_passed_on_as_compose_does() {
    let reading = read(b"A=caf\xe9\nB=2\n");
    assert_eq!(reading.assignments[0].value, Value::Set("caf\u{fffd}".as_bytes().into()));
    assert_eq!(reading.problems.len(), 1);
    assert_eq!(reading.problems[0].span.range(), 5..6);
}

#[test]
fn a_chain_of_references_ends_at_the_limit() {
    let mut text = String::from("A0=0123456789\n");
    for index in 1..40 {
        writeln!(text, "A{index}=${{A{0}}}${{A{0}}}", index - 1).unwrap();
    }
    let reading = read(text.as_bytes());
    assert!(reading.problems.iter().all(|problem| problem.code == crate::dotenv::Syntax::ExpansionLimit));
    assert!((10..30).contains(&reading.problems.len()));
}
