//! The scalar types of Rust: which kind each is, and what it holds of it. One truth for the derive and for decoding.

use std::borrow::Cow;

use crate::kind::{IpVersion, Kind};
use crate::schema::Constraint;

/// Bounds of a type, as constants named after it.
macro_rules! bounds {
    ($($name:ident, $nonzero:ident: $min:literal..=$max:literal, not zero from $least:literal;)*) => {$(
        #[doc = concat!("`", stringify!($name), "`: `", $min, "..=", $max, "`.")]
        pub const $name: &[Constraint] = &[min($min), max($max)];

        #[doc = concat!("`", stringify!($nonzero), "`: `", $least, "..=", $max, "` without zero.")]
        pub const $nonzero: &[Constraint] =
            &[min($least), max($max), Constraint::NotOneOf(Cow::Borrowed(&[Cow::Borrowed("0")]))];
    )*};
}

const fn min(text: &'static str) -> Constraint {
    Constraint::Min(Cow::Borrowed(text))
}

const fn max(text: &'static str) -> Constraint {
    Constraint::Max(Cow::Borrowed(text))
}

// `usize` and `isize` are those of 64-bit machines, wherever the check runs.
bounds! {
    I8, NON_ZERO_I8: "-128"..="127", not zero from "-128";
    I16, NON_ZERO_I16: "-32768"..="32767", not zero from "-32768";
    I32, NON_ZERO_I32: "-2147483648"..="2147483647", not zero from "-2147483648";
    I64, NON_ZERO_I64: "-9223372036854775808"..="9223372036854775807", not zero from "-9223372036854775808";
    I128, NON_ZERO_I128: "-170141183460469231731687303715884105728"..="170141183460469231731687303715884105727",
        not zero from "-170141183460469231731687303715884105728";
    ISIZE, NON_ZERO_ISIZE: "-9223372036854775808"..="9223372036854775807", not zero from "-9223372036854775808";
    U8, NON_ZERO_U8: "0"..="255", not zero from "1";
    U16, NON_ZERO_U16: "0"..="65535", not zero from "1";
    U32, NON_ZERO_U32: "0"..="4294967295", not zero from "1";
    U64, NON_ZERO_U64: "0"..="18446744073709551615", not zero from "1";
    U128, NON_ZERO_U128: "0"..="340282366920938463463374607431768211455", not zero from "1";
    USIZE, NON_ZERO_USIZE: "0"..="18446744073709551615", not zero from "1";
}

/// `f32`: its finite range.
pub const F32: &[Constraint] = &[min("-3.4028234663852886e38"), max("3.4028234663852886e38")];

/// `char`: one character.
pub const CHAR: &[Constraint] = &[Constraint::MinLength(1), Constraint::MaxLength(1)];

/// `char` as an item, where lengths are those of the list.
pub const CHAR_ITEM: &[Constraint] = &[Constraint::Pattern(Cow::Borrowed("(?s)^.$"))];

/// The bounds of items out of those of their type.
#[must_use]
pub const fn of_items(bounds: &'static [Constraint]) -> &'static [Constraint] {
    match bounds {
        [Constraint::MinLength(1), Constraint::MaxLength(1)] => CHAR_ITEM,
        _ => bounds,
    }
}

/// Kind and bounds of the scalar type called `name`, without its path: `u16`, `NonZeroU8`, `IpAddr`; `None` for any other.
#[must_use]
pub fn named(name: &str) -> Option<(Kind, &'static [Constraint])> {
    let integer = |bounds| Some((Kind::Integer, bounds));
    let free = |kind| Some((kind, &[][..]));
    match name {
        "i8" => integer(I8),
        "i16" => integer(I16),
        "i32" => integer(I32),
        "i64" => integer(I64),
        "i128" => integer(I128),
        "isize" => integer(ISIZE),
        "u8" => integer(U8),
        "u16" => integer(U16),
        "u32" => integer(U32),
        "u64" => integer(U64),
        "u128" => integer(U128),
        "usize" => integer(USIZE),
        "NonZeroI8" => integer(NON_ZERO_I8),
        "NonZeroI16" => integer(NON_ZERO_I16),
        "NonZeroI32" => integer(NON_ZERO_I32),
        "NonZeroI64" => integer(NON_ZERO_I64),
        "NonZeroI128" => integer(NON_ZERO_I128),
        "NonZeroIsize" => integer(NON_ZERO_ISIZE),
        "NonZeroU8" => integer(NON_ZERO_U8),
        "NonZeroU16" => integer(NON_ZERO_U16),
        "NonZeroU32" => integer(NON_ZERO_U32),
        "NonZeroU64" => integer(NON_ZERO_U64),
        "NonZeroU128" => integer(NON_ZERO_U128),
        "NonZeroUsize" => integer(NON_ZERO_USIZE),
        "f64" => free(Kind::Number),
        "f32" => Some((Kind::Number, F32)),
        "bool" => free(Kind::Boolean),
        "char" => Some((Kind::String, CHAR)),
        "str" | "String" | "OsString" => free(Kind::String),
        "PathBuf" => free(Kind::Path),
        "Duration" => free(Kind::Duration),
        "IpAddr" => free(Kind::Ip(IpVersion::Any)),
        "Ipv4Addr" => free(Kind::Ip(IpVersion::V4)),
        "Ipv6Addr" => free(Kind::Ip(IpVersion::V6)),
        "SocketAddr" | "SocketAddrV4" | "SocketAddrV6" => free(Kind::SocketAddress),
        "Url" => free(Kind::Url),
        _ => None,
    }
}
