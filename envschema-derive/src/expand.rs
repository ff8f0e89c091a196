//! From the model to tokens: a constant table and a function that takes the fields out of a judged environment.
//!
//! The tokens name nothing but the hidden module of `envschema`, so that it does not matter what is in scope.

use envschema_core::kind::Kind;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Attribute, DeriveInput, Path, Type};

use crate::lower::shape::{inside_option, wrap_innermost};
use crate::lower::{Column, Lowered, Nested, Row};
use crate::parse::Enum;
use crate::parse::container::crate_path;
use crate::parse::field::Way;

mod bounds;
mod json_schema;
mod judged;
mod literals;
mod table;
mod validator;

/// How the hidden module is called inside what is generated.
pub(crate) fn env() -> Ident {
    env_at(Span::call_site())
}

/// The same, so that what the compiler says of the path it opens is said of `span`.
pub(crate) fn env_at(span: Span) -> Ident {
    Ident::new("__env", span)
}

/// How the decoder is called. A local variable, so its name must not take the span of anything else: what a macro of the
/// user passes on has another scope.
fn decoder() -> Ident {
    Ident::new("__decoder", Span::call_site())
}

/// The path of the hidden module: of the crate that `#[env(crate = …)]` names, else of `envschema`.
pub(crate) fn private(attributes: &[Attribute]) -> TokenStream {
    let mut found: Option<Path> = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("env")) {
        // Mistakes are reported where all words are read.
        let _ = attribute.parse_args_with(|input: ParseStream<'_>| {
            while !input.is_empty() {
                if input.peek(syn::Token![crate]) {
                    input.parse::<syn::Token![crate]>()?;
                    found = Some(crate_path(input)?);
                } else {
                    input.parse::<proc_macro2::TokenTree>()?;
                }
            }
            Ok(())
        });
    }
    found.map_or_else(|| quote!(::envschema::__private), |path| quote!(#path::__private))
}

/// The implementation of `EnvSchema`.
pub(crate) fn schema(input: &DeriveInput, lowered: &Lowered<'_>) -> TokenStream {
    let (private, ident, env) = (private(&input.attrs), &input.ident, env());
    let bounded = bounds::with_bounds(&input.generics, lowered);
    let (generics, arguments, predicates) = bounded.split_for_impl();
    let prefix = lowered.parsed.words.prefix.as_ref();
    let prefix = prefix.map(|prefix| quote!(const PREFIX: &'static #env::str = #prefix;));
    let (table, rows, decode) = (table::schema(lowered), rows(lowered), decode(lowered));
    let (run_rules, path_of) = (validator::run_rules(lowered), validator::path_of(lowered));
    let own_schemas = json_schema::own_schemas(lowered);
    let is_unsure = judged::is_unsure(lowered);
    let json_schema = lowered.parsed.words.schemars.then(|| json_schema::json_schema(ident, &bounded));
    quote! {
        const _: () = {
            use #private as #env;

            #[automatically_derived]
            #[allow(clippy::needless_update, clippy::redundant_closure, deprecated)]
            impl #generics #env::EnvSchema for #ident #arguments #predicates {
                const SCHEMA: &'static #env::Schema = #table;
                const ROWS: #env::u32 = #rows;
                const IS_UNSURE: #env::bool = #is_unsure;
                #prefix
                #decode
                #run_rules
                #path_of
                #own_schemas
            }

            #json_schema
        };
    }
}

/// How many variables there are.
fn rows(lowered: &Lowered<'_>) -> TokenStream {
    let env = env();
    let own = lowered.columns.iter().filter(|column| matches!(column, Column::Row(_))).count();
    let own = u32::try_from(own).unwrap_or(u32::MAX);
    let nested = lowered.columns.iter().filter_map(|column| match column {
        Column::Nested(nested) => Some(nested_type(nested)),
        Column::Row(_) => None,
    });
    quote!(#own #(+ <#nested as #env::EnvSchema>::ROWS)*)
}

/// The type of a nested struct, without the `Option` that makes it an optional group.
fn nested_type<'n>(nested: &'n Nested<'_>) -> &'n Type {
    inside_option(&nested.field.ty).unwrap_or(&nested.field.ty)
}

/// Takes every field, and only then looks whether all are there: an exit between two fields would have to drop all before
/// it, and the compiler would take minutes for some hundred fields.
fn decode(lowered: &Lowered<'_>) -> TokenStream {
    let (env, decoder) = (env(), decoder());
    let fields: Vec<&Ident> = lowered.parsed.fields.iter().map(|field| &field.ident).collect();
    let locals: Vec<Ident> = (0..fields.len()).map(|index| format_ident!("__{index}")).collect();
    let takes = lowered.columns.iter().map(|column| match column {
        Column::Row(row) => take_row(row),
        Column::Nested(nested) => take_nested(nested),
    });
    let all = (!fields.is_empty()).then(|| {
        quote! {
            let (#(#env::Some(#locals),)*) = (#(#locals,)*) else { return #env::None };
        }
    });
    quote! {
        fn decode(#decoder: &mut #env::Decoder<'_>) -> #env::Option<Self> {
            #(let #locals = #takes;)*
            #all
            #env::Some(Self { #(#fields: #locals),* })
        }
    }
}

fn take_row(row: &Row<'_>) -> TokenStream {
    let (env, decoder, ty) = (env(), decoder(), &row.field.ty);
    let name = || readable(row.shape.innermost);
    match &row.field.words.way {
        None => quote_spanned!(ty.span()=> <#ty as #env::Leaf>::take(#decoder)),
        Some(Way::FromStr | Way::Deserialize) => {
            let (leaf, name) = (leaf_type(row), name());
            quote_spanned!(row.shape.innermost.span()=> <#leaf as #env::Foreign>::take_foreign(#decoder, #name))
        }
        Some(Way::With(path)) => {
            let name = readable(path);
            let method = if row.shape.is_optional { "read_optional" } else { "read" };
            let method = format_ident!("{method}", span = path.span());
            // Not the path itself: what `serde_json::from_str` makes of it holds for one lifetime only.
            let text = Ident::new("__text", Span::call_site());
            quote_spanned!(path.span()=> #env::Decoder::#method(#decoder, #name, |#text: &#env::str| #path(#text)))
        }
    }
}

fn take_nested(nested: &Nested<'_>) -> TokenStream {
    let (env, decoder, ty) = (env(), decoder(), nested_type(nested));
    if inside_option(&nested.field.ty).is_some() {
        return quote_spanned!(ty.span()=> <#ty as #env::EnvSchema>::decode_optional(#decoder));
    }
    quote_spanned!(ty.span()=> <#ty as #env::EnvSchema>::decode(#decoder))
}

/// The type that knows the kind of a field: its own, or one that stands for it.
fn leaf_type(row: &Row<'_>) -> TokenStream {
    let (env, ty) = (env(), &row.field.ty);
    let innermost = row.shape.innermost;
    let wrap = |name| {
        let span = innermost.span();
        let (env, leaf) = (env_at(span), Ident::new(name, span));
        wrap_innermost(ty, innermost, &quote_spanned!(span=> #env::#leaf))
    };
    match &row.field.words.way {
        None => ty.to_token_stream(),
        Some(Way::FromStr) => wrap("FromText"),
        Some(Way::Deserialize) if row.kind == Some(Kind::Json) => wrap("DeserializedJson"),
        Some(Way::Deserialize) => wrap("Deserialized"),
        Some(Way::With(_)) if row.shape.is_optional => quote!(#env::Option<#env::String>),
        Some(Way::With(_)) => quote!(#env::String),
    }
}

/// Tokens as a person would write them.
fn readable(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}

/// The implementation of `Leaf` for an enum of unit variants.
pub(crate) fn value(input: &DeriveInput, parsed: &Enum) -> TokenStream {
    let (private, ident, env) = (private(&input.attrs), &parsed.ident, env());
    let (generics, arguments, predicates) = input.generics.split_for_impl();
    let texts = parsed.variants.iter().flat_map(|unit| &unit.texts);
    let arms = parsed.variants.iter().map(|unit| {
        let (variant, texts) = (&unit.ident, &unit.texts);
        quote!(#(#texts)|* => #env::Ok(Self::#variant))
    });
    quote! {
        const _: () = {
            use #private as #env;

            #[automatically_derived]
            impl #generics #env::Leaf for #ident #arguments #predicates {
                const KIND: #env::Kind = #env::Kind::String;
                const BOUNDS: &'static [#env::Constraint] =
                    &[#env::Constraint::OneOf(#env::Borrowed(&[#(#env::Borrowed(#texts)),*]))];

                fn decode(__given: #env::Given<'_>) -> #env::Result<Self, #env::Mistake> {
                    match __given.text {
                        #(#arms,)*
                        _ => #env::unlisted(),
                    }
                }
            }
        };
    }
}
