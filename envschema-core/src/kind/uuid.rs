//! `uuid`: 32 hexadecimal digits in groups of 8-4-4-4-12, in either case (RFC 9562, section 4).
//!
//! Version and variant are not looked at: every version, the nil and the max UUID pass. Braces, `urn:uuid:` and the form
//! without hyphens are wrong.

use super::{About, Mistake, place};
use crate::value::Value;

pub(super) const ABOUT: About = About {
    name: "uuid",
    expected: "a uuid such as `67e55044-10b1-426f-9247-bb680e5fe0c8`",
    example: "67e55044-10b1-426f-9247-bb680e5fe0c8",
};

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    if let Some(at) = place::off_shape(text, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh") {
        return Err(Mistake::new(complaint(text), at));
    }
    let digits = text.chars().filter_map(|digit| digit.to_digit(16));
    Ok(Value::Uuid(digits.fold(0, |number, digit| number << 4 | u128::from(digit))))
}

fn complaint(text: &str) -> &'static str {
    if text.starts_with(['{', '(']) {
        "is not a uuid: leave out the braces"
    } else if text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("urn:")) {
        "is not a uuid: leave out `urn:uuid:`"
    } else if text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        "is not a uuid: it has no hyphens"
    } else {
        "is not a uuid: 32 hexadecimal digits as 8-4-4-4-12"
    }
}
