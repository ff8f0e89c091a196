//! `datetime`: a day, a time and an offset as RFC 3339 writes them: `2024-02-29T12:00:00Z`.
//!
//! `T` and `Z` may be lower case (section 5.6); a blank instead of the `T`, and a time without an offset, are wrong. A
//! fraction of the second has at most nine digits, so that every reader keeps it exactly. The second 60 is only taken
//! where a leap second can be: at 23:59:60 UTC on the last day of a month (section 5.7). `-00:00` is UTC.

use super::{About, Mistake, date, place};
use crate::value::{DateTime, Value};

pub(super) const ABOUT: About = About {
    name: "datetime",
    expected: "a day and a time with an offset such as `2024-02-29T12:00:00Z`",
    example: "2024-02-29T12:00:00Z",
};

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    let date = date::read(text.get(..10).unwrap_or(text))?;
    match text[10..].chars().next() {
        Some('T' | 't') => {}
        None => return Err(Mistake::new("has a day, but no time", 10..10)),
        Some(' ') => return Err(Mistake::new("has a blank where `T` belongs", 10..11)),
        Some(_) => return Err(Mistake::new("has no `T` behind its day", place::character(text, 10))),
    }
    let second = time(text)?;
    let (nanosecond, offset_at) = fraction(text)?;
    let seconds = date.seconds() + second - offset(text, offset_at)?;
    if !text[17..].starts_with("60") {
        return Ok(Value::DateTime(DateTime::new(seconds, nanosecond)));
    }
    // In UTC a leap second can only be the last of a month, which starts with or behind that of the local day.
    if ![date.start_of_month(), date.start_of_next_month()].contains(&seconds) {
        return Err(Mistake::new("has a second 60 where no leap second can be", 17..19));
    }
    Ok(Value::DateTime(DateTime::new(seconds - 1, nanosecond + 1_000_000_000)))
}

/// The second of the day of the time at byte 11.
fn time(text: &str) -> Result<i64, Mistake> {
    let time = text.get(11..19).unwrap_or(&text[11..]);
    if let Some(at) = place::off_shape(time, "00:00:00") {
        return Err(Mistake::new("has a time that is not written as `hh:mm:ss`", at).behind(11));
    }
    let number = |at| text.get(at).and_then(place::number).unwrap_or_default();
    match (number(11..13), number(14..16), number(17..19)) {
        (24.., ..) => Err(Mistake::new("has an hour outside 00 to 23", 11..13)),
        (_, 60.., _) => Err(Mistake::new("has a minute outside 00 to 59", 14..16)),
        (.., 61..) => Err(Mistake::new("has a second outside 00 to 59", 17..19)),
        (hour, minute, second) => Ok(i64::from(hour * 3_600 + minute * 60 + second)),
    }
}

/// The nanoseconds of the fraction at byte 19, if there is one, and where the offset starts.
fn fraction(text: &str) -> Result<(u32, usize), Mistake> {
    let Some(rest) = text[19..].strip_prefix('.') else {
        return Ok((0, 19));
    };
    let digits = &rest[..rest.find(|found: char| !found.is_ascii_digit()).unwrap_or(rest.len())];
    let at = 20..20 + digits.len();
    match digits.len() {
        0 => Err(Mistake::new("has no digit behind the point of its seconds", at)),
        count @ 1..=9 => {
            let missing = (count..9).fold(1, |scale, _| scale * 10);
            Ok((place::number(digits).unwrap_or_default() * missing, at.end))
        }
        _ => Err(Mistake::new("has a fraction of a second with more than nine digits", at)),
    }
}

/// The seconds by which the offset at byte `start` is ahead of UTC.
fn offset(text: &str, start: usize) -> Result<i64, Mistake> {
    let offset = &text[start..];
    if matches!(offset, "Z" | "z") {
        return Ok(0);
    }
    let Some(digits) = offset.strip_prefix(['+', '-']) else {
        let message = match offset {
            "" => "has no offset: end it with `Z` or an offset such as `+01:00`",
            _ => "has something else where its offset belongs: `Z` or such as `+01:00`",
        };
        return Err(Mistake::new(message, start..text.len()));
    };
    if let Some(at) = place::off_shape(digits, "00:00") {
        return Err(Mistake::new("has an offset that is not written as `+hh:mm`", at).behind(start + 1));
    }
    let number = |at| digits.get(at).and_then(place::number).unwrap_or_default();
    let (hours, minutes) = (number(0..2), number(3..5));
    if hours > 23 || minutes > 59 {
        return Err(Mistake::new("has an offset outside 23:59", start..text.len()));
    }
    let seconds = i64::from(hours * 3_600 + minutes * 60);
    Ok(if offset.starts_with('-') { -seconds } else { seconds })
}
