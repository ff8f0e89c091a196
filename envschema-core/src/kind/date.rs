//! `date`: a day of the Gregorian calendar as `YYYY-MM-DD` (`full-date` of RFC 3339), years 0001 to 9999.

use super::{About, Mistake, place};
use crate::value::{Date, Value};

pub(super) const ABOUT: About =
    About { name: "date", expected: "a day such as `2024-02-29`", example: "2024-02-29" };

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    read(text).map(Value::Date)
}

pub(super) fn read(text: &str) -> Result<Date, Mistake> {
    if let Some(at) = place::off_shape(text, "0000-00-00") {
        return Err(Mistake::new("is not a day written as `YYYY-MM-DD`", at));
    }
    let number = |at| text.get(at).and_then(place::number).unwrap_or_default();
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    if year == 0 {
        return Err(Mistake::new("has the year 0; years start at 0001", 0..4));
    }
    if !matches!(month, 1..=12) {
        return Err(Mistake::new("has a month outside 01 to 12", 5..7));
    }
    Date::new(year, month, day).ok_or_else(|| Mistake::new(wrong_day(month, day), 8..10))
}

fn wrong_day(month: u32, day: u32) -> &'static str {
    match (month, day) {
        (_, 0 | 32..) => "has a day outside 01 to 31",
        (2, 29) => "is not in a leap year: its February has 28 days",
        (2, _) => "has a day that February does not have",
        _ => "has a day 31 in a month of 30 days",
    }
}
