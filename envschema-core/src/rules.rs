//! What the checks of a schema share: its literals judged by their own variable's rules.

use crate::constraint;
use crate::diagnostic::Diagnostic;
use crate::element;
use crate::phrase;
use crate::raw::Raw;
use crate::redact;
use crate::schema::{Constraint, Presence, Text, Variable, When};
use crate::subject::{Subject, VariablePart};
use crate::table::Row;

/// A variable as it is under one override, or under none.
pub struct Variant<'v> {
    /// The override, by index.
    pub when: Option<u32>,
    /// When that is, as a clause with a blank before it.
    pub clause: String,
    /// The presence.
    pub presence: &'v Presence,
    /// Where the schema says so.
    pub presence_part: VariablePart,
    /// The constraints.
    pub constraints: Vec<(VariablePart, &'v Constraint)>,
    /// The literals admitted beside the kind.
    pub also: &'v [Text],
}

/// A variable without an override, and with each one that says something of its value.
pub fn variants(variable: &Variable) -> impl Iterator<Item = Variant<'_>> {
    let overrides = (0..).zip(variable.when.iter()).filter(|(_, when)| {
        !when.forbidden && (!when.constraints.is_empty() || when.presence.is_some() || when.also.is_some())
    });
    std::iter::once(plain(variable)).chain(overrides.map(|(index, when)| overridden(variable, index, when)))
}

fn plain(variable: &Variable) -> Variant<'_> {
    let own = variable.constraints.iter();
    let is_open = |bound: &&Constraint| !own.clone().any(|constraint| constraint.replaces_bound(bound));
    let bounds = variable.bounds.iter().filter(is_open).map(|bound| (VariablePart::Kind, bound));
    Variant {
        when: None,
        clause: String::new(),
        presence: &variable.presence,
        presence_part: VariablePart::Default,
        constraints: (0..).map(VariablePart::Constraint).zip(own.clone()).chain(bounds).collect(),
        also: &variable.also,
    }
}

fn overridden<'v>(variable: &'v Variable, index: u32, when: &'v When) -> Variant<'v> {
    let mut variant = plain(variable);
    variant.constraints.retain(|(part, constraint)| {
        !when.constraints.iter().any(|new| match part {
            VariablePart::Kind => new.replaces_bound(constraint),
            _ => new.is_same_sort(constraint),
        })
    });
    let parts = (0..).map(|number| VariablePart::WhenConstraint(index, number));
    variant.constraints.extend(parts.zip(when.constraints.iter()));
    if let Some(presence) = &when.presence {
        (variant.presence, variant.presence_part) = (presence, VariablePart::When(index));
    }
    let also = when.also.as_deref().unwrap_or(variant.also);
    Variant { when: Some(index), clause: phrase::under(&when.condition), also, ..variant }
}

impl Variant<'_> {
    /// Why `text` is not a value of the variable, as a clause; `None` if it is one.
    #[must_use]
    pub fn why_not(&self, variable: &Variable, text: &str) -> Option<&'static str> {
        // An empty list is a value; it takes a default to have one.
        if text.is_empty() && !element::has_items(&variable.kind) {
            return (!variable.allow_empty).then_some("is empty, which counts as not set");
        }
        let raw = Raw::Text(text.into());
        let (elements, misfits) = element::items(&variable.kind, &raw, self.also);
        if let Some(misfit) = misfits.first() {
            return Some(misfit.mistake.message);
        }
        let mut constraints = self.constraints.iter().map(|(_, constraint)| *constraint);
        let is_broken =
            |constraint: &&Constraint| constraint::is_broken(constraint, &variable.kind, &elements);
        constraints.find(is_broken).map(describe)
    }
}

/// The diagnostic of a literal that is not a value of its own variable. A clause may say when it is not.
#[must_use]
pub fn literal(
    code: &'static str,
    subject: Subject,
    row: &Row<'_>,
    [what, why, when]: [&str; 3],
    text: &str,
) -> Diagnostic {
    let key = &row.key;
    let headline = if row.sensitive || redact::has_userinfo(text) {
        format!("the {what} of `{key}` breaks the variable's own rules{when}")
    } else {
        format!("the {what} of `{key}` {why}{when}: {}", redact::value(text))
    };
    Diagnostic::error(code, subject, headline)
        .key(key.as_ref())
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
        Constraint::OneOf(_) => "is not one of the allowed values",
        Constraint::NotOneOf(_) => "is a value that is not allowed",
        Constraint::Schemes(_) => "has a scheme that is not allowed",
    }
}
