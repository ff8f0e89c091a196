//! What the checks of a schema share: its literals judged by their own variable's rules.

use crate::constraint::broken_by;
use crate::diagnostic::Diagnostic;
use crate::element;
use crate::kind::Kind;
use crate::raw::Raw;
use crate::redact;
use crate::schema::{Constraint, Variable, When};
use crate::subject::{Subject, VariablePart};
use crate::table::Row;

/// Why `text` is not a value of `variable`, as a clause; `None` if it is one. Conditions are left out.
#[must_use]
pub fn why_not(variable: &Variable, text: &str) -> Option<String> {
    if text.is_empty() {
        return (!variable.allow_empty).then(|| "is empty, which counts as not set".to_owned());
    }
    let raw = Raw::Text(text.into());
    let (elements, mistakes) = element::split(&variable.kind, &raw, &variable.also);
    if let Some((_, mistake)) = mistakes.first() {
        return Some(mistake.message.to_owned());
    }
    let broken = |constraint: &&Constraint| !broken_by(constraint, &variable.kind, &elements).is_empty();
    variable
        .constraints
        .iter()
        .chain(variable.bounds.iter())
        .find(broken)
        .map(|constraint| describe(constraint).to_owned())
}

/// The diagnostic of a literal that is not a value of its own variable.
#[must_use]
pub fn literal(
    code: &'static str,
    subject: Subject,
    row: &Row<'_>,
    what: &str,
    text: &str,
    why: &str,
) -> Diagnostic {
    let headline = if row.sensitive || redact::has_userinfo(text) {
        format!(
            "the {what} of `{}` is not {} that its own rules accept",
            row.key,
            row.variable.kind.expected()
        )
    } else {
        format!("the {what} of `{}` {why}: {}", row.key, redact::value(text))
    };
    Diagnostic::error(code, subject, headline)
        .key(row.key.as_ref())
        .help(format!("change the {what}, or the rules"))
}

/// Every constraint of a variable, those of its overrides included.
pub fn constraints(variable: &Variable) -> impl Iterator<Item = (VariablePart, &Constraint)> {
    let own = (0..).map(VariablePart::Constraint).zip(variable.constraints.iter());
    let overrides = (0..).zip(variable.when.iter()).flat_map(|(when, overrides)| {
        (0..).map(move |index| VariablePart::WhenConstraint(when, index)).zip(overrides.constraints.iter())
    });
    own.chain(overrides)
}

/// The constraints as they hold together: without an override, and with each one.
#[must_use]
pub fn sets(variable: &Variable) -> Vec<Vec<(VariablePart, &Constraint)>> {
    let own: Vec<_> = (0..).map(VariablePart::Constraint).zip(variable.constraints.iter()).collect();
    let mut sets = vec![own.clone()];
    for (index, when) in (0..).zip(variable.when.iter()).filter(|(_, when)| !when.constraints.is_empty()) {
        sets.push(merge(&own, index, when));
    }
    sets
}

fn merge<'v>(
    own: &[(VariablePart, &'v Constraint)],
    when: u32,
    overrides: &'v When,
) -> Vec<(VariablePart, &'v Constraint)> {
    let replaced =
        |constraint: &Constraint| overrides.constraints.iter().any(|other| other.is_same_sort(constraint));
    let kept = own.iter().filter(|(_, constraint)| !replaced(constraint)).copied();
    kept.chain((0..).map(|index| VariablePart::WhenConstraint(when, index)).zip(overrides.constraints.iter()))
        .collect()
}

/// The kind that constraints other than lengths hold for: that of the items, for lists and maps.
#[must_use]
pub fn item_kind(kind: &Kind) -> &Kind {
    match kind {
        Kind::List(list) => &list.items,
        Kind::Map(map) => &map.values,
        _ => kind,
    }
}

/// The literals of a constraint that must be values of the kind.
pub fn literals(constraint: &Constraint) -> impl Iterator<Item = &str> {
    let (one, many) = match constraint {
        Constraint::Min(bound)
        | Constraint::Max(bound)
        | Constraint::Above(bound)
        | Constraint::Below(bound) => (Some(bound), None),
        Constraint::OneOf(literals) | Constraint::NotOneOf(literals) => (None, Some(literals.iter())),
        _ => (None, None),
    };
    one.into_iter().chain(many.into_iter().flatten()).map(AsRef::as_ref)
}

/// The part of the schema that is literal number `index` of a constraint.
#[must_use]
pub const fn literal_part(part: VariablePart, index: u32, constraint: &Constraint) -> VariablePart {
    match (part, constraint) {
        (VariablePart::Constraint(number), Constraint::OneOf(_) | Constraint::NotOneOf(_)) => {
            VariablePart::Literal(number, index)
        }
        _ => part,
    }
}

const fn describe(constraint: &Constraint) -> &'static str {
    match constraint {
        Constraint::Min(_) | Constraint::Above(_) => "is below its lower bound",
        Constraint::Max(_) | Constraint::Below(_) => "is above its upper bound",
        Constraint::MinLength(_) => "is too short",
        Constraint::MaxLength(_) => "is too long",
        Constraint::Pattern(_) => "does not match its pattern",
        Constraint::OneOf(_) | Constraint::NotOneOf(_) => "is not one of the allowed values",
        Constraint::Schemes(_) => "has a scheme that is not allowed",
    }
}
