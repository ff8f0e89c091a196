//! The words of concise schemas: what a reader takes, an editor completes and the meta-schema lists.

use envschema_core::kind::Kind;

use crate::format::concise::{attribute, condition, document, kind, overrides, rules};

/// The words of the document form, and `$schema`.
pub const DOCUMENT: &[&str] = &document::WORDS;

/// The words of `unknown` in its long form.
pub const UNKNOWN: &[&str] = &document::UNKNOWN;

/// The words of a group.
pub const GROUP: &[&str] = &document::GROUP;

/// The words that begin a rule.
pub const RULES: &[&str] = &rules::WORDS;

/// The words of the rule `contains`.
pub const CONTAINS: &[&str] = &rules::CONTAINS;

/// The words of a condition; its other keys are those of variables.
pub const CONDITION: &[&str] = &condition::WORDS;

/// The word of an override under `when` that holds its condition.
pub const IF: &str = overrides::IF;

/// The words of a variable's long form.
pub fn variable() -> impl Iterator<Item = &'static str> {
    attribute::long_names()
}

/// The modifiers of the short form.
pub fn modifiers() -> impl Iterator<Item = &'static str> {
    attribute::short_names()
}

/// The words of overrides, under `in` and `when`.
pub fn overrides() -> impl Iterator<Item = &'static str> {
    attribute::override_names()
}

/// What an undeclared key may be.
pub fn policies() -> impl Iterator<Item = &'static str> {
    document::POLICIES.iter().map(|(name, _)| *name)
}

/// The names of kinds.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    Kind::NAMES.iter().copied().chain(kind::MANY)
}

/// The words that make a list of the kind behind them.
pub fn separators() -> impl Iterator<Item = &'static str> {
    kind::SEPARATORS.iter().map(|(name, _)| *name)
}
