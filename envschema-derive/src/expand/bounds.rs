//! What the types of generic fields must be able to do.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Generics, WherePredicate, parse_quote};

use super::{env, leaf_type, nested_type};
use crate::lower::{Column, Lowered};
use crate::parse::field::Way;

/// The generics with a bound for every field whose type names one of their parameters.
pub(super) fn with_bounds(generics: &Generics, lowered: &Lowered<'_>) -> Generics {
    let mut generics = generics.clone();
    let parameters: Vec<String> =
        generics.type_params().map(|parameter| parameter.ident.to_string()).collect();
    if parameters.is_empty() {
        return generics;
    }
    let predicates: Vec<WherePredicate> = lowered
        .columns
        .iter()
        .filter(|column| names_any(&column.field().ty.to_token_stream(), &parameters))
        .filter_map(predicate)
        .collect();
    generics.make_where_clause().predicates.extend(predicates);
    generics
}

fn predicate(column: &Column<'_>) -> Option<WherePredicate> {
    let env = env();
    match column {
        Column::Nested(nested) => {
            let ty = nested_type(nested);
            Some(parse_quote!(#ty: #env::EnvSchema))
        }
        Column::Row(row) => {
            let (ty, leaf) = (&row.field.ty, leaf_type(row));
            match row.field.words.way {
                None => Some(parse_quote!(#leaf: #env::Leaf)),
                Some(Way::FromStr | Way::Deserialize) => Some(parse_quote!(#leaf: #env::Foreign<Type = #ty>)),
                Some(Way::With(_)) => None,
            }
        }
    }
}

/// Whether one of `names` stands somewhere in `tokens`.
fn names_any(tokens: &TokenStream, names: &[String]) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => names.iter().any(|name| ident == name),
        TokenTree::Group(group) => names_any(&group.stream(), names),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
