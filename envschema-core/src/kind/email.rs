//! `email`: one plain address of mail, `local@domain` (RFC 5321, section 4.1.2, without what nobody configures).
//!
//! Before the `@` stand 1 to 64 characters: letters, digits and ``!#$%&'*+/=?^_`{|}~-``, with single points in between
//! (a "dot-string"; no quoted strings). The domain is a host name as in `host`, without underscores, without a point at
//! its end and not an IP address; it may be one word (`root@localhost`). A part with `--` in third place is reserved for
//! international names (RFC 5891, section 4.2.3.1), which pass as in web urls: see `punycode.rs`. There are at most 254
//! characters in all (RFC 3696, erratum 1690).
//!
//! Display names, `mailto:` and several addresses are wrong.

use super::{About, Mistake, host, place, punycode};
use crate::value::Value;

pub(super) const ABOUT: About = About {
    name: "email",
    expected: "an email address such as `admin@example.com`",
    example: "admin@example.com",
};

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    if let Some(at) = place::first(text, |found| matches!(found, '<' | '>' | '"')) {
        return Err(Mistake::new(
            "is more than an address: leave out the display name, brackets and quotes",
            at,
        ));
    }
    let Some((local, domain)) = text.split_once('@') else {
        return Err(Mistake::new("is not an email address: it has no `@`", text.len()..text.len()));
    };
    if let Some(at) = domain.find('@') {
        let at = local.len() + 1 + at;
        return Err(Mistake::new("is not one email address: it has two `@`", at..at + 1));
    }
    check_local(local)?;
    check_domain(domain).map_err(|mistake| mistake.behind(local.len() + 1))?;
    if text.len() > 254 {
        return Err(Mistake::new("is longer than the 254 characters of an email address", 254..text.len()));
    }
    Ok(Value::Text(text))
}

fn check_local(local: &str) -> Result<(), Mistake> {
    if local.is_empty() {
        return Err(Mistake::new("has nothing before its `@`", 0..0));
    }
    let is_allowed = |found: char| found.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(found);
    if let Some(at) = place::first(local, |found| !is_allowed(found)) {
        return Err(Mistake::new("has a character that does not belong before the `@`", at));
    }
    if local.len() > 64 {
        return Err(Mistake::new("has more than 64 characters before its `@`", 64..local.len()));
    }
    let stray_point = match local.find("..") {
        Some(at) => Some(at + 1),
        None if local.starts_with('.') => Some(0),
        None => local.ends_with('.').then(|| local.len() - 1),
    };
    match stray_point {
        Some(at) => Err(Mistake::new("has a point in the wrong place before its `@`", at..at + 1)),
        None => Ok(()),
    }
}

fn check_domain(domain: &str) -> Result<(), Mistake> {
    if domain.is_empty() {
        return Err(Mistake::new("has no domain behind its `@`", 0..0));
    }
    if let Some(at) = place::first(domain, |found| found == '_') {
        return Err(Mistake::new("has an underscore in its domain", at));
    }
    host::check(domain)?;
    let is_reserved = |label: &str| label.get(2..4) == Some("--");
    let is_international = |label: &str| punycode::is_encoded(label) && punycode::is_readable(label);
    if domain.split('.').any(|label| is_reserved(label) && !is_international(label)) {
        let message = "has a domain that looks international but that not every reader takes";
        return Err(Mistake::new(message, 0..domain.len()));
    }
    if domain.ends_with('.') {
        return Err(Mistake::new("has a point at the end of its domain", domain.len() - 1..domain.len()));
    }
    if domain.ends_with(|last: char| last.is_ascii_digit()) && domain.parse::<std::net::Ipv4Addr>().is_ok() {
        return Err(Mistake::new("has an IP address where its domain belongs", 0..domain.len()));
    }
    Ok(())
}
