//! `#[env(validator)]`: rules that are Rust functions run, and what they find is found by the names of fields.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{env, nested_type};
use crate::lower::{Column, Lowered};
use crate::parse::unraw;

/// The function that runs the rules, if the struct says so.
pub(super) fn run_rules(lowered: &Lowered<'_>) -> Option<TokenStream> {
    let env = env();
    (lowered.parsed.words.validator == Some(true)).then(|| {
        quote! {
            fn run_rules(&self, __judgement: &#env::Judgement<'_>) -> #env::Vec<#env::Diagnostic> {
                #env::run_validator(self, __judgement)
            }
        }
    })
}

/// The function that knows the paths of fields, where they are not their names.
pub(super) fn path_of(lowered: &Lowered<'_>) -> Option<TokenStream> {
    if !cfg!(feature = "validator") {
        return None;
    }
    let env = env();
    let calls: Vec<_> = lowered.columns.iter().filter_map(call).collect();
    (!calls.is_empty()).then(|| {
        quote! {
            fn path_of(__fields: &#env::str) -> #env::String {
                #env::FieldPath::new(__fields)#(#calls)*.found()
            }
        }
    })
}

fn call(column: &Column<'_>) -> Option<TokenStream> {
    let env = env();
    let name = unraw(&column.field().ident);
    match column {
        Column::Nested(nested) => {
            let (ty, path) = (nested_type(nested), &nested.path);
            let nested = quote_spanned!(ty.span()=> <#ty as #env::EnvSchema>::path_of);
            Some(quote!(.below(#name, #path, #nested)))
        }
        Column::Row(row) => {
            let path = row.variable.path.as_ref();
            (path != name).then(|| quote!(.named(#name, #path)))
        }
    }
}
