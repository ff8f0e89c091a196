//! `number`: a finite decimal number, read as the nearest 64-bit float (IEEE 754).
//!
//! An optional sign, digits with at most one point, and an optional exponent: `3`, `-0.5`, `.5`, `6.02e23`. A digit must
//! follow the point: `1.` looks cut off. `inf`, `nan`, hexadecimal and separators are wrong, and so is a number that a
//! float turns into infinity or, without being zero, into zero.

use super::{About, Mistake, place};
use crate::value::Value;

pub(super) const ABOUT: About = About { name: "number", expected: "a number such as `0.5`", example: "0.5" };

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    let mantissa = check_shape(text)?;
    let whole = 0..text.len();
    let number: f64 = text.parse().map_err(|_| Mistake::new("is not a number", whole.clone()))?;
    if !number.is_finite() {
        return Err(Mistake::new("is too large a number", whole));
    }
    if number == 0.0 && mantissa.contains(|digit| matches!(digit, '1'..='9')) {
        return Err(Mistake::new("is too close to zero", whole));
    }
    Ok(Value::Number(number))
}

/// Checks the grammar; returns the part before the exponent.
fn check_shape(text: &str) -> Result<&str, Mistake> {
    let mut at = usize::from(text.starts_with(['+', '-']));
    let whole_digits = count_digits(text, at);
    at += whole_digits;
    if text[at..].starts_with('.') {
        at += 1;
        let fraction = count_digits(text, at);
        if fraction == 0 {
            return Err(stray(text, at, "is not a number: no digit follows its point"));
        }
        at += fraction;
    } else if whole_digits == 0 {
        return Err(stray(text, at, "is not a number: it has no digits"));
    }
    let mantissa = &text[..at];
    if text[at..].starts_with(['e', 'E']) {
        at += 1;
        at += usize::from(text[at..].starts_with(['+', '-']));
        let exponent = count_digits(text, at);
        if exponent == 0 {
            return Err(stray(text, at, "is not a number: its exponent has no digits"));
        }
        at += exponent;
    }
    if at < text.len() {
        return Err(stray(text, at, "is not a number: it has a character that does not belong in one"));
    }
    Ok(mantissa)
}

fn count_digits(text: &str, at: usize) -> usize {
    text[at..].bytes().take_while(u8::is_ascii_digit).count()
}

/// The mistake at the character where the grammar ends; `otherwise` where there is nothing better to say.
fn stray(text: &str, at: usize, otherwise: &'static str) -> Mistake {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_word = |word: &str| unsigned.eq_ignore_ascii_case(word);
    if is_word("inf") || is_word("infinity") || is_word("nan") {
        return Mistake::new("is not a finite number", 0..text.len());
    }
    let message = match text[at..].chars().next() {
        Some(',') => "is not a number: it has a comma; the decimal point is `.`",
        Some('_' | '\'') => "is not a number: it has a separator between the digits",
        Some('.') if at > 0 => "is not a number: it has two points",
        Some('x' | 'X' | 'o' | 'O' | 'b' | 'B') if text[..at].ends_with('0') => "is not a number in decimal",
        Some('\r' | '\n') => "is not a number: it has a line end inside",
        Some(found) if found.is_whitespace() => "is not a number: it has a blank inside",
        Some(found) if found.is_numeric() => "is not a number: it has digits other than 0 to 9",
        Some(found) if found.is_alphabetic() && text[..at].ends_with(|c: char| c.is_ascii_digit()) => {
            "is not a number: a letter stands behind the digits"
        }
        _ => otherwise,
    };
    Mistake::new(message, place::character(text, at))
}
