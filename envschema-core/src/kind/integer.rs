//! `integer`: a whole number in decimal, exact from `i128::MIN` to `u128::MAX`.
//!
//! One sign (`+` or `-`) may stand in front, then come the digits 0 to 9 and nothing else. Zeros in front mean nothing:
//! `007` is seven. Both are what `str::parse` of Rust, `int()` of Python, `strconv.Atoi` of Go and `Number()` of
//! JavaScript read, so no reader sees another number. `-0` is zero. Where those readers differ or lose digits, the text
//! is wrong: hexadecimal, octal and binary prefixes, exponents, decimal points (`3.0` too), separators between digits,
//! digits of other scripts.

use super::{About, Mistake, place};
use crate::value::{Integer, Value};

pub(super) const ABOUT: About = About { name: "integer", expected: "a whole number", example: "42" };

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    read(text).map(Value::Integer)
}

pub(super) fn read(text: &str) -> Result<Integer, Mistake> {
    if let Some(number) = few_digits(text).and_then(|number| Integer::new(false, number.into())) {
        return Ok(number);
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let sign = text.len() - digits.len();
    if let Some(at) = digits.find(|found: char| !found.is_ascii_digit()) {
        return Err(Mistake::new(complaint(digits, at), place::character(text, sign + at)));
    }
    if digits.is_empty() {
        return Err(Mistake::new("is not a whole number: it has no digits", text.len()..text.len()));
    }
    let negative = text.starts_with('-');
    let number = digits.parse().ok().and_then(|magnitude| Integer::new(negative, magnitude));
    number.ok_or_else(|| {
        let message =
            if negative { "is below the smallest whole number" } else { "is above the largest whole number" };
        Mistake::new(message, 0..text.len())
    })
}

/// The number of a text that is nothing but digits, and so few that they are read without looking for an overflow: nearly all
/// whole numbers are written so.
fn few_digits(text: &str) -> Option<u64> {
    if !(1..=19).contains(&text.len()) {
        return None;
    }
    let mut number = 0;
    for byte in text.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = number * 10 + u64::from(digit);
    }
    Some(number)
}

/// What to say about the first character of `digits` that is none.
fn complaint(digits: &str, at: usize) -> &'static str {
    let (before, from) = digits.split_at(at);
    let mut characters = from.chars();
    let (found, next) = (characters.next().unwrap_or_default(), characters.next().unwrap_or_default());
    match found {
        'x' | 'X' | 'o' | 'O' | 'b' | 'B' if before == "0" => "is not a whole number in decimal",
        'e' | 'E' if at > 0 && (next.is_ascii_digit() || matches!(next, '+' | '-')) => {
            "is not a whole number: it has an exponent"
        }
        '.' => "is not a whole number: it has a decimal point",
        ',' | '_' | '\'' if at > 0 => "is not a whole number: it has a separator between the digits",
        '+' | '-' if at == 0 => "is not a whole number: it has two signs",
        '+' | '-' => "is not a whole number: a sign stands behind the digits",
        '\r' | '\n' => "is not a whole number: it has a line end inside",
        _ if found.is_whitespace() => "is not a whole number: it has a blank inside",
        _ if found.is_numeric() => "is not a whole number: it has digits other than 0 to 9",
        _ if found.is_alphabetic() && at > 0 => "is not a whole number: a letter stands behind the digits",
        _ if found.is_alphabetic() => "is not a whole number: it has letters",
        _ => "is not a whole number: it has a character other than the digits 0 to 9",
    }
}

#[cfg(test)]
mod tests {
    use super::{few_digits, read};

    #[test]
    fn few_digits_are_the_number_they_write() {
        for text in ["0", "007", "65535", "9999999999999999999"] {
            assert_eq!(few_digits(text), text.parse().ok(), "{text}");
            assert_eq!(read(text).ok(), read(&format!("+{text}")).ok(), "{text}");
        }
        for text in ["", "-1", "+1", "1_0", "10000000000000000000", "１"] {
            assert_eq!(few_digits(text), None, "{text}");
        }
    }
}
