//! A text that was understood: what a kind makes of it.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::net::{IpAddr, SocketAddr};
use std::ops::Range;
use std::time::Duration;

/// What a kind makes of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    /// Kinds whose value is the text: string, host, email, path, timezone, regex, json, url …
    Text(Cow<'t, str>),
    /// integer, port
    Integer(Integer),
    /// number
    Number(f64),
    /// boolean
    Boolean(bool),
    /// duration
    Duration(Duration),
    /// size: bytes
    Size(u128),
    /// ip
    Ip(IpAddr),
    /// socket address
    SocketAddress(SocketAddr),
    /// base64, hex
    Bytes(Vec<u8>),
    /// Kinds whose values have an order the text does not show: date, datetime, semver (year, month … as numbers).
    Ordered(Ordered<'t>),
    /// list
    List(Vec<Item<'t>>),
    /// map
    Map(Vec<(Item<'t>, Item<'t>)>),
}

/// One item of a list or a map, with its own place.
#[derive(Clone, Debug, PartialEq)]
pub struct Item<'t> {
    /// The item itself.
    pub value: Value<'t>,
    /// Its text.
    pub text: &'t str,
    /// Where it stands in the text of the whole value.
    pub at: Range<usize>,
}

/// A text beside the numbers that order it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ordered<'t> {
    /// The text as written.
    pub text: Cow<'t, str>,
    /// What it is compared by, most significant first.
    pub order: [i64; 4],
}

/// A whole number from `i128::MIN` to `u128::MAX`, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Integer {
    negative: bool,
    magnitude: u128,
}

impl Integer {
    /// The number of this sign and size; `None` below `i128::MIN`. Minus zero is zero.
    #[must_use]
    pub const fn new(negative: bool, magnitude: u128) -> Option<Self> {
        if negative && magnitude > i128::MIN.unsigned_abs() {
            return None;
        }
        Some(Self { negative: negative && magnitude != 0, magnitude })
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.negative
    }

    /// Its distance from zero.
    #[must_use]
    pub const fn magnitude(self) -> u128 {
        self.magnitude
    }

    /// The number as an `i128`, where it fits.
    #[must_use]
    pub fn as_i128(self) -> Option<i128> {
        if self.negative {
            0_i128.checked_sub_unsigned(self.magnitude)
        } else {
            i128::try_from(self.magnitude).ok()
        }
    }

    /// The number as a `u128`, where it fits.
    #[must_use]
    pub const fn as_u128(self) -> Option<u128> {
        if self.negative { None } else { Some(self.magnitude) }
    }
}

impl Ord for Integer {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.magnitude.cmp(&other.magnitude),
            (true, true) => other.magnitude.cmp(&self.magnitude),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Integer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for Integer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.negative {
            f.write_str("-")?;
        }
        write!(f, "{}", self.magnitude)
    }
}

impl Value<'_> {
    /// How two values of one kind compare; `None` where the kind has no order, or they are of different kinds.
    #[must_use]
    pub fn compare(&self, other: &Value<'_>) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(a), Value::Integer(b)) => Some(a.cmp(b)),
            (Self::Number(a), Value::Number(b)) => a.partial_cmp(b),
            (Self::Duration(a), Value::Duration(b)) => Some(a.cmp(b)),
            (Self::Size(a), Value::Size(b)) => Some(a.cmp(b)),
            (Self::Ordered(a), Value::Ordered(b)) => Some(a.order.cmp(&b.order)),
            _ => None,
        }
    }

    /// Whether two values of one kind are the same value: `0` is `false`, `60s` is `1m`.
    #[must_use]
    pub fn same(&self, other: &Value<'_>) -> bool {
        match (self, other) {
            (Self::List(a), Value::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.value.same(&b.value))
            }
            (Self::Map(a), Value::Map(b)) => {
                let same_pair = |((k, v), (l, w)): (&(Item<'_>, Item<'_>), &(Item<'_>, Item<'_>))| {
                    k.value.same(&l.value) && v.value.same(&w.value)
                };
                a.len() == b.len() && a.iter().zip(b).all(same_pair)
            }
            (Self::Ordered(a), Value::Ordered(b)) => a.order == b.order && a.text == b.text,
            (Self::Text(a), Value::Text(b)) => a == b,
            (Self::Boolean(a), Value::Boolean(b)) => a == b,
            (Self::Ip(a), Value::Ip(b)) => a == b,
            (Self::SocketAddress(a), Value::SocketAddress(b)) => a == b,
            (Self::Bytes(a), Value::Bytes(b)) => a == b,
            (a, b) => a.compare(b) == Some(Ordering::Equal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Integer;

    fn integer(negative: bool, magnitude: u128) -> Integer {
        Integer::new(negative, magnitude).unwrap()
    }

    #[test]
    fn integers_are_ordered_across_signs() {
        let numbers = [
            integer(true, i128::MIN.unsigned_abs()),
            integer(true, 1),
            integer(false, 0),
            integer(false, 1),
            integer(false, u128::MAX),
        ];
        assert!(numbers.is_sorted());
        assert_eq!(integer(true, 0), integer(false, 0));
        assert_eq!(Integer::new(true, u128::MAX), None);
        assert_eq!(numbers[0].as_i128(), Some(i128::MIN));
        assert_eq!(numbers[4].to_string(), u128::MAX.to_string());
    }
}
