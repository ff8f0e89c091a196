//! What the derive leaves open: literals of types that only the compiler knows, which it judges at their tokens; and names that
//! may be declared elsewhere, for which the schema is looked through when it is loaded.

use envschema_core::checks::exposed_secret::{may_be_public, public_prefix};
use envschema_core::schema::Constraint;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::literals::constraint;
use super::{env, env_at, leaf_type, nested_type};
use crate::lower::names::Names;
use crate::lower::shape::Form;
use crate::lower::{Column, Lowered, Nested, Row};
use crate::parse::container::Sort;
use crate::parse::limits::Stated;
use crate::parse::literal::Literal;
use crate::parse::overrides::{Override, Reference, Said, Stipulation};

/// Whether something is left to be looked for when a configuration is loaded.
pub(super) fn is_unsure(lowered: &Lowered<'_>) -> TokenStream {
    let names = Names::of(lowered.parsed);
    let mut open = Open { lowered, names, is_unsure: false, checks: Vec::new() };
    for column in &lowered.columns {
        match column {
            Column::Row(row) => open.row(row),
            Column::Nested(nested) => open.nested(nested),
        }
    }
    for relation in &lowered.parsed.words.rules {
        relation.operands.iter().for_each(|operand| open.mention(operand));
        let list = relation.operands.first().filter(|_| relation.sort == Sort::Contains);
        if let Some((list, row)) = list.and_then(|list| Some((list, open.unknown(list)?))) {
            open.check("has_items", row, list.span(), &TokenStream::new());
        }
    }
    let Open { is_unsure, checks, .. } = open;
    quote!(#is_unsure #(| !#checks)*)
}

/// What is left open, as it is gathered.
struct Open<'l, 'p> {
    lowered: &'l Lowered<'p>,
    names: Names<'p>,
    is_unsure: bool,
    /// What the compiler judges; each is true if it could.
    checks: Vec<TokenStream>,
}

impl<'l, 'p> Open<'l, 'p> {
    fn nested(&mut self, nested: &Nested<'_>) {
        let env = env();
        let (ty, words) = (nested_type(nested), &self.lowered.parsed.words);
        self.is_unsure |= may_be_public(&nested.prefix) || may_be_public(&nested.outer_prefix);
        let schema = quote_spanned!(ty.span()=> <#ty as #env::EnvSchema>);
        self.checks.push(quote!(!#schema::IS_UNSURE));
        if !words.profiles.is_empty() || !words.services.is_empty() {
            let (profiles, services) = (&words.profiles, &words.services);
            self.checks
                .push(quote!(#env::knows_names(#schema::SCHEMA, &[#(#profiles),*], &[#(#services),*])));
        }
    }

    fn row(&mut self, row: &'l Row<'p>) {
        let words = &row.field.words;
        words.replaced_by.iter().for_each(|key| self.mention(key));
        for over in &words.overrides {
            self.condition(&over.condition);
        }
        if row.is_known {
            return;
        }
        let defaults = words.overrides.iter().filter_map(default_of);
        for literal in words.default.iter().chain(&words.examples).chain(defaults) {
            self.literal(row, literal);
        }
        for stated in &words.limits.constraints {
            self.constraint(row, stated);
        }
        self.is_unsure |= depends_on_more(row);
    }

    fn condition(&mut self, condition: &Stipulation) {
        condition.set.iter().for_each(|key| self.mention(key));
        for (key, literals) in &condition.values {
            self.mention(key);
            let Some(row) = self.unknown(key) else { continue };
            self.is_unsure |= !row.field.words.limits.constraints.is_empty();
            literals.iter().for_each(|literal| self.literal(row, literal));
        }
        let words = &self.lowered.parsed.words;
        let selector = words.profile.as_ref().filter(|_| words.profiles.is_empty());
        if let Some(row) = selector.and_then(|profile| self.unknown(profile)) {
            for profile in &condition.profiles {
                self.check("value_of", row, profile.span(), profile);
            }
        }
    }

    fn literal(&mut self, row: &Row<'_>, literal: &Literal) {
        if literal.is_list() && row.shape.form == Form::One {
            self.check("has_items", row, literal.span(), &TokenStream::new());
        }
        let is_item =
            literal.is_list() || (row.shape.form != Form::One && !literal.word().contains(row.separator));
        let function = if is_item { "item_of" } else { "value_of" };
        for item in literal.each() {
            self.check(function, row, item.span(), &item.word());
        }
    }

    fn constraint(&mut self, row: &Row<'_>, stated: &Stated) {
        let said = constraint(&stated.constraint);
        self.check("fits", row, stated.place.span(), &quote!(const { &#said }));
        match &stated.constraint {
            Constraint::Min(bound)
            | Constraint::Max(bound)
            | Constraint::Above(bound)
            | Constraint::Below(bound) => self.check("bound_of", row, stated.place.span(), &bound.as_ref()),
            Constraint::OneOf(values) => {
                for (value, place) in values.iter().zip(&stated.literals) {
                    self.check("item_of", row, place.span(), &value.as_ref());
                }
            }
            _ => {}
        }
    }

    /// A call of one of the functions that judge for the compiler, which speaks of `span`.
    fn check(&mut self, function: &str, row: &Row<'_>, span: Span, argument: &impl ToTokens) {
        let (env, function, leaf) = (env_at(span), Ident::new(function, span), leaf_type(row));
        self.checks.push(quote_spanned!(span=> const { #env::#function::<#leaf>(#argument) }));
    }

    /// A key in quotes may be that of another struct, or of none.
    fn mention(&mut self, reference: &Reference) {
        self.is_unsure |= self.find(reference).is_none();
    }

    fn unknown(&self, reference: &Reference) -> Option<&'l Row<'p>> {
        self.find(reference).filter(|row| !row.is_known)
    }

    fn find(&self, reference: &Reference) -> Option<&'l Row<'p>> {
        let key = self.names.find(reference)?;
        self.lowered.columns.iter().find_map(|column| match column {
            Column::Row(row) if row.variable.key == key || row.variable.aliases.contains(&key) => {
                Some(&**row)
            }
            _ => None,
        })
    }
}

/// Whether what is said about a field of an unknown type cannot be judged word by word.
fn depends_on_more(row: &Row<'_>) -> bool {
    let words = &row.field.words;
    let constraints = &words.limits.constraints;
    let has_literals = words.default.is_some()
        || !words.examples.is_empty()
        || words.overrides.iter().any(|over| default_of(over).is_some());
    let has_lengths = constraints
        .iter()
        .any(|stated| matches!(stated.constraint, Constraint::MinLength(_) | Constraint::MaxLength(_)));
    let narrows = |over: &Override| !over.limits.constraints.is_empty() || !over.limits.also.is_empty();
    constraints.len() > 1
        || (!constraints.is_empty() && has_literals)
        || has_lengths
        || !words.limits.also.is_empty()
        || words.overrides.iter().any(narrows)
        || public_prefix(&row.variable.key).is_some()
}

fn default_of(over: &Override) -> Option<&Literal> {
    match &over.presence {
        Some(Said::Default(default)) => Some(default),
        _ => None,
    }
}
