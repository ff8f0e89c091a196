//! Whether a value holds to a constraint: one function for every constraint and every kind.

use std::cell::OnceCell;
use std::cmp::Ordering;

use crate::element::{self, Element};
use crate::kind::{Kind, url};
use crate::pattern::Pattern;
use crate::schema::{Constraint, Text};
use crate::value::Value;

/// Calls `report` for every element that breaks `constraint`, with its index; with `None` if the value as a whole does.
///
/// Lengths of lists and maps count items; everything else holds for each item. A literal that is admitted beside the kind
/// breaks nothing, nor does what already is a mistake.
pub fn broken_by(
    constraint: &Constraint,
    kind: &Kind,
    elements: &[Element<'_>],
    mut report: impl FnMut(Option<u32>),
) {
    let has_items = element::has_items(kind);
    match constraint {
        Constraint::MinLength(least) if has_items && (elements.len() as u64) < *least => report(None),
        Constraint::MaxLength(most) if has_items && elements.len() as u64 > *most => report(None),
        Constraint::MinLength(_) | Constraint::MaxLength(_) if has_items => {}
        _ => {
            let test = Test::new(constraint, element::kind_of_items(kind));
            for (index, element) in (0..).zip(elements) {
                if !test.holds(element) {
                    report(has_items.then_some(index));
                }
            }
        }
    }
}

/// Whether anything breaks `constraint`.
#[must_use]
pub fn is_broken(constraint: &Constraint, kind: &Kind, elements: &[Element<'_>]) -> bool {
    let mut is_broken = false;
    broken_by(constraint, kind, elements, |_| is_broken = true);
    is_broken
}

/// A constraint made ready for many elements: its literals are read once, and not before they are needed.
///
/// A literal that is no value of the kind, and a pattern that is no regular expression, are diagnostics of the schema and
/// break nothing here.
enum Test<'c> {
    /// Compares with a bound as the function says.
    Order(Option<Value<'c>>, fn(Ordering) -> bool),
    LengthFrom(u64),
    LengthTo(u64),
    Pattern(Option<Pattern>),
    OneOf(Literals<'c>),
    NotOneOf(Literals<'c>),
    Schemes(&'c [Text]),
}

impl<'c> Test<'c> {
    fn new(constraint: &'c Constraint, kind: &'c Kind) -> Self {
        let order = |bound: &'c Text, holds| Self::Order(kind.parse(bound).ok(), holds);
        let literals = |texts| Literals { kind, texts, values: OnceCell::new() };
        match constraint {
            Constraint::Min(bound) => order(bound, Ordering::is_ge),
            Constraint::Max(bound) => order(bound, Ordering::is_le),
            Constraint::Above(bound) => order(bound, Ordering::is_gt),
            Constraint::Below(bound) => order(bound, Ordering::is_lt),
            Constraint::MinLength(least) => Self::LengthFrom(*least),
            Constraint::MaxLength(most) => Self::LengthTo(*most),
            Constraint::Pattern(pattern) => Self::Pattern(Pattern::new(pattern)),
            Constraint::OneOf(allowed) => Self::OneOf(literals(allowed)),
            Constraint::NotOneOf(ruled_out) => Self::NotOneOf(literals(ruled_out)),
            Constraint::Schemes(schemes) => Self::Schemes(schemes),
        }
    }

    fn holds(&self, element: &Element<'_>) -> bool {
        let Some(value) = &element.value else { return true };
        match self {
            Self::Order(bound, holds) => {
                bound.as_ref().and_then(|bound| value.compare(bound)).is_none_or(holds)
            }
            Self::LengthFrom(least) => length(value, element.text) >= *least,
            Self::LengthTo(most) => length(value, element.text) <= *most,
            // Where there are no patterns, nothing is taken for granted that one should say.
            Self::Pattern(None) => cfg!(feature = "pattern"),
            Self::Pattern(Some(pattern)) => pattern.stands_in(element.text),
            Self::OneOf(literals) => literals.contain(element.text, value),
            Self::NotOneOf(literals) => !literals.contain(element.text, value),
            Self::Schemes(schemes) => {
                let scheme = url::scheme_of(element.text).unwrap_or_default();
                schemes.iter().any(|allowed| allowed.eq_ignore_ascii_case(scheme))
            }
        }
    }
}

/// Values that a schema lists.
struct Literals<'c> {
    kind: &'c Kind,
    texts: &'c [Text],
    values: OnceCell<Vec<Value<'c>>>,
}

impl Literals<'_> {
    /// Whether one of them is the same value, however it is written.
    fn contain(&self, text: &str, value: &Value<'_>) -> bool {
        let values = || self.texts.iter().filter_map(|literal| self.kind.parse(literal).ok()).collect();
        self.texts.iter().any(|literal| literal == text)
            || self.values.get_or_init(values).iter().any(|literal| value.same(literal))
    }
}

/// How long a value is: bytes of decoded binary data, else characters of the text.
fn length(value: &Value<'_>, text: &str) -> u64 {
    match value {
        Value::Bytes(bytes) => bytes.len() as u64,
        _ => text.chars().count() as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::is_broken;
    use crate::element;
    use crate::kind::{Kind, List, Map};
    use crate::raw::Raw;
    use crate::schema::{Constraint, Text};

    #[track_caller]
    fn check(kind: &Kind, constraint: &Constraint, holding: &[&str], breaking: &[&str]) {
        for (texts, expected) in [(holding, false), (breaking, true)] {
            for text in texts {
                let raw = Raw::Text((*text).into());
                let (elements, _) = element::items(kind, &raw, &["any".into()]);
                assert_eq!(is_broken(constraint, kind, &elements), expected, "{text:?} {constraint:?}");
            }
        }
    }

    fn texts(texts: &[&'static str]) -> Vec<Text> {
        texts.iter().map(|text| Text::from(*text)).collect()
    }

    fn list(items: Kind) -> Kind {
        Kind::List(List { separator: ',', items: items.into() })
    }

    #[test]
    fn bounds_compare_values_and_not_texts() {
        check(&Kind::Integer, &Constraint::Min("2".into()), &["2", "10", "any"], &["1", "-3"]);
        check(&Kind::Duration, &Constraint::Max("1m".into()), &["60s", "500ms"], &["61s", "2m"]);
        check(&Kind::Size, &Constraint::Above("1KiB".into()), &["1025"], &["1024", "1KB"]);
        check(&Kind::Number, &Constraint::Below("1".into()), &["0.99"], &["1.0"]);
    }

    #[test]
    fn lengths_count_characters_bytes_and_items() {
        check(&Kind::String, &Constraint::MaxLength(3), &["äöü", ""], &["abcd"]);
        check(&Kind::Hex, &Constraint::MinLength(2), &["00ff"], &["00"]);
        check(&Kind::Base64, &Constraint::MinLength(5), &["aGVsbG8="], &["aGVs"]);
        check(&list(Kind::String), &Constraint::MinLength(2), &["aaaaaa,b", "any,b"], &["aaaaaa", ""]);
        let map = Map { separator: ',', assign: '=', values: Kind::String.into() };
        check(&Kind::Map(map), &Constraint::MaxLength(1), &["a=1", ""], &["a=1,b=2"]);
    }

    #[test]
    fn allowed_values_are_compared_as_values() {
        let allowed = Constraint::OneOf(texts(&["false", "60s"]).into());
        check(&Kind::Boolean, &allowed, &["0", "No", "off"], &["1", "true"]);
        check(&Kind::Duration, &allowed, &["1m", "any"], &["2m"]);
        check(&list(Kind::Duration), &allowed, &["60s,1m"], &["1m,2m"]);
        let ruled_out = Constraint::NotOneOf(texts(&["latest"]).into());
        check(&Kind::String, &ruled_out, &["1.2", "Latest"], &["latest"]);
    }

    #[test]
    fn patterns_match_anywhere_and_schemes_in_any_case() {
        check(&Kind::String, &Constraint::Pattern("[0-9]+".into()), &["a1b"], &["ab"]);
        check(&Kind::String, &Constraint::Pattern("^sk_".into()), &["sk_1"], &["pk_sk_1"]);
        let schemes = Constraint::Schemes(texts(&["postgres", "postgresql"]).into());
        check(&Kind::Url, &schemes, &["postgres://db/a", "POSTGRESQL://db/a"], &["mysql://db/a"]);
    }

    #[test]
    fn what_is_a_mistake_or_an_unreadable_literal_breaks_nothing() {
        check(&Kind::Integer, &Constraint::Min("2".into()), &["x"], &[]);
        check(&list(Kind::Integer), &Constraint::Min("2".into()), &["x,3"], &["x,1"]);
        check(&Kind::Integer, &Constraint::Min("two".into()), &["1"], &[]);
        check(&Kind::String, &Constraint::Pattern("(".into()), &["1"], &[]);
    }
}
