//! `base64`: bytes in base64 (RFC 4648), in the standard (section 4) or the url-safe (section 5) alphabet.
//!
//! Both alphabets in one text are wrong. Padding may be left out; where it stands, it must fill the last group of four.
//! Bits that the last character has to spare must be zero (section 3.5), so every value has one spelling per alphabet
//! and padding. Blanks and line breaks are wrong.

use super::{About, Mistake, place};
use crate::value::{Bytes, Value};

pub(super) const ABOUT: About =
    About { name: "base64", expected: "bytes in base64 such as `aGVsbG8=`", example: "aGVsbG8=" };

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    let digits = text.trim_end_matches('=');
    if let Some(at) = place::first(digits, |found| Bytes::base64_digit(found).is_none()) {
        return Err(Mistake::new(stray(&digits[at.clone()]), at));
    }
    let standard = digits.find(['+', '/']);
    let url_safe = digits.find(['-', '_']);
    if let (Some(a), Some(b)) = (standard, url_safe) {
        let at = a.max(b);
        return Err(Mistake::new("mixes the standard and the url-safe alphabet", at..at + 1));
    }
    check_end(text, digits)?;
    Ok(Value::Bytes(Bytes::from_base64(digits)))
}

fn stray(found: &str) -> &'static str {
    match found {
        "=" => "has padding before its end",
        "\n" | "\r" => "has a line break inside",
        _ => "has a character outside the base64 alphabet",
    }
}

/// Checks the length, the padding and the spare bits.
fn check_end(text: &str, digits: &str) -> Result<(), Mistake> {
    let padding = text.len() - digits.len();
    let spare_bits = match digits.len() % 4 {
        0 => 0,
        2 => 4,
        3 => 2,
        _ => return Err(Mistake::new("has one character too many or too few", digits.len()..digits.len())),
    };
    if padding > 0 && (padding > 2 || !text.len().is_multiple_of(4)) {
        return Err(Mistake::new("has the wrong amount of padding", digits.len()..text.len()));
    }
    let last = digits.chars().next_back().and_then(Bytes::base64_digit).unwrap_or_default();
    if last & ((1 << spare_bits) - 1) != 0 {
        return Err(Mistake::new("ends with bits that belong to no byte", digits.len() - 1..digits.len()));
    }
    Ok(())
}
