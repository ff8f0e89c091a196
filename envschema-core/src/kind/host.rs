//! `host`: the name or the IP address of a machine, without a scheme, port or path.
//!
//! A name is made of parts between points, each of 1 to 63 letters, digits and hyphens, no hyphen at either end, 253
//! characters in all (RFC 1123, section 2.1). Underscores are allowed beyond that: DNS does (RFC 2181, section 11), and
//! services in compose files are called so. One point may end the name (`example.com.`, RFC 1034, section 3.1). A name
//! whose last part is a number must be an IPv4 address, as in the URL standard of WHATWG: `999.1.1.1` and `1.2.3` are
//! wrong. International names are written in punycode (`xn--…`). IPv6 addresses have no brackets and no zone.

use std::net::{IpAddr, Ipv4Addr};

use super::{About, Mistake, place};
use crate::value::Value;

pub(super) const ABOUT: About = About {
    name: "host",
    expected: "a host name or an IP address such as `example.com`",
    example: "example.com",
};

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    if text.parse::<IpAddr>().is_err() {
        check_shape(text)?;
        check(text)?;
    }
    Ok(Value::Text(text))
}

/// Finds what makes a text more than a host.
fn check_shape(text: &str) -> Result<(), Mistake> {
    let end = text.len();
    if let Some(at) = text.find("://") {
        return Err(Mistake::new("has a scheme: a host is only a name or an address", 0..at + 3));
    }
    if let Some(at) = text.find('/') {
        return Err(Mistake::new(
            "has a path or a prefix length: a host is only a name or an address",
            at..end,
        ));
    }
    if text.starts_with('[') {
        return Err(Mistake::new("has brackets: a host is an IPv6 address without them", 0..1));
    }
    if let Some(at) = text.find('@') {
        return Err(Mistake::new("has a user: a host is only a name or an address", 0..at + 1));
    }
    match text.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') && place::number(port).is_some() => {
            Err(Mistake::new("has a port: a host is only a name or an address", host.len()..end))
        }
        Some(_) => Err(Mistake::new("is neither a host name nor an IP address", 0..end)),
        None => Ok(()),
    }
}

/// Checks a host name or IPv4 address that is not empty; urls have their hosts checked here too.
pub(super) fn check(host: &str) -> Result<(), Mistake> {
    let name = host.strip_suffix('.').unwrap_or(host);
    let last = name.rsplit('.').next().unwrap_or_default();
    if ends_in_number(last) {
        return match host.parse::<Ipv4Addr>() {
            Ok(_) => Ok(()),
            Err(_) => {
                Err(Mistake::new("has a host that ends in a number, but is no IPv4 address", 0..host.len()))
            }
        };
    }
    if name.len() > 253 {
        return Err(Mistake::new("has a host name longer than 253 characters", 253..host.len()));
    }
    let mut start = 0;
    for label in name.split('.') {
        check_label(label).map_err(|mistake| mistake.behind(start))?;
        start += label.len() + 1;
    }
    Ok(())
}

/// Whether the last part of a host makes it an IPv4 address in the URL standard: digits, or `0x` and hexadecimal ones.
fn ends_in_number(last: &str) -> bool {
    let hex = last.strip_prefix("0x").or_else(|| last.strip_prefix("0X"));
    let is_hex = hex.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    is_hex || !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit())
}

fn check_label(label: &str) -> Result<(), Mistake> {
    let is_allowed = |found: char| found.is_ascii_alphanumeric() || matches!(found, '-' | '_');
    if let Some(at) = place::first(label, |found| !is_allowed(found)) {
        let message = if label[at.clone()].is_ascii() {
            "has a character that no host name has"
        } else {
            "has a host name with a character outside a to z: write the name in punycode (`xn--…`)"
        };
        return Err(Mistake::new(message, at));
    }
    if label.is_empty() {
        return Err(Mistake::new("has a host name with an empty part", 0..0));
    }
    if label.len() > 63 {
        return Err(Mistake::new("has a host name with a part longer than 63 characters", 63..label.len()));
    }
    if label.starts_with('-') {
        return Err(Mistake::new("has a host name with a part that starts with a hyphen", 0..1));
    }
    if label.ends_with('-') {
        return Err(Mistake::new(
            "has a host name with a part that ends with a hyphen",
            label.len() - 1..label.len(),
        ));
    }
    Ok(())
}
