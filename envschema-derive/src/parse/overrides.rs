//! What changes under a condition: `required_when`, `forbidden_when`, `in_profile`, `when`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token, bracketed, token};

use super::limits::{LIMITS, Limits};
use super::literal::Literal;
use super::word::{Word, Words, end_of_item, in_parens, list, once, read_by, read_inner_words};

/// A variable as attributes name it: a field of the same struct, or a key in quotes.
#[derive(Clone)]
pub(crate) enum Reference {
    Field(Ident),
    Key(LitStr),
}

/// When something holds.
#[derive(Clone, Default)]
pub(crate) struct Stipulation {
    pub(crate) profiles: Vec<LitStr>,
    pub(crate) services: Vec<LitStr>,
    pub(crate) phases: Vec<LitStr>,
    pub(crate) values: Vec<(Reference, Vec<Literal>)>,
    pub(crate) set: Vec<Reference>,
}

/// What changes under a condition.
#[derive(Clone, Default)]
pub(crate) struct Override {
    /// Where it is written.
    pub(crate) place: TokenStream,
    pub(crate) condition: Stipulation,
    pub(crate) presence: Option<Said>,
    pub(crate) limits: Limits,
}

/// What is said of the presence of a variable.
#[derive(Clone)]
pub(crate) enum Said {
    Required,
    Optional,
    Forbidden,
    Default(Literal),
}

/// The words that may stand beside the constraints.
const OVERRIDES: &[Word<Override>] = &[
    once("required", |over, name, _| over.say(name, Said::Required)),
    once("optional", |over, name, _| over.say(name, Said::Optional)),
    once("forbidden", |over, name, _| over.say(name, Said::Forbidden)),
    once("default", |over, name, input| {
        input.parse::<Token![=]>()?;
        let literal = input.parse()?;
        over.say(name, Said::Default(literal))
    }),
];

impl Words for Override {
    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>> {
        read_by(OVERRIDES, self, Self::given, name, input)
            .or_else(|| read_by(LIMITS, &mut self.limits, |limits| &mut limits.given, name, input))
    }

    fn names(&self) -> Vec<&'static str> {
        OVERRIDES.iter().map(|word| word.name).chain(LIMITS.iter().map(|word| word.name)).collect()
    }

    fn given(&mut self) -> &mut Vec<Ident> {
        &mut self.limits.given
    }
}

impl Override {
    fn at(place: &Ident) -> Self {
        Self { place: place.to_token_stream(), ..Self::default() }
    }

    fn say(&mut self, name: &Ident, said: Said) -> syn::Result<()> {
        if self.presence.is_some() {
            let message = "expected one of `required`, `optional`, `forbidden` and `default`, not two";
            return Err(syn::Error::new(name.span(), message));
        }
        self.presence = Some(said);
        Ok(())
    }

    /// `(profile = "production", storage = "s3")`
    pub(crate) fn under(name: &Ident, said: Said, input: ParseStream<'_>) -> syn::Result<Self> {
        let condition = Stipulation::parse_in_parens(input)?;
        Ok(Self { condition, presence: Some(said), ..Self::at(name) })
    }

    /// `("production", required, one_of("json"))`
    pub(crate) fn in_profile(name: &Ident, input: ParseStream<'_>) -> syn::Result<Self> {
        in_parens(input, |content, place| {
            let mut over = Self::at(name);
            while content.peek(LitStr) {
                over.condition.profiles.push(content.parse()?);
                end_of_item(content)?;
            }
            if over.condition.profiles.is_empty() {
                let message =
                    "expected a profile and what changes in it: `in_profile(\"production\", required)`";
                return Err(syn::Error::new(place, message));
            }
            over.read_changes(name, content)
        })
    }

    /// `(if(profile = "production"), required, one_of("json"))`
    pub(crate) fn when(name: &Ident, input: ParseStream<'_>) -> syn::Result<Self> {
        in_parens(input, |content, _| {
            if !content.peek(Token![if]) {
                let message =
                    "expected `if(…)` and what changes: `when(if(profile = \"production\"), required)`";
                return Err(content.error(message));
            }
            content.parse::<Token![if]>()?;
            let mut over = Self::at(name);
            over.condition = Stipulation::parse_in_parens(content)?;
            end_of_item(content)?;
            over.read_changes(name, content)
        })
    }

    fn read_changes(mut self, name: &Ident, content: ParseStream<'_>) -> syn::Result<Self> {
        if content.is_empty() {
            let message =
                format!("`{name}` changes nothing\nhelp: add `required`, `default = …` or a constraint");
            return Err(syn::Error::new(name.span(), message));
        }
        read_inner_words(content, &mut self)?;
        Ok(self)
    }
}

impl Stipulation {
    fn parse_in_parens(input: ParseStream<'_>) -> syn::Result<Self> {
        in_parens(input, |content, place| {
            let mut condition = Self::default();
            while !content.is_empty() {
                condition.read(content)?;
                end_of_item(content)?;
            }
            if condition.is_empty() {
                let message =
                    "expected a condition: `profile = \"production\"`, `field = \"value\"` or `set(field)`";
                return Err(syn::Error::new(place, message));
            }
            Ok(condition)
        })
    }

    fn is_empty(&self) -> bool {
        let Self { profiles, services, phases, values, set } = self;
        let are_named = [profiles, services, phases].into_iter().any(|names| !names.is_empty());
        !are_named && values.is_empty() && set.is_empty()
    }

    fn read(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        if input.peek(Ident::peek_any) && input.peek2(token::Paren) {
            let word = Ident::parse_any(input)?;
            if word != "set" {
                return Err(syn::Error::new(word.span(), format!("expected `set(…)` or `{word} = …`")));
            }
            self.set.extend(list(input, Reference::parse)?);
            return Ok(());
        }
        let reference = Reference::parse(input)?;
        input.parse::<Token![=]>()?;
        let names = match &reference {
            Reference::Field(word) if word == "profile" => &mut self.profiles,
            Reference::Field(word) if word == "service" => &mut self.services,
            Reference::Field(word) if word == "phase" => &mut self.phases,
            _ => {
                self.values.push((reference, alternatives(input, Literal::parse_one)?));
                return Ok(());
            }
        };
        names.extend(alternatives(input, <LitStr as Parse>::parse)?);
        Ok(())
    }
}

/// One item, or several in brackets.
fn alternatives<T>(
    input: ParseStream<'_>,
    read: fn(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    if !input.peek(token::Bracket) {
        return Ok(vec![read(input)?]);
    }
    let content;
    bracketed!(content in input);
    Ok(content.parse_terminated(read, Token![,])?.into_iter().collect())
}

impl Parse for Reference {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            return input.parse().map(Self::Key);
        }
        if !input.peek(Ident::peek_any) {
            return Err(input.error("expected a field, or a key in quotes"));
        }
        Ident::parse_any(input).map(Self::Field)
    }
}

/// Where it is written.
impl ToTokens for Reference {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Field(field) => field.to_tokens(tokens),
            Self::Key(key) => key.to_tokens(tokens),
        }
    }
}
