//! `#[env(schemars)]`: a struct is a `JsonSchema`, and its fields may bring the schemas of their types.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Generics;
use syn::spanned::Spanned;

use super::{env, nested_type};
use crate::lower::shape::inside_option;
use crate::lower::{Column, Lowered};

/// The implementation of `JsonSchema`: the schema of the table, changed where fields bring one.
pub(super) fn json_schema(ident: &Ident, generics: &Generics) -> TokenStream {
    let env = env();
    let (generics, arguments, predicates) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #generics #env::JsonSchema for #ident #arguments #predicates {
            fn schema_name() -> #env::Cow<'static, #env::str> {
                #env::schemars_name::<Self>()
            }

            fn schema_id() -> #env::Cow<'static, #env::str> {
                #env::Borrowed(#env::type_name::<Self>())
            }

            fn json_schema(__generator: &mut #env::SchemaGenerator) -> #env::SchemarsSchema {
                #env::schemars_schema::<Self>(__generator)
            }
        }
    }
}

/// The function that gives the schemas of the types whose fields say so, those of nested structs included.
pub(super) fn own_schemas(lowered: &Lowered<'_>) -> Option<TokenStream> {
    if !cfg!(feature = "schemars") {
        return None;
    }
    let env = env();
    let calls: Vec<_> = lowered.columns.iter().filter_map(call).collect();
    (!calls.is_empty()).then(|| {
        quote! {
            fn own_schemas(__schemas: &mut #env::OwnSchemas<'_>) {
                #(#calls)*
            }
        }
    })
}

fn call(column: &Column<'_>) -> Option<TokenStream> {
    let env = env();
    match column {
        Column::Nested(nested) => {
            let (ty, path) = (nested_type(nested), &nested.path);
            let nested = quote_spanned!(ty.span()=> <#ty as #env::EnvSchema>::own_schemas);
            Some(quote!(#env::OwnSchemas::below(__schemas, #path, #nested);))
        }
        Column::Row(row) if row.field.words.schemars => {
            let ty = inside_option(&row.field.ty).unwrap_or(&row.field.ty);
            let path = row.variable.path.as_ref();
            Some(quote_spanned!(ty.span()=> #env::OwnSchemas::insert::<#ty>(__schemas, #path);))
        }
        Column::Row(_) => None,
    }
}
