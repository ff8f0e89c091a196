//! JSON on its way out: members keep their order, numbers keep their digits, and the same value is always the same text.

use std::borrow::Cow;
use std::fmt::Write as _;

/// How wide a line may get that an array stands on.
const WIDTH: usize = 100;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    /// `true` or `false`.
    Bool(bool),
    /// A number as it is written.
    Number(Cow<'static, str>),
    /// A text.
    Text(Cow<'static, str>),
    /// Values in their order.
    Array(Vec<Self>),
    /// Members in their order.
    Object(Object),
}

/// The members of a JSON object, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Object(Vec<(Cow<'static, str>, Json)>);

impl Object {
    /// An object without members.
    #[must_use]
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// The same object with one member more.
    #[must_use]
    pub(crate) fn with(mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Json>) -> Self {
        self.push(key, value);
        self
    }

    /// Adds a member behind the others.
    pub(crate) fn push(&mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Json>) {
        self.0.push((key.into(), value.into()));
    }

    /// Adds a member unless its value is an empty text, array or object, or `false`.
    pub(crate) fn push_said(&mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Json>) {
        let value = value.into();
        if !value.says_nothing() {
            self.push(key, value);
        }
    }

    /// Adds all members of another object behind the others.
    pub(crate) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether it has no members.
    #[must_use]
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The members in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u64> for Json {
    fn from(value: u64) -> Self {
        Self::Number(value.to_string().into())
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned().into())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Cow<'static, str>> for Json {
    fn from(text: Cow<'static, str>) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Json {
    fn from(values: Vec<T>) -> Self {
        values.into_iter().collect()
    }
}

impl<T: Into<Self>> FromIterator<T> for Json {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::Array(values.into_iter().map(Into::into).collect())
    }
}

impl Json {
    /// Texts as an array.
    #[must_use]
    pub(crate) fn texts(texts: &[Cow<'static, str>]) -> Self {
        texts.iter().cloned().collect()
    }

    /// The value as lines of text, indented by two blanks, with a line end at the end.
    #[must_use]
    pub(crate) fn pretty(&self) -> String {
        let mut out = String::new();
        self.print(&mut out, 0);
        out.push('\n');
        out
    }

    const fn says_nothing(&self) -> bool {
        match self {
            Self::Bool(value) => !*value,
            Self::Number(_) => false,
            Self::Text(Cow::Borrowed(text)) => text.is_empty(),
            Self::Text(Cow::Owned(text)) => text.is_empty(),
            Self::Array(values) => values.is_empty(),
            Self::Object(object) => object.is_empty(),
        }
    }

    fn print(&self, out: &mut String, depth: usize) {
        match self {
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(digits) => out.push_str(digits),
            Self::Text(text) => push_text(out, text),
            Self::Array(values) => print_array(values, out, depth),
            Self::Object(Object(members)) if members.is_empty() => out.push_str("{}"),
            Self::Object(Object(members)) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    next_line(out, index, depth + 1);
                    push_text(out, key);
                    out.push_str(": ");
                    value.print(out, depth + 1);
                }
                break_line(out, depth);
                out.push('}');
            }
        }
    }

    const fn is_scalar(&self) -> bool {
        matches!(self, Self::Bool(_) | Self::Number(_) | Self::Text(_))
    }
}

/// Scalars stand on one line if they fit there.
fn print_array(values: &[Json], out: &mut String, depth: usize) {
    if values.iter().all(Json::is_scalar) {
        let before = out.len();
        let line_start = out.rfind('\n').map_or(0, |at| at + 1);
        out.push('[');
        for (index, value) in values.iter().enumerate() {
            out.push_str(if index == 0 { "" } else { ", " });
            value.print(out, depth);
        }
        out.push(']');
        if out[line_start..].chars().count() <= WIDTH || values.is_empty() {
            return;
        }
        out.truncate(before);
    }
    out.push('[');
    for (index, value) in values.iter().enumerate() {
        next_line(out, index, depth + 1);
        value.print(out, depth + 1);
    }
    break_line(out, depth);
    out.push(']');
}

fn next_line(out: &mut String, index: usize, depth: usize) {
    out.push_str(if index == 0 { "" } else { "," });
    break_line(out, depth);
}

fn break_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

/// Appends `text` in quotes.
fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control.is_control() => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::{Json, Object};

    fn sample() -> Object {
        Object::new()
            .with("b", true)
            .with("a", vec![1_u64, 2])
            .with("text", "\"\\\n\u{1}\u{7f}é")
            .with("empty", Object::new())
            .with("many", (0..40).collect::<Vec<u64>>())
            .with("objects", vec![Object::new().with("x", "y")])
    }

    #[test]
    fn members_keep_their_order_and_short_arrays_their_line() {
        let text = Json::from(sample()).pretty();
        let start = "{\n  \"b\": true,\n  \"a\": [1, 2],\n  \"text\": \"\\\"\\\\\\n\\u0001\\u007fé\",\n  \"empty\": {},\n  \"many\": [\n    0,\n";
        assert!(text.starts_with(start), "{text}");
        assert!(
            text.ends_with("    39\n  ],\n  \"objects\": [\n    {\n      \"x\": \"y\"\n    }\n  ]\n}\n"),
            "{text}"
        );
    }

    #[test]
    fn another_reader_reads_what_was_written() {
        let text = Json::from(sample()).pretty();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["text"], "\"\\\n\u{1}\u{7f}é");
        assert_eq!(value["many"][39], 39);
        assert_eq!(value["objects"][0]["x"], "y");
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        let mut object = Object::new();
        object.push_said("text", "");
        object.push_said("flag", false);
        object.push_said("list", Vec::<Json>::new());
        object.push_said("said", "x");
        assert_eq!(object, Object::new().with("said", "x"));
    }
}
