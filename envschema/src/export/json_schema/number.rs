//! Numbers of a schema as JSON numbers.

use envschema_core::kind::Kind;
use envschema_core::value::{Integer, Value};

use crate::export::json::Json;

/// The largest whole number that every reader of JSON keeps exactly (RFC 8259, section 6).
const MOST_EXACT: u128 = (1 << 53) - 1;

/// A literal of a numeric kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Whole(Integer),
    Decimal(f64),
}

impl Number {
    /// What `literal` means where a typed file may give a number for the kind; `None` elsewhere.
    pub(super) fn of(kind: &Kind, literal: &str) -> Option<Self> {
        match kind.parse(literal).ok()? {
            Value::Integer(number) => Some(Self::Whole(number)),
            Value::Size(bytes) => Integer::new(false, bytes).map(Self::Whole),
            Value::Number(number) => Some(Self::Decimal(number)),
            _ => None,
        }
    }

    /// The numbers that readers of JSON may make of `literal`: some round whole numbers that others keep.
    pub(super) fn all_of(kind: &Kind, literal: &str) -> impl Iterator<Item = Self> {
        let number = Self::of(kind, literal);
        let whole =
            Self::of(&Kind::Integer, literal).filter(|_| number.is_some_and(|number| !number.is_exact()));
        number.into_iter().chain(whole)
    }

    /// Whether every reader of JSON tells it from every other number.
    pub(super) fn is_exact(self) -> bool {
        match self {
            Self::Whole(number) => number.magnitude() <= MOST_EXACT,
            Self::Decimal(number) => number.fract() == 0.0 && number.abs() <= MOST_EXACT as f64,
        }
    }

    /// Whether it is below zero.
    pub(super) fn is_negative(self) -> bool {
        match self {
            Self::Whole(number) => number.is_negative(),
            Self::Decimal(number) => number < 0.0,
        }
    }

    /// The next larger whole number; `None` for decimals.
    pub(super) fn next(self) -> Option<Self> {
        let Self::Whole(number) = self else { return None };
        let next = if number.is_negative() {
            Integer::new(true, number.magnitude() - 1)
        } else {
            Integer::new(false, number.magnitude().checked_add(1)?)
        };
        next.map(Self::Whole)
    }

    /// The next smaller whole number; `None` for decimals.
    pub(super) fn previous(self) -> Option<Self> {
        let Self::Whole(number) = self else { return None };
        let previous = if number.is_negative() || number.magnitude() == 0 {
            Integer::new(true, number.magnitude().checked_add(1)?)
        } else {
            Integer::new(false, number.magnitude() - 1)
        };
        previous.map(Self::Whole)
    }
}

impl From<Number> for Json {
    fn from(number: Number) -> Self {
        Self::Number(match number {
            Number::Whole(number) => number.to_string().into(),
            // `Display` writes no exponent, and all zeros of large and small numbers. Plus zero makes zero of minus zero.
            Number::Decimal(number) if number == 0.0 || (1e-5..1e15).contains(&number.abs()) => {
                (number + 0.0).to_string().into()
            }
            Number::Decimal(number) => format!("{number:e}").into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use envschema_core::kind::Kind;

    use super::Number;
    use crate::export::json::Json;

    fn written(kind: &Kind, literal: &str) -> String {
        Json::from(Number::of(kind, literal).unwrap()).pretty().trim().to_owned()
    }

    #[test]
    fn numbers_are_written_as_json_does() {
        let rows = [
            (Kind::Integer, "+007", "7"),
            (Kind::Integer, "-0", "0"),
            (
                Kind::Integer,
                "340282366920938463463374607431768211455",
                "340282366920938463463374607431768211455",
            ),
            (Kind::Number, ".5", "0.5"),
            (Kind::Number, "-0.0", "0"),
            (Kind::Number, "100.0", "100"),
            (Kind::Number, "1e22", "1e22"),
            (Kind::Number, "-2.5e-9", "-2.5e-9"),
            (Kind::Size, "1.5kB", "1500"),
        ];
        for (kind, literal, expected) in rows {
            assert_eq!(written(&kind, literal), expected, "{literal}");
        }
        assert!(Number::of(&Kind::Duration, "1s").is_none());
    }

    #[test]
    fn whole_numbers_have_neighbours() {
        let rows = [("0", "-1", "1"), ("-1", "-2", "0"), ("1", "0", "2")];
        for (literal, previous, next) in rows {
            let number = Number::of(&Kind::Integer, literal).unwrap();
            assert_eq!(number.previous(), Number::of(&Kind::Integer, previous), "{literal}");
            assert_eq!(number.next(), Number::of(&Kind::Integer, next), "{literal}");
        }
    }
}
