//! Numbers of JSON: RFC 8259 §6.

/// Whether `word` is a number of RFC 8259 §6: `-`? int frac? exp?
pub(super) fn is_number(word: &str) -> bool {
    let mut rest = word.strip_prefix('-').unwrap_or(word);
    rest = match rest.strip_prefix('0') {
        Some(after) => after,
        None => match digits(rest) {
            Some(after) => after,
            None => return false,
        },
    };
    if let Some(fraction) = rest.strip_prefix('.') {
        let Some(after) = digits(fraction) else { return false };
        rest = after;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let Some(after) = digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)) else { return false };
        rest = after;
    }
    rest.is_empty()
}

/// What follows the digits `text` starts with; `None` if it starts with none.
fn digits(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
}
