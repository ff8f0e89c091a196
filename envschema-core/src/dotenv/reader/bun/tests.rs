use super::super::testing::{problems, values};
use super::BUN;

#[test]
fn what_the_scanner_reads() {
    for (text, expected) in [
        ("A=1\nexport B = x y # note\n", "A=1 B=x y"),
        ("A: 1\nB:2\nC : 3\n", "A=1 C=3"),
        ("a.b-c=1\nA B=2\n=3\nA/B=4\n-=5\n", "a.b-c=1 -=5"),
        ("A='x\\'y'\nB=\"x\\\"y\"\nC=`x'y\"`\n", "A=x\\\\\\'y B=x\\\\\\\"y C=x\\'y\\\""),
        ("A=\"x\\ny\\tz\\\\n\"\nB='x\\ny'\n", "A=x\\ny\\\\tz\\\\\\\\n B=x\\\\ny"),
        ("A=\"x\ny\" # note\nB='x\r\ny\rz'\r\n", "A=x\\ny B=x\\ny\\nz"),
        ("A=\"x\" y\nB='x'y\nC='x\nD=1\n", "A=x B=x C=\\'x D=1"),
        ("A=x#y\nB=#fff\nC= #fff\n", "A=x B= C="),
        ("A=\n'x'\nB\n=2\nC= \nD=4\n", "A=x B=2 C= D=4"),
        ("A:\nB=1\nC: \n", "A=B=1 C="),
        ("\u{feff}A=\u{a0}1\n\u{a0}B=1\n", "A=\\xc2\\xa01"),
        ("export\nA=1\nexport=2\nexport =3\nexport: 4", "A=1 export=4"),
        ("A=1\rB=2\x0b\rC\nexport D\n=3", "A=1 B=2 D=3"),
        ("__proto__=1\n1=2\n", "__proto__=1 1=2"),
        ("HOST=other\nA=1\nA=2\n", "A=2"),
    ] {
        assert_eq!(values(&BUN, text), expected, "{text:?}");
    }
}

#[test]
fn what_references_yield() {
    for (text, expected) in [
        ("A=$HOST-${HOST}", "A=box-box"),
        ("A='$HOST'\nB=`$HOST`", "A=box B=box"),
        ("A=\\$HOST\nB=\\\\$HOST\nC=\\n", "A=$HOST B=\\\\$HOST C=\\\\n"),
        ("A=${NOPE:-x}${EMPTY:-y}$EMPTY", "A=x"),
        ("A=${NOPE:-${NOPE:-$HOST}}b}", "A=boxb}"),
        ("A=${NOPE:-a\\}b}c", "A=a\\\\}bc"),
        ("A=${NOPE:-\\$HOST}c", "A=$HOSTc"),
        ("A=${NOPE-$HOST}$HOST", "A=${NOPE-$HOST}box"),
        ("A=$HOST${HOST $HOST", "A=box${HOST $HOST"),
        ("A=${}$5$.$", "A=$.$"),
        ("A=${:-x}", "A=x"),
        ("A=$B\nB=$C\nC=1\nD=$B", "A=$C B=1 C=1 D=1"),
        ("A=$A$A\nA=x$A", "A=xx$A"),
        ("A=$RAW", "A=x$HOST"),
        ("A=$toString", "A="),
    ] {
        assert_eq!(values(&BUN, text), expected, "{text:?}");
    }
}

#[test]
fn defaults_are_expanded_200_deep() {
    for (depth, expected) in [(200, "A=box"), (201, "A=$HOST"), (202, "A=${NOPE:-$HOST}")] {
        let text = format!("A={}$HOST{}", "${NOPE:-".repeat(depth), "}".repeat(depth));
        assert_eq!(values(&BUN, &text), expected, "{depth}");
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
        ("A=\"x\" y\n", vec!["1:7 y: InvalidSyntax Misread #0"]),
        ("A=\"x\" # y\n", vec![]),
        ("A=\n\"x\"\n", vec!["2:1 \\\"x\\\": InvalidSyntax Misread #0"]),
        ("A:\nB=1 \n", vec!["2:1 B=1: InvalidSyntax Misread #0"]),
        (
            "A=a${B-c}${D",
            vec!["1:4 ${B-c}: UnsupportedSyntax Misread #0", "1:10 ${D: UnsupportedSyntax Misread #0"],
        ),
        ("A=a${}", vec!["1:4 ${}: UnsupportedSyntax Misread #0"]),
        ("A=1\0\n", vec!["1:4 \\x00: InvalidEncoding Misread #0"]),
        ("\u{feff}A=1\n", vec![]),
    ] {
        assert_eq!(problems(&BUN, text), expected, "{text:?}");
    }
}
