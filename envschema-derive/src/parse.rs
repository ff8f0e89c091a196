//! From tokens to what is written: nothing is judged here but grammar.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Data, DeriveInput, Expr, ExprLit, Fields, Ident, Lit, LitStr, Meta, Type, Variant};

use crate::problems::Problems;

pub(crate) mod container;
pub(crate) mod field;
pub(crate) mod limits;
pub(crate) mod literal;
pub(crate) mod overrides;
mod validate;
mod word;

use container::ContainerWords;
use field::FieldWords;
use word::read_attributes;

/// A struct as it is written.
pub(crate) struct Struct {
    pub(crate) ident: Ident,
    pub(crate) doc: String,
    pub(crate) words: ContainerWords,
    pub(crate) fields: Vec<Field>,
}

/// A field as it is written.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) doc: String,
    pub(crate) words: FieldWords,
    /// Whether something in its attributes could not be read, so that more would be said about it than is wrong.
    pub(crate) is_broken: bool,
}

/// An enum of unit variants as it is written.
pub(crate) struct Enum {
    pub(crate) ident: Ident,
    pub(crate) variants: Vec<Unit>,
}

/// A unit variant.
pub(crate) struct Unit {
    pub(crate) ident: Ident,
    /// The texts it is read from, first the one that is its name.
    pub(crate) texts: Vec<String>,
    /// Where each of them is written.
    places: Vec<TokenStream>,
}

/// Reads a struct with named fields; nothing else can be a schema.
pub(crate) fn read_struct(input: &DeriveInput, problems: &mut Problems) -> Option<Struct> {
    let mut words = ContainerWords::default();
    read_attributes(&input.attrs, &mut words, problems);
    let is_settled = words.validator.is_some();
    validate::read_container(&input.attrs, is_settled, problems);
    let Data::Struct(data) = &input.data else {
        problems.at(
            &input.ident,
            "only a struct can be a schema\nhelp: derive `EnvValue` on an enum of unit variants, and use it as the type of a field",
        );
        return None;
    };
    let Fields::Named(fields) = &data.fields else {
        problems.at(&input.ident, "a schema needs named fields: their names become keys");
        return None;
    };
    let fields = fields.named.iter().map(|field| read_field(field, is_settled, problems)).collect();
    Some(Struct { ident: input.ident.clone(), doc: doc_of(&input.attrs), words, fields })
}

fn read_field(field: &syn::Field, is_settled: bool, problems: &mut Problems) -> Field {
    let before = problems.count();
    let mut words = FieldWords::default();
    read_attributes(&field.attrs, &mut words, problems);
    validate::read(&field.attrs, &mut words, is_settled, problems);
    // A named field has a name.
    let ident = field.ident.clone().unwrap_or_else(|| Ident::new("_", proc_macro2::Span::call_site()));
    let is_broken = problems.count() > before;
    Field { ident, ty: field.ty.clone(), doc: doc_of(&field.attrs), words, is_broken }
}

/// Reads an enum of unit variants.
pub(crate) fn read_enum(input: &DeriveInput, problems: &mut Problems) -> Option<Enum> {
    let mut words = container::EnumWords::default();
    read_attributes(&input.attrs, &mut words, problems);
    let Data::Enum(data) = &input.data else {
        problems.at(&input.ident, "only an enum of unit variants has a text for each of its values");
        return None;
    };
    if data.variants.is_empty() {
        problems.at(&input.ident, "an enum without variants has no value");
    }
    let variants: Vec<_> =
        data.variants.iter().map(|variant| read_variant(variant, &words, problems)).collect();
    let mut seen: Vec<(&str, &Ident)> = Vec::new();
    for unit in &variants {
        for (text, place) in unit.texts.iter().zip(&unit.places) {
            match seen.iter().find(|(known, _)| known == text) {
                Some((_, first)) => {
                    problems.at(place, format_args!("`{text}` is read as `{first}` already"));
                }
                None => seen.push((text, &unit.ident)),
            }
        }
    }
    Some(Enum { ident: input.ident.clone(), variants })
}

fn read_variant(variant: &Variant, words: &container::EnumWords, problems: &mut Problems) -> Unit {
    let mut own = container::VariantWords::default();
    read_attributes(&variant.attrs, &mut own, problems);
    if !matches!(variant.fields, Fields::Unit) {
        problems.at(&variant.fields, "a variant with fields has no one text to be read from");
    }
    let (name, place) = match &own.rename {
        Some(name) => (name.value(), name.to_token_stream()),
        None => (words.case().spell(&unraw(&variant.ident)), variant.ident.to_token_stream()),
    };
    let texts = [name].into_iter().chain(own.aliases.iter().map(LitStr::value)).collect();
    let places = [place].into_iter().chain(own.aliases.iter().map(ToTokens::to_token_stream)).collect();
    Unit { ident: variant.ident.clone(), texts, places }
}

/// The name of an identifier, without `r#`.
pub(crate) fn unraw(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or_else(|| name.clone(), str::to_owned)
}

/// The text of the doc comments, without the blank behind each `///`.
fn doc_of(attributes: &[Attribute]) -> String {
    let mut doc = String::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        let Meta::NameValue(meta) = &attribute.meta else { continue };
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &meta.value else { continue };
        for line in text.value().split('\n') {
            doc.push_str(line.strip_prefix(' ').unwrap_or(line).trim_end());
            doc.push('\n');
        }
    }
    doc.trim().to_owned()
}
