//! What only the concise schema file has: short forms, which are not quite YAML, and headings, which name groups.
//!
//! # Which text is raw
//!
//! `KEY: url (schemes: http)` is not YAML: a plain scalar may not contain a colon and a blank. So in every mapping, however deep,
//! a value is taken as it is written, as text, if all of this holds:
//!
//! 1. It stands on the line of its key, and no deeper line follows that would go on with it.
//! 2. The key stands bare and starts with a letter, a digit or one of `_ $ . /`. It may stand behind the dash of a list.
//! 3. The value does not start with one of `" ' [ { | > & * ! #`, nor with `-`, `?` or `:` and a blank.
//! 4. YAML would refuse it, or cut it elsewhere: it has a `:` before a blank or at its end, or starts with one of `% @ , ] }` or a
//!    backquote, or has a `#` behind a blank that is protected (see 5).
//! 5. It ends before the comment, which starts at a `#` behind a blank. In a short form (behind its `(` or `|`) a `#` inside quotes
//!    starts none, nor does one inside the `/…/` of `pattern`.
//!
//! Everything else is YAML: `default: 10` is a number, `description: a: b` is the text `a: b`, `name: billing` is what it always was.
//! A schema that a YAML editor finds no fault with is therefore read as YAML, but for the comment of rule 5.

#[cfg(feature = "yaml")]
use super::tree::Document;
#[cfg(feature = "yaml")]
use super::yaml::{lines, parse};

pub(crate) mod attribute;
pub(crate) mod condition;
#[cfg(feature = "yaml")]
mod cut;
pub(crate) mod document;
pub mod heading;
pub(crate) mod kind;
pub(crate) mod lowering;
pub(crate) mod overrides;
pub(crate) mod rules;
pub mod short;
pub(crate) mod term;
pub(crate) mod variable;

/// Reads a concise schema file in YAML, whose short forms need not stand in quotes.
///
/// A file that is written plainly, line by line, is read without a YAML parser.
#[cfg(feature = "yaml")]
#[must_use]
pub fn read(text: &str) -> Document<'_> {
    if let Some(document) = lines::read(text, cut::text) {
        return document;
    }
    match cut::spelling(text) {
        Some(spelling) => parse(text, &spelling),
        None => parse(text, text),
    }
}

#[cfg(all(test, feature = "toml", feature = "yaml"))]
mod tests;
