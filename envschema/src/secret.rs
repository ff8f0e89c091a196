//! A value that is never shown: its text in memory that is wiped, beside what was made of it.

use std::fmt;

use envschema_core::kind::{Kind, Mistake};
use envschema_core::redact::MASK;
use envschema_core::schema::Constraint;
use envschema_core::value::Value;
use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretBox, SecretString};

use crate::leaf::{Given, Leaf};

/// A secret value.
///
/// `Debug` and `Display` show a fixed mask, there is no `Serialize` unless a field asks for it, and the text is wiped from memory when the secret is
/// dropped. Most types cannot be wiped, so the parsed value is kept beside the text and is not: where that matters, use
/// `Secret<String>` or a type of the `secrecy` crate and parse when you need it.
///
/// ```
/// use envschema::Secret;
///
/// let password = Secret::new("hunter2", "hunter2".to_owned());
/// assert_eq!(format!("{password:?} {password}"), "Secret(******) ******");
/// assert_eq!(password.expose(), "hunter2");
/// ```
#[derive(Clone)]
pub struct Secret<T> {
    text: SecretString,
    value: T,
}

impl<T> Secret<T> {
    /// A secret from its text and what was made of it.
    pub fn new(text: impl Into<String>, value: T) -> Self {
        Self { text: SecretString::from(text.into()), value }
    }

    /// The value, for the one place that needs it.
    pub const fn expose(&self) -> &T {
        &self.value
    }

    /// The text as it was written, for the one place that needs it. A list or a table of a typed file is written as a `.env` file
    /// would have it, with commas: `a,b`, `key=value`. Empty if the variable is not set.
    pub fn expose_text(&self) -> &str {
        self.text.expose_secret()
    }

    /// The same secret as another type.
    pub(crate) fn map<U>(self, make: impl FnOnce(T) -> U) -> Secret<U> {
        Secret { text: self.text, value: make(self.value) }
    }

    /// The value, out of its wrapper; the text is wiped.
    pub fn into_inner(self) -> T {
        self.value
    }
}

#[cfg(feature = "serde")]
impl<T> Secret<T> {
    /// Serializes the text as it was written, where a field asks for it:
    ///
    /// ```
    /// # use envschema::Secret;
    /// #[derive(serde::Serialize)]
    /// struct Login {
    ///     #[serde(serialize_with = "Secret::serialize_exposed")]
    ///     password: Secret<String>,
    /// }
    ///
    /// let login = Login { password: Secret::new("hunter2", "hunter2".to_owned()) };
    /// assert_eq!(serde_json::to_string(&login).unwrap(), r#"{"password":"hunter2"}"#);
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    pub fn serialize_exposed<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose_text())
    }

    /// As [`Self::serialize_exposed`], for a secret that may be absent: `serialize_with = "Secret::serialize_exposed_option"`.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    pub fn serialize_exposed_option<S: serde_core::Serializer>(
        secret: &Option<Self>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match secret {
            Some(secret) => serializer.serialize_some(secret.expose_text()),
            None => serializer.serialize_none(),
        }
    }
}

/// The mask, whatever the value is.
impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({MASK})")
    }
}

/// The mask, whatever the value is.
impl<T> fmt::Display for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// The kind of `T`, and sensitive.
impl<T: Leaf> Leaf for Secret<T> {
    const KIND: Kind = T::KIND;
    const BOUNDS: &'static [Constraint] = T::BOUNDS;
    const SENSITIVE: bool = true;
    const OPTIONAL: bool = T::OPTIONAL;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        let value = T::decode(given)?;
        Ok(Self { text: text_of(given), value })
    }

    fn absent() -> Option<Self> {
        T::absent().map(|value| Self::new("", value))
    }
}

/// The text of a value; that of a list or a map of a typed file is made of its items. No copy of it is left behind.
fn text_of(given: Given<'_>) -> SecretString {
    let Given { value, text } = given;
    let pieces: Vec<[&str; 4]> = match value {
        Value::List(items) if text.is_empty() => items.iter().map(|item| [",", item.text, "", ""]).collect(),
        Value::Map(pairs) if text.is_empty() => {
            pairs.iter().map(|(key, value)| [",", key.text, "=", value.text]).collect()
        }
        _ => return SecretString::from(text),
    };
    let pieces = || pieces.iter().flatten().skip(1).copied();
    let mut text = String::with_capacity(pieces().map(str::len).sum());
    pieces().for_each(|piece| text.push_str(piece));
    SecretString::from(text)
}

/// `string`, and sensitive.
impl Leaf for SecretString {
    const KIND: Kind = Kind::String;
    const SENSITIVE: bool = true;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        Ok(Self::from(given.text))
    }
}

/// The kind of `T`, and sensitive; the value itself is wiped.
impl<T: Leaf + Zeroize> Leaf for SecretBox<T> {
    const KIND: Kind = T::KIND;
    const BOUNDS: &'static [Constraint] = T::BOUNDS;
    const SENSITIVE: bool = true;
    const OPTIONAL: bool = T::OPTIONAL;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        T::decode(given).map(|value| Self::new(Box::new(value)))
    }

    fn absent() -> Option<Self> {
        T::absent().map(|value| Self::new(Box::new(value)))
    }
}
