//! `duration`: a span of time such as `500ms`, `1h30m`, `7 days` or `1.5h`, exact to the nanosecond.
//!
//! One or more amounts, each with its unit, from the largest unit to the smallest and each unit once. Spaces may stand
//! between a number and its unit and between amounts. The last amount may have a fraction if it comes out in whole
//! nanoseconds. Units are lower case: a word in singular or plural, or its short form:
//!
//! `ns` nanosecond · `us` `µs` microsecond · `ms` millisecond · `s` `sec` `secs` second · `m` `min` `mins` minute ·
//! `h` `hr` `hrs` hour · `d` day (24 hours) · `w` week (7 days)
//!
//! Months and years have no fixed length and are wrong. A number without a unit is wrong, because readers differ on
//! whether it counts seconds or milliseconds; only `0` needs none. The longest duration is that of the standard library,
//! `u64::MAX` seconds and a bit.

use std::time::Duration;

use super::amount::Amount;
use super::{About, Mistake};
use crate::value::Value;

pub(super) const ABOUT: About =
    About { name: "duration", expected: "a duration such as `30s`, `5m` or `1h30m`", example: "1h30m" };

const SECOND: u128 = 1_000_000_000;

const UNITS: [(u128, &[&str]); 8] = [
    (1, &["ns", "nanosecond", "nanoseconds"]),
    // The micro sign and the Greek letter look the same.
    (1_000, &["us", "\u{b5}s", "\u{3bc}s", "microsecond", "microseconds"]),
    (1_000_000, &["ms", "millisecond", "milliseconds"]),
    (SECOND, &["s", "sec", "secs", "second", "seconds"]),
    (60 * SECOND, &["m", "min", "mins", "minute", "minutes"]),
    (3_600 * SECOND, &["h", "hr", "hrs", "hour", "hours"]),
    (86_400 * SECOND, &["d", "day", "days"]),
    (7 * 86_400 * SECOND, &["w", "week", "weeks"]),
];

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    if text == "0" {
        return Ok(Value::Duration(Duration::ZERO));
    }
    let too_long = || Mistake::new("is too long a duration", 0..text.len());
    let (mut total, mut smallest, mut at) = (0_u128, u128::MAX, 0);
    while at < text.len() {
        let amount = Amount::read(text, at)?;
        let unit = unit(&amount)?;
        if unit >= smallest {
            let message = "has units out of order: write each once, the largest first";
            return Err(Mistake::new(message, amount.unit_at));
        }
        total = total.checked_add(amount.times(unit)?).ok_or_else(too_long)?;
        smallest = unit;
        at = amount.unit_at.end;
        at += text[at..].bytes().take_while(|&byte| byte == b' ').count();
        if amount.has_fraction() && at < text.len() {
            return Err(Mistake::new("has a fraction before its last unit", amount.number_at));
        }
    }
    let seconds = u64::try_from(total / SECOND).map_err(|_| too_long())?;
    let nanoseconds = u32::try_from(total % SECOND).map_err(|_| too_long())?;
    Ok(Value::Duration(Duration::new(seconds, nanoseconds)))
}

/// How many nanoseconds the unit of `amount` has.
fn unit(amount: &Amount<'_>) -> Result<u128, Mistake> {
    if let Some((nanoseconds, _)) = UNITS.iter().find(|(_, words)| words.contains(&amount.unit)) {
        return Ok(*nanoseconds);
    }
    let known_in_lower_case =
        || UNITS.iter().any(|(_, words)| words.iter().any(|word| word.eq_ignore_ascii_case(amount.unit)));
    let message = match amount.unit {
        "" => "has no unit: write for example `30s` or `500ms`",
        "mo" | "month" | "months" | "y" | "yr" | "yrs" | "year" | "years" => {
            "has a unit without a fixed length: write days or weeks"
        }
        _ if known_in_lower_case() => "has a unit in capitals: units are lower case",
        _ => "has an unknown unit: the units are ns, us, ms, s, m, h, d and w",
    };
    Err(Mistake::new(message, amount.unit_at.clone()))
}
