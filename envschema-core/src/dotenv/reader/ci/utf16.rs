//! UTF-16 with a byte order mark, which .NET programs read as readily as UTF-8.

use std::borrow::Cow;

use crate::dotenv::{Assignment, Problem, Reading, Reference, Value};
use crate::span::Span;

/// A file as UTF-8, and where its bytes came from.
pub(super) struct Decoded {
    pub(super) text: String,
    /// For every byte of `text`, and its end, the offset in the file.
    origins: Vec<u32>,
}

/// The text behind a UTF-16 byte order mark, if the file starts with one.
pub(super) fn decode(file: &[u8]) -> Option<Decoded> {
    let unit: fn([u8; 2]) -> u16 = match file {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let (units, rest) = file.get(2..)?.as_chunks::<2>();
    let mut decoded = Decoded { text: String::new(), origins: Vec::new() };
    let mut at = 2;
    for char in char::decode_utf16(units.iter().map(|pair| unit(*pair))) {
        let char = char.unwrap_or(char::REPLACEMENT_CHARACTER);
        decoded.push(char, at);
        at += 2 * char.len_utf16();
    }
    if !rest.is_empty() {
        decoded.push(char::REPLACEMENT_CHARACTER, at);
    }
    decoded.origins.push(Span::at(file.len()).start);
    Some(decoded)
}

impl Decoded {
    fn push(&mut self, char: char, origin: usize) {
        self.text.push(char);
        self.origins.resize(self.text.len(), Span::at(origin).start);
    }

    /// `reading`, which is one of `text`, with its places in the file.
    pub(super) fn locate<'t>(&self, reading: Reading<'_>) -> Reading<'t> {
        let Reading { assignments, references, problems } = reading;
        Reading {
            assignments: assignments.into_iter().map(|assignment| self.assignment(assignment)).collect(),
            references: references
                .into_iter()
                .map(|reference| Reference {
                    name: Cow::Owned(reference.name.into_owned()),
                    span: self.span(reference.span),
                    ..reference
                })
                .collect(),
            problems: problems
                .into_iter()
                .map(|problem| Problem { span: self.span(problem.span), ..problem })
                .collect(),
        }
    }

    fn assignment<'t>(&self, assignment: Assignment<'_>) -> Assignment<'t> {
        Assignment {
            key: Cow::Owned(assignment.key.into_owned()),
            value: match assignment.value {
                Value::Set(value) if value.is_empty() => Value::Set(Cow::Borrowed(b"")),
                Value::Set(value) => Value::Set(Cow::Owned(value.into_owned())),
                Value::Absent => Value::Absent,
                Value::Unset => Value::Unset,
            },
            key_span: self.span(assignment.key_span),
            value_span: self.span(assignment.value_span),
            span: self.span(assignment.span),
            quote: assignment.quote,
        }
    }

    fn span(&self, span: Span) -> Span {
        let origin = |offset: u32| self.origins.get(offset as usize).or(self.origins.last()).copied();
        Span { start: origin(span.start).unwrap_or_default(), end: origin(span.end).unwrap_or_default() }
    }
}
