//! `url`: `scheme://user:password@host:port/path?query#fragment`, the grammar of RFC 3986 with an authority.
//!
//! Stricter than what browsers repair, so that every reader sees the same url:
//!
//! * The `//` must stand there: `localhost:5432/db` and `mailto:someone` are wrong.
//! * User, password, path, query and fragment have the characters of the RFC, everything else is percent-encoded
//!   (blanks, `@` and `/` in a password, letters outside ASCII, braces), and every `%` has two hexadecimal digits.
//! * Several hosts may stand with commas between them (`mongodb://a:1,b:2/db`), each as in the kind `host` (an IPv6
//!   address in brackets), each with a port from 1 to 65535 or none; an empty user or port is a slip.
//! * The schemes of the web (`http`, `https`, `ws`, `wss`, `ftp`) need exactly one host. Other schemes may leave it out
//!   before a path (`file:///x`, `sqlite:///./x.db`, `unix:///run/x.sock`, `postgres:///db`); `sqlite://` alone is
//!   SQLAlchemy's database in memory. They may also name a socket as a percent-encoded path (`postgres://%2Frun%2Fdb/x`).
//! * `file` has neither user nor port.
//! * International host names are written in punycode. In a scheme of the web and in `file` they must be of letters that
//!   need no look-up in Unicode's tables: see `punycode.rs`.
//!
//! Whatever has one host, the `url` crate (WHATWG) reads too.

use std::net::Ipv6Addr;
use std::ops::Range;

use super::{About, Mistake, host, place, punycode};
use crate::value::Value;

pub(super) const ABOUT: About =
    About { name: "url", expected: "a url such as `https://example.com`", example: "https://example.com" };

/// A piece of a url and where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Part<'t> {
    /// Its text.
    pub text: &'t str,
    /// The offset of its first byte in the url.
    pub start: usize,
}

impl<'t> Part<'t> {
    /// The bytes of the url it covers.
    #[must_use]
    pub const fn at(self) -> Range<usize> {
        self.start..self.end()
    }

    const fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// What stands before and behind byte `at` of the part, without the `skip` bytes there.
    fn split(self, at: usize, skip: usize) -> (Self, Self) {
        let (before, behind) = self.text.split_at(at);
        (
            Self { text: before, start: self.start },
            Self { text: &behind[skip..], start: self.start + at + skip },
        )
    }

    /// What stands before and behind the first `found`, if there is one.
    fn split_once(self, found: char) -> (Self, Option<Self>) {
        match self.text.find(found) {
            Some(at) => {
                let (before, behind) = self.split(at, found.len_utf8());
                (before, Some(behind))
            }
            None => (self, None),
        }
    }
}

/// A url in its parts, each as written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Url<'t> {
    /// What stands before `://`.
    pub scheme: Part<'t>,
    /// User and password as written, before the `@`: secret.
    pub userinfo: Option<Part<'t>>,
    /// All hosts with their ports as written; empty in `file:///x`.
    pub authority: Part<'t>,
    /// The path with its first `/`; may be empty.
    pub path: Part<'t>,
    /// What stands behind the `?`.
    pub query: Option<Part<'t>>,
    /// What stands behind the `#`.
    pub fragment: Option<Part<'t>>,
}

/// One host of a url and its port.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Host<'t> {
    /// The name or address; an IPv6 address with its brackets.
    pub name: Part<'t>,
    /// The port, from 1 to 65535.
    pub port: Option<Part<'t>>,
}

impl<'t> Url<'t> {
    /// The hosts in their order; none in `file:///x`.
    pub fn hosts(&self) -> impl Iterator<Item = Host<'t>> + use<'t> {
        let mut rest = Some(self.authority).filter(|authority| !authority.text.is_empty());
        std::iter::from_fn(move || {
            let (host, behind) = rest?.split_once(',');
            rest = behind;
            Some(split_port(host))
        })
    }
}

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    split(text).map(|_| Value::Text(text))
}

/// The scheme of what is already known to be a url.
#[must_use]
pub fn scheme_of(url: &str) -> Option<&str> {
    url.split_once("://").map(|(scheme, _)| scheme)
}

/// Splits a url into its parts, each of them checked.
///
/// # Errors
///
/// The first mistake, if `text` is not of the kind `url`.
pub fn split(text: &str) -> Result<Url<'_>, Mistake> {
    let (scheme, rest) = split_scheme(text)?;
    let (before, fragment) = rest.split_once('#');
    let (before, query) = before.split_once('?');
    let (authority, path) = before.split(before.text.find('/').unwrap_or(before.text.len()), 0);
    let (userinfo, hosts) = split_userinfo(authority)?;
    if userinfo.is_none() && rest.text[authority.text.len()..].contains('@') {
        check_for_raw_password(hosts, rest)?;
    }
    let url = Url { scheme, userinfo, authority: hosts, path, query, fragment };
    check_hosts(&url)?;
    for (part, beside) in [(userinfo, ":"), (Some(path), ":@/"), (query, ":@/?"), (fragment, ":@/?")] {
        part.map_or(Ok(()), |part| check_characters(part, beside))?;
    }
    Ok(url)
}

fn split_scheme(text: &str) -> Result<(Part<'_>, Part<'_>), Mistake> {
    let is_allowed = |found: char| found.is_ascii_alphanumeric() || matches!(found, '+' | '-' | '.');
    let missing = Err(Mistake::new("has no scheme: a url starts with one such as `https://`", 0..0));
    let Some(end) = text.find("://") else {
        let is_scheme = |name: &str| {
            // One letter is a drive.
            name.len() > 1
                && name.starts_with(|found: char| found.is_ascii_alphabetic())
                && name.chars().all(is_allowed)
        };
        return match text.split_once(":/") {
            Some((name, _)) if is_scheme(name) => Err(Mistake::new(
                "has one `/` behind its scheme where two belong",
                name.len()..name.len() + 2,
            )),
            _ => missing,
        };
    };
    let (scheme, rest) = Part { text, start: 0 }.split(end, 3);
    if scheme.text.is_empty() || scheme.text.contains(['/', '?', '#', '@', ':']) {
        return missing;
    }
    if let Some(at) = place::first(scheme.text, |found| !is_allowed(found)) {
        return Err(Mistake::new(
            "has a scheme with a character other than letters, digits, `+`, `-` and `.`",
            at,
        ));
    }
    if !scheme.text.starts_with(|found: char| found.is_ascii_alphabetic()) {
        return Err(Mistake::new("has a scheme that does not start with a letter", 0..1));
    }
    Ok((scheme, rest))
}

fn split_userinfo(authority: Part<'_>) -> Result<(Option<Part<'_>>, Part<'_>), Mistake> {
    let Some(at) = authority.text.rfind('@') else {
        return Ok((None, authority));
    };
    let (userinfo, hosts) = authority.split(at, 1);
    if let Some(at) = userinfo.text.find('@') {
        let at = userinfo.start + at;
        return Err(Mistake::new("has an `@` in its user or password: write it as `%40`", at..at + 1));
    }
    if userinfo.text.is_empty() {
        return Err(Mistake::new("has no user before its `@`", userinfo.at()));
    }
    Ok((Some(userinfo), hosts))
}

/// Recognizes a password with a raw `/`, `?` or `#`, which end the host too early.
fn check_for_raw_password(hosts: Part<'_>, rest: Part<'_>) -> Result<(), Mistake> {
    let has_wrong_port = split_port(hosts).port.is_some_and(|port| port_number(port).is_none());
    if !has_wrong_port {
        return Ok(());
    }
    let at = hosts.end()..(hosts.end() + 1).min(rest.end());
    Err(Mistake::new("has a `/`, `?` or `#` in its user or password: percent-encode it", at))
}

fn check_hosts(url: &Url<'_>) -> Result<(), Mistake> {
    let is = |schemes: &[&str]| schemes.iter().any(|scheme| url.scheme.text.eq_ignore_ascii_case(scheme));
    let (is_web, is_file) = (is(&["http", "https", "ws", "wss", "ftp"]), is(&["file"]));
    let at = url.authority.at();
    if url.authority.text.is_empty() {
        let is_sqlite = url.scheme.text == "sqlite" || url.scheme.text.starts_with("sqlite+");
        let may_miss = !is_web && url.userinfo.is_none() && (is_sqlite || url.path.text.len() > 1);
        return if may_miss { Ok(()) } else { Err(Mistake::new("has no host", at)) };
    }
    if let Some(userinfo) = url.userinfo.filter(|_| is_file) {
        return Err(Mistake::new("has a user, which a `file` url cannot have", userinfo.at()));
    }
    if (is_web || is_file) && url.authority.text.contains(',') {
        return Err(Mistake::new("has several hosts, which this scheme cannot have", at));
    }
    for host in url.hosts() {
        check_host(host, is_web || is_file)?;
        if let Some(port) = host.port.filter(|_| is_file) {
            return Err(Mistake::new("has a port, which a `file` url cannot have", port.at()));
        }
    }
    Ok(())
}

fn check_host(host: Host<'_>, is_web: bool) -> Result<(), Mistake> {
    let Part { text, start } = host.name;
    if text.is_empty() {
        return Err(Mistake::new("has an empty host", start..start));
    }
    if let Some(inner) = text.strip_prefix('[') {
        let address = inner.strip_suffix(']').and_then(|inner| inner.parse::<Ipv6Addr>().ok());
        if address.is_none() {
            return Err(Mistake::new(
                "has brackets around something that is no IPv6 address",
                host.name.at(),
            ));
        }
    } else if !is_web && text.get(..3).is_some_and(|first| first.eq_ignore_ascii_case("%2f")) {
        check_socket(host.name)?;
    } else {
        host::check(text).map_err(|mistake| mistake.behind(start))?;
        if is_web && !text.split('.').all(punycode::is_readable) {
            return Err(Mistake::new(
                "has an international host name that not every reader takes",
                host.name.at(),
            ));
        }
    }
    match host.port {
        Some(port) if port_number(port).is_none() => {
            let message = match port.text {
                "" => "has no port behind its colon",
                _ => "has a port that is not a number from 1 to 65535",
            };
            Err(Mistake::new(message, port.at()))
        }
        _ => Ok(()),
    }
}

/// The percent-encoded path of a socket in place of a host.
fn check_socket(name: Part<'_>) -> Result<(), Mistake> {
    check_characters(name, "")
}

/// A host without brackets ends at its last colon, as a name has none.
fn split_port(host: Part<'_>) -> Host<'_> {
    let name_end = host.text.rfind(']').unwrap_or_default();
    match host.text[name_end..].find(':') {
        Some(at) => {
            let (name, port) = host.split(name_end + at, 1);
            Host { name, port: Some(port) }
        }
        None => Host { name: host, port: None },
    }
}

fn port_number(port: Part<'_>) -> Option<u32> {
    place::number(port.text).filter(|number| matches!(number, 1..=65535))
}

/// Checks that a part has only unreserved characters, sub-delimiters, those of `beside` and whole percent-escapes.
fn check_characters(part: Part<'_>, beside: &str) -> Result<(), Mistake> {
    let is_allowed = |found: char| {
        found.is_ascii_alphanumeric() || "-._~!$&'()*+,;=%".contains(found) || beside.contains(found)
    };
    if let Some(at) = place::first(part.text, |found| !is_allowed(found)) {
        let message = match &part.text[at.clone()] {
            " " => "has a blank: write it as `%20`",
            _ => "has a character that a url must percent-encode",
        };
        return Err(Mistake::new(message, at).behind(part.start));
    }
    for (at, _) in part.text.match_indices('%') {
        let is_escape =
            part.text.get(at + 1..at + 3).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if !is_escape {
            let message = "has a `%` without two hexadecimal digits: write it as `%25`";
            return Err(Mistake::new(message, at..at + 1).behind(part.start));
        }
    }
    Ok(())
}
