//! `socket-address`: an IP address and a port as the standard library reads them: `127.0.0.1:8080`, `[::1]:8080`.
//!
//! Port 0 is fine: a listener asks for any free port with it. An IPv6 zone is a number (`[fe80::1%2]:80`). Host names are
//! wrong: they would have to be looked up.

use std::net::{IpAddr, SocketAddr};

use super::{About, Mistake, ip};
use crate::value::Value;

pub(super) const ABOUT: About = About {
    name: "socket-address",
    expected: "an IP address and a port such as `127.0.0.1:8080` or `[::1]:8080`",
    example: "127.0.0.1:8080",
};

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    text.parse::<SocketAddr>().map(Value::SocketAddress).map_err(|_| complaint(text))
}

fn complaint(text: &str) -> Mistake {
    let end = text.len();
    match text.parse::<IpAddr>() {
        Ok(IpAddr::V4(_)) => return Mistake::new("has no port", end..end),
        Ok(IpAddr::V6(_)) => return Mistake::new("has no port: write `[::1]:8080`", end..end),
        Err(_) => {}
    }
    if let Some(at) = text.find("://") {
        return Mistake::new("has a scheme: a socket address is an IP address and a port", 0..at + 3);
    }
    let Some((host, port)) = text.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')) else {
        return Mistake::new("has no port", end..end);
    };
    let (host, start) = match host.strip_prefix('[') {
        Some(inner) => (inner.strip_suffix(']').unwrap_or(inner), 1),
        None => (host, 0),
    };
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V6(_)) if start == 0 => {
            Mistake::new("needs brackets around its IPv6 address", 0..host.len())
        }
        Ok(IpAddr::V4(_)) if start == 1 => Mistake::new("has brackets around an IPv4 address", 0..1),
        Ok(_) => Mistake::new("has a port that is not a number from 0 to 65535", end - port.len()..end),
        Err(_) if host.is_empty() => Mistake::new("has no address before its port", start..start),
        Err(_) if host.contains(|found: char| found.is_alphabetic()) && !host.contains(':') => {
            Mistake::new("has a host name where an IP address belongs", start..start + host.len())
        }
        Err(_) => ip::complaint(host).behind(start),
    }
}
