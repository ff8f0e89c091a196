//! Whole numbers beyond any one integer type of Rust.

use std::cmp::Ordering;

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
