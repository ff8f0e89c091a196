//! The words that narrow what a value may be; a field has them, and what changes under a condition.

use envschema_core::schema::{Constraint, Many, Text};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Ident, LitInt, Token};

use super::literal::Literal;
use super::word::{Word, list, many, once, text, texts};

/// The words there are.
pub(crate) const LIMITS: &[Word<Limits>] = &[
    once("min", |limits, _, input| limits.bound(input, Constraint::Min)),
    once("max", |limits, _, input| limits.bound(input, Constraint::Max)),
    once("above", |limits, _, input| limits.bound(input, Constraint::Above)),
    once("below", |limits, _, input| limits.bound(input, Constraint::Below)),
    once("range", |limits, _, input| limits.range(input)),
    once("min_length", |limits, _, input| limits.length(input, Constraint::MinLength)),
    once("max_length", |limits, _, input| limits.length(input, Constraint::MaxLength)),
    once("pattern", |limits, _, input| {
        let pattern = text(input)?;
        limits.add(Constraint::Pattern(pattern.value().into()), pattern.to_token_stream());
        Ok(())
    }),
    once("one_of", |limits, name, input| limits.values(name, input, Constraint::OneOf)),
    once("not_one_of", |limits, name, input| limits.values(name, input, Constraint::NotOneOf)),
    once("schemes", |limits, name, input| {
        let schemes = texts(input)?.iter().map(|scheme| scheme.value().into()).collect();
        limits.add(Constraint::Schemes(schemes), name.to_token_stream());
        Ok(())
    }),
    many("also", |limits, _, input| {
        limits.also.extend(list(input, Literal::parse_one)?);
        Ok(())
    }),
];

/// What narrows a value, and what is admitted beside its kind.
#[derive(Clone, Default)]
pub(crate) struct Limits {
    pub(crate) given: Vec<Ident>,
    pub(crate) constraints: Vec<Stated>,
    pub(crate) also: Vec<Literal>,
}

/// A constraint and where it is written.
#[derive(Clone)]
pub(crate) struct Stated {
    pub(crate) constraint: Constraint,
    /// All of it, or the word where there are several literals.
    pub(crate) place: TokenStream,
    pub(crate) literals: Vec<TokenStream>,
}

impl Limits {
    /// Adds a constraint that is written at `place`.
    pub(crate) fn add(&mut self, constraint: Constraint, place: TokenStream) {
        self.constraints.push(Stated { constraint, place, literals: Vec::new() });
    }

    fn bound(&mut self, input: ParseStream<'_>, constraint: fn(Text) -> Constraint) -> syn::Result<()> {
        input.parse::<Token![=]>()?;
        let bound = Literal::parse_one(input)?;
        self.add(constraint(bound.word().into()), bound.tokens);
        Ok(())
    }

    /// `= 1..=100`, `= 1..101`, `= 1..`, `= ..=100`
    fn range(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        input.parse::<Token![=]>()?;
        let low = if input.peek(Token![..]) { None } else { Some(Literal::parse_one(input)?) };
        let is_closed = input.peek(Token![..=]);
        if is_closed {
            input.parse::<Token![..=]>()?;
        } else {
            input.parse::<Token![..]>()?;
        }
        let is_open = !is_closed && (input.is_empty() || input.peek(Token![,]));
        let high = if is_open { None } else { Some(Literal::parse_one(input)?) };
        if let Some(low) = low {
            self.add(Constraint::Min(low.word().into()), low.tokens);
        }
        if let Some(high) = high {
            let constraint = if is_closed { Constraint::Max } else { Constraint::Below };
            self.add(constraint(high.word().into()), high.tokens);
        }
        Ok(())
    }

    fn length(&mut self, input: ParseStream<'_>, constraint: fn(u64) -> Constraint) -> syn::Result<()> {
        input.parse::<Token![=]>()?;
        let length: LitInt = input.parse()?;
        let count = length.base10_parse().map_err(|_| {
            syn::Error::new(length.span(), "a length is a whole number from 0 to 18446744073709551615")
        })?;
        self.add(constraint(count), length.to_token_stream());
        Ok(())
    }

    fn values(
        &mut self,
        name: &Ident,
        input: ParseStream<'_>,
        constraint: fn(Many<Text>) -> Constraint,
    ) -> syn::Result<()> {
        let values = list(input, Literal::parse_one)?;
        self.constraints.push(Stated {
            constraint: constraint(values.iter().map(|value| value.word().into()).collect()),
            place: name.to_token_stream(),
            literals: values.into_iter().map(|value| value.tokens).collect(),
        });
        Ok(())
    }
}
