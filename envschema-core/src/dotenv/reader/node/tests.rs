use super::super::testing::{problems, values};
use super::{NODE20, NODE24, NODE26};

#[test]
fn what_is_read() {
    for (text, newer, older) in [
        ("A=1\nexport B = 'x y' # note\n", "A=1 B=x y", "A=1 B=x y"),
        ("A=\"a\\nb\\tc\\\"d\"\nB=`x\ny`\n", "A=a\\nb\\\\tc\\\\ B=x\\ny", "A=a\\nb\\\\tc\\\\ B=x\\ny"),
        ("A=1\r\nB='x\r\ny'\r\n", "A=1 B=x\\ny", "A=1 B=x\\ny"),
        ("A=x#y\nB=#fff\n", "A=x B=", "A=x B="),
        ("A= \nB=1\n", "A=B=1", "A= B=1"),
        ("words\nA=1\n", "A=1", "words\\nA=1"),
        ("\tA=1\t\n", "A=1", "\\tA=1\\t"),
        ("export A=\nB=1\n", "export A= B=1", "A= B=1"),
        ("export  A=1\n", "A=1", " A=1"),
        ("A=\"x\n", "A=\\\"x", "A=\\\"x"),
        ("A='x", "A=\\'x", ""),
        ("=1\nA=2\n", "A=2", ""),
        ("A='x' y\n  # B=1\n", "A=x # B=1", "A=x # B=1"),
        ("A=1\n #B=2", "A=1", "A=1 #B=2"),
        ("A=a\0b\nB\0C=1\n", "A=a B=1", "A=a B=1"),
    ] {
        assert_eq!(values(&NODE26, text), newer, "{text:?}");
        assert_eq!(values(&NODE20, text), older, "{text:?}");
    }
}

#[test]
fn integer_names_are_lost_before_node_26() {
    assert_eq!(values(&NODE24, "7=x\n07=y\n"), "07=y");
    assert_eq!(values(&NODE26, "7=x\n07=y\n"), "7=x 07=y");
}

#[test]
fn what_is_misread_is_reported() {
    for (text, expected) in [
        ("A=1\nwords\nB=2\n", vec!["2:1 words: InvalidSyntax Skip"]),
        ("A= \nB=1\n", vec!["2:1 B=1: InvalidSyntax Misread #0"]),
        ("export A=\n", vec!["1:1 export: InvalidKey Misread #0"]),
        ("A B=1\n", vec!["1:1 A B: InvalidKey Misread #0"]),
        (
            "A=x#y # z\nB=x #y\nC=# note\nD=#fff\n",
            vec![
                "1:4 #y # z: UnsupportedSyntax Misread #0",
                "3:3 # note: UnsupportedSyntax Misread #2",
                "4:3 #fff: UnsupportedSyntax Misread #3",
            ],
        ),
        ("A=\"x\nB=1\n", vec!["1:3 \\\": UnterminatedQuote Misread #0"]),
        ("A=\"x\" y # z\nB='x' # y\n", vec!["1:7 y # z: InvalidSyntax Misread #0"]),
        ("=1\n", vec!["1:1 =: InvalidKey Skip"]),
        ("\u{feff}A=1\n", vec!["1:1 \\xef\\xbb\\xbf: InvalidEncoding Misread"]),
        ("A=1\0\n", vec!["1:4 \\x00: InvalidEncoding Misread #0"]),
        ("7=1\n", vec!["1:1 7: InvalidKey Skip #0"]),
        ("A=1\r\nB=\r\n", vec![]),
    ] {
        assert_eq!(problems(&NODE24, text), expected, "{text:?}");
    }
    for (text, expected) in [
        ("words\nA=1\n", vec!["1:1 words\\nA: InvalidKey Misread #0"]),
        ("=1\nA=2\n", vec!["1:1 =: InvalidKey Truncate"]),
        ("A='x", vec!["1:3 \\': UnterminatedQuote Skip #0"]),
    ] {
        assert_eq!(problems(&NODE20, text), expected, "{text:?}");
    }
}
