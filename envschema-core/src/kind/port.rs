//! `port`: a TCP or UDP port, written as an `integer` from 1 to 65535.
//!
//! Port 0 is reserved (RFC 6335, section 6): nothing can be reached there. A service that wants "any free port" takes an
//! integer or a socket address.

use super::{About, Mistake, integer};
use crate::value::Value;

pub(super) const ABOUT: About = About { name: "port", expected: "a port from 1 to 65535", example: "8080" };

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    let number = integer::read(text)?;
    match number.as_u128() {
        Some(1..=65535) => Ok(Value::Integer(number)),
        _ => Err(Mistake::new("is not a port: ports go from 1 to 65535", 0..text.len())),
    }
}
