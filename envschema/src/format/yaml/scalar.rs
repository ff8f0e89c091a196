//! What a plain scalar means: the core schema of YAML 1.2.2, §10.3.2.

/// What the core schema makes of a plain scalar.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sense {
    Null,
    Bool(bool),
    Number,
    Text,
}

/// The sense of a plain scalar.
pub(super) fn sense(text: &str) -> Sense {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Sense::Null,
        "true" | "True" | "TRUE" => Sense::Bool(true),
        "false" | "False" | "FALSE" => Sense::Bool(false),
        _ if is_number(text) => Sense::Number,
        _ => Sense::Text,
    }
}

fn is_number(text: &str) -> bool {
    // Most texts are none: the first byte tells.
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
        return false;
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return !octal.is_empty() && octal.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || is_decimal(unsigned)
}

/// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn is_decimal(text: &str) -> bool {
    let (whole, rest) = digits(text);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(after) => digits(after),
        None => (0, rest),
    };
    if whole + fraction == 0 {
        return false;
    }
    match rest.strip_prefix(['e', 'E']) {
        None => rest.is_empty(),
        Some(exponent) => {
            let (count, rest) = digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent));
            count > 0 && rest.is_empty()
        }
    }
}

/// How many digits `text` starts with, and what follows them.
fn digits(text: &str) -> (usize, &str) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (text.len() - rest.len(), rest)
}

#[cfg(test)]
mod tests {
    use super::{Sense, sense};

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        let cases = [
            ("", Sense::Null),
            ("~", Sense::Null),
            ("null", Sense::Null),
            ("nULL", Sense::Text),
            ("true", Sense::Bool(true)),
            ("FALSE", Sense::Bool(false)),
            ("yes", Sense::Text),
            ("on", Sense::Text),
            ("n", Sense::Text),
            ("0", Sense::Number),
            ("007", Sense::Number),
            ("-19", Sense::Number),
            ("+12", Sense::Number),
            ("1.10", Sense::Number),
            ("1.", Sense::Number),
            (".5", Sense::Number),
            (".", Sense::Text),
            ("-", Sense::Text),
            ("-.", Sense::Text),
            ("1e3", Sense::Number),
            ("1.5E-10", Sense::Number),
            ("1e", Sense::Text),
            ("1.2.3", Sense::Text),
            ("0o17", Sense::Number),
            ("0o8", Sense::Text),
            ("0x", Sense::Text),
            ("0xFf", Sense::Number),
            ("-0xF", Sense::Text),
            ("1_000", Sense::Text),
            (".inf", Sense::Number),
            ("-.INF", Sense::Number),
            (".nan", Sense::Number),
            ("+.nan", Sense::Text),
            ("12:30:45", Sense::Text),
            ("2024-02-29", Sense::Text),
            ("99999999999999999999999999999999999999", Sense::Number),
        ];
        for (written, expected) in cases {
            assert_eq!(sense(written), expected, "{written}");
        }
    }
}
