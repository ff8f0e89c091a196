//! What stands in for a derive that found mistakes: just enough that code which uses the type does not complain as well.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::expand::private;

/// A struct without a variable.
pub(crate) fn schema(input: &DeriveInput) -> TokenStream {
    let (env, ident) = (private(&input.attrs), &input.ident);
    let (generics, arguments, predicates) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #generics #env::EnvSchema for #ident #arguments #predicates {
            const SCHEMA: &'static #env::Schema = &#env::schema(#env::CONTAINER);
            const ROWS: #env::u32 = 0;

            fn decode(_: &mut #env::Decoder<'_>) -> #env::Option<Self> {
                #env::None
            }
        }
    }
}

/// A type without a value.
pub(crate) fn value(input: &DeriveInput) -> TokenStream {
    let (env, ident) = (private(&input.attrs), &input.ident);
    let (generics, arguments, predicates) = input.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #generics #env::Leaf for #ident #arguments #predicates {
            const KIND: #env::Kind = #env::Kind::String;

            fn decode(_: #env::Given<'_>) -> #env::Result<Self, #env::Mistake> {
                #env::unlisted()
            }
        }
    }
}
