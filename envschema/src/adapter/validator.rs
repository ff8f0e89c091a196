//! [`validator`]: rules that exist as Rust functions alone (`custom`, `must_match`, `schema`, `regex(path)`) run once the
//! configuration is typed, and are reported like any other.
//!
//! Rules that the schema can say (`range`, `length`, `email`, `url`) are constraints already, so they find nothing here.
//! No value is shown: the crate keeps it among an error's parameters, which are left alone, and a message is taken only if
//! it is part of the program's text.

use std::borrow::Cow;

use envschema_core::diagnostic::Diagnostic;
use envschema_core::judge::Judgement;
use envschema_core::redact;
use envschema_core::subject::{Part, Subject, VariablePart};
use envschema_core::table::RowId;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

/// Runs the rules of `config`, in the order of the schema.
pub fn run<C: Validate>(config: &C, judgement: &Judgement<'_>) -> Vec<Diagnostic> {
    let Err(errors) = config.validate() else { return Vec::new() };
    let mut found = Vec::new();
    push_errors("", &errors, judgement, &mut found);
    // The crate keeps fields in a map without an order, so equal rows are told apart by their words.
    found.sort_by(|a, b| (a.0, &a.1.headline).cmp(&(b.0, &b.1.headline)));
    found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// A diagnostic, and the row it belongs to; those about several variables come last.
type Found = (RowId, Diagnostic);

fn push_errors(path: &str, errors: &ValidationErrors, judgement: &Judgement<'_>, found: &mut Vec<Found>) {
    for (field, kind) in errors.errors() {
        let path = if path.is_empty() { field.to_string() } else { format!("{path}.{field}") };
        match kind {
            ValidationErrorsKind::Field(errors) => {
                found.extend(errors.iter().map(|error| diagnostic(&path, error, judgement)));
            }
            ValidationErrorsKind::Struct(errors) => push_errors(&path, errors, judgement, found),
            ValidationErrorsKind::List(items) => {
                items.values().for_each(|errors| push_errors(&path, errors, judgement, found));
            }
        }
    }
}

fn diagnostic(path: &str, error: &ValidationError, judgement: &Judgement<'_>) -> Found {
    let environment = judgement.environment;
    let why = match &error.message {
        Some(Cow::Borrowed(message)) => redact::escape(message).into_owned(),
        _ => format!("it breaks the rule `{}`", redact::escape(&error.code)),
    };
    let Some(row) = environment.table.find_path(path).or_else(|| environment.table.find(path)) else {
        let headline = format!("the configuration is not valid: {why}");
        return (RowId(u32::MAX), Diagnostic::error("invalid-value", Subject::Environment, headline));
    };
    let key = environment.table.row(row).key.as_ref();
    let winner = environment.winner(row).map(|winner| environment.occurrences[winner as usize].id);
    let subject =
        winner.map_or(Subject::variable(row, VariablePart::Default), |id| Subject::entry(id, Part::Value));
    (row, Diagnostic::error("invalid-value", subject, format!("`{key}` is not valid: {why}")).key(key))
}
