//! `cidr`: an address, `/` and a prefix length (RFC 4632, section 3.1; RFC 4291, section 2.3).
//!
//! The prefix is decimal without zeros in front, 0 to 32 for IPv4 and 0 to 128 for IPv6. Bits of the address behind the
//! prefix may be set (`10.0.0.1/8`), as in an interface's address: Go's `ParseCIDR`, nginx and Rust's `ipnet` take
//! that too. Netmasks (`/255.0.0.0`) and bare addresses are wrong.

use std::net::IpAddr;

use super::{About, Mistake, ip, place};
use crate::value::{Cidr, Value};

pub(super) const ABOUT: About = About {
    name: "cidr",
    expected: "an address and a prefix length such as `10.0.0.0/8`",
    example: "10.0.0.0/8",
};

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    let Some((before, behind)) = text.split_once('/') else {
        return Err(match text.parse::<IpAddr>() {
            Ok(_) => Mistake::new("has no prefix length such as `/24`", text.len()..text.len()),
            Err(_) => ip::complaint(text),
        });
    };
    let address: IpAddr = before.parse().map_err(|_| ip::complaint(before))?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let at = before.len() + 1..text.len();
    match place::number(behind) {
        Some(_) if behind.len() > 1 && behind.starts_with('0') => {
            Err(Mistake::new("has a prefix length that starts with a zero", at))
        }
        Some(prefix) if prefix <= most => match u8::try_from(prefix) {
            Ok(prefix) => Ok(Value::Cidr(Cidr { address, prefix })),
            Err(_) => Err(Mistake::new("has too long a prefix", at)),
        },
        Some(_) => Err(Mistake::new("has too long a prefix: 32 is the most for IPv4, 128 for IPv6", at)),
        None => Err(Mistake::new("has a prefix length that is not a number", at)),
    }
}
