//! `size`: a number of bytes such as `512`, `10MB`, `64MiB` or `1.5GiB`, exact.
//!
//! A number without a unit counts bytes. Decimal units are powers of 1000 (`kB` or `KB`, `MB`, `GB`, `TB`, `PB`, `EB`),
//! binary units powers of 1024 (`KiB`, `MiB`, `GiB`, `TiB`, `PiB`, `EiB`; IEC 80000-13), and `B`, `byte`, `bytes` are
//! bytes. A unit may also be all lower case (`10mb`), never mixed otherwise: `Mb` may be read as megabits. A letter alone
//! (`512m`) is wrong, because readers differ on whether it is 1000 or 1024. Spaces may stand before the unit. A fraction
//! is fine if it comes out in whole bytes.

use super::amount::Amount;
use super::{About, Mistake};
use crate::value::Value;

pub(super) const ABOUT: About =
    About { name: "size", expected: "a number of bytes such as `512`, `10MB` or `64MiB`", example: "64MiB" };

const UNITS: [(&str, u128); 17] = [
    ("", 1),
    ("B", 1),
    ("byte", 1),
    ("bytes", 1),
    ("kB", 1_000),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("PB", 1_000_000_000_000_000),
    ("EB", 1_000_000_000_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
    ("PiB", 1 << 50),
    ("EiB", 1 << 60),
];

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    let amount = Amount::read(text, 0)?;
    let bytes = amount.times(unit(&amount)?)?;
    if amount.unit_at.end < text.len() {
        return Err(Mistake::new("has something behind its unit", amount.unit_at.end..text.len()));
    }
    Ok(Value::Size(bytes))
}

/// How many bytes the unit of `amount` has.
fn unit(amount: &Amount<'_>) -> Result<u128, Mistake> {
    let written = amount.unit;
    let is_lower = !written.contains(|found: char| found.is_ascii_uppercase());
    let fits = |unit: &str| written == unit || is_lower && written.eq_ignore_ascii_case(unit);
    if let Some((_, bytes)) = UNITS.iter().find(|(unit, _)| fits(unit)) {
        return Ok(*bytes);
    }
    let message = match written.as_bytes() {
        [b'k' | b'K'] => "has a unit of one letter: write `kB` for 1000 bytes or `KiB` for 1024",
        [b'm' | b'M'] => "has a unit of one letter: write `MB` for 1000 kB or `MiB` for 1024 KiB",
        [b'g' | b'G'] => "has a unit of one letter: write `GB` for 1000 MB or `GiB` for 1024 MiB",
        [b't' | b'T' | b'p' | b'P' | b'e' | b'E'] => {
            "has a unit of one letter: write `TB` for 1000 GB or `TiB` for 1024 GiB and so on"
        }
        [_, b'i' | b'I'] => "has a unit that is cut off: write `MiB` and so on",
        _ if UNITS.iter().any(|(unit, _)| written.eq_ignore_ascii_case(unit)) => {
            "has a unit in an unusual mix of cases: write `MB` or `MiB` and so on"
        }
        _ => "has an unknown unit: the units are B, kB, MB, GB, TB, PB, EB, KiB, MiB, GiB, TiB, PiB and EiB",
    };
    Err(Mistake::new(message, amount.unit_at.clone()))
}
