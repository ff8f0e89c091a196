//! `path`: a file's or folder's path, relative or absolute, of any system; never opened.
//!
//! Any text without control characters (NUL ends a path for the system; a line break or tab is a slip of quoting), and
//! without a blank at either end.

use super::{About, Mistake, place};
use crate::value::Value;

pub(super) const ABOUT: About =
    About { name: "path", expected: "a path such as `/var/lib/app`", example: "/var/lib/app" };

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    match place::first(text, char::is_control) {
        Some(at) => Err(Mistake::new("has a control character, which no path needs", at)),
        None => Ok(Value::Text(text)),
    }
}
