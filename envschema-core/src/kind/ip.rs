//! `ip`, `ipv4`, `ipv6`: an address as the standard library reads it, which is strict.
//!
//! IPv4 has four decimal numbers without zeros in front (readers differ on whether `010` is 8 or 10). IPv6 is RFC 4291,
//! section 2.2, its tail may be written as IPv4 (`::ffff:1.2.3.4`); brackets and zones (`fe80::1%eth0`) are wrong.

use std::net::IpAddr;

use super::{About, Mistake, place};
use crate::value::Value;

/// Which addresses the kind `ip` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum IpVersion {
    /// Both.
    #[default]
    Any,
    /// IPv4 only.
    V4,
    /// IPv6 only.
    V6,
}

pub(super) const fn about(version: IpVersion) -> &'static About {
    match version {
        IpVersion::Any => {
            &About { name: "ip", expected: "an IP address such as `10.0.0.1` or `::1`", example: "10.0.0.1" }
        }
        IpVersion::V4 => {
            &About { name: "ipv4", expected: "an IPv4 address such as `10.0.0.1`", example: "10.0.0.1" }
        }
        IpVersion::V6 => &About { name: "ipv6", expected: "an IPv6 address such as `::1`", example: "::1" },
    }
}

pub(super) fn parse(version: IpVersion, text: &str) -> Result<Value<'_>, Mistake> {
    let whole = 0..text.len();
    match (version, text.parse()) {
        (IpVersion::V4, Ok(IpAddr::V6(_))) => Err(Mistake::new("is an IPv6 address, not an IPv4 one", whole)),
        (IpVersion::V6, Ok(IpAddr::V4(_))) => Err(Mistake::new("is an IPv4 address, not an IPv6 one", whole)),
        (_, Ok(address)) => Ok(Value::Ip(address)),
        (_, Err(_)) => Err(complaint(text)),
    }
}

/// What is wrong with a text that is no address.
pub(super) fn complaint(text: &str) -> Mistake {
    if let Some(at) = text.find('/') {
        return Mistake::new("is not an IP address: it has a prefix length or a path", at..text.len());
    }
    if text.starts_with('[') {
        return Mistake::new("is not an IP address: leave out the brackets", 0..1);
    }
    if let Some(at) = text.find('%') {
        return Mistake::new("is not an IP address: it has a zone", at..text.len());
    }
    if text.contains(':') {
        let stray = place::first(text, |found| !found.is_ascii_hexdigit() && !matches!(found, ':' | '.'));
        let looks_like_port = text.matches(':').count() == 1 && text.contains('.');
        return match (text.find(':'), stray) {
            (Some(at), _) if looks_like_port => {
                Mistake::new("is not an IP address: it has a port", at..text.len())
            }
            (_, stray) => Mistake::new("is not an IP address", stray.unwrap_or(0..text.len())),
        };
    }
    wrong_number(text).unwrap_or_else(|| Mistake::new("is not an IP address", 0..text.len()))
}

/// The first of the four numbers that is none, if `text` has four parts.
fn wrong_number(text: &str) -> Option<Mistake> {
    if text.matches('.').count() != 3 {
        return None;
    }
    let mut start = 0;
    for part in text.split('.') {
        let at = start..start + part.len();
        match place::number(part) {
            Some(0..=255) if part.len() > 1 && part.starts_with('0') => {
                return Some(Mistake::new("is not an IP address: a number starts with a zero", at));
            }
            Some(0..=255) => start = at.end + 1,
            _ => return Some(Mistake::new("is not an IP address: its parts are numbers from 0 to 255", at)),
        }
    }
    None
}
