//! `semver`: a version as Semantic Versioning 2.0.0 writes it: `1.2.3-rc.1+build.5`.
//!
//! The grammar of section 2, 9 and 10 exactly, with the three numbers limited to 64 bits as in Cargo. Versions are
//! ordered by section 11: a pre-release comes before its release, build metadata does not count.

use super::{About, Mistake, place};
use crate::value::{Semver, Value};

pub(super) const ABOUT: About =
    About { name: "semver", expected: "a version such as `1.2.3` or `1.2.3-rc.1`", example: "1.2.3" };

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    if text.starts_with(['v', 'V']) {
        return Err(Mistake::new("starts with `v`; leave it out", 0..1));
    }
    let (version, build) = match text.split_once('+') {
        Some((version, build)) => (version, Some(build)),
        None => (text, None),
    };
    let (release, pre) = match version.split_once('-') {
        Some((release, pre)) => (release, Some(pre)),
        None => (version, None),
    };
    let numbers = release_numbers(release)?;
    if let Some(pre) = pre {
        check_identifiers(pre, Zeros::Significant).map_err(|mistake| mistake.behind(release.len() + 1))?;
    }
    if let Some(build) = build {
        check_identifiers(build, Zeros::Free).map_err(|mistake| mistake.behind(version.len() + 1))?;
    }
    Ok(Value::Semver(Semver { numbers, pre: pre.unwrap_or_default(), build: build.unwrap_or_default() }))
}

/// Major, minor and patch.
fn release_numbers(release: &str) -> Result<[u64; 3], Mistake> {
    let mut numbers = [0; 3];
    let mut start = 0;
    let mut parts = release.split('.');
    for number in &mut numbers {
        let Some(part) = parts.next() else {
            let end = release.len();
            return Err(Mistake::new("has fewer than three numbers: major, minor and patch", end..end));
        };
        *number = release_number(part).map_err(|mistake| mistake.behind(start))?;
        start += part.len() + 1;
    }
    match parts.next() {
        Some(_) => Err(Mistake::new("has more than three numbers", start - 1..release.len())),
        None => Ok(numbers),
    }
}

fn release_number(part: &str) -> Result<u64, Mistake> {
    if let Some(at) = place::first(part, |found| !found.is_ascii_digit()) {
        return Err(Mistake::new("has something other than a digit in its three numbers", at));
    }
    match part.as_bytes() {
        [] => Err(Mistake::new("has a point without a number", 0..0)),
        [b'0', _, ..] => Err(Mistake::new("has a number that starts with a zero", 0..part.len())),
        _ => part.parse().map_err(|_| Mistake::new("has a number above 64 bits", 0..part.len())),
    }
}

/// Whether a number among the identifiers may start with zeros.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zeros {
    Significant,
    Free,
}

fn check_identifiers(identifiers: &str, zeros: Zeros) -> Result<(), Mistake> {
    let mut start = 0;
    for identifier in identifiers.split('.') {
        let at = start..start + identifier.len();
        if let Some(stray) = place::first(identifier, |found| !found.is_ascii_alphanumeric() && found != '-')
        {
            let message = "has a character other than letters, digits and hyphens behind its numbers";
            return Err(Mistake::new(message, stray).behind(start));
        }
        if identifier.is_empty() {
            return Err(Mistake::new("has an empty identifier behind its numbers", at));
        }
        let is_number = identifier.bytes().all(|byte| byte.is_ascii_digit());
        if zeros == Zeros::Significant && is_number && identifier.len() > 1 && identifier.starts_with('0') {
            return Err(Mistake::new("has a number that starts with a zero in its pre-release", at));
        }
        start = at.end + 1;
    }
    Ok(())
}
