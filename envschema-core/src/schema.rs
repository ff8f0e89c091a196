//! The schema: a table of variables, as the derive writes it (a `const`) and as a file reader builds it (owned).
//!
//! Every literal of a schema (a default, a bound, an allowed value) is text, judged by the variable's [`Kind`]: there is one
//! place where text becomes a value, and a schema says nothing a file could not say.

use std::borrow::Cow;
use std::fmt;

use crate::kind::Kind;

/// Text that is part of the program or owned.
pub type Text = Cow<'static, str>;

/// A list that is part of the program or owned.
pub type Many<T> = Cow<'static, [T]>;

/// A table of variables and what holds between them.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Schema {
    /// What the schema is called: the struct's name, the file's `name`.
    pub name: Text,
    /// What it is for.
    pub doc: Text,
    /// The variables, in order, alone or in groups.
    pub entries: Many<Entry>,
    /// What must hold between variables.
    pub rules: Many<Rule>,
    /// The key of the variable that selects the profile.
    pub profile: Option<Text>,
    /// The profile when nothing selects one.
    pub default_profile: Option<Text>,
    /// The profiles there are; empty if the schema does not list them.
    pub profiles: Many<Profile>,
    /// The services there are; empty if the schema does not list them.
    pub services: Many<Text>,
    /// The dialect `.env` files are read in, by name.
    pub dialect: Option<Text>,
    /// The readers that all must read the same.
    pub readers: Many<Text>,
    /// How undeclared keys are treated.
    pub unknown: Unknown,
    /// Codes that are switched off, each with a reason.
    pub allow: Many<Allowance>,
}

/// One entry of a schema.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "most entries are variables; a box could not stand in a constant"
)]
pub enum Entry {
    /// A variable.
    Variable(Variable),
    /// Several entries under one heading.
    Group(Group),
}

/// Several entries under one heading; a nested struct is one.
#[derive(Clone, PartialEq, Default)]
pub struct Group {
    /// The heading, or the name of the field.
    pub name: Text,
    /// What the group is for.
    pub doc: Text,
    /// What stands before the key of every entry: `DATABASE_`.
    pub prefix: Text,
    /// The table that holds the entries in TOML, YAML and JSON files: `database`. Empty: the enclosing one.
    pub path: Text,
    /// Whether all of it may be absent; if one variable is set, its required ones are due.
    pub optional: bool,
    /// The entries.
    pub entries: Many<Entry>,
    /// What must hold between them; keys are written without the prefix.
    pub rules: Many<Rule>,
}

/// One declared row.
#[derive(Clone, PartialEq)]
pub struct Variable {
    /// The key, without the prefix of the groups around it.
    pub key: Text,
    /// Whether the prefixes of the groups around it stand before the key.
    pub prefixed: bool,
    /// What it is called in TOML, YAML and JSON files; empty: as its key.
    pub path: Text,
    /// Further keys it is read from, whole (no prefix is added).
    pub aliases: Many<Text>,
    /// What it is for.
    pub doc: Text,
    /// What its value may be.
    pub kind: Kind,
    /// Whether it must be there.
    pub presence: Presence,
    /// What the Rust type of the field allows. Holds where no constraint of the same sort is given, which must lie within it;
    /// what the type rules out value by value always is.
    pub bounds: Many<Constraint>,
    /// Conditions on its value. Of each sort one at most.
    pub constraints: Many<Constraint>,
    /// Literals admitted beside the kind; on a list, as items.
    pub also: Many<Text>,
    /// Whether its value is secret; `None`: if its key looks like it.
    pub sensitive: Option<bool>,
    /// Whether an empty value is a value.
    pub allow_empty: bool,
    /// Values to show people.
    pub examples: Many<Text>,
    /// Whether it should no longer be used.
    pub deprecated: Option<Deprecation>,
    /// What changes under a condition; later ones win.
    pub when: Many<When>,
    /// The services it belongs to; empty: all.
    pub services: Many<Text>,
    /// The phases it belongs to (`build`, `runtime`); empty: all.
    pub phases: Many<Text>,
}

impl Variable {
    /// An optional variable of kind `kind`, with nothing else said.
    #[must_use]
    pub const fn new(key: Text, kind: Kind) -> Self {
        Self {
            key,
            prefixed: true,
            path: Cow::Borrowed(""),
            aliases: Cow::Borrowed(&[]),
            doc: Cow::Borrowed(""),
            kind,
            presence: Presence::Optional,
            bounds: Cow::Borrowed(&[]),
            constraints: Cow::Borrowed(&[]),
            also: Cow::Borrowed(&[]),
            sensitive: None,
            allow_empty: false,
            examples: Cow::Borrowed(&[]),
            deprecated: None,
            when: Cow::Borrowed(&[]),
            services: Cow::Borrowed(&[]),
            phases: Cow::Borrowed(&[]),
        }
    }
}

/// Whether a variable must be there.
#[derive(Clone, PartialEq, Eq, Default)]
pub enum Presence {
    /// It must.
    Required,
    /// It need not.
    #[default]
    Optional,
    /// It need not, and this is its value then.
    Default(Text),
}

/// A condition on a value.
///
/// On a list or a map, lengths count items and everything else holds for each item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// Not below.
    Min(Text),
    /// Not above.
    Max(Text),
    /// Above, and not equal.
    Above(Text),
    /// Below, and not equal.
    Below(Text),
    /// At least so many characters or items.
    MinLength(u64),
    /// At most so many characters or items.
    MaxLength(u64),
    /// Matches this regular expression somewhere (write `^` and `$` to bind it).
    Pattern(Text),
    /// Is one of these values.
    OneOf(Many<Text>),
    /// Is none of these values.
    NotOneOf(Many<Text>),
    /// A url with one of these schemes.
    Schemes(Many<Text>),
}

/// What changes under a condition.
#[derive(Clone, PartialEq, Default)]
pub struct When {
    /// When.
    pub condition: Condition,
    /// Presence instead of the variable's own.
    pub presence: Option<Presence>,
    /// The variable must not be set.
    pub forbidden: bool,
    /// Constraints that replace those of the same sort.
    pub constraints: Many<Constraint>,
    /// Literals admitted beside the kind, instead of the variable's own.
    pub also: Option<Many<Text>>,
}

/// When something holds: all that is said must.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Condition {
    /// The profile is one of these; empty: any.
    pub profiles: Many<Text>,
    /// The service is one of these; empty: any.
    pub services: Many<Text>,
    /// The phase is one of these; empty: any.
    pub phases: Many<Text>,
    /// Each of these variables has one of these values (compared as values of its kind).
    pub values: Many<(Text, Many<Text>)>,
    /// Each of these variables is set.
    pub set: Many<Text>,
}

/// What must hold between variables, by key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// All are set, or none.
    AllOrNone(Many<Text>),
    /// Exactly one is set.
    ExactlyOne(Many<Text>),
    /// One or more are set.
    AtLeastOne(Many<Text>),
    /// None or one is set.
    AtMostOne(Many<Text>),
    /// The value of `value` is an item of `list`.
    Contains {
        /// The key of the list.
        list: Text,
        /// The key of the value.
        value: Text,
    },
    /// Both have the same value, if both are set.
    Equal(Text, Text),
    /// Both have different values, if both are set.
    Different(Text, Text),
}

/// Why and how a variable should no longer be used.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Deprecation {
    /// Why, or since when; may be empty.
    pub note: Text,
    /// The key to use instead.
    pub replaced_by: Option<Text>,
    /// Whether it is gone: using it is an error, not a warning.
    pub removed: bool,
}

/// A deployment environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name: `production`.
    pub name: Text,
    /// Whether it is deployed, so that placeholders are errors; `None`: by its name.
    pub deployed: Option<bool>,
}

/// How undeclared keys are treated.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Unknown {
    /// What an undeclared key in a file is; `None`: an error near a declared key, else a warning.
    pub policy: Option<Policy>,
    /// Prefixes this schema owns: if any are given, undeclared keys under other prefixes are quiet unless near a declared key.
    pub prefixes: Many<Text>,
    /// Keys of other programs, always quiet; a trailing `*` stands for any rest.
    pub allow: Many<Text>,
}

/// What an undeclared key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// An error.
    Error,
    /// A warning.
    Warn,
    /// Nothing.
    Allow,
}

/// A code that is switched off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The code.
    pub code: Text,
    /// Why.
    pub reason: Text,
}

/// Shows the variable without its default, its examples and the literals of its constraints, which may be secret: whether
/// they are may depend on the prefixes of the groups around it.
impl fmt::Debug for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Variable")
            .field("key", &self.key)
            .field("prefixed", &self.prefixed)
            .field("path", &self.path)
            .field("aliases", &self.aliases)
            .field("kind", &self.kind)
            .field("presence", &self.presence)
            .field("sensitive", &self.sensitive)
            .field("allow_empty", &self.allow_empty)
            .field("when", &self.when)
            .field("services", &self.services)
            .field("phases", &self.phases)
            .finish_non_exhaustive()
    }
}

/// Shows the group and what is in it.
impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group")
            .field("name", &self.name)
            .field("prefix", &self.prefix)
            .field("path", &self.path)
            .field("optional", &self.optional)
            .field("entries", &self.entries)
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}

/// Shows whether there is a default, not the default, which may be secret.
impl fmt::Debug for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Required => "Required",
            Self::Optional => "Optional",
            Self::Default(_) => "Default(…)",
        })
    }
}

/// Shows when it holds and what sort of thing it changes.
impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("When")
            .field("condition", &self.condition)
            .field("presence", &self.presence)
            .field("forbidden", &self.forbidden)
            .finish_non_exhaustive()
    }
}

/// Profiles that are not deployed unless a schema says so.
const UNDEPLOYED: [&str; 5] = ["local", "development", "dev", "test", "ci"];

impl Schema {
    /// Whether `profile` is a deployed one.
    #[must_use]
    pub fn is_deployed(&self, profile: &str) -> bool {
        let listed = self.profiles.iter().find(|listed| listed.name == profile);
        listed.and_then(|listed| listed.deployed).unwrap_or_else(|| !UNDEPLOYED.contains(&profile))
    }
}

impl Constraint {
    /// Whether both are of one sort, so that the later one replaces the earlier one.
    #[must_use]
    pub fn is_same_sort(&self, other: &Self) -> bool {
        self.sort() == other.sort()
    }

    /// Whether it stands instead of what the type of the field allows. What a type rules out value by value stays so.
    #[must_use]
    pub fn replaces_bound(&self, bound: &Self) -> bool {
        self.is_same_sort(bound) && !matches!(bound, Self::NotOneOf(_))
    }

    /// A number for each sort; an exclusive bound is of the same sort as the inclusive one.
    const fn sort(&self) -> u8 {
        match self {
            Self::Min(_) | Self::Above(_) => 0,
            Self::Max(_) | Self::Below(_) => 1,
            Self::MinLength(_) => 2,
            Self::MaxLength(_) => 3,
            Self::Pattern(_) => 4,
            Self::OneOf(_) => 5,
            Self::NotOneOf(_) => 6,
            Self::Schemes(_) => 7,
        }
    }
}

impl Rule {
    /// The keys it speaks of, in order.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::AllOrNone(keys)
            | Self::ExactlyOne(keys)
            | Self::AtLeastOne(keys)
            | Self::AtMostOne(keys) => keys.iter().map(AsRef::as_ref).collect(),
            Self::Contains { list, value } => vec![list, value],
            Self::Equal(a, b) | Self::Different(a, b) => vec![a, b],
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Entry, Group, Presence, Profile, Schema, Variable};
    use crate::kind::Kind;

    const PORT: Variable = Variable {
        key: Cow::Borrowed("PORT"),
        prefixed: true,
        path: Cow::Borrowed("port"),
        aliases: Cow::Borrowed(&[]),
        doc: Cow::Borrowed(""),
        kind: Kind::Port,
        presence: Presence::Default(Cow::Borrowed("8080")),
        bounds: Cow::Borrowed(&[]),
        constraints: Cow::Borrowed(&[]),
        also: Cow::Borrowed(&[]),
        sensitive: None,
        allow_empty: false,
        examples: Cow::Borrowed(&[]),
        deprecated: None,
        when: Cow::Borrowed(&[]),
        services: Cow::Borrowed(&[]),
        phases: Cow::Borrowed(&[]),
    };

    const NESTED: &[Entry] = &[Entry::Variable(PORT)];

    #[test]
    fn a_schema_can_be_a_constant() {
        let schema = Schema {
            entries: Cow::Borrowed(
                const {
                    &[Entry::Group(Group {
                        name: Cow::Borrowed("server"),
                        doc: Cow::Borrowed(""),
                        prefix: Cow::Borrowed("SERVER_"),
                        path: Cow::Borrowed("server"),
                        optional: false,
                        entries: Cow::Borrowed(NESTED),
                        rules: Cow::Borrowed(&[]),
                    })]
                },
            ),
            ..Schema::default()
        };
        assert_eq!(schema.entries.len(), 1);
    }

    #[test]
    fn profiles_are_deployed_unless_their_name_or_the_schema_says_otherwise() {
        let profiles = vec![
            Profile { name: "preview".into(), deployed: Some(false) },
            Profile { name: "test".into(), deployed: Some(true) },
        ];
        let schema = Schema { profiles: profiles.into(), ..Schema::default() };
        let deployed =
            ["production", "staging", "local", "ci", "preview", "test"].map(|name| schema.is_deployed(name));
        assert_eq!(deployed, [true, true, false, false, false, true]);
    }
}
