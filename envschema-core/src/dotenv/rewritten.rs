//! A file read as another text, decoded or without some of its bytes, whose places are found again.

use std::borrow::Cow;

use super::{Assignment, Problem, Reading, Reference, Value};
use crate::span::Span;

/// Another text, and where its bytes came from.
#[derive(Default)]
pub(crate) struct Rewritten {
    pub(crate) text: Vec<u8>,
    /// For every byte of `text`, and its end, the offset in the file.
    origins: Vec<u32>,
}

impl Rewritten {
    /// Adds `bytes`, which stand for what is at `origin`.
    pub(crate) fn push(&mut self, bytes: &[u8], origin: usize) {
        self.text.extend_from_slice(bytes);
        self.origins.resize(self.text.len(), Span::at(origin).start);
    }

    /// Adds `bytes` as they stand at `origin`.
    pub(crate) fn copy(&mut self, bytes: &[u8], origin: usize) {
        self.text.extend_from_slice(bytes);
        self.origins.extend((origin..origin + bytes.len()).map(|origin| Span::at(origin).start));
    }

    /// Says that the file ends at `origin`.
    pub(crate) fn end(&mut self, origin: usize) {
        self.origins.push(Span::at(origin).start);
    }

    /// `reading`, which is one of `text`, with its places in `file`.
    pub(crate) fn locate<'t>(&self, reading: Reading<'_>, file: &'t [u8]) -> Reading<'t> {
        let Reading { assignments, references, problems } = reading;
        let assignments = assignments.into_iter().map(|assignment| self.assignment(assignment, file));
        let references = references.into_iter().map(|reference| Reference {
            name: Cow::Owned(reference.name.into_owned()),
            span: self.span(reference.span),
            ..reference
        });
        let problems =
            problems.into_iter().map(|problem| Problem { span: self.span(problem.span), ..problem });
        Reading {
            assignments: assignments.collect(),
            references: references.collect(),
            problems: problems.collect(),
        }
    }

    fn assignment<'t>(&self, assignment: Assignment<'_>, file: &'t [u8]) -> Assignment<'t> {
        let value_span = self.span(assignment.value_span);
        let written = value_span.of(file);
        Assignment {
            key: Cow::Owned(assignment.key.into_owned()),
            value: match assignment.value {
                Value::Set(value) if *value == *written => Value::Set(Cow::Borrowed(written)),
                Value::Set(value) => Value::Set(Cow::Owned(value.into_owned())),
                Value::Absent => Value::Absent,
                Value::Unset => Value::Unset,
            },
            key_span: self.span(assignment.key_span),
            value_span,
            span: self.span(assignment.span),
            quote: assignment.quote,
        }
    }

    fn span(&self, span: Span) -> Span {
        let origin = |offset: u32| self.origins.get(offset as usize).or(self.origins.last()).copied();
        Span { start: origin(span.start).unwrap_or_default(), end: origin(span.end).unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use super::Rewritten;
    use crate::dotenv::Value;
    use crate::dotenv::{Environ, find};

    #[test]
    fn places_are_those_of_the_file() {
        let file = b"A=x\0y\nB=z\n";
        let mut rewritten = Rewritten::default();
        rewritten.copy(&file[..3], 0);
        rewritten.copy(&file[4..], 4);
        rewritten.end(file.len());
        let reading = (find("compose").unwrap().read)(&rewritten.text, &Environ::empty());
        let located = rewritten.locate(reading, file);
        let [first, second] = &located.assignments[..] else { panic!("{located:?}") };
        assert_eq!(first.value, Value::Set(b"xy".into()));
        assert_eq!(first.value_span.of(file), b"x\0y");
        assert!(matches!(second.value, Value::Set(std::borrow::Cow::Borrowed(b"z"))));
        assert_eq!(second.span.of(file), b"B=z");
    }
}
