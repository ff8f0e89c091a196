//! `timezone`: a name of the IANA time zone database, or shaped like one: `Europe/Vienna`, `UTC`.
//!
//! A name with a slash starts with one of the database's areas, which hardly ever change, and goes on with one or two
//! parts of at most 14 characters that start with a capital (the rules of the database's own file `theory.html`). Which
//! places an area has changes every year, so that is left to the reader. Names without a slash are the database's own,
//! which are no longer added to. Case counts, as in file names. Abbreviations (`CEST`) and offsets (`+02:00`) are wrong.

use super::{About, Mistake};
use crate::value::Value;

pub(super) const ABOUT: About = About {
    name: "timezone",
    expected: "a time zone such as `Europe/Vienna` or `UTC`",
    example: "Europe/Vienna",
};

#[rustfmt::skip]
const AREAS: [&str; 16] = [
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil", "Canada",
    "Chile", "Etc", "Europe", "Indian", "Mexico", "Pacific", "US",
];

#[rustfmt::skip]
const WITHOUT_AREA: [&str; 44] = [
    "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "GB", "GB-Eire", "GMT", "GMT+0",
    "GMT-0", "GMT0", "Greenwich", "HST", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica", "Japan",
    "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ", "NZ-CHAT", "Navajo", "PRC", "PST8PDT", "Poland",
    "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UCT", "UTC", "Universal", "W-SU", "WET", "Zulu",
];

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    let Some((area, rest)) = text.split_once('/') else {
        return if WITHOUT_AREA.contains(&text) {
            Ok(Value::Text(text))
        } else {
            Err(Mistake::new(complaint(text), 0..text.len()))
        };
    };
    if !AREAS.contains(&area) {
        let message = if AREAS.iter().any(|known| known.eq_ignore_ascii_case(area)) {
            "has an area in the wrong case: write it such as `Europe`"
        } else {
            "has an unknown area: the database has areas such as `Europe` and `America`"
        };
        return Err(Mistake::new(message, 0..area.len()));
    }
    let mut start = area.len() + 1;
    for (place, part) in rest.split('/').enumerate() {
        let at = start..start + part.len();
        if place == 2 {
            return Err(Mistake::new("has more than three parts", at.start - 1..text.len()));
        }
        if let Some(message) = wrong_part(part) {
            return Err(Mistake::new(message, at));
        }
        start = at.end + 1;
    }
    Ok(Value::Text(text))
}

/// What to say about a name without an area that the database does not have.
fn complaint(text: &str) -> &'static str {
    if text.contains(|found: char| found.is_ascii_digit()) {
        "is an offset, not the name of a time zone"
    } else if WITHOUT_AREA.iter().any(|name| name.eq_ignore_ascii_case(text)) {
        "is the name of a time zone in the wrong case"
    } else {
        "is not the name of a time zone such as `Europe/Vienna`"
    }
}

fn wrong_part(part: &str) -> Option<&'static str> {
    let is_allowed = |found: u8| found.is_ascii_alphanumeric() || matches!(found, b'_' | b'-' | b'+');
    match part.as_bytes() {
        [] => Some("has an empty part"),
        bytes if bytes.len() > 14 => Some("has a part longer than 14 characters"),
        [b'A'..=b'Z', rest @ ..] if rest.iter().copied().all(is_allowed) => None,
        [b'A'..=b'Z', ..] => Some("has a part with a character that no time zone has"),
        _ => Some("has a part that does not start with a capital letter"),
    }
}
