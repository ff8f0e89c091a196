use super::super::testing::{problems, values};
use super::ENV_CMD;

#[test]
fn what_the_lines_say() {
    for (text, expected) in [
        ("A=1\n B = x y # note\n", "A=1 B=x y"),
        ("export A=1\na b=2\n", "export A=1 a b=2"),
        ("=1\n==2\nA==3\n", "==2 A==3"),
        ("A='x' y'\nB=\"x\"y\nC=\"x # y\" # z\n", "A=x\\' y B=x C=x # y"),
        ("A=\"x\nB='\nC=`x#y`\n", "A= B= C=`x"),
        ("A='x\\ny'\nB=x\\\\ny\n", "A=x\\ny B=x\\\\\\ny"),
        ("A=x#y\nB= #fff\n  # C=1\n", "A=x B="),
        ("\u{feff}A=\u{a0}1\u{2003}\rB=2\u{2028}C=3", "A=1 B=2 C=3"),
        ("A=$HOST\nHOST=x\nwords\n", "A=$HOST HOST=x"),
        ("__proto__=1\nA=1\nA=2\n", "A=2"),
    ] {
        assert_eq!(values(&ENV_CMD, text), expected, "{text:?}");
    }
}

#[test]
fn what_is_passed_over_or_misread_is_reported() {
    for (text, expected) in [
        ("words # x\n# note\n", vec!["1:1 words # x: InvalidSyntax Skip"]),
        ("export A=1\n", vec!["1:1 export A: UnsupportedSyntax Misread #0"]),
        (" =1\n", vec!["1:2 =1: InvalidKey Misread #0"]),
        ("A=x#y\n", vec!["1:4 #y: UnsupportedSyntax Misread #0"]),
        ("A=\"x\ny\"\n", vec!["1:3 \\\": UnterminatedQuote Misread #0", "2:1 y\\\": InvalidSyntax Skip"]),
        ("A=\"x\" y\nB='x' # y\n", vec!["1:7 y: InvalidSyntax Misread #0"]),
        ("A='${B}'\n", vec!["1:4 ${B}: UnsupportedSyntax Misread #0"]),
    ] {
        assert_eq!(problems(&ENV_CMD, text), expected, "{text:?}");
    }
}
