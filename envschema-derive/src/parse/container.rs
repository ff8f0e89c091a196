//! The words of a struct, of an enum and of a variant.

use envschema_core::schema::Policy;
use envschema_core::suggest;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Path, Token};

use super::overrides::Reference;
use super::word::{Word, Words, flag, list, many, needs_feature, once, read_by, text, texts};
use crate::case::Case;

/// What is said about a struct.
#[derive(Default)]
pub(crate) struct ContainerWords {
    given: Vec<Ident>,
    pub(crate) prefix: Option<LitStr>,
    pub(crate) name: Option<LitStr>,
    pub(crate) profile: Option<Reference>,
    pub(crate) default_profile: Option<LitStr>,
    pub(crate) profiles: Vec<LitStr>,
    pub(crate) deployed: Vec<LitStr>,
    pub(crate) services: Vec<LitStr>,
    pub(crate) rename_all: Option<Case>,
    pub(crate) dialect: Option<LitStr>,
    pub(crate) readers: Vec<LitStr>,
    pub(crate) unknown: Option<Policy>,
    pub(crate) owned_prefixes: Vec<LitStr>,
    pub(crate) foreign_keys: Vec<LitStr>,
    pub(crate) allow: Vec<(LitStr, LitStr)>,
    pub(crate) rules: Vec<Relation>,
    /// Whether the struct becomes a `schemars::JsonSchema`, too.
    pub(crate) schemars: bool,
    /// Whether the rules of the crate `validator` run, too; `None` if nothing is said about it.
    pub(crate) validator: Option<bool>,
}

/// What must hold between variables, as it is written.
pub(crate) struct Relation {
    pub(crate) sort: Sort,
    pub(crate) operands: Vec<Reference>,
}

/// The sorts of relations.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    AllOrNone,
    ExactlyOne,
    AtLeastOne,
    AtMostOne,
    Contains,
    Equal,
    Different,
}

const CONTAINER: &[Word<ContainerWords>] = &[
    once("prefix", |words, _, input| text(input).map(|prefix| words.prefix = Some(prefix))),
    once("name", |words, _, input| text(input).map(|name| words.name = Some(name))),
    once("profile", |words, _, input| {
        input.parse::<Token![=]>()?;
        words.profile = Some(input.parse()?);
        Ok(())
    }),
    once("default_profile", |words, _, input| text(input).map(|name| words.default_profile = Some(name))),
    once("profiles", |words, _, input| texts(input).map(|names| words.profiles = names)),
    once("deployed", |words, _, input| texts(input).map(|names| words.deployed = names)),
    once("services", |words, _, input| texts(input).map(|names| words.services = names)),
    once("rename_all", |words, _, input| case(input).map(|case| words.rename_all = Some(case))),
    once("dialect", |words, word, input| {
        let name = text(input)?;
        needs_feature(word, "dialects", cfg!(feature = "dialects") || name.value() == "compose")?;
        words.dialect = Some(name);
        Ok(())
    }),
    once("readers", |words, name, input| {
        words.readers = texts(input)?;
        needs_feature(name, "dialects", cfg!(feature = "dialects"))
    }),
    once("unknown", |words, _, input| policy(input).map(|policy| words.unknown = Some(policy))),
    once("owned_prefixes", |words, _, input| texts(input).map(|prefixes| words.owned_prefixes = prefixes)),
    once("foreign_keys", |words, _, input| texts(input).map(|keys| words.foreign_keys = keys)),
    many("allow", |words, _, input| {
        words.allow.extend(list(input, allowance)?);
        Ok(())
    }),
    once("schemars", |words, name, _| {
        words.schemars = true;
        needs_feature(name, "schemars", cfg!(feature = "schemars"))
    }),
    once("validator", |words, name, input| {
        let runs = flag(input)?;
        words.validator = Some(runs);
        needs_feature(name, "validator", cfg!(feature = "validator") || !runs)
    }),
    // Read before everything else, because a stub needs it, too.
    once("crate", |_, _, input| crate_path(input).map(drop)),
    many("all_or_none", |words, name, input| words.relate(name, Sort::AllOrNone, input)),
    many("exactly_one", |words, name, input| words.relate(name, Sort::ExactlyOne, input)),
    many("at_least_one", |words, name, input| words.relate(name, Sort::AtLeastOne, input)),
    many("at_most_one", |words, name, input| words.relate(name, Sort::AtMostOne, input)),
    many("contains", |words, name, input| words.relate(name, Sort::Contains, input)),
    many("equal", |words, name, input| words.relate(name, Sort::Equal, input)),
    many("different", |words, name, input| words.relate(name, Sort::Different, input)),
];

impl Words for ContainerWords {
    const FOREIGN: &'static [(&'static str, &'static str)] = &[
        ("all_or_nothing", "write `all_or_none(…)`"),
        ("env_prefix", "write `prefix = \"…\"`"),
        ("one_of_fields", "write `exactly_one(…)`"),
        ("at_least_one_of_fields", "write `at_least_one(…)`"),
        ("at_most_one_of_fields", "write `at_most_one(…)`"),
    ];

    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>> {
        read_by(CONTAINER, self, Self::given, name, input)
    }

    fn names(&self) -> Vec<&'static str> {
        CONTAINER.iter().map(|word| word.name).collect()
    }

    fn given(&mut self) -> &mut Vec<Ident> {
        &mut self.given
    }
}

impl ContainerWords {
    fn relate(&mut self, name: &Ident, sort: Sort, input: ParseStream<'_>) -> syn::Result<()> {
        let mut operands = list(input, |input| operand(sort, input))?;
        operands.sort_by_key(|(order, _)| *order);
        let operands: Vec<_> = operands.into_iter().map(|(_, operand)| operand).collect();
        let pairs = matches!(sort, Sort::Contains | Sort::Equal | Sort::Different);
        let wrong = match operands.len() {
            1 => Some("one variable has no relation to others"),
            3.. if pairs => Some("this relation is between two variables"),
            _ => None,
        };
        if let Some(message) = wrong {
            return Err(syn::Error::new(name.span(), message));
        }
        self.rules.push(Relation { sort, operands });
        Ok(())
    }
}

/// A variable; those of `contains` say which is the list and which the value, in any order.
fn operand(sort: Sort, input: ParseStream<'_>) -> syn::Result<(u8, Reference)> {
    if sort != Sort::Contains {
        return Ok((0, input.parse()?));
    }
    let role: Ident = input.parse()?;
    let order = match role.to_string().as_str() {
        "list" => 0,
        "value" => 1,
        _ => return Err(syn::Error::new(role.span(), "expected `list = …` and `value = …`")),
    };
    input.parse::<Token![=]>()?;
    Ok((order, input.parse()?))
}

fn case(input: ParseStream<'_>) -> syn::Result<Case> {
    let name = text(input)?;
    Case::named(&name.value()).ok_or_else(|| not_one_of(&name, "spelling", &Case::NAMES))
}

fn policy(input: ParseStream<'_>) -> syn::Result<Policy> {
    let name = text(input)?;
    match name.value().as_str() {
        "error" => Ok(Policy::Error),
        "warn" => Ok(Policy::Warn),
        "allow" => Ok(Policy::Allow),
        _ => Err(not_one_of(&name, "policy", &["error", "warn", "allow"])),
    }
}

/// `"code" = "reason"`
fn allowance(input: ParseStream<'_>) -> syn::Result<(LitStr, LitStr)> {
    let code = input.parse()?;
    input.parse::<Token![=]>()?;
    Ok((code, input.parse()?))
}

/// `= path`
pub(crate) fn crate_path(input: ParseStream<'_>) -> syn::Result<Path> {
    input.parse::<Token![=]>()?;
    input.call(Path::parse_mod_style)
}

/// The mistake of a text that is none of `names`.
pub(crate) fn not_one_of(written: &LitStr, what: &str, names: &[&str]) -> syn::Error {
    let text = written.value();
    let help = match suggest::value(&text, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write {}", envschema_core::phrase::alternatives(names)),
    };
    syn::Error::new(written.span(), format!("there is no {what} `{text}`\nhelp: {help}"))
}

/// What is said about an enum.
#[derive(Default)]
pub(crate) struct EnumWords {
    given: Vec<Ident>,
    rename_all: Option<Case>,
}

impl EnumWords {
    /// How variants are spelled.
    pub(crate) fn case(&self) -> Case {
        self.rename_all.unwrap_or(Case::Kebab)
    }
}

const ENUM: &[Word<EnumWords>] = &[
    once("rename_all", |words, _, input| case(input).map(|case| words.rename_all = Some(case))),
    once("crate", |_, _, input| crate_path(input).map(drop)),
];

impl Words for EnumWords {
    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>> {
        read_by(ENUM, self, Self::given, name, input)
    }

    fn names(&self) -> Vec<&'static str> {
        ENUM.iter().map(|word| word.name).collect()
    }

    fn given(&mut self) -> &mut Vec<Ident> {
        &mut self.given
    }
}

/// What is said about a variant.
#[derive(Default)]
pub(crate) struct VariantWords {
    given: Vec<Ident>,
    pub(crate) rename: Option<LitStr>,
    pub(crate) aliases: Vec<LitStr>,
}

const VARIANT: &[Word<VariantWords>] = &[
    once("rename", |words, _, input| text(input).map(|name| words.rename = Some(name))),
    many("aliases", |words, _, input| {
        words.aliases.extend(texts(input)?);
        Ok(())
    }),
];

impl Words for VariantWords {
    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>> {
        read_by(VARIANT, self, Self::given, name, input)
    }

    fn names(&self) -> Vec<&'static str> {
        VARIANT.iter().map(|word| word.name).collect()
    }

    fn given(&mut self) -> &mut Vec<Ident> {
        &mut self.given
    }
}
