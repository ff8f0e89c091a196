//! From what is written to the model: the schema of the struct as its core sees it, as far as its tokens tell.

use std::borrow::Cow;

use envschema_core::kind::{Kind, List, Map};
use envschema_core::scalar;
use envschema_core::schema::{
    Allowance, Constraint, Deprecation, Many, Presence, Profile, Rule, Schema, Text, Unknown, Variable,
};
use syn::LitStr;

use crate::case::Case;
use crate::parse::container::{ContainerWords, Relation, Sort, not_one_of};
use crate::parse::field::FieldWords;
use crate::parse::limits::Stated;
use crate::parse::literal::Literal;
use crate::parse::{Field, Struct, unraw};
use crate::problems::Problems;

mod conditions;
pub(crate) mod names;
pub(crate) mod shape;

use names::Names;
use shape::{Base, Form, Shape};

/// A struct and the schema it is.
pub(crate) struct Lowered<'p> {
    pub(crate) parsed: &'p Struct,
    /// All but the entries.
    pub(crate) schema: Schema,
    pub(crate) columns: Vec<Column<'p>>,
}

/// What a field is.
pub(crate) enum Column<'p> {
    Row(Box<Row<'p>>),
    Nested(Nested<'p>),
}

impl Column<'_> {
    pub(crate) fn field(&self) -> &Field {
        match self {
            Self::Row(row) => row.field,
            Self::Nested(nested) => nested.field,
        }
    }
}

/// A field that is a variable.
pub(crate) struct Row<'p> {
    pub(crate) field: &'p Field,
    /// The variable. Its kind is a guess where the type is unknown, and so are its bounds.
    pub(crate) variable: Variable,
    pub(crate) shape: Shape<'p>,
    /// Whether the kind is known.
    pub(crate) is_known: bool,
    /// The kind of the value, or of each item, where attributes name another one than the type's.
    pub(crate) kind: Option<Kind>,
    pub(crate) separator: char,
}

/// A field that is a struct of its own.
pub(crate) struct Nested<'p> {
    pub(crate) field: &'p Field,
    pub(crate) path: String,
    /// The prefix where the struct has none of its own.
    pub(crate) prefix: String,
    /// The prefix where it has one.
    pub(crate) outer_prefix: String,
}

/// Lowers a struct.
pub(crate) fn lower<'p>(parsed: &'p Struct, problems: &mut Problems) -> Lowered<'p> {
    let names = Names::of(parsed);
    let columns = parsed.fields.iter().map(|field| column(field, parsed, &names, problems)).collect();
    Lowered { parsed, schema: schema(parsed, &names, problems), columns }
}

fn schema(parsed: &Struct, names: &Names<'_>, problems: &mut Problems) -> Schema {
    let words = &parsed.words;
    let profile = words.profile.as_ref().and_then(|profile| names.key(profile, problems));
    Schema {
        name: words.name.as_ref().map_or_else(|| unraw(&parsed.ident), LitStr::value).into(),
        doc: parsed.doc.clone().into(),
        entries: Cow::Borrowed(&[]),
        rules: words.rules.iter().filter_map(|rule| relation(rule, names, problems)).collect(),
        profile,
        default_profile: words.default_profile.as_ref().map(value),
        profiles: profiles(words, problems),
        services: values(&words.services),
        dialect: words.dialect.as_ref().map(value),
        readers: values(&words.readers),
        unknown: Unknown {
            policy: words.unknown,
            prefixes: values(&words.owned_prefixes),
            allow: values(&words.foreign_keys),
        },
        allow: words
            .allow
            .iter()
            .map(|(code, reason)| Allowance { code: value(code), reason: value(reason) })
            .collect(),
    }
}

fn profiles(words: &ContainerWords, problems: &mut Problems) -> Many<Profile> {
    let deployed: Vec<_> = words.deployed.iter().map(LitStr::value).collect();
    let listed: Vec<_> = words.profiles.iter().map(LitStr::value).collect();
    for name in words.deployed.iter().filter(|name| !listed.contains(&name.value())) {
        let listed: Vec<_> = listed.iter().map(String::as_str).collect();
        problems.push(not_one_of(name, "profile", &listed));
    }
    let is_deployed = |name: &String| (!deployed.is_empty()).then(|| deployed.contains(name));
    let profile = |name: &String| Profile { name: name.clone().into(), deployed: is_deployed(name) };
    listed.iter().map(profile).collect()
}

fn relation(relation: &Relation, names: &Names<'_>, problems: &mut Problems) -> Option<Rule> {
    let keys: Vec<Text> =
        relation.operands.iter().filter_map(|operand| names.key(operand, problems)).collect();
    if keys.len() < relation.operands.len() {
        return None;
    }
    Some(match (relation.sort, keys.as_slice()) {
        (Sort::AllOrNone, _) => Rule::AllOrNone(keys.into()),
        (Sort::ExactlyOne, _) => Rule::ExactlyOne(keys.into()),
        (Sort::AtLeastOne, _) => Rule::AtLeastOne(keys.into()),
        (Sort::AtMostOne, _) => Rule::AtMostOne(keys.into()),
        (Sort::Contains, [list, value]) => Rule::Contains { list: list.clone(), value: value.clone() },
        (Sort::Equal, [a, b]) => Rule::Equal(a.clone(), b.clone()),
        (Sort::Different, [a, b]) => Rule::Different(a.clone(), b.clone()),
        _ => return None,
    })
}

fn column<'p>(
    field: &'p Field,
    parsed: &'p Struct,
    names: &Names<'_>,
    problems: &mut Problems,
) -> Column<'p> {
    let case = parsed.words.rename_all.unwrap_or(Case::Snake);
    let given = field.words.path.as_ref().map(LitStr::value);
    let path = given.unwrap_or_else(|| case.spell(&unraw(&field.ident)));
    if field.words.nested.is_some() {
        let outer = names.prefix();
        let (prefix, outer_prefix) = match field.words.prefix.as_ref().map(LitStr::value) {
            Some(prefix) => (format!("{outer}{prefix}"), format!("{outer}{prefix}")),
            None => (format!("{outer}{}_", names::spelled(&field.ident)), outer.to_owned()),
        };
        return Column::Nested(Nested { field, path, prefix, outer_prefix });
    }
    Column::Row(Box::new(row(field, path, parsed, names, problems)))
}

fn row<'p>(
    field: &'p Field,
    path: String,
    parsed: &'p Struct,
    names: &Names<'_>,
    problems: &mut Problems,
) -> Row<'p> {
    let words = &field.words;
    let shape = Shape::of(&field.ty, words.way.as_ref());
    let kind = named_kind(words, &shape, problems);
    let separator = words.separator.as_ref().map_or(',', syn::LitChar::value);
    let items = kind.clone().or(match &shape.base {
        Base::Scalar(kind, _) => Some(kind.clone()),
        Base::Text => Some(Kind::String),
        Base::Unknown => None,
    });
    let is_known = items.is_some() && shape.misplaced.is_none();
    let variable = Variable {
        prefixed: words.key.is_none(),
        path: path.into(),
        aliases: values(&words.aliases),
        doc: field.doc.clone().into(),
        presence: presence(words, &shape, separator),
        bounds: Cow::Borrowed(bounds(&shape)),
        constraints: constraints(&words.limits.constraints),
        also: literals(&words.limits.also),
        sensitive: if shape.is_secret { Some(true) } else { words.sensitive },
        allow_empty: words.allow_empty,
        examples: words.examples.iter().map(|example| Cow::Owned(example.text(separator))).collect(),
        deprecated: deprecation(words, names, problems),
        when: conditions::overrides(words, &parsed.words, separator, names, problems),
        services: values(&words.services),
        phases: values(&words.phases),
        ..Variable::new(names.key_of(field).into(), whole_kind(&shape, items, separator, words))
    };
    Row { field, variable, shape, is_known, kind, separator }
}

/// The kind that attributes name.
fn named_kind(words: &FieldWords, shape: &Shape<'_>, problems: &mut Problems) -> Option<Kind> {
    if let Some(name) = &words.kind {
        let kind = Kind::named(&name.value());
        if kind.is_none() {
            problems.push(not_one_of(name, "kind", Kind::NAMES));
        }
        if kind == Some(Kind::Regex) && !cfg!(feature = "pattern") {
            problems.push(syn::Error::new(
                name.span(),
                "the kind `regex` needs the feature `pattern` of `envschema`",
            ));
        }
        return kind;
    }
    let is_text = matches!(shape.base, Base::Text | Base::Scalar(Kind::String, []));
    let validated = words.validated_kind.as_ref().filter(|_| is_text && shape.form == Form::One);
    validated.and_then(|name| Kind::named(&name.value()))
}

fn whole_kind(shape: &Shape<'_>, items: Option<Kind>, separator: char, words: &FieldWords) -> Kind {
    let items = items.unwrap_or(Kind::String);
    match shape.form {
        Form::One => items,
        Form::List => Kind::List(List { separator, items: items.into() }),
        Form::Map => {
            let assign = words.assign.as_ref().map_or('=', syn::LitChar::value);
            Kind::Map(Map { separator, assign, values: items.into() })
        }
    }
}

fn bounds(shape: &Shape<'_>) -> &'static [Constraint] {
    match (&shape.base, shape.form) {
        (Base::Scalar(_, bounds), Form::One) => bounds,
        (Base::Scalar(_, bounds), Form::List | Form::Map) => scalar::of_items(bounds),
        (Base::Text | Base::Unknown, _) => &[],
    }
}

fn presence(words: &FieldWords, shape: &Shape<'_>, separator: char) -> Presence {
    // A list for a single value is a mistake of its own.
    let is_one = |default: &&Literal| shape.form != Form::One || !default.is_list();
    match words.default.as_ref().filter(is_one) {
        Some(default) => Presence::Default(default.text(separator).into()),
        None if shape.is_optional && !words.required => Presence::Optional,
        None => Presence::Required,
    }
}

fn deprecation(words: &FieldWords, names: &Names<'_>, problems: &mut Problems) -> Option<Deprecation> {
    let replaced_by = words.replaced_by.as_ref().and_then(|reference| names.key(reference, problems));
    let said = words.removed.as_ref().or(words.deprecated.as_ref());
    if said.is_none() && words.replaced_by.is_none() {
        return None;
    }
    let note = said.and_then(Option::as_ref).map(value).unwrap_or_default();
    Some(Deprecation { note, replaced_by, removed: words.removed.is_some() })
}

fn value(text: &LitStr) -> Text {
    text.value().into()
}

fn values(texts: &[LitStr]) -> Many<Text> {
    texts.iter().map(value).collect()
}

fn literals(literals: &[Literal]) -> Many<Text> {
    literals.iter().map(|literal| Cow::Owned(literal.word())).collect()
}

fn constraints(stated: &[Stated]) -> Many<Constraint> {
    stated.iter().map(|stated| stated.constraint.clone()).collect()
}
