//! A file read as another text, decoded or without some of its bytes, whose places are found again.

use std::borrow::Cow;

use super::{Assignment, Problem, Reading, Reference, Value};
use crate::span::Span;

/// Another text, and where its bytes came from.
#[derive(Default)]
pub(crate) struct Rewritten {
    pub(crate) text: Vec<u8>,
    /// For every byte of the text, the bytes of the file that became it.
    origins: Vec<Span>,
}

impl Rewritten {
    /// Adds `bytes`, which stand for what is at `origin`.
    pub(crate) fn push(&mut self, bytes: &[u8], origin: Span) {
        self.text.extend_from_slice(bytes);
        self.origins.resize(self.text.len(), origin);
    }

    /// Adds `bytes` as they stand at `origin`.
    pub(crate) fn copy(&mut self, bytes: &[u8], origin: usize) {
        self.text.extend_from_slice(bytes);
        self.origins.extend((origin..origin + bytes.len()).map(|origin| Span::new(origin, origin + 1)));
    }

    /// `reading`, which is one of `text`, with its places in `file`.
    pub(crate) fn locate<'t>(&self, reading: Reading<'_>, file: &'t [u8]) -> Reading<'t> {
        let Reading { assignments, references, problems, side_effects } = reading;
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
            side_effects,
        }
    }

    fn assignment<'t>(&self, assignment: Assignment<'_>, file: &'t [u8]) -> Assignment<'t> {
        let span = self.span(assignment.span);
        // An empty place stands behind what was before it, which may be further up than the statement.
        let inside = |inner: Span| {
            let inner = self.span(inner);
            Span {
                start: inner.start.clamp(span.start, span.end),
                end: inner.end.clamp(span.start, span.end),
            }
        };
        let value_span = inside(assignment.value_span);
        let written = value_span.of(file);
        Assignment {
            key: Cow::Owned(assignment.key.into_owned()),
            value: match assignment.value {
                Value::Set(value) if *value == *written => Value::Set(Cow::Borrowed(written)),
                Value::Set(value) => Value::Set(Cow::Owned(value.into_owned())),
                Value::Absent => Value::Absent,
                Value::Unset => Value::Unset,
            },
            key_span: inside(assignment.key_span),
            value_span,
            span,
            quote: assignment.quote,
        }
    }

    /// Where the text at `span` came from, without what was left out around it.
    fn span(&self, span: Span) -> Span {
        let last = span.end.checked_sub(1).and_then(|last| self.origins.get(last as usize));
        let end = Span::at(last.map_or(0, |origin| origin.end as usize));
        match self.origins.get(span.start as usize) {
            Some(start) if !span.is_empty() => start.to(end),
            _ => end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rewritten;
    use crate::dotenv::{Environ, Value, find};
    use crate::span::Span;

    #[test]
    fn places_are_those_of_the_file() {
        let file = b"A=x\0y\nB=z\n";
        let mut rewritten = Rewritten::default();
        rewritten.copy(&file[..3], 0);
        rewritten.copy(&file[4..], 4);
        let reading = (find("compose").unwrap().read)(&rewritten.text, &Environ::empty());
        let located = rewritten.locate(reading, file);
        let [first, second] = &located.assignments[..] else { panic!("{located:?}") };
        assert_eq!(first.value, Value::Set(b"xy".into()));
        assert_eq!(first.value_span.of(file), b"x\0y");
        assert!(matches!(second.value, Value::Set(std::borrow::Cow::Borrowed(b"z"))));
        assert_eq!(second.span.of(file), b"B=z");
    }

    #[test]
    fn places_leave_out_what_was_left_out_around_them() {
        let mut rewritten = Rewritten::default();
        for (bytes, at) in [(b"A=1", 1), (b"\nB=", 5), (b"23\n", 9)] {
            rewritten.copy(bytes, at);
        }
        for (text, expected) in
            [((0, 0), (0, 0)), ((0, 1), (1, 2)), ((2, 3), (3, 4)), ((3, 3), (4, 4)), ((5, 8), (7, 11))]
        {
            let span = rewritten.span(Span::new(text.0, text.1));
            assert_eq!(span, Span::new(expected.0, expected.1), "{text:?}");
        }
    }
}
