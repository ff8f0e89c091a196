//! The derives of `envschema`, which re-exports and documents them: use that crate, not this one.
//!
//! Each goes the same way: parse what is written, lower it to the model of the core, let the core's checks judge it, and
//! expand it. A mistake becomes a compile error at its tokens, beside a stub.

mod case;
mod check;
mod expand;
mod fallback;
mod lower;
mod parse;
mod problems;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use crate::problems::Problems;

/// Makes a struct a configuration that knows its schema and loads itself by it.
#[proc_macro_derive(EnvSchema, attributes(env, validate))]
pub fn env_schema(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut problems = Problems::default();
    let expanded = parse::read_struct(&input, &mut problems).map(|parsed| {
        let lowered = lower::lower(&parsed, &mut problems);
        check::check(&lowered, &mut problems);
        expand::schema(&input, &lowered)
    });
    problems.or(expanded, || fallback::schema(&input)).into()
}

/// Makes an enum of unit variants a type that a field can have.
#[proc_macro_derive(EnvValue, attributes(env))]
pub fn env_value(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut problems = Problems::default();
    let expanded = parse::read_enum(&input, &mut problems).map(|parsed| expand::value(&input, &parsed));
    problems.or(expanded, || fallback::value(&input)).into()
}
