use super::super::testing::values;
use super::PHPDOTENV;

/// As phpdotenv 5.8.0 was seen to read.
#[test]
fn entries_of_several_lines() {
    for (text, expected) in [
        ("B=\"x\n\" # c\nA=1\n", "B=x\\n A=1"),
        ("B=\"x\r\n\" \r\nA=\"\"\n", "B=x\\n A="),
        ("A=\"x\n\n\"\n\"\n", "refused: this line is no assignment"),
        ("A=a=\"x\nB=1", "refused: the quote is never closed"),
        // Behind the last line nothing is left that could be refused.
        ("A=a=\"x", "A=a=\\\"x"),
        ("A=a=\"x\n", "A=a=\\\"x"),
        ("A=\\\"\nB=\"\\\\\"\n", "A=\\\\\\\" B=\\\\"),
    ] {
        assert_eq!(values(&PHPDOTENV, text), expected, "{text:?}");
    }
}
