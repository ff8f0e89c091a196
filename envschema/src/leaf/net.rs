//! Addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

use envschema_core::kind::{IpVersion, Kind, Mistake};
use envschema_core::value::Value;

use super::{Given, Leaf, unsuitable};

/// `ip`
impl Leaf for IpAddr {
    const KIND: Kind = Kind::Ip(IpVersion::Any);

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        if let Value::Ip(address) = given.value { Ok(*address) } else { unsuitable() }
    }
}

/// `ipv4`
impl Leaf for Ipv4Addr {
    const KIND: Kind = Kind::Ip(IpVersion::V4);

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        if let Value::Ip(IpAddr::V4(address)) = given.value { Ok(*address) } else { unsuitable() }
    }
}

/// `ipv6`
impl Leaf for Ipv6Addr {
    const KIND: Kind = Kind::Ip(IpVersion::V6);

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        if let Value::Ip(IpAddr::V6(address)) = given.value { Ok(*address) } else { unsuitable() }
    }
}

/// `socket-address`: `127.0.0.1:8080`, `[::1]:8080`.
impl Leaf for SocketAddr {
    const KIND: Kind = Kind::SocketAddress;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        if let Value::SocketAddress(address) = given.value { Ok(*address) } else { unsuitable() }
    }
}

/// `socket-address` of IPv4; the version is a rule of the type alone.
impl Leaf for SocketAddrV4 {
    const KIND: Kind = Kind::SocketAddress;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        match given.value {
            Value::SocketAddress(SocketAddr::V4(address)) => Ok(*address),
            _ => Err(Mistake { message: "is not an IPv4 address with a port", at: 0..0 }),
        }
    }
}

/// `socket-address` of IPv6; the version is a rule of the type alone.
impl Leaf for SocketAddrV6 {
    const KIND: Kind = Kind::SocketAddress;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        match given.value {
            Value::SocketAddress(SocketAddr::V6(address)) => Ok(*address),
            _ => Err(Mistake { message: "is not an IPv6 address with a port", at: 0..0 }),
        }
    }
}
