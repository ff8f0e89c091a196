//! The checks of the core, run over the variables of the struct; what they are about becomes tokens.

use envschema_core::checks::{invalid_default, invalid_schema};
use envschema_core::diagnostic::Diagnostic;
use envschema_core::registry;
use envschema_core::rules;
use envschema_core::schema::{Constraint, Entry, Schema};
use envschema_core::subject::{Subject, VariablePart};
use envschema_core::table::Table;
use proc_macro2::TokenStream;
use quote::ToTokens;

use super::names;
use crate::lower::{Column, Lowered, Row};
use crate::parse::limits::Stated;
use crate::parse::literal::Literal;
use crate::parse::overrides::Said;
use crate::problems::Problems;

/// Reports what the core finds.
pub(super) fn check(lowered: &Lowered<'_>, problems: &mut Problems) {
    let rows: Vec<&Row<'_>> = lowered
        .columns
        .iter()
        .filter_map(|column| if let Column::Row(row) = column { Some(&**row) } else { None })
        .collect();
    let entries = rows.iter().map(|row| Entry::Variable(row.variable.clone())).collect();
    let schema = Schema { entries, ..lowered.schema.clone() };
    let table = Table::new(&schema);
    names::check(lowered, &rows, &table, problems);
    for diagnostic in registry::check_schema(&table) {
        // What the core looks up is looked up token by token, and about nothing else than variables.
        let Subject::Variable { row, part } = diagnostic.primary else { continue };
        if diagnostic.code == invalid_schema::CHECK.code {
            continue;
        }
        let Some(row) = rows.get(row.0 as usize) else { continue };
        let is_known = row.is_known && !row.field.is_broken;
        if is_known && part == VariablePart::Default && diagnostic.code == invalid_default::CHECK.code {
            check_default(row, &diagnostic, problems);
        } else if is_known || holds_for_any_kind(&diagnostic, part) {
            problems.at(place(row, part), message(&diagnostic));
        }
    }
}

/// Reports a default that is wrong; of a list, the items that are.
fn check_default(row: &Row<'_>, diagnostic: &Diagnostic, problems: &mut Problems) {
    let items = row.field.words.default.iter().filter(|default| default.is_list()).flat_map(Literal::each);
    let is_length =
        |constraint: &Constraint| matches!(constraint, Constraint::MinLength(_) | Constraint::MaxLength(_));
    let before = problems.count();
    for mut variant in rules::variants(&row.variable).take(1) {
        variant.constraints.retain(|(_, constraint)| !is_length(constraint));
        for item in items.clone() {
            if let Some(why) = variant.why_not(&row.variable, &item.word()) {
                problems.at(item, format_args!("this item of the default {why}"));
            }
        }
    }
    if problems.count() == before {
        problems.at(place(row, VariablePart::Default), message(diagnostic));
    }
}

/// Whether a diagnostic holds whatever the kind of the variable is; that of a type of the service is not known here.
fn holds_for_any_kind(diagnostic: &Diagnostic, part: VariablePart) -> bool {
    match diagnostic.code {
        "invalid-default" | "invalid-example" | "empty-range" => false,
        "conflicting-attributes" => matches!(part, VariablePart::Default | VariablePart::Deprecated),
        _ => true,
    }
}

fn message(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.headline),
        None => diagnostic.headline.clone(),
    }
}

/// Where a part of a variable is written; the name of the field where it is not.
fn place(row: &Row<'_>, part: VariablePart) -> TokenStream {
    let words = &row.field.words;
    let nth = |index: u32| index as usize;
    let over = |index: u32| words.overrides.get(nth(index));
    let found = match part {
        VariablePart::Key => tokens(words.key.as_ref().or(words.rename.as_ref())),
        VariablePart::Alias(index) => tokens(words.aliases.get(nth(index))),
        VariablePart::Kind => tokens(words.kind.as_ref()).or_else(|| Some(row.field.ty.to_token_stream())),
        VariablePart::Presence | VariablePart::Default => tokens(words.default.as_ref()),
        VariablePart::Constraint(index) => words.limits.constraints.get(nth(index)).map(whole),
        VariablePart::Literal(constraint, index) => {
            words.limits.constraints.get(nth(constraint)).map(|stated| literal(stated, index))
        }
        VariablePart::When(index) => over(index).map(|over| match &over.presence {
            Some(Said::Default(default)) => default.to_token_stream(),
            _ => over.place.clone(),
        }),
        VariablePart::WhenConstraint(index, constraint) => {
            over(index).and_then(|over| over.limits.constraints.get(nth(constraint))).map(whole)
        }
        VariablePart::Also(index) => tokens(words.limits.also.get(nth(index))),
        VariablePart::Example(index) => tokens(words.examples.get(nth(index))),
        VariablePart::Sensitive => tokens(words.word("sensitive")),
        VariablePart::Deprecated => {
            ["removed", "deprecated", "replaced_by"].into_iter().find_map(|word| tokens(words.word(word)))
        }
        VariablePart::Services => tokens(words.word("services")),
        VariablePart::Phases => tokens(words.word("phases")),
    };
    found.unwrap_or_else(|| row.field.ident.to_token_stream())
}

fn tokens(part: Option<&impl ToTokens>) -> Option<TokenStream> {
    part.map(ToTokens::to_token_stream)
}

fn whole(stated: &Stated) -> TokenStream {
    stated.place.clone()
}

fn literal(stated: &Stated, index: u32) -> TokenStream {
    stated.literals.get(index as usize).cloned().unwrap_or_else(|| whole(stated))
}
