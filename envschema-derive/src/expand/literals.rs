//! Values of the model as tokens.

use envschema_core::kind::{IpVersion, Kind};
use envschema_core::schema::{Condition, Constraint, Presence, Rule, Text, When};
use proc_macro2::TokenStream;
use quote::quote;

use super::env;

/// `Borrowed("text")`
pub(super) fn text(text: &Text) -> TokenStream {
    let (env, text) = (env(), text.as_ref());
    quote!(#env::Borrowed(#text))
}

/// `&[Borrowed("a"), Borrowed("b")]`
pub(super) fn texts(texts_: &[Text]) -> TokenStream {
    let texts = texts_.iter().map(text);
    quote!(&[#(#texts),*])
}

/// A slice that lives as long as the program.
pub(super) fn slice(items: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    let items = items.into_iter();
    quote!(const { &[#(#items),*] })
}

/// `Some(…)` or `None`
pub(super) fn option(value: Option<TokenStream>) -> TokenStream {
    let env = env();
    value.map_or_else(|| quote!(#env::None), |value| quote!(#env::Some(#value)))
}

/// A constraint.
pub(super) fn constraint(constraint: &Constraint) -> TokenStream {
    let env = env();
    let of_text = |bound: &Text| text(bound);
    let of_texts = |values: &[Text]| {
        let values = texts(values);
        quote!(#env::Borrowed(#values))
    };
    let (variant, argument) = match constraint {
        Constraint::Min(bound) => (quote!(Min), of_text(bound)),
        Constraint::Max(bound) => (quote!(Max), of_text(bound)),
        Constraint::Above(bound) => (quote!(Above), of_text(bound)),
        Constraint::Below(bound) => (quote!(Below), of_text(bound)),
        Constraint::MinLength(length) => (quote!(MinLength), quote!(#length)),
        Constraint::MaxLength(length) => (quote!(MaxLength), quote!(#length)),
        Constraint::Pattern(pattern) => (quote!(Pattern), of_text(pattern)),
        Constraint::OneOf(values) => (quote!(OneOf), of_texts(values)),
        Constraint::NotOneOf(values) => (quote!(NotOneOf), of_texts(values)),
        Constraint::Schemes(schemes) => (quote!(Schemes), of_texts(schemes)),
    };
    quote!(#env::Constraint::#variant(#argument))
}

/// What changes under a condition.
pub(super) fn when(when: &When) -> TokenStream {
    let env = env();
    let condition = condition(&when.condition);
    let presence = option(when.presence.as_ref().map(presence));
    let forbidden = when.forbidden;
    let constraints = slice(when.constraints.iter().map(constraint));
    let also = option(when.also.as_deref().map(|also| {
        let also = texts(also);
        quote!(#env::Borrowed(#also))
    }));
    quote! {
        #env::When {
            condition: #condition,
            presence: #presence,
            forbidden: #forbidden,
            constraints: #env::Borrowed(#constraints),
            also: #also,
        }
    }
}

fn presence(presence: &Presence) -> TokenStream {
    let env = env();
    match presence {
        Presence::Required => quote!(#env::Presence::Required),
        Presence::Optional => quote!(#env::Presence::Optional),
        Presence::Default(default) => {
            let default = text(default);
            quote!(#env::Presence::Default(#default))
        }
    }
}

fn condition(condition: &Condition) -> TokenStream {
    let env = env();
    let [profiles, services, phases, set] =
        [&condition.profiles, &condition.services, &condition.phases, &condition.set]
            .map(|names| texts(names));
    let values = slice(condition.values.iter().map(|(key, values)| {
        let (key, values) = (text(key), texts(values));
        quote!((#key, #env::Borrowed(#values)))
    }));
    quote! {
        #env::Condition {
            profiles: #env::Borrowed(#profiles),
            services: #env::Borrowed(#services),
            phases: #env::Borrowed(#phases),
            values: #env::Borrowed(#values),
            set: #env::Borrowed(#set),
        }
    }
}

/// A rule.
pub(super) fn rule(rule: &Rule) -> TokenStream {
    let env = env();
    let of_keys = |variant: TokenStream, keys: &[Text]| {
        let keys = texts(keys);
        quote!(#env::Rule::#variant(#env::Borrowed(#keys)))
    };
    let of_pair = |variant: TokenStream, a: &Text, b: &Text| {
        let (a, b) = (text(a), text(b));
        quote!(#env::Rule::#variant(#a, #b))
    };
    match rule {
        Rule::AllOrNone(keys) => of_keys(quote!(AllOrNone), keys),
        Rule::ExactlyOne(keys) => of_keys(quote!(ExactlyOne), keys),
        Rule::AtLeastOne(keys) => of_keys(quote!(AtLeastOne), keys),
        Rule::AtMostOne(keys) => of_keys(quote!(AtMostOne), keys),
        Rule::Contains { list, value } => {
            let (list, value) = (text(list), text(value));
            quote!(#env::Rule::Contains { list: #list, value: #value })
        }
        Rule::Equal(a, b) => of_pair(quote!(Equal), a, b),
        Rule::Different(a, b) => of_pair(quote!(Different), a, b),
    }
}

/// A kind that has a name of its own.
pub(super) fn kind(kind: &Kind) -> TokenStream {
    let env = env();
    let variant = match kind {
        Kind::String | Kind::List(_) | Kind::Map(_) => quote!(String),
        Kind::Integer => quote!(Integer),
        Kind::Number => quote!(Number),
        Kind::Boolean => quote!(Boolean),
        Kind::Url => quote!(Url),
        Kind::Email => quote!(Email),
        Kind::Host => quote!(Host),
        Kind::Port => quote!(Port),
        Kind::Ip(IpVersion::Any) => quote!(Ip(#env::IpVersion::Any)),
        Kind::Ip(IpVersion::V4) => quote!(Ip(#env::IpVersion::V4)),
        Kind::Ip(IpVersion::V6) => quote!(Ip(#env::IpVersion::V6)),
        Kind::Cidr => quote!(Cidr),
        Kind::SocketAddress => quote!(SocketAddress),
        Kind::Path => quote!(Path),
        Kind::Duration => quote!(Duration),
        Kind::Size => quote!(Size),
        Kind::Uuid => quote!(Uuid),
        Kind::Date => quote!(Date),
        Kind::DateTime => quote!(DateTime),
        Kind::Timezone => quote!(Timezone),
        Kind::Semver => quote!(Semver),
        Kind::Base64 => quote!(Base64),
        Kind::Hex => quote!(Hex),
        Kind::Regex => quote!(Regex),
        Kind::Json => quote!(Json),
    };
    quote!(#env::Kind::#variant)
}
