//! The faults of a document beside the mistakes of the schema in it: what only follows from a fault is left out.

use envschema_core::diagnostic::Diagnostic;
use envschema_core::outline::Outline;
use envschema_core::span::Span;
use envschema_core::subject::Subject;

use super::hide::{self, Wrong};
use crate::format::lower::mistake;
use crate::format::{Cause, Fault, Format};

/// Whether what stands in the document may be other than what was meant.
pub(super) fn are_grave(faults: &[Fault]) -> bool {
    faults.iter().any(is_grave)
}

/// A key that stands twice leaves no doubt about the rest.
fn is_grave(fault: &Fault) -> bool {
    fault.cause != Cause::DuplicateKey
}

/// Adds the faults to the mistakes of the schema.
pub(super) fn add(
    text: &str,
    format: Format,
    faults: &[Fault],
    outline: &mut Outline,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let grave: Vec<Span> = faults.iter().filter(|fault| is_grave(fault)).map(|fault| fault.span).collect();
    diagnostics.retain(|diagnostic| {
        let span = place(&diagnostic.primary, outline);
        !span.is_some_and(|span| follows(text, format, span, &grave))
    });
    let repeated: Vec<Span> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == "duplicate-variable")
        .filter_map(|diagnostic| place(&diagnostic.primary, outline))
        .collect();
    // A variable that stands twice is one mistake: where its own check reports it, the document need not.
    let is_said = |fault: &&Fault| {
        !is_grave(fault)
            && repeated.iter().any(|key| key.start >= fault.span.start && key.end <= fault.span.end)
    };
    diagnostics.extend(faults.iter().filter(|fault| !is_said(fault)).map(mistake::of_fault));
    let others = faults.iter().filter_map(|fault| fault.other).map(|place| Wrong { place, is_word: false });
    let wrong: Vec<Wrong> = diagnostics.iter().flat_map(places).chain(others).collect();
    hide::lines(text, are_grave(faults), &wrong, outline);
}

/// Where a mistake of form and its labels stand. Of what the model knows, the literals are hidden already.
fn places(diagnostic: &Diagnostic) -> impl Iterator<Item = Wrong> {
    let labels = diagnostic.labels.iter().map(|label| &label.subject);
    // What can be put right by another word is a word itself.
    let is_word = diagnostic.fix.is_some();
    std::iter::once(&diagnostic.primary).chain(labels).filter_map(move |subject| match subject {
        Subject::SchemaText(place) => Some(Wrong { place: *place, is_word }),
        _ => None,
    })
}

fn place(subject: &Subject, outline: &Outline) -> Option<Span> {
    match *subject {
        Subject::SchemaText(span) => Some(span),
        Subject::Variable { row, part } => outline.variable(row, part),
        Subject::Rule(index) => outline.rule(index),
        Subject::Environment | Subject::Entry { .. } | Subject::Line { .. } | Subject::Problem { .. } => None,
    }
}

/// Whether something at `span` was read after a fault: on its line in TOML, whose reader goes on with the next one, anywhere
/// behind it elsewhere.
fn follows(text: &str, format: Format, span: Span, faults: &[Span]) -> bool {
    match format {
        Format::Toml => faults.iter().any(|fault| {
            let (start, end) = (span.start.min(fault.start), span.start.max(fault.start));
            !text.get(start as usize..end as usize).is_some_and(|between| between.contains('\n'))
        }),
        Format::Yaml | Format::Json => faults.iter().any(|fault| fault.start < span.end),
    }
}
