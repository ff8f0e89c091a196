//! `hex`: bytes in hexadecimal, two digits each, in either case (RFC 4648, section 8).
//!
//! Prefixes (`0x`), blanks, colons and an odd digit at the end are wrong.

use super::{About, Mistake, place};
use crate::value::{Bytes, Value};

pub(super) const ABOUT: About =
    About { name: "hex", expected: "bytes in hexadecimal such as `00ff`", example: "00ff" };

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    if text.starts_with("0x") || text.starts_with("0X") {
        return Err(Mistake::new("starts with `0x`; leave it out", 0..2));
    }
    if let Some(at) = place::first(text, |found| !found.is_ascii_hexdigit()) {
        return Err(Mistake::new("has a character that is not a hexadecimal digit", at));
    }
    if text.len() % 2 == 1 {
        return Err(Mistake::new(
            "has an odd number of digits; a byte takes two",
            text.len() - 1..text.len(),
        ));
    }
    Ok(Value::Bytes(Bytes::from_hex(text)))
}
