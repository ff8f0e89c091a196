//! What generated code names. It may change in any release: nothing else may use it.

mod judged;
mod known;

pub use std::borrow::Cow;

use envschema_core::kind::{List, Map, Shared};
use envschema_core::schema::{Deprecation, Entry, Group, Text, Unknown, Variable};

pub use core::any::type_name;
pub use core::option::Option::{self, None, Some};
pub use core::primitive::{bool, str, u32};
pub use core::result::Result::{self, Ok};
pub use std::borrow::Cow::Borrowed;
pub use std::string::String;
pub use std::vec::Vec;

pub use envschema_core::diagnostic::Diagnostic;
pub use envschema_core::judge::Judgement;
pub use envschema_core::kind::{IpVersion, Kind, Mistake};
pub use envschema_core::schema::{
    Allowance, Condition, Constraint, Policy, Presence, Profile, Rule, Schema, When,
};

pub use judged::{bound_of, fits, has_items, item_of, knows_names, value_of};
pub use known::{code, dialect};

#[cfg(feature = "schemars")]
pub use crate::adapter::schemars::{OwnSchemas, name as schemars_name, schema_of as schemars_schema};
#[cfg(feature = "validator")]
pub use crate::adapter::validator::{FieldPath, run as run_validator};
pub use crate::decode::Decoder;
#[cfg(feature = "serde")]
pub use crate::leaf::{Deserialized, DeserializedJson};
pub use crate::leaf::{Foreign, FromText, Given, Leaf, Traits};
pub use crate::load::EnvSchema;
#[cfg(feature = "schemars")]
pub use schemars::{JsonSchema, Schema as SchemarsSchema, SchemaGenerator};

/// What the attributes of a field say. It can be copied, so that a constant may be written as a change to [`FIELD`].
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "each is what it is called in `Variable`")]
pub struct Field {
    pub key: &'static str,
    pub prefixed: bool,
    pub path: &'static str,
    pub aliases: &'static [Text],
    pub doc: &'static str,
    pub default: Option<&'static str>,
    /// Whether it must be there although its type may be absent.
    pub required: bool,
    pub constraints: &'static [Constraint],
    pub also: &'static [Text],
    pub sensitive: Option<bool>,
    pub allow_empty: bool,
    pub examples: &'static [Text],
    pub deprecated: Option<Deprecated>,
    pub when: &'static [When],
    pub services: &'static [Text],
    pub phases: &'static [Text],
}

/// A field about which nothing is said.
pub const FIELD: Field = Field {
    key: "",
    prefixed: true,
    path: "",
    aliases: &[],
    doc: "",
    default: None,
    required: false,
    constraints: &[],
    also: &[],
    sensitive: None,
    allow_empty: false,
    examples: &[],
    deprecated: None,
    when: &[],
    services: &[],
    phases: &[],
};

/// A [`Deprecation`] that can be copied.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "each is what it is called in `Deprecation`")]
pub struct Deprecated {
    pub note: &'static str,
    pub replaced_by: Option<&'static str>,
    pub removed: bool,
}

/// The variable of a field whose values are of `kind` and whose type is what `ty` says.
#[must_use]
pub const fn variable(kind: Kind, ty: Traits, field: Field) -> Entry {
    assert!(
        !ty.sensitive || !matches!(field.default, Some(text) if !text.is_empty()),
        "a secret has a default, which everybody can read in the program"
    );
    assert!(
        ty.optional || field.default.is_some() || !may_be_left_out(&field),
        "a field that may be left out needs a type that can be absent, or a default"
    );
    assert!(
        ty.optional || !is_made_optional(&field),
        "a field whose default does not hold everywhere needs a type that can be absent"
    );
    Entry::Variable(Variable {
        key: Cow::Borrowed(field.key),
        prefixed: field.prefixed,
        path: Cow::Borrowed(field.path),
        aliases: Cow::Borrowed(field.aliases),
        doc: Cow::Borrowed(field.doc),
        kind,
        presence: match field.default {
            Some(text) => Presence::Default(Cow::Borrowed(text)),
            None if ty.optional && !field.required => Presence::Optional,
            None => Presence::Required,
        },
        bounds: Cow::Borrowed(ty.bounds),
        constraints: Cow::Borrowed(field.constraints),
        also: Cow::Borrowed(field.also),
        sensitive: if ty.sensitive { Some(true) } else { field.sensitive },
        allow_empty: field.allow_empty,
        examples: Cow::Borrowed(field.examples),
        deprecated: match field.deprecated {
            Some(deprecated) => Some(deprecation(deprecated)),
            None => None,
        },
        when: Cow::Borrowed(field.when),
        services: Cow::Borrowed(field.services),
        phases: Cow::Borrowed(field.phases),
    })
}

/// Whether the field is not there in some service or phase, or under some condition.
const fn may_be_left_out(field: &Field) -> bool {
    let mut left_out = !field.services.is_empty() || !field.phases.is_empty() || is_made_optional(field);
    let mut at = 0;
    while at < field.when.len() {
        left_out |= field.when[at].forbidden;
        at += 1;
    }
    left_out
}

/// Whether the field has no default under some condition and need not be set.
const fn is_made_optional(field: &Field) -> bool {
    let mut at = 0;
    while at < field.when.len() {
        if matches!(field.when[at].presence, Some(Presence::Optional)) {
            return true;
        }
        at += 1;
    }
    false
}

const fn deprecation(deprecated: Deprecated) -> Deprecation {
    Deprecation {
        note: Cow::Borrowed(deprecated.note),
        replaced_by: match deprecated.replaced_by {
            Some(key) => Some(Cow::Borrowed(key)),
            None => None,
        },
        removed: deprecated.removed,
    }
}

/// The kind of a list or map, with another separator or assign character.
#[expect(clippy::panic, reason = "only the compiler runs this: it becomes a compile error")]
#[must_use]
pub const fn separated(kind: &'static Kind, separator: Option<char>, assign: Option<char>) -> Kind {
    match kind {
        Kind::List(List { items: Shared::Static(items), .. })
        | Kind::Map(Map { values: Shared::Static(items), .. }) => of_items(kind, items, separator, assign),
        _ => panic!("only a list or a map has a separator"),
    }
}

/// The kind of a list or map whose items are of another kind than those of the type.
#[expect(clippy::panic, reason = "only the compiler runs this: it becomes a compile error")]
#[must_use]
pub const fn of_items(
    kind: &'static Kind,
    items: &'static Kind,
    separator: Option<char>,
    assign: Option<char>,
) -> Kind {
    match kind {
        Kind::List(list) => {
            Kind::List(List { separator: or(separator, list.separator), items: Shared::Static(items) })
        }
        Kind::Map(map) => Kind::Map(Map {
            separator: or(separator, map.separator),
            assign: or(assign, map.assign),
            values: Shared::Static(items),
        }),
        _ => panic!("only a list or a map has items"),
    }
}

const fn or(given: Option<char>, usual: char) -> char {
    match given {
        Some(given) => given,
        None => usual,
    }
}

/// What the attributes of a field that is a struct say.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "each is what it is called in `Group`")]
pub struct Nested {
    pub name: &'static str,
    pub doc: &'static str,
    /// The prefix where the field gives none, and the struct has none of its own.
    pub prefix: &'static str,
    /// The prefix where the struct has one of its own; that one is part of its keys.
    pub outer_prefix: &'static str,
    pub path: &'static str,
    pub optional: bool,
}

/// The group of a field that is a struct with this schema and prefix.
#[must_use]
pub const fn group(schema: &'static Schema, own_prefix: &str, nested: Nested) -> Entry {
    let prefix = if own_prefix.is_empty() { nested.prefix } else { nested.outer_prefix };
    let doc = if nested.doc.is_empty() { text(&schema.doc) } else { nested.doc };
    Entry::Group(Group {
        name: Cow::Borrowed(nested.name),
        doc: Cow::Borrowed(doc),
        prefix: Cow::Borrowed(prefix),
        path: Cow::Borrowed(nested.path),
        optional: nested.optional,
        entries: Cow::Borrowed(slice(&schema.entries)),
        rules: Cow::Borrowed(slice(&schema.rules)),
    })
}

const fn text(text: &'static Text) -> &'static str {
    match text {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => text.as_str(),
    }
}

#[expect(clippy::ptr_arg, reason = "a constant cannot dereference it otherwise")]
const fn slice<T: Clone>(items: &'static Cow<'static, [T]>) -> &'static [T] {
    match items {
        Cow::Borrowed(items) => items,
        Cow::Owned(items) => items.as_slice(),
    }
}

/// What the attributes of a struct say. It can be copied, so that a constant may be written as a change to [`CONTAINER`].
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "each is what it is called in `Schema`")]
pub struct Container {
    pub name: &'static str,
    pub doc: &'static str,
    pub entries: &'static [Entry],
    pub rules: &'static [Rule],
    pub profile: Option<&'static str>,
    pub default_profile: Option<&'static str>,
    pub profiles: &'static [Profile],
    pub services: &'static [Text],
    pub dialect: Option<&'static str>,
    pub readers: &'static [Text],
    pub unknown: Option<Policy>,
    pub owned_prefixes: &'static [Text],
    pub foreign_keys: &'static [Text],
    pub allow: &'static [Allowance],
}

/// A struct about which nothing is said.
pub const CONTAINER: Container = Container {
    name: "",
    doc: "",
    entries: &[],
    rules: &[],
    profile: None,
    default_profile: None,
    profiles: &[],
    services: &[],
    dialect: None,
    readers: &[],
    unknown: None,
    owned_prefixes: &[],
    foreign_keys: &[],
    allow: &[],
};

/// The schema of a struct.
#[must_use]
pub const fn schema(container: Container) -> Schema {
    Schema {
        name: Cow::Borrowed(container.name),
        doc: Cow::Borrowed(container.doc),
        entries: Cow::Borrowed(container.entries),
        rules: Cow::Borrowed(container.rules),
        profile: optional(container.profile),
        default_profile: optional(container.default_profile),
        profiles: Cow::Borrowed(container.profiles),
        services: Cow::Borrowed(container.services),
        dialect: optional(container.dialect),
        readers: Cow::Borrowed(container.readers),
        unknown: Unknown {
            policy: container.unknown,
            prefixes: Cow::Borrowed(container.owned_prefixes),
            allow: Cow::Borrowed(container.foreign_keys),
        },
        allow: Cow::Borrowed(container.allow),
    }
}

const fn optional(text: Option<&'static str>) -> Option<Text> {
    match text {
        Some(text) => Some(Cow::Borrowed(text)),
        None => None,
    }
}

/// What is wrong with a text that is none of an enum's; the bounds of the type keep it from happening.
///
/// # Errors
///
/// Always.
pub const fn unlisted<T>() -> Result<T, Mistake> {
    Err(Mistake::new("is not one of the allowed values", 0..0))
}
