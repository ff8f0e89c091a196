//! A text that was understood: what a kind makes of it.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::ops::Range;
use std::time::Duration;

mod bytes;
mod integer;
mod moment;
mod semver;

pub use bytes::Bytes;
pub use integer::Integer;
pub use moment::{Date, DateTime};
pub use semver::Semver;

/// What a kind makes of a text. It borrows the text, and only lists and maps allocate.
#[derive(Clone, PartialEq)]
pub enum Value<'t> {
    /// Kinds whose value is the text: string, url, email, host, path, timezone, regex, json.
    Text(&'t str),
    /// integer, port
    Integer(Integer),
    /// number
    Number(f64),
    /// boolean
    Boolean(bool),
    /// duration
    Duration(Duration),
    /// size: bytes
    Size(u128),
    /// ip, ipv4, ipv6
    Ip(IpAddr),
    /// cidr
    Cidr(Cidr),
    /// socket-address
    SocketAddress(SocketAddr),
    /// uuid
    Uuid(u128),
    /// base64, hex
    Bytes(Bytes<'t>),
    /// date
    Date(Date),
    /// datetime
    DateTime(DateTime),
    /// semver
    Semver(Semver<'t>),
    /// list
    List(Vec<Item<'t>>),
    /// map: keys and values
    Map(Vec<(Item<'t>, Item<'t>)>),
}

/// One item of a list or a map, with its own place.
#[derive(Clone, PartialEq)]
pub struct Item<'t> {
    /// The item itself.
    pub value: Value<'t>,
    /// Its text.
    pub text: &'t str,
    /// Where it stands in the text of the whole value.
    pub at: Range<usize>,
}

/// An address and how many of its first bits count.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cidr {
    /// The address; bits behind the prefix may be set.
    pub address: IpAddr,
    /// The length of the prefix: at most 32 for IPv4, 128 for IPv6.
    pub prefix: u8,
}

impl Value<'_> {
    /// How two values of one kind compare; `None` where the kind has no order, or they are of different kinds.
    ///
    /// Ordered are integer, port, number, duration, size, date, datetime (by the moment) and semver (by precedence).
    #[must_use]
    pub fn compare(&self, other: &Value<'_>) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(a), Value::Integer(b)) => Some(a.cmp(b)),
            (Self::Number(a), Value::Number(b)) => a.partial_cmp(b),
            (Self::Duration(a), Value::Duration(b)) => Some(a.cmp(b)),
            (Self::Size(a), Value::Size(b)) => Some(a.cmp(b)),
            (Self::Date(a), Value::Date(b)) => Some(a.cmp(b)),
            (Self::DateTime(a), Value::DateTime(b)) => Some(a.cmp(b)),
            (Self::Semver(a), Value::Semver(b)) => Some(a.precedence(b)),
            _ => None,
        }
    }

    /// Whether two values of one kind are the same value: `0` is `false`, `60s` is `1m`, `00FF` is `00ff`, and moments
    /// with different offsets may be the same. Versions that differ in their build metadata are not, though neither
    /// precedes. Of maps, the order of pairs does not matter.
    #[must_use]
    pub fn same(&self, other: &Value<'_>) -> bool {
        match (self, other) {
            (Self::Text(a), Value::Text(b)) => a == b,
            (Self::Boolean(a), Value::Boolean(b)) => a == b,
            (Self::Ip(a), Value::Ip(b)) => a == b,
            (Self::Cidr(a), Value::Cidr(b)) => a == b,
            (Self::SocketAddress(a), Value::SocketAddress(b)) => a == b,
            (Self::Uuid(a), Value::Uuid(b)) => a == b,
            (Self::Bytes(a), Value::Bytes(b)) => a == b,
            (Self::Semver(a), Value::Semver(b)) => a == b,
            (Self::List(a), Value::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.value.same(&b.value))
            }
            (Self::Map(a), Value::Map(b)) => same_pairs(a, b),
            (a, b) => a.compare(b) == Some(Ordering::Equal),
        }
    }
}

type Pair<'t> = (Item<'t>, Item<'t>);

/// Whether two maps have the same value under every key.
fn same_pairs(a: &[Pair<'_>], b: &[Pair<'_>]) -> bool {
    let values: HashMap<_, _> = b.iter().map(|(key, value)| (key.text, &value.value)).collect();
    a.len() == b.len()
        && a.iter().all(|(key, value)| values.get(key.text).is_some_and(|other| value.value.same(other)))
}

/// Shows what sort of value it is, never the value: it may be secret.
impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(…)",
            Self::Integer(_) => "Integer(…)",
            Self::Number(_) => "Number(…)",
            Self::Boolean(_) => "Boolean(…)",
            Self::Duration(_) => "Duration(…)",
            Self::Size(_) => "Size(…)",
            Self::Ip(_) => "Ip(…)",
            Self::Cidr(_) => "Cidr(…)",
            Self::SocketAddress(_) => "SocketAddress(…)",
            Self::Uuid(_) => "Uuid(…)",
            Self::Bytes(_) => "Bytes(…)",
            Self::Date(_) => "Date(…)",
            Self::DateTime(_) => "DateTime(…)",
            Self::Semver(_) => "Semver(…)",
            Self::List(_) => "List(…)",
            Self::Map(_) => "Map(…)",
        })
    }
}

/// Never shows the item, only where it stands.
impl std::fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Item").field("at", &self.at).finish_non_exhaustive()
    }
}
