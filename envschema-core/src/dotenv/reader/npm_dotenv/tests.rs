use super::super::bun::BUN;
use super::super::dotenvx::DOTENVX;
use super::super::next_env::NEXT_ENV;
use super::super::testing::{problems, values};
use super::super::vite::VITE;
use super::{DOTENV18, EXPAND11, EXPAND12, EXPAND1000};
use crate::dotenv::{Dialect, Environ, Target};

#[test]
fn what_the_expression_matches() {
    for (text, expected) in [
        ("A=1\nexport B = x y # note\n", "A=1 B=x y"),
        ("A: 1\nB:2\nC : 3\n", "A=1"),
        ("a.b-c=1\nA B=2\n=3\nA/B=4\n", "a.b-c=1"),
        ("A='x\\'y'\nB=\"x\\\"y\"\nC=`x'y\"`\n", "A=x\\\\\\'y B=x\\\\\\\"y C=x\\'y\\\""),
        ("A=\"x\\ny\\tz\\\\n\"\nB='x\\ny'\n", "A=x\\ny\\\\tz\\\\\\n B=x\\\\ny"),
        ("A=\"x\ny\" # note\nB='x\r\ny'\r\n", "A=x\\ny B=x\\ny"),
        ("A=\"x\" \"y\"\nB=\"x\" y\nC=\"x # y\n", "A=x\\\" \\\"y B=\\\"x\\\" y C=\\\"x"),
        ("A=\"x\\\" # y\nB=\"x\\\"y\n", "A=x\\\\ B=\\\"x\\\\\\\"y"),
        ("A=x#y\nB=#fff\nC= #fff\n", "A=x B= C="),
        ("A=\n'x'\nB\n=2\nC: \n\nD=4\n", "A=x B=2 C= D=4"),
        ("\u{feff}A=\u{a0}1\u{2003}\n", "A=1"),
        ("export\nA=1\nexport=2\nexport =3\n", "A=1 export=3"),
        ("A=1\rB=2\rC\n", "A=1 B=2"),
        ("__proto__=1\ntoString=2\n", "toString=2"),
        ("A=1\u{2028}B=\"2\"\n", "A=1\\xe2\\x80\\xa8B=\\\"2\\\""),
        ("A=x\u{2028}\"2\"\n", "A=x\\xe2\\x80\\xa82"),
    ] {
        assert_eq!(values(&DOTENV18, text), expected, "{text:?}");
    }
}

#[test]
fn what_is_passed_over_or_misread_is_reported() {
    for (text, expected) in [
        ("A=1\nwords # x\n# note\nB=2\n", vec!["2:1 words # x: InvalidSyntax Skip"]),
        (
            "A=x#y\nB=x #y\nC=# x\n",
            vec!["1:4 #y: UnsupportedSyntax Misread #0", "3:3 # x: UnsupportedSyntax Misread #2"],
        ),
        ("A=\"x\nB=1\n", vec!["1:3 \\\": UnterminatedQuote Misread #0"]),
        ("A=\"x\" y # z\n", vec!["1:7 y # z: InvalidSyntax Misread #0"]),
        ("A=\n\"x\"\n", vec!["2:1 \\\"x\\\": InvalidSyntax Misread #0"]),
        ("A: \nB=1\n", vec![]),
        ("A:\nB=1\n", vec!["2:1 B=1: InvalidSyntax Misread #0"]),
        ("__proto__=1\n", vec!["1:1 __proto__: InvalidKey Skip #0"]),
        ("A=1\0\n", vec!["1:4 \\x00: InvalidEncoding Misread #0"]),
        ("\u{feff}A=1\n", vec![]),
    ] {
        assert_eq!(problems(&DOTENV18, text), expected, "{text:?}");
    }
}

#[test]
fn what_references_yield() {
    for (text, expand_12, expand_1000, dotenvx, vite) in [
        ("A=$HOST-${HOST}", "A=box-box", "A=box-box", "A=box-box", "A=box-box"),
        ("A='$HOST'", "A=box", "A=box", "A=$HOST", "A=box"),
        ("A=\\$HOST", "A=$HOST", "A=$HOST", "A=$HOST", "A=$HOST"),
        ("A=${NOPE:-x}${EMPTY-y}", "A=xy", "A=x", "A=x", "A=xy"),
        ("A=${HOST:+x}${EMPTY+y}", "A=x", "A=xy", "A=xy", "A=x"),
        ("A=${NOPE:-${HOST}}", "A=box", "A=box", "A=box", "A=box"),
        ("A=$B\nB=1", "A=1 B=1", "A=1 B=1", "A= B=1", "A=1 B=1"),
        ("A=$RAW", "A=xbox", "A=x$HOST", "A=x$HOST", "A=xbox"),
        (
            "nullable=1\nA=$nullable",
            "nullable=1 A=able",
            "nullable=1 A=",
            "nullable=1 A=",
            "nullable=1 A=able",
        ),
        ("EMPTY=x", "EMPTY=x", "EMPTY=x", "", ""),
        ("HOST=x\nA=$HOST", "A=box", "A=box", "A=box", "A=box"),
        ("A='a$$b'\nB=${A}c", "A=a$ B=a", "A=a$ B=a", "A=a$$b B=a$bc", "A=a$ B=a"),
        ("1=$B\nB=x", "1=x B=x", "1=x B=x", "1= B=x", "1=x B=x"),
    ] {
        let read = [&EXPAND12, &EXPAND1000, &DOTENVX, &VITE].map(|dialect| values(dialect, text));
        assert_eq!(read, [expand_12, expand_1000, dotenvx, vite], "{text:?}");
    }
}

#[test]
fn what_never_ends_is_refused() {
    const ENDLESS: &str = "refused: the reader never comes to the end of this value";
    const LIMIT: &str = "refused: expanding the value exceeds the limit";
    const CRASH: &str = "refused: the reader crashes on a name that every JavaScript object has";
    for (text, expand_12, expand_1000, dotenvx, vite) in [
        ("TAG=${TAG:-x}\nIMAGE=web:${TAG}", ENDLESS, ENDLESS, "TAG=x IMAGE=web:x", ENDLESS),
        ("IMAGE=web:${TAG}\nTAG=${TAG:-x}", ENDLESS, ENDLESS, "IMAGE=web: TAG=x", ENDLESS),
        ("A=${A}:x", "A=:x", LIMIT, "A=:x", "A=:x"),
        ("A='a$&b'\nB=x${A}y", LIMIT, LIMIT, LIMIT, LIMIT),
        (
            "A=$toString",
            "A=[object Undefined]",
            "A=[object Undefined]",
            "A=[object Undefined]",
            "A=[object Undefined]",
        ),
        ("A=${constructor}", ENDLESS, ENDLESS, ENDLESS, ENDLESS),
        ("A=$valueOf", CRASH, CRASH, CRASH, CRASH),
        ("constructor=1", "constructor=1", "constructor=1", CRASH, CRASH),
    ] {
        let read = [&EXPAND12, &EXPAND1000, &DOTENVX, &VITE].map(|dialect| values(dialect, text));
        assert_eq!(read, [expand_12, expand_1000, dotenvx, vite], "{text:?}");
    }
}

#[test]
fn commands_are_never_run() {
    for (text, expand_1000, dotenvx) in [
        ("A=$(date)\nB=x$A\nC=1\n", "C=1", "C=1"),
        ("A='$(date)'\nB=$A", "", "A=$(date) B=$(date)"),
        ("A=$(date\nB=1", "A=$(date B=1", "A=$(date B=1"),
        ("A=encrypted:xyz\nB=$A", "A=encrypted:xyz B=encrypted:xyz", ""),
        ("A=op://vault/item\nB=x$A", "A=op://vault/item B=xop://vault/item", ""),
    ] {
        let read = [&EXPAND1000, &DOTENVX].map(|dialect| values(dialect, text));
        assert_eq!(read, [expand_1000, dotenvx], "{text:?}");
    }
    for dialect in [&EXPAND1000, &DOTENVX] {
        let references = (dialect.read)(b"A=$(date)\nB=x$A\n", &Environ::empty()).references;
        assert_eq!(references.last().map(|found| found.target), Some(Target::Assignment(0)));
    }
    assert_eq!(problems(&DOTENVX, "A=`$(date)`\n"), ["1:4 $(date): UnsupportedSyntax Act #0"]);
}

#[test]
fn references_know_their_place() {
    let environ = super::super::testing::environ();
    let text = "A=\"x\\n${HOST}\"\r\nB=${NOPE:-$A}\r\n";
    let reading = (EXPAND12.read)(text.as_bytes(), &environ);
    let shown: Vec<_> = reading
        .references
        .iter()
        .map(|reference| {
            format!("{} {:?}", reference.span.of(text.as_bytes()).escape_ascii(), reference.target)
        })
        .collect();
    let expected =
        // What `$A` inserts refers, too.
        ["${HOST} Environ", "${NOPE:-$A} Default", "${NOPE:-$A} Environ", "$A Assignment(0)"];
    assert_eq!(shown, expected);
}

/// Every reference as its assignment, its text, what it is resolved to, and `-` if it is not used.
fn references(dialect: &Dialect, text: &str) -> Vec<String> {
    let reading = (dialect.read)(text.as_bytes(), &super::super::testing::environ());
    let shown = reading.references.iter().map(|reference| {
        let place = reference.span.of(text.as_bytes()).escape_ascii();
        let used = if reference.used { "" } else { " -" };
        format!("{} {place} {:?}{used}", reference.assignment, reference.target)
    });
    shown.collect()
}

#[test]
fn a_default_refers_used_or_not() {
    for (text, expected) in [
        ("A=x\nB=${NOPE:-$A}\n", &["1 ${NOPE:-$A} Default", "1 $A Assignment(0)"][..]),
        ("A=x\nB=${NOPE-${A}}\n", &["1 ${NOPE-${A}} Default", "1 ${A} Assignment(0)"]),
        ("A=x\nB=$NOPE-$A\n", &["1 $NOPE-$A Default", "1 $A Assignment(0)"]),
        (
            "A=x\nB=${NOPE:-${NO:-$A}}\n",
            &["1 ${NOPE:-${NO:-$A}} Default", "1 ${NO:-$A} Default", "1 $A Assignment(0)"],
        ),
        ("A=x\nB=${HOST:-$A}\n", &["1 ${HOST:-$A} Environ", "1 $A Assignment(0) -"]),
        ("HOST=\nB=$RAW\n", &["1 $RAW Environ", "1 $RAW Environ"]),
    ] {
        assert_eq!(references(&EXPAND11, text), expected, "{text:?}");
    }
}

#[test]
fn what_was_inserted_may_refer() {
    for (dialect, text, expected) in [
        (&EXPAND12, "HOST=\nB=x$RAW\n", &["1 $RAW Environ", "1 x$RAW Environ"][..]),
        (&NEXT_ENV, "A=x\nB=${HOST:-$A}\n", &["1 ${HOST:-$A} Environ", "1 $A} Assignment(0)"]),
        (&BUN, "A=x\nB=${HOST:-$A}\n", &["1 ${HOST:-$A} Environ", "1 $A Assignment(0) -"]),
        (&BUN, "A=x\nB=${NOPE:-$A}\n", &["1 ${NOPE:-$A} Default", "1 $A Assignment(0)"]),
        (&VITE, "A=x\nB=${NOPE:-$A}\n", &["1 ${NOPE:-$A} Default", "1 $A Assignment(0)"]),
    ] {
        let mut found = references(dialect, text);
        found.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{} {text:?}", dialect.name);
    }
}

#[test]
fn utf16_is_read_by_dotenvx_only() {
    let text: Vec<u8> = "\u{feff}A=1\r\nB='é'\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let environ = super::super::testing::environ();
    let reading = (DOTENVX.read)(&text, &environ);
    let keys: Vec<_> = reading.assignments.iter().map(|assignment| &*assignment.key).collect();
    assert_eq!(keys, [b"A", b"B"]);
    assert_eq!(reading.assignments[1].key_span.of(&text), b"B\0");
    assert!((DOTENV18.read)(&text, &environ).assignments.is_empty());
}
