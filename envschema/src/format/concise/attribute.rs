//! The words that say something about a variable: one table for the short form, the long form, overrides and the meta-schema.

/// A word that says something about a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attribute {
    /// What a value may be.
    Type,
    /// The kind of a list's items or of a map's values.
    Items,
    /// What stands between two items or pairs.
    Separator,
    /// What stands between a key and a value of a map.
    Assign,
    /// It must be set.
    Required,
    /// It need not be set.
    Optional,
    /// Its value if it is not set.
    Default,
    /// It must not be set; in overrides.
    Forbidden,
    /// Its value is secret, or is not although its key looks like it.
    Sensitive,
    /// An empty value is a value.
    AllowEmpty,
    /// What it is for.
    Description,
    /// Values to show people.
    Examples,
    /// Not below.
    Min,
    /// Not above.
    Max,
    /// Above, and not equal.
    Above,
    /// Below, and not equal.
    Below,
    /// At least so many characters or items.
    MinLength,
    /// At most so many characters or items.
    MaxLength,
    /// A regular expression.
    Pattern,
    /// The allowed values.
    OneOf,
    /// Values that are not allowed.
    NotOneOf,
    /// The allowed schemes of a url.
    Schemes,
    /// Literals beside the kind.
    Also,
    /// It should no longer be used.
    Deprecated,
    /// It must no longer be used.
    Removed,
    /// The key to use instead.
    ReplacedBy,
    /// Further keys.
    Aliases,
    /// The services it belongs to.
    Services,
    /// The phases it belongs to.
    Phases,
    /// Its name in typed files.
    Path,
    /// The group it belongs to.
    Group,
    /// It must be set under a condition.
    RequiredWhen,
    /// It must not be set under a condition.
    ForbiddenWhen,
    /// What changes in a profile.
    In,
    /// What changes under a condition.
    When,
}

/// What the short form does with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Short {
    /// It does not have it.
    No,
    /// It may stand without a value.
    Flag,
    /// It has one value.
    One,
    /// It has values joined by `|`.
    Many,
}

/// A row of the table.
pub(crate) struct Row {
    /// The word.
    pub(crate) attribute: Attribute,
    /// How the long form spells it.
    pub(crate) name: &'static str,
    /// What the short form does with it.
    pub(crate) short: Short,
    /// How the short form spells it; empty if it does not have it.
    pub(crate) short_name: &'static str,
    /// Whether it may change under a condition.
    pub(crate) overrides: bool,
}

const fn row(
    attribute: Attribute,
    name: &'static str,
    short: Short,
    short_name: &'static str,
    overrides: bool,
) -> Row {
    Row { attribute, name, short, short_name, overrides }
}

/// Every word, in the order of the documentation.
pub(crate) static ATTRIBUTES: [Row; 35] = [
    row(Attribute::Type, "type", Short::No, "", false),
    row(Attribute::Items, "items", Short::No, "", false),
    row(Attribute::Separator, "separator", Short::No, "", false),
    row(Attribute::Assign, "assign", Short::No, "", false),
    row(Attribute::Required, "required", Short::Flag, "required", true),
    row(Attribute::Optional, "optional", Short::Flag, "optional", true),
    row(Attribute::Default, "default", Short::One, "default", true),
    row(Attribute::Forbidden, "forbidden", Short::No, "", true),
    row(Attribute::Sensitive, "sensitive", Short::Flag, "sensitive", false),
    row(Attribute::AllowEmpty, "allow_empty", Short::Flag, "allow empty", false),
    row(Attribute::Description, "description", Short::One, "description", false),
    row(Attribute::Examples, "examples", Short::One, "example", false),
    row(Attribute::Min, "min", Short::One, "min", true),
    row(Attribute::Max, "max", Short::One, "max", true),
    row(Attribute::Above, "above", Short::One, "above", true),
    row(Attribute::Below, "below", Short::One, "below", true),
    row(Attribute::MinLength, "min_length", Short::One, "min length", true),
    row(Attribute::MaxLength, "max_length", Short::One, "max length", true),
    row(Attribute::Pattern, "pattern", Short::One, "pattern", true),
    row(Attribute::OneOf, "one_of", Short::Many, "one of", true),
    row(Attribute::NotOneOf, "not_one_of", Short::Many, "not one of", true),
    row(Attribute::Schemes, "schemes", Short::Many, "schemes", true),
    row(Attribute::Also, "also", Short::Many, "also", true),
    row(Attribute::Deprecated, "deprecated", Short::Flag, "deprecated", false),
    row(Attribute::Removed, "removed", Short::Flag, "removed", false),
    row(Attribute::ReplacedBy, "replaced_by", Short::One, "replaced by", false),
    row(Attribute::Aliases, "aliases", Short::Many, "aliases", false),
    row(Attribute::Services, "services", Short::Many, "services", false),
    row(Attribute::Phases, "phases", Short::Many, "phases", false),
    row(Attribute::Path, "path", Short::No, "", false),
    row(Attribute::Group, "group", Short::No, "", false),
    row(Attribute::RequiredWhen, "required_when", Short::No, "", false),
    row(Attribute::ForbiddenWhen, "forbidden_when", Short::No, "", false),
    row(Attribute::In, "in", Short::No, "", false),
    row(Attribute::When, "when", Short::No, "", false),
];

impl Row {
    /// The row of the long form's word `name`.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        ATTRIBUTES.iter().find(|row| row.name == name)
    }

    /// The row of the short form's word `name`, which may have underscores instead of blanks.
    pub(crate) fn in_short(name: &str) -> Option<&'static Self> {
        let mut rows = ATTRIBUTES.iter().filter(|row| row.short != Short::No);
        rows.find(|row| row.short_name == name || (row.name == name && row.name.contains('_')))
    }
}

/// The names of the short form.
pub(crate) fn short_names() -> impl Iterator<Item = &'static str> {
    ATTRIBUTES.iter().map(|row| row.short_name).filter(|name| !name.is_empty())
}

/// The names of the long form.
pub(crate) fn long_names() -> impl Iterator<Item = &'static str> {
    ATTRIBUTES.iter().filter(|row| row.attribute != Attribute::Forbidden).map(|row| row.name)
}

/// The names that may stand in overrides.
pub(crate) fn override_names() -> impl Iterator<Item = &'static str> {
    ATTRIBUTES.iter().filter(|row| row.overrides).map(|row| row.name)
}
