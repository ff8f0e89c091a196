//! The text of a schema: where its parts stand, and its lines with secret literals masked.

use super::excerpt::Builder;
use super::{Place, Source};
use crate::outline::Outline;
use crate::span::Span;
use crate::subject::Subject;

/// The text of a schema and where its parts stand.
#[derive(Debug)]
pub struct SchemaSource<'s> {
    /// The text.
    pub source: Source<'s>,
    /// Where its parts stand.
    pub outline: &'s Outline,
    /// The schema that this one extends, if what it inherits is to have its place there.
    pub base: Option<Box<SchemaSource<'s>>>,
}

impl SchemaSource<'_> {
    /// Where a subject stands in the schema's text.
    pub(super) fn span(&self, subject: &Subject) -> Option<Span> {
        match subject {
            Subject::Variable { row, part } => self.outline.variable(*row, *part),
            Subject::Rule(index) => self.outline.rule(*index),
            Subject::SchemaText(span) => Some(*span),
            Subject::Environment | Subject::Entry { .. } | Subject::Problem { .. } | Subject::Line { .. } => {
                None
            }
        }
    }

    /// The place of a subject of the schema; of any other, the file.
    pub(super) fn place(&self, subject: &Subject) -> Place {
        if let (Some(base), Subject::Variable { row, part }) = (&self.base, subject)
            && let Some(row) = self.outline.inherited(*row)
        {
            return base.place(&Subject::variable(row, *part));
        }
        let Some(span) = self.span(subject) else { return Place::file(self.source.name.clone()) };
        let line = self.source.line_at(span.start);
        let is_behind_secret = self.outline.secrets_in(Span { end: span.start, ..line }).next().is_some();
        // Where a secret ends would tell how long it is.
        let cut = self.outline.secrets_in(span).next();
        let told = Span { end: cut.map_or(span.end, |secret| secret.start.max(span.start)), ..span };
        let place = self.source.place(told, is_behind_secret);
        let mut builder = Builder::new(self.source.text, span);
        // Where a line is shown from would tell how long a secret before the place is.
        let mut at = if is_behind_secret { line.start } else { builder.skip(line) };
        for secret in self.outline.secrets_in(Span { start: at, ..line }) {
            if builder.is_full() {
                break;
            }
            // One that lies in the one before is masked already.
            if secret.end > at {
                builder.show(Span { start: at, end: secret.start.max(at) });
                builder.mask();
                at = secret.end.min(line.end);
            }
        }
        builder.show(Span { start: at, end: line.end.max(at) });
        Place { excerpt: Some(builder.finish()), ..place }
    }
}
