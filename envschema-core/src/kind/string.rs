//! `string`: any text, the empty one too.

use super::About;
use crate::value::Value;

pub(super) const ABOUT: About = About { name: "string", expected: "a text", example: "hello" };

pub(super) const fn parse(text: &str) -> Value<'_> {
    Value::Text(text)
}
