use std::fmt::Write as _;

use super::{MAKE, MAKE4_4};
use crate::dotenv::{Dialect, Effect, Environ, Reading, Target, Value};

fn environ() -> Environ {
    [("HOST", "box"), ("D", "x$(HOST)"), ("S", "/bin/zsh")].into_iter().collect()
}

fn read<'t>(dialect: &Dialect, text: &'t str) -> Reading<'t> {
    (dialect.read)(text.as_bytes(), &environ())
}

/// Every assignment as `NAME=value`, without those a problem leaves out.
fn assignments(text: &str) -> String {
    let reading = read(&MAKE, text);
    let mut out = String::new();
    for (assignment, index) in reading.assignments.iter().zip(0..) {
        let skips = |problem: &crate::dotenv::Problem| {
            problem.assignment == Some(index) && problem.effect == Effect::Skip
        };
        let Value::Set(value) = &assignment.value else { continue };
        if !reading.problems.iter().any(skips) {
            let key = assignment.key.escape_ascii();
            write!(out, "{key}={}|", value.escape_ascii()).unwrap();
        }
    }
    out
}

/// Every problem as its place and its effect.
fn problems(text: &str) -> Vec<String> {
    let show = |problem: &crate::dotenv::Problem| {
        format!("{}: {:?}", problem.span.of(text.as_bytes()).escape_ascii(), problem.effect)
    };
    read(&MAKE, text).problems.iter().map(show).collect()
}

#[test]
fn what_is_read() {
    for (text, expected) in [
        ("A=1\n  export B = x y \nC:=3\n", "A=1|B=x y |C=3|"),
        ("A=x # note\nB=#\nC=a\\#b\n", "A=x |B=|C=a#b|"),
        ("A=\"x y\"\n", "A=\\\"x y\\\"|"),
        ("A=x \\\n  y\\\n\\\n z\nB=1\n", "A=x y z|B=1|"),
        ("A=1\r\nB=2\r", "A=1|B=2\\r|"),
        ("A=$(B)-${B}-$B-$$B\nB=2\n", "A=2-2-2-$B|B=2|"),
        ("A=$HOST\nB=$(HOST)\nC=$(D)\n", "A=OST|B=box|C=xbox|"),
        ("A=${HOST:-d}${HOST:x=y}\n", "A=boy|"),
        ("N=HOST\nA=$($(N))\n", "N=HOST|A=box|"),
        ("B=1\nA:=$(B)\nB=2\nC=$(A)$(B)\n", "B=1|A=1|B=2|C=12|"),
        ("A=1\nA+=2\nA+=$(B)\nB=3\nHOST+=y\n", "A=1|A=2|A=1 2 3|B=3|HOST=box y|"),
        ("A?=1\nA?=2\nHOST?=x\n", "A=1|A=1|HOST=box|"),
        ("define A\nx\n  $(B)\nendef\nB=1\n", "A=x\\n  1|B=1|"),
        (
            "ifdef HOST\nA=1\nelse\nA=2\nendif\nifeq ($(A), 2)\nB=1\nelse ifneq \"$(A)\" '2'\nC=1\nendif\n",
            "A=1|C=1|",
        ),
        ("A=1\nunexport A\nexport B HOST\n", "B=|"),
        ("A: x\n\tB=1\nC=1\n", "C=1|"),
        ("RM=x\nCC?=gcc\nX=$(CC)\n", "RM=x|X=cc|"),
        ("IFS=,\n", "IFS= \\t\\n|"),
        ("IFS=\n", "IFS=|"),
        ("export $(NOPE)\nexport B$(NOPE) C\n", "B=|C=|"),
        ("export A B=1\n", "A=|B=1=|"),
        ("export A B=1 HOST=x\nB=2\n", "A=|B=2|"),
        ("A-B=1\nexport A.B=1\nSHELL=/bin/bash\n", "A.B=1|"),
        ("\u{feff}A=1\n", "A=1|"),
        ("A\0=1\nB=2\n", "AB=2|"),
    ] {
        assert_eq!(assignments(text), expected, "{text}");
    }
}

#[test]
fn everything_wrong_is_reported_at_its_place() {
    for (text, expected) in [
        ("A=1\nfoo bar # x\nB=2\n", vec!["foo bar: Refuse"]),
        ("=1\n", vec!["=1: Refuse"]),
        ("A=\"x\ny\"\n", vec!["\\\": Misread", "y\\\": Refuse"]),
        ("A=pa#ss\nB=x # y\n", vec![": Misread", " : Misread"]),
        ("A=$HOME\n", vec!["$HOME: Misread"]),
        ("A='x'\n", vec!["\\'x\\': Misread"]),
        ("A=x$(B\n", vec!["$(: Refuse"]),
        ("A=$(B)\nB=$(A)\n", vec!["$(B): Refuse", "$(A): Refuse"]),
        ("A=1\nA=$(A)\n", vec!["$(A): Refuse"]),
        ("A.B=$(A.B)\n", vec!["A.B: Skip", "$(A.B): Misread"]),
        ("A!=date\nB=$(shell date)\nC=$@\n", vec!["date: Act", "$(shell date): Act", "$@: Unknown"]),
        ("A: 1\n\tx\n", vec!["A: 1: Skip", "x: Skip"]),
        ("URL: http://x\n", vec!["URL: http://x: Refuse"]),
        ("\tfoo\n", vec!["foo: Refuse"]),
        ("include x\n-include y\n", vec!["include x: Refuse", "-include y: Skip"]),
        (
            "ifdef A\nendif\nendif\nelse\nifeq x\n",
            vec!["endif: Refuse", "else: Refuse", "ifeq x: Refuse", "ifeq: Refuse"],
        ),
        ("define A\nx\n", vec!["define A: Refuse"]),
        ("$(A=1\n", vec!["$(A=1: Refuse"]),
        ("A=;x\n$(A)\n$(NOPE)\\;x\n", vec![]),
        ("A=y;x\n$(A)\n", vec!["$(A): Refuse"]),
    ] {
        assert_eq!(problems(text), expected, "{text}");
    }
}

#[test]
fn only_make_4_4_knows_immediate_assignments() {
    assert_eq!(read(&MAKE4_4, "A:::=1\n").assignments.len(), 1);
    assert_eq!(read(&MAKE, "A:::=1\n").assignments.len(), 0);
}

#[test]
fn references_point_at_what_counts_in_the_end() {
    let reading = read(&MAKE, "A=1\nB=$(A) \\\n ${HOST} $(NOPE)\nA=2\nB2:=$A\nA=3\n");
    let shown: Vec<_> = reading
        .references
        .iter()
        .map(|reference| (reference.span.range(), reference.target, reference.used))
        .collect();
    assert_eq!(
        shown,
        [
            (6..10, Target::Assignment(4), true),
            (14..21, Target::Environ, true),
            (22..29, Target::Undefined, true),
            (38..40, Target::Assignment(2), true),
        ]
    );
}

#[test]
fn a_chain_of_references_ends_at_the_limit() {
    let mut text = String::from("A0=0123456789\n");
    for index in 1..60 {
        writeln!(text, "A{index}=$(A{0})$(A{0})", index - 1).unwrap();
    }
    let reading = read(&MAKE, &text);
    assert!(reading.problems.iter().all(|problem| problem.code == crate::dotenv::Syntax::ExpansionLimit));
    assert!((20..50).contains(&reading.problems.len()), "{}", reading.problems.len());
}

#[test]
fn braces_count_as_they_are_written() {
    let braced = |text: &str| {
        let reading = (MAKE.read)(text.as_bytes(), &Environ::empty());
        reading.references.iter().map(|reference| reference.braced).collect::<Vec<_>>()
    };
    assert_eq!(braced("A=$X${X}$(XY)\n"), [false, true, true]);
    // However long the name is that comes of it.
    assert_eq!(braced("A=abcdefghijkl\nB=${X$(A)}\n"), [true, true]);
}
