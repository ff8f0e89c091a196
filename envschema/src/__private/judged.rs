//! What is said about fields whose type the derive does not know: the compiler judges it by the kind and the bounds of the
//! type. Each function answers whether a constant can tell all of it; the rest is judged when a configuration is loaded.

use std::borrow::Cow;

use envschema_core::checks::conflicting_attributes;
use envschema_core::kind::{Kind, List, Map, Shared};
use envschema_core::schema::{Constraint, Entry, Schema, Text, Variable};

use super::known::{is_among, is_same};
use super::{slice, text};
use crate::leaf::Leaf;

/// A literal that is a value of the type; any other does not compile.
#[must_use]
#[track_caller]
pub const fn value_of<L: Leaf>(literal: &str) -> bool {
    let kind = const { &L::KIND };
    let is_value = match kind {
        Kind::List(_) | Kind::Map(_) => None,
        _ => judge(kind, L::BOUNDS, literal),
    };
    assert!(!matches!(is_value, Some(false)), "this is not a value of the field's type");
    is_value.is_some()
}

/// A literal that is a value of the type, or an item of one; any other does not compile.
#[must_use]
#[track_caller]
pub const fn item_of<L: Leaf>(literal: &str) -> bool {
    let is_item = judge(items(const { &L::KIND }), L::BOUNDS, literal);
    assert!(!matches!(is_item, Some(false)), "this is not a value of the field's type");
    is_item.is_some()
}

/// A bound that lies within the type; any other does not compile.
#[must_use]
#[track_caller]
pub const fn bound_of<L: Leaf>(bound: &str) -> bool {
    let Kind::Integer = items(const { &L::KIND }) else { return false };
    let is_within = integer(L::BOUNDS, bound, true);
    assert!(!matches!(is_within, Some(false)), "this is no bound for values of the field's type");
    is_within.is_some()
}

/// A constraint that can hold for values of the type; any other does not compile.
#[must_use]
#[track_caller]
pub const fn fits<L: Leaf>(constraint: &Constraint) -> bool {
    let kind = const { &L::KIND };
    let fits = conflicting_attributes::fits(constraint, kind, items(kind));
    assert!(fits, "this means nothing for the kind of the field's type");
    true
}

/// A type that has several items; any other does not compile.
#[must_use]
#[track_caller]
pub const fn has_items<L: Leaf>() -> bool {
    assert!(matches!(const { &L::KIND }, Kind::List(_)), "the type of this field is no list");
    true
}

/// Whether every profile and service that a nested struct speaks of is among those that the struct around it lists.
#[must_use]
pub const fn knows_names(schema: &'static Schema, profiles: &[&str], services: &[&str]) -> bool {
    knows_names_in(slice(&schema.entries), profiles, services)
}

const fn knows_names_in(entries: &'static [Entry], profiles: &[&str], services: &[&str]) -> bool {
    let mut at = 0;
    while at < entries.len() {
        let is_known = match &entries[at] {
            Entry::Variable(variable) => knows_names_of(variable, profiles, services),
            Entry::Group(group) => knows_names_in(slice(&group.entries), profiles, services),
        };
        if !is_known {
            return false;
        }
        at += 1;
    }
    true
}

const fn knows_names_of(variable: &'static Variable, profiles: &[&str], services: &[&str]) -> bool {
    let overrides = slice(&variable.when);
    let mut is_known = lists(services, slice(&variable.services));
    let mut at = 0;
    while at < overrides.len() {
        let condition = &overrides[at].condition;
        is_known &=
            lists(profiles, slice(&condition.profiles)) && lists(services, slice(&condition.services));
        at += 1;
    }
    is_known
}

/// Whether all names are listed, if there is a list.
const fn lists(listed: &[&str], names: &'static [Text]) -> bool {
    let mut at = 0;
    while at < names.len() {
        if !listed.is_empty() && !is_among(text(&names[at]), listed) {
            return false;
        }
        at += 1;
    }
    true
}

const fn items(kind: &'static Kind) -> &'static Kind {
    match kind {
        Kind::List(List { items: Shared::Static(items), .. })
        | Kind::Map(Map { values: Shared::Static(items), .. }) => items,
        _ => kind,
    }
}

/// Whether a text is a value of the kind within the bounds; `None` if only a program can tell.
const fn judge(kind: &Kind, bounds: &'static [Constraint], literal: &str) -> Option<bool> {
    match (kind, bounds) {
        _ if literal.is_empty() => None,
        (Kind::Integer, _) => integer(bounds, literal, false),
        (Kind::String, []) => Some(true),
        (Kind::String, [Constraint::OneOf(Cow::Borrowed(texts))]) => Some(is_listed(literal, texts)),
        _ => None,
    }
}

const fn is_listed(literal: &str, texts: &'static [Text]) -> bool {
    let mut at = 0;
    while at < texts.len() {
        if is_same(literal, text(&texts[at])) {
            return true;
        }
        at += 1;
    }
    false
}

/// As [`judge`]. A bound need not be a value itself, where the type rules values out one by one.
const fn integer(bounds: &'static [Constraint], literal: &str, is_bound: bool) -> Option<bool> {
    let Some(number) = read(literal) else { return Some(false) };
    let mut at = 0;
    while at < bounds.len() {
        let is_met = match &bounds[at] {
            Constraint::Min(bound) => is_met(read(text(bound)), Some(number)),
            Constraint::Max(bound) => is_met(Some(number), read(text(bound))),
            Constraint::NotOneOf(_) if is_bound => true,
            _ => return None,
        };
        if !is_met {
            return Some(false);
        }
        at += 1;
    }
    Some(true)
}

/// Whether the first of two numbers is not above the second.
const fn is_met(low: Option<(bool, u128)>, high: Option<(bool, u128)>) -> bool {
    match (low, high) {
        (Some((false, low)), Some((false, high))) => low <= high,
        (Some((true, low)), Some((true, high))) => low >= high,
        (Some((is_negative, _)), Some(_)) => is_negative,
        _ => true,
    }
}

/// A whole number as its kind reads it: whether it is below zero, and its distance from there.
const fn read(literal: &str) -> Option<(bool, u128)> {
    let (bytes, mut at, mut magnitude) = (literal.as_bytes(), 0, 0_u128);
    let is_negative = !bytes.is_empty() && bytes[0] == b'-';
    if is_negative || (!bytes.is_empty() && bytes[0] == b'+') {
        at = 1;
    }
    if at == bytes.len() {
        return None;
    }
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            return None;
        }
        let Some(tens) = magnitude.checked_mul(10) else { return None };
        let Some(sum) = tens.checked_add((bytes[at] - b'0') as u128) else { return None };
        magnitude = sum;
        at += 1;
    }
    Some((is_negative && magnitude > 0, magnitude))
}

#[cfg(test)]
mod tests {
    use envschema_core::kind::Kind;
    use envschema_core::scalar;
    use envschema_core::schema::Constraint;

    use super::{integer, judge};
    use crate::__private::Borrowed;

    /// What a constant says of a literal is what the kind and the bounds say.
    #[test]
    fn a_constant_judges_as_the_checks_do() {
        static LEVELS: &[Constraint] = &[Constraint::OneOf(Borrowed(&[Borrowed("debug"), Borrowed("info")]))];
        let rows = [
            (Kind::Integer, scalar::U16, "65535", Some(true)),
            (Kind::Integer, scalar::U16, "65536", Some(false)),
            (Kind::Integer, scalar::U16, "-1", Some(false)),
            (Kind::Integer, scalar::U16, "-0", Some(true)),
            (Kind::Integer, scalar::U16, "+007", Some(true)),
            (Kind::Integer, scalar::U16, "7.0", Some(false)),
            (Kind::Integer, scalar::U16, "-", Some(false)),
            (Kind::Integer, scalar::I8, "-128", Some(true)),
            (Kind::Integer, scalar::I8, "-129", Some(false)),
            (Kind::Integer, scalar::U128, "340282366920938463463374607431768211455", Some(true)),
            (Kind::Integer, scalar::U128, "340282366920938463463374607431768211456", Some(false)),
            (Kind::Integer, scalar::NON_ZERO_I8, "0", None),
            (Kind::String, LEVELS, "debug", Some(true)),
            (Kind::String, LEVELS, "Debug", Some(false)),
            (Kind::String, &[], "anything", Some(true)),
            (Kind::String, LEVELS, "", None),
            (Kind::Duration, &[], "5 parsecs", None),
        ];
        for (kind, bounds, literal, expected) in rows {
            assert_eq!(judge(&kind, bounds, literal), expected, "{literal}");
        }
        assert_eq!(integer(scalar::NON_ZERO_I8, "0", true), Some(true));
    }
}
