//! Whether a value holds to a constraint: one function for every constraint and every kind.

use std::cmp::Ordering;

use regex_lite::Regex;

use crate::element::Element;
use crate::kind::{Kind, url};
use crate::schema::Constraint;
use crate::value::Value;

/// The elements that break `constraint`, by index; `None` stands for the value as a whole.
///
/// Lengths of lists and maps count items; everything else holds for each item. A literal that is admitted beside the kind
/// breaks nothing, nor does what already is a mistake.
#[must_use]
pub fn broken_by(constraint: &Constraint, kind: &Kind, elements: &[Element<'_>]) -> Vec<Option<u32>> {
    let item_kind = match kind {
        Kind::List(list) => &*list.items,
        Kind::Map(map) => &*map.values,
        _ => {
            let broken = elements
                .iter()
                .any(|element| element.value.is_some() && !Test::new(constraint, kind).holds(element));
            return if broken { vec![None] } else { Vec::new() };
        }
    };
    match constraint {
        Constraint::MinLength(least) => whole(elements.len() as u64 >= *least),
        Constraint::MaxLength(most) => whole(elements.len() as u64 <= *most),
        _ => {
            let test = Test::new(constraint, item_kind);
            let numbered =
                (0..).zip(elements).filter(|(_, element)| element.value.is_some() && !test.holds(element));
            numbered.map(|(index, _)| Some(index)).collect()
        }
    }
}

fn whole(holds: bool) -> Vec<Option<u32>> {
    if holds { Vec::new() } else { vec![None] }
}

/// A constraint made ready for many elements.
struct Test<'c> {
    constraint: &'c Constraint,
    kind: &'c Kind,
    regex: Option<Regex>,
}

impl<'c> Test<'c> {
    fn new(constraint: &'c Constraint, kind: &'c Kind) -> Self {
        // A pattern that is no regular expression is a diagnostic of the schema.
        let regex =
            if let Constraint::Pattern(pattern) = constraint { Regex::new(pattern).ok() } else { None };
        Self { constraint, kind, regex }
    }

    fn holds(&self, element: &Element<'_>) -> bool {
        let Some(value) = &element.value else { return true };
        match self.constraint {
            Constraint::Min(bound) => self.compares(value, bound, Ordering::is_ge),
            Constraint::Max(bound) => self.compares(value, bound, Ordering::is_le),
            Constraint::Above(bound) => self.compares(value, bound, Ordering::is_gt),
            Constraint::Below(bound) => self.compares(value, bound, Ordering::is_lt),
            Constraint::MinLength(least) => length(value, element.text) >= *least,
            Constraint::MaxLength(most) => length(value, element.text) <= *most,
            Constraint::Pattern(_) => self.regex.as_ref().is_none_or(|regex| regex.is_match(element.text)),
            Constraint::OneOf(literals) => {
                literals.iter().any(|literal| self.equals(element, value, literal))
            }
            Constraint::NotOneOf(literals) => {
                !literals.iter().any(|literal| self.equals(element, value, literal))
            }
            Constraint::Schemes(schemes) => {
                let scheme = url::scheme_of(element.text);
                scheme
                    .is_some_and(|scheme| schemes.iter().any(|allowed| allowed.eq_ignore_ascii_case(scheme)))
            }
        }
    }

    /// Compares with a bound; a bound that is no value of the kind is a diagnostic of the schema.
    fn compares(&self, value: &Value<'_>, bound: &str, holds: fn(Ordering) -> bool) -> bool {
        self.kind.parse(bound).ok().and_then(|bound| value.compare(&bound)).is_none_or(holds)
    }

    fn equals(&self, element: &Element<'_>, value: &Value<'_>, literal: &str) -> bool {
        element.text == literal || self.kind.parse(literal).is_ok_and(|literal| value.same(&literal))
    }
}

/// How long a value is: bytes of decoded binary data, else characters of the text.
fn length(value: &Value<'_>, text: &str) -> u64 {
    match value {
        Value::Bytes(bytes) => bytes.len() as u64,
        _ => text.chars().count() as u64,
    }
}
