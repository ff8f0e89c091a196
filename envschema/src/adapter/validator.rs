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

use crate::load::EnvSchema;

/// What validator calls a struct as a whole, beside its fields.
const WHOLE: &str = "__all__";

/// Runs the rules of `config`, in the order of the schema.
pub fn run<C: Validate + EnvSchema>(config: &C, judgement: &Judgement<'_>) -> Vec<Diagnostic> {
    let Err(errors) = config.validate() else { return Vec::new() };
    let mut found = Vec::new();
    push_errors::<C>("", &errors, judgement, &mut found);
    // The crate keeps fields in a map without an order, so equal rows are told apart by their words.
    found.sort_by(|a, b| (a.0, &a.1.headline).cmp(&(b.0, &b.1.headline)));
    found.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// A diagnostic, and where it stands among the others: those about a struct come behind its variables.
type Found = ((RowId, bool), Diagnostic);

fn push_errors<C: EnvSchema>(
    around: &str,
    errors: &ValidationErrors,
    judgement: &Judgement<'_>,
    found: &mut Vec<Found>,
) {
    for (field, kind) in errors.errors() {
        let field = field.trim_start_matches("r#");
        let fields = if around.is_empty() { field.to_owned() } else { format!("{around}.{field}") };
        match kind {
            ValidationErrorsKind::Field(errors) => {
                let path = C::path_of(&fields);
                found.extend(errors.iter().map(|error| diagnostic(&path, error, judgement)));
            }
            ValidationErrorsKind::Struct(errors) => push_errors::<C>(&fields, errors, judgement, found),
            ValidationErrorsKind::List(items) => {
                items.values().for_each(|errors| push_errors::<C>(&fields, errors, judgement, found));
            }
        }
    }
}

fn diagnostic(path: &str, error: &ValidationError, judgement: &Judgement<'_>) -> Found {
    let (environment, why) = (judgement.environment, why(error));
    let Some(row) = environment.table.find_path(path) else {
        return about_struct(path.strip_suffix(WHOLE).unwrap_or_default(), &why, judgement);
    };
    let key = environment.table.row(row).key.as_ref();
    let winner = environment.winner(row).map(|winner| environment.occurrences[winner as usize].id);
    let subject =
        winner.map_or(Subject::variable(row, VariablePart::Default), |id| Subject::entry(id, Part::Value));
    let headline = format!("`{key}` is not valid: {why}");
    ((row, false), Diagnostic::error("invalid-value", subject, headline).key(key))
}

/// A diagnostic about the struct whose variables have paths that start with `start`.
fn about_struct(start: &str, why: &str, judgement: &Judgement<'_>) -> Found {
    let is_inside = |path: &str| !start.is_empty() && path.starts_with(start);
    let last = judgement.environment.table.iter().filter(|(_, row)| is_inside(&row.path)).last();
    let (row, what) = match last {
        // What is printed is a part of the schema.
        Some((row, _)) => (row, format!("`{}`", start.trim_end_matches('.'))),
        None => (RowId(u32::MAX), "the configuration".to_owned()),
    };
    let headline = format!("{what} is not valid: {why}");
    ((row, true), Diagnostic::error("invalid-value", Subject::Environment, headline))
}

/// What a rule says, as far as it is a text of the program: others may hold the value.
fn why(error: &ValidationError) -> String {
    match (&error.message, &error.code) {
        (Some(Cow::Borrowed(message)), _) => redact::escape(message).into_owned(),
        (_, Cow::Borrowed(code)) => format!("it breaks the rule `{}`", redact::escape(code)),
        _ => "it breaks a rule of the program".to_owned(),
    }
}

/// The path of a variable in typed files, found by the names of the fields that lead to it.
#[doc(hidden)]
pub struct FieldPath<'f> {
    fields: &'f str,
    path: Option<String>,
}

impl<'f> FieldPath<'f> {
    /// Starts with the names of fields, with dots between them.
    #[must_use]
    pub const fn new(fields: &'f str) -> Self {
        Self { fields, path: None }
    }

    /// A field whose path is not its name.
    #[must_use]
    pub fn named(mut self, field: &str, path: &str) -> Self {
        if self.fields == field {
            self.path = Some(path.to_owned());
        }
        self
    }

    /// A field that is a struct, whose variables lie below `path` and are found by `nested`.
    #[must_use]
    pub fn below(mut self, field: &str, path: &str, nested: fn(&str) -> String) -> Self {
        if let Some(rest) = self.fields.strip_prefix(field).and_then(|rest| rest.strip_prefix('.')) {
            let inner = nested(rest);
            self.path = Some(if path.is_empty() { inner } else { format!("{path}.{inner}") });
        }
        self
    }

    /// The path; the names themselves if nothing else was said of them.
    #[must_use]
    pub fn found(self) -> String {
        self.path.unwrap_or_else(|| self.fields.to_owned())
    }
}
