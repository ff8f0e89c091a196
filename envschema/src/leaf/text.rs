//! Text, paths and spans of time.

use std::borrow::Cow;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use envschema_core::kind::{Kind, Mistake};
use envschema_core::scalar;
use envschema_core::schema::Constraint;
use envschema_core::value::Value;

use super::{Given, Leaf, unsuitable};

/// `string`: any text, as it is.
impl Leaf for String {
    const KIND: Kind = Kind::String;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        Ok(given.text.to_owned())
    }
}

/// `string`: any text, as it is.
impl Leaf for OsString {
    const KIND: Kind = Kind::String;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        Ok(given.text.into())
    }
}

/// `string` of one character.
impl Leaf for char {
    const KIND: Kind = Kind::String;
    const BOUNDS: &'static [Constraint] = scalar::CHAR;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        let mut characters = given.text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(Mistake { message: "is not a single character", at: 0..0 }),
        }
    }
}

/// `path`
impl Leaf for PathBuf {
    const KIND: Kind = Kind::Path;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        Ok(given.text.into())
    }
}

/// `duration`: `500ms`, `1h30m`, `7 days`.
impl Leaf for Duration {
    const KIND: Kind = Kind::Duration;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        if let Value::Duration(duration) = given.value { Ok(*duration) } else { unsuitable() }
    }
}

/// As the text itself; a borrowed one cannot outlive the load.
impl Leaf for Cow<'static, str> {
    const KIND: Kind = Kind::String;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        String::decode(given).map(Self::Owned)
    }
}
