use super::super::testing::{problems, values};
use super::DENO;

#[test]
fn what_is_read() {
    for (text, expected) in [
        ("A=$HOST-${HOST}\nB=\"$A\\n\"\n", "A=box-box B=box-box\\n"),
        ("A='$HOST'\nB=`$HOST`\n", "A=$HOST B=$HOST"),
        ("A=\\$HOST\nB=$\nC=${HOST\n", "A=$HOST B= C=box"),
        ("A=${HOST:-x}y\nB=$HOST_NAME\n", "A=y B="),
        ("A=\"x\" \"y\" # note\nB=\"x\" y\"z\n", "A=x\\\" \\\"y B=x"),
        ("A=1\nA=2\nB=$A\n", "A=1 B=2"),
        ("A=\"$HOST\nB=1\n", "A=\\\"$HOST B=1"),
        ("A=$B\nB=1\n", "A= B=1"),
        ("A=1\n=\n", "refused: the name is empty"),
        ("A=1\nB=x\0\nC=1\n", "A=1"),
    ] {
        assert_eq!(values(&DENO, text), expected, "{text:?}");
    }
}

#[test]
fn what_is_misread_is_reported() {
    for (text, expected) in [
        ("A=${B:-x}\n", vec!["1:3 ${B:-x}: UnsupportedSyntax Misread #0"]),
        ("=\n", vec!["1:1 =: InvalidKey Refuse #0"]),
        ("A=\0\nB=1\n", vec!["1:3 \\x00: InvalidEncoding Truncate #0"]),
        ("A=$HOST$NOPE\n", vec![]),
    ] {
        assert_eq!(problems(&DENO, text), expected, "{text:?}");
    }
}
