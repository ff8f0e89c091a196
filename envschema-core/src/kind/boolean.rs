//! `boolean`: `true`, `yes`, `on`, `1` and `false`, `no`, `off`, `0`, in any case.

use super::{About, Mistake};
use crate::value::Value;

pub(super) const ABOUT: About =
    About { name: "boolean", expected: "true, false, yes, no, on, off, 1 or 0", example: "true" };

const WORDS: [(&str, bool); 8] = [
    ("true", true),
    ("false", false),
    ("yes", true),
    ("no", false),
    ("on", true),
    ("off", false),
    ("1", true),
    ("0", false),
];

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    match WORDS.iter().find(|(word, _)| text.eq_ignore_ascii_case(word)) {
        Some(&(_, value)) => Ok(Value::Boolean(value)),
        None => Err(Mistake::new("is neither true nor false", 0..text.len())),
    }
}
