//! The tree as JSON text.

use std::fmt::Write as _;

use super::number::is_number;
use crate::format::tree::{Data, Node, decimal};

/// `node` as one line of JSON. What JSON cannot say becomes text (`.inf`, a date) or `null` (what could not be read).
#[must_use]
pub fn write(node: &Node<'_>) -> String {
    let mut out = String::new();
    push(&mut out, node);
    out
}

/// Appends `node` as JSON.
pub(crate) fn push(out: &mut String, node: &Node<'_>) {
    match &node.value {
        Data::Null | Data::Invalid => out.push_str("null"),
        Data::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Data::Number(written) => push_number(out, &decimal(written)),
        Data::Text(text) | Data::Time(text) => push_text(out, text),
        Data::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(out, index);
                push(out, item);
            }
            out.push(']');
        }
        Data::Table(members) => {
            out.push('{');
            for (index, member) in members.iter().enumerate() {
                separate(out, index);
                push_key(out, &member.key);
                push(out, &member.value);
            }
            out.push('}');
        }
    }
}

fn separate(out: &mut String, index: usize) {
    if index > 0 {
        out.push(',');
    }
}

/// Appends a key and its colon.
pub(crate) fn push_key(out: &mut String, key: &str) {
    push_text(out, key);
    out.push(':');
}

fn push_number(out: &mut String, number: &str) {
    if is_number(number) { out.push_str(number) } else { push_text(out, number) }
}

/// Appends `text` in quotes.
pub(crate) fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
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
    use super::super::{read, write};

    #[test]
    fn what_is_read_is_written_again() {
        let texts =
            [r#"{"a":[1,-2.50,1e9,true,null],"b\"\\\n\u0001é":{"":"x"}}"#, "[]", "{}", r#""tab\there""#];
        for text in texts {
            let document = read(text);
            assert!(document.faults.is_empty(), "{text}");
            assert_eq!(write(&document.root.unwrap()), text);
        }
    }
}
