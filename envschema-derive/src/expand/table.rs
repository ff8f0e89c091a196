//! The constant table of a struct.

use envschema_core::schema::{Deprecation, Policy, Schema, Text, Variable};
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;
use syn::spanned::Spanned;

use super::literals::{constraint, kind, option, rule, slice, texts, when};
use super::{env, env_at, leaf_type, nested_type};
use crate::lower::shape::{Form, inside_option};
use crate::lower::{Column, Lowered, Nested, Row};
use crate::parse::container::ContainerWords;
use crate::parse::field::Way;

/// What is said beyond nothing: `, name: value` for each.
#[derive(Default)]
struct Said(Vec<TokenStream>);

impl Said {
    fn say(&mut self, is_said: bool, field: impl FnOnce() -> TokenStream) {
        if is_said {
            self.0.push(field());
        }
    }

    fn texts(&mut self, field: &TokenStream, values: &[Text]) {
        self.say(!values.is_empty(), || {
            let values = texts(values);
            quote!(#field: #values)
        });
    }
}

/// `&schema(Container { … })`
pub(super) fn schema(lowered: &Lowered<'_>) -> TokenStream {
    let env = env();
    let entries = slice(lowered.columns.iter().map(|column| match column {
        Column::Row(row) => variable(row),
        Column::Nested(nested) => group(nested),
    }));
    let said = container(&lowered.schema, &lowered.parsed.words);
    quote!(&#env::schema(#env::Container { entries: #entries, #(#said,)* ..#env::CONTAINER }))
}

fn container(schema: &Schema, words: &ContainerWords) -> Vec<TokenStream> {
    let env = env();
    let mut said = Said::default();
    let name = schema.name.as_ref();
    said.say(true, || quote!(name: #name));
    let doc = schema.doc.as_ref();
    said.say(!doc.is_empty(), || quote!(doc: #doc));
    said.say(!schema.rules.is_empty(), || {
        let rules = slice(schema.rules.iter().map(rule));
        quote!(rules: #rules)
    });
    for (field, value) in
        [(quote!(profile), &schema.profile), (quote!(default_profile), &schema.default_profile)]
    {
        said.say(value.is_some(), || quote!(#field: #env::Some(#value)));
    }
    said.0.extend(words.dialect.as_ref().map(|name| {
        let name = looked_up("dialect", name);
        quote!(dialect: #env::Some(#name))
    }));
    said.say(!schema.profiles.is_empty(), || {
        let profiles = slice(schema.profiles.iter().map(|profile| {
            let name = profile.name.as_ref();
            let deployed = option(profile.deployed.map(|deployed| quote!(#deployed)));
            quote!(#env::Profile { name: #env::Borrowed(#name), deployed: #deployed })
        }));
        quote!(profiles: #profiles)
    });
    said.texts(&quote!(services), &schema.services);
    said.say(!words.readers.is_empty(), || {
        let readers = slice(words.readers.iter().map(|name| {
            let name = looked_up("dialect", name);
            quote!(#env::Borrowed(#name))
        }));
        quote!(readers: #readers)
    });
    said.texts(&quote!(owned_prefixes), &schema.unknown.prefixes);
    said.texts(&quote!(foreign_keys), &schema.unknown.allow);
    said.say(schema.unknown.policy.is_some(), || {
        let policy = match schema.unknown.policy {
            Some(Policy::Error) => quote!(Error),
            Some(Policy::Warn) | None => quote!(Warn),
            Some(Policy::Allow) => quote!(Allow),
        };
        quote!(unknown: #env::Some(#env::Policy::#policy))
    });
    said.say(!words.allow.is_empty(), || {
        let allow = slice(words.allow.iter().map(|(code, reason)| {
            let code = looked_up("code", code);
            quote!(#env::Allowance { code: #env::Borrowed(#code), reason: #env::Borrowed(#reason) })
        }));
        quote!(allow: #allow)
    });
    said.0
}

/// A name that the compiler looks up where it is written, with what it knows of features.
fn looked_up(function: &str, name: &LitStr) -> TokenStream {
    let env = env_at(name.span());
    let function = Ident::new(function, name.span());
    quote_spanned!(name.span()=> const { #env::#function(#name) })
}

/// `variable(<u16 as Leaf>::KIND, <u16 as Leaf>::TRAITS, Field { … })`
fn variable(row: &Row<'_>) -> TokenStream {
    let (leaf, said) = (leaf_type(row), field(&row.variable, row));
    let span = row.shape.innermost.span();
    let env = env_at(span);
    // The same words as where the field is taken, so that the compiler says once what a type lacks.
    let (own, kind, traits) = match row.field.words.way {
        Some(Way::FromStr | Way::Deserialize) => ("Foreign", "LEAF_KIND", "LEAF_TRAITS"),
        None | Some(Way::With(_)) => ("Leaf", "KIND", "TRAITS"),
    };
    let [own, kind, traits] = [own, kind, traits].map(|name| Ident::new(name, span));
    let own = quote_spanned!(span=> <#leaf as #env::#own>);
    let kind = quote_spanned!(span=> #own::#kind);
    let kind = kind_of(row, &kind).unwrap_or(kind);
    quote_spanned!(span=> #env::variable(#kind, #own::#traits, #env::Field { #(#said,)* ..#env::FIELD }))
}

/// The kind, where it is not that of the type.
fn kind_of(row: &Row<'_>, own: &TokenStream) -> Option<TokenStream> {
    let env = env();
    let words = &row.field.words;
    let separator = option(words.separator.as_ref().map(|separator| quote!(#separator)));
    let assign = option(words.assign.as_ref().map(|assign| quote!(#assign)));
    match (&row.kind, row.shape.form) {
        (None, _) if words.separator.is_none() && words.assign.is_none() => None,
        (None, _) => Some(quote!(#env::separated(const { &#own }, #separator, #assign))),
        (Some(named), Form::One) => Some(kind(named)),
        (Some(named), Form::List | Form::Map) => {
            let items = kind(named);
            Some(quote!(#env::of_items(const { &#own }, const { &#items }, #separator, #assign)))
        }
    }
}

/// What is said about a field, `name: value` for each.
fn field(variable: &Variable, row: &Row<'_>) -> Vec<TokenStream> {
    let env = env();
    let words = &row.field.words;
    let mut said = Said::default();
    let (key, path, doc) = (variable.key.as_ref(), variable.path.as_ref(), variable.doc.as_ref());
    said.say(true, || quote!(key: #key));
    said.say(!variable.prefixed, || quote!(prefixed: false));
    said.say(true, || quote!(path: #path));
    said.say(!doc.is_empty(), || quote!(doc: #doc));
    said.texts(&quote!(aliases), &variable.aliases);
    if let envschema_core::schema::Presence::Default(default) = &variable.presence {
        let default = default.as_ref();
        said.say(true, || quote!(default: #env::Some(#default)));
    }
    said.say(words.required, || quote!(required: true));
    said.say(!variable.constraints.is_empty(), || {
        let constraints = slice(variable.constraints.iter().map(constraint));
        quote!(constraints: #constraints)
    });
    said.texts(&quote!(also), &variable.also);
    if let Some(sensitive) = variable.sensitive {
        said.say(true, || quote!(sensitive: #env::Some(#sensitive)));
    }
    said.say(variable.allow_empty, || quote!(allow_empty: true));
    said.texts(&quote!(examples), &variable.examples);
    if let Some(deprecation) = &variable.deprecated {
        said.say(true, || deprecated(deprecation));
    }
    said.say(!variable.when.is_empty(), || {
        let when = slice(variable.when.iter().map(when));
        quote!(when: #when)
    });
    said.texts(&quote!(services), &variable.services);
    said.texts(&quote!(phases), &variable.phases);
    said.0
}

fn deprecated(deprecation: &Deprecation) -> TokenStream {
    let env = env();
    let (note, removed) = (deprecation.note.as_ref(), deprecation.removed);
    let replaced_by = option(deprecation.replaced_by.as_deref().map(|key| quote!(#key)));
    quote! {
        deprecated: #env::Some(#env::Deprecated { note: #note, replaced_by: #replaced_by, removed: #removed })
    }
}

/// `group(<Redis as EnvSchema>::SCHEMA, <Redis as EnvSchema>::PREFIX, Nested { … })`
fn group(nested: &Nested<'_>) -> TokenStream {
    let (env, ty) = (env(), nested_type(nested));
    let (path, doc) = (&nested.path, &nested.field.doc);
    let optional = inside_option(&nested.field.ty).is_some();
    let (prefix, outer_prefix) = (&nested.prefix, &nested.outer_prefix);
    let written = nested.field.words.name.as_ref();
    let name = written.map_or_else(|| crate::parse::unraw(&nested.field.ident), LitStr::value);
    let declared = quote! {
        #env::Nested {
            name: #name,
            doc: #doc,
            prefix: #prefix,
            outer_prefix: #outer_prefix,
            path: #path,
            optional: #optional,
        }
    };
    let schema = quote!(<#ty as #env::EnvSchema>);
    quote_spanned!(ty.span()=> #env::group(#schema::SCHEMA, #schema::PREFIX, #declared))
}
