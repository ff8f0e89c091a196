//! A decimal amount in front of a unit, exact: what durations and sizes are made of.

use std::ops::Range;

use super::{Mistake, place};

/// A number and its unit: `1.5 h`.
pub(super) struct Amount<'t> {
    whole: &'t str,
    /// The digits behind the point; empty without one.
    fraction: &'t str,
    /// Where the digits stand.
    pub(super) number_at: Range<usize>,
    /// What follows the number and blanks, up to the next digit or blank; may be empty.
    pub(super) unit: &'t str,
    /// Where the unit stands, or should.
    pub(super) unit_at: Range<usize>,
}

impl<'t> Amount<'t> {
    /// Reads the amount that starts at byte `start` of `text`.
    pub(super) fn read(text: &'t str, start: usize) -> Result<Self, Mistake> {
        let whole = digits(text, start);
        if whole.is_empty() {
            return Err(no_number(text, start));
        }
        let mut end = start + whole.len();
        let mut fraction = "";
        if text[end..].starts_with('.') {
            fraction = digits(text, end + 1);
            end += 1 + fraction.len();
            if fraction.is_empty() {
                return Err(Mistake::new("has no digit behind its point", place::character(text, end)));
            }
        }
        if text[end..].starts_with(['.', ',', '_', '\'']) {
            return Err(Mistake::new(
                "has a separator or a second point in its number",
                place::character(text, end),
            ));
        }
        if has_exponent(&text[end..]) {
            return Err(Mistake::new("has an exponent: write the number out", place::character(text, end)));
        }
        let blanks = text[end..].bytes().take_while(|&byte| byte == b' ').count();
        let rest = &text[end + blanks..];
        let unit =
            &rest[..rest.find(|found: char| found == ' ' || found.is_ascii_digit()).unwrap_or(rest.len())];
        // A missing unit belongs directly behind the number.
        let from = if unit.is_empty() { end } else { end + blanks };
        Ok(Self { whole, fraction, number_at: start..end, unit, unit_at: from..from + unit.len() })
    }

    pub(super) fn has_fraction(&self) -> bool {
        !self.fraction.is_empty()
    }

    /// The amount in units of which one of its own has `unit`.
    pub(super) fn times(&self, unit: u128) -> Result<u128, Mistake> {
        let too_large = || Mistake::new("is too large", self.number_at.clone());
        let whole: u128 = self.whole.parse().map_err(|_| too_large())?;
        let part = part_of(self.fraction, unit).ok_or_else(|| {
            Mistake::new("has a fraction finer than the smallest unit", self.number_at.clone())
        })?;
        whole.checked_mul(unit).and_then(|whole| whole.checked_add(part)).ok_or_else(too_large)
    }
}

/// Whether what stands behind the digits of a number is `e6`, `E-3`.
fn has_exponent(rest: &str) -> bool {
    let exponent = rest.strip_prefix(['e', 'E']).map(|rest| rest.strip_prefix(['+', '-']).unwrap_or(rest));
    exponent.is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
}

fn digits(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    &rest[..rest.find(|found: char| !found.is_ascii_digit()).unwrap_or(rest.len())]
}

/// `0.fraction` of `unit`, if that is a whole number.
fn part_of(fraction: &str, unit: u128) -> Option<u128> {
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        return Some(0);
    }
    let scale = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let product = fraction.parse::<u128>().ok()?.checked_mul(unit)?;
    (product % scale == 0).then_some(product / scale)
}

fn no_number(text: &str, at: usize) -> Mistake {
    let message = match text.get(at..).and_then(|rest| rest.chars().next()) {
        Some('-' | '\u{2212}') => "is negative",
        Some('+') => "has a sign; leave it out",
        Some('.') => "has no digit before its point",
        Some(found) if found.is_numeric() => "has digits other than 0 to 9",
        _ => "has no number where one belongs",
    };
    Mistake::new(message, place::character(text, at))
}
