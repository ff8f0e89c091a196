//! `regex`: a regular expression in the syntax of the `regex-lite` crate, the one patterns in schemas use.
//!
//! Blanks count, so nothing is trimmed. The empty expression is wrong: it matches everything. Look-around and
//! back-references do not exist, Unicode classes (`\p{…}`) neither.

use super::{About, Mistake};
use crate::pattern::Pattern;
use crate::value::Value;

pub(super) const ABOUT: About =
    About { name: "regex", expected: "a regular expression such as `^v[0-9]+$`", example: "^v[0-9]+$" };

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    if text.is_empty() {
        return Err(Mistake::new("is empty", 0..0));
    }
    match Pattern::new(text) {
        Some(_) => Ok(Value::Text(text)),
        None => Err(Mistake::new("is not a regular expression", 0..text.len())),
    }
}
