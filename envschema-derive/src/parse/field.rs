//! The words of a field.

use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitBool, LitChar, LitStr, Path, Token};

use super::limits::{LIMITS, Limits};
use super::literal::Literal;
use super::overrides::{Override, Reference, Said};
use super::word::{Word, Words, character, flag, list, many, needs_feature, once, read_by, text, texts};

/// What is said about a field.
#[derive(Default)]
pub(crate) struct FieldWords {
    pub(crate) given: Vec<Ident>,
    pub(crate) key: Option<LitStr>,
    pub(crate) rename: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) path: Option<LitStr>,
    pub(crate) nested: Option<Nesting>,
    pub(crate) prefix: Option<LitStr>,
    /// What the group of a nested struct is called.
    pub(crate) name: Option<LitStr>,
    pub(crate) default: Option<Literal>,
    /// Whether it must be there although its type is an `Option`.
    pub(crate) required: bool,
    pub(crate) sensitive: Option<bool>,
    pub(crate) allow_empty: bool,
    pub(crate) kind: Option<LitStr>,
    /// The kind that `validator` checks a text for.
    pub(crate) validated_kind: Option<LitStr>,
    pub(crate) separator: Option<LitChar>,
    pub(crate) assign: Option<LitChar>,
    pub(crate) limits: Limits,
    pub(crate) examples: Vec<Literal>,
    pub(crate) deprecated: Option<Option<LitStr>>,
    pub(crate) removed: Option<Option<LitStr>>,
    pub(crate) replaced_by: Option<Reference>,
    pub(crate) services: Vec<LitStr>,
    pub(crate) phases: Vec<LitStr>,
    pub(crate) overrides: Vec<Override>,
    pub(crate) way: Option<Way>,
    /// Whether a JSON Schema takes what `schemars` says of the type.
    pub(crate) schemars: bool,
}

/// That a field is a struct of its own.
pub(crate) struct Nesting;

/// How the value of a field that is no leaf is read from text.
pub(crate) enum Way {
    FromStr,
    Deserialize,
    With(Path),
}

/// The words there are, beside the constraints.
const FIELD: &[Word<FieldWords>] = &[
    once("key", |field, _, input| set(&mut field.key, text(input))),
    once("rename", |field, _, input| set(&mut field.rename, text(input))),
    many("aliases", |field, _, input| extend(&mut field.aliases, texts(input))),
    once("path", |field, _, input| set(&mut field.path, text(input))),
    once("nested", |field, _, _| set(&mut field.nested, Ok(Nesting))),
    once("prefix", |field, _, input| set(&mut field.prefix, text(input))),
    once("name", |field, _, input| set(&mut field.name, text(input))),
    once("default", |field, _, input| {
        input.parse::<Token![=]>()?;
        set(&mut field.default, input.parse())
    }),
    once("required", |field, _, _| {
        field.required = true;
        Ok(())
    }),
    once("sensitive", |field, _, input| set(&mut field.sensitive, flag(input))),
    once("allow_empty", |field, _, input| flag(input).map(|allow| field.allow_empty = allow)),
    once("kind", |field, _, input| set(&mut field.kind, text(input))),
    once("separator", |field, _, input| set(&mut field.separator, character(input))),
    once("assign", |field, _, input| set(&mut field.assign, character(input))),
    many("example", |field, _, input| {
        input.parse::<Token![=]>()?;
        extend(&mut field.examples, input.parse().map(|example| [example]))
    }),
    many("examples", |field, _, input| extend(&mut field.examples, list(input, Literal::parse))),
    once("deprecated", |field, _, input| set(&mut field.deprecated, note(input))),
    once("removed", |field, _, input| set(&mut field.removed, note(input))),
    once("replaced_by", |field, _, input| {
        input.parse::<Token![=]>()?;
        set(&mut field.replaced_by, input.parse())
    }),
    once("services", |field, _, input| extend(&mut field.services, texts(input))),
    once("phases", |field, _, input| extend(&mut field.phases, texts(input))),
    many("required_when", |field, name, input| {
        push(&mut field.overrides, Override::under(name, Said::Required, input))
    }),
    many("forbidden_when", |field, name, input| {
        push(&mut field.overrides, Override::under(name, Said::Forbidden, input))
    }),
    many("in_profile", |field, name, input| push(&mut field.overrides, Override::in_profile(name, input))),
    many("when", |field, name, input| push(&mut field.overrides, Override::when(name, input))),
    once("from_str", |field, name, _| field.read_by(name, Way::FromStr)),
    once("deserialize", |field, name, _| {
        needs_feature(name, "serde", cfg!(feature = "serde"))?;
        field.read_by(name, Way::Deserialize)
    }),
    once("schemars", |field, name, _| {
        field.schemars = true;
        needs_feature(name, "schemars", cfg!(feature = "schemars"))
    }),
    once("decode_with", |field, name, input| {
        input.parse::<Token![=]>()?;
        let path = input.call(Path::parse_mod_style)?;
        field.read_by(name, Way::With(path))
    }),
];

impl Words for FieldWords {
    const FOREIGN: &'static [(&'static str, &'static str)] = &[
        ("choices", "write `one_of(…)`"),
        ("default_value", "write `default = …`"),
        ("desc", "write a doc comment"),
        ("description", "write a doc comment"),
        ("doc", "write a doc comment"),
        ("env", "write `key = \"…\"`"),
        ("flatten", "write `nested, prefix = \"\"`"),
        ("from", "write `key = \"…\"`"),
        ("help", "write a doc comment"),
        ("len", "write `min_length = …` and `max_length = …`"),
        ("length", "write `min_length = …` and `max_length = …`"),
        ("optional", "make the type of the field an `Option`"),
        ("regex", "write `pattern = \"…\"`"),
        ("secret", "write `sensitive`, or make the type `Secret<…>`"),
        ("skip", "every field of a configuration is loaded"),
        ("values", "write `one_of(…)`"),
    ];

    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>> {
        read_by(FIELD, self, Self::given, name, input)
            .or_else(|| read_by(LIMITS, &mut self.limits, |limits| &mut limits.given, name, input))
    }

    fn names(&self) -> Vec<&'static str> {
        FIELD.iter().map(|word| word.name).chain(LIMITS.iter().map(|word| word.name)).collect()
    }

    fn given(&mut self) -> &mut Vec<Ident> {
        &mut self.given
    }
}

impl FieldWords {
    /// The word `name` as it is written, if it is.
    pub(crate) fn word(&self, name: &str) -> Option<&Ident> {
        self.given.iter().chain(&self.limits.given).find(|word| *word == name)
    }

    fn read_by(&mut self, name: &Ident, way: Way) -> syn::Result<()> {
        if self.way.is_some() {
            let message = "expected one of `from_str`, `deserialize` and `decode_with`, not two";
            return Err(syn::Error::new(name.span(), message));
        }
        self.way = Some(way);
        Ok(())
    }
}

fn set<T>(slot: &mut Option<T>, value: syn::Result<T>) -> syn::Result<()> {
    *slot = Some(value?);
    Ok(())
}

fn push<T>(items: &mut Vec<T>, item: syn::Result<T>) -> syn::Result<()> {
    items.push(item?);
    Ok(())
}

fn extend<T>(items: &mut Vec<T>, more: syn::Result<impl IntoIterator<Item = T>>) -> syn::Result<()> {
    items.extend(more?);
    Ok(())
}

/// `= "why"`, `= true`, or nothing.
fn note(input: ParseStream<'_>) -> syn::Result<Option<LitStr>> {
    if !input.peek(Token![=]) {
        return Ok(None);
    }
    input.parse::<Token![=]>()?;
    if input.peek(LitBool) {
        let value: LitBool = input.parse()?;
        if value.value {
            return Ok(None);
        }
        return Err(syn::Error::new(value.span, "leave the attribute out instead"));
    }
    input.parse().map(Some)
}
