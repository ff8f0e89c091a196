//! Integers, floats and booleans.

use std::borrow::Cow;
use std::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize, NonZeroU8, NonZeroU16,
    NonZeroU32, NonZeroU64, NonZeroU128, NonZeroUsize,
};

use envschema_core::kind::{Kind, Mistake};
use envschema_core::schema::Constraint;
use envschema_core::value::{Integer, Value};

use super::{Given, Leaf, unsuitable};

/// A signed or unsigned number out of an exact one.
fn narrow<T: TryFrom<i128> + TryFrom<u128>>(integer: Integer) -> Option<T> {
    let signed = integer.as_i128().and_then(|number| T::try_from(number).ok());
    signed.or_else(|| integer.as_u128().and_then(|number| T::try_from(number).ok()))
}

macro_rules! integers {
    ($($type:ty, $nonzero:ty: $min:literal..=$max:literal, not zero from $least:literal;)*) => {$(
        /// `integer`, in the range of the type on 64-bit machines.
        impl Leaf for $type {
            const KIND: Kind = Kind::Integer;
            const BOUNDS: &'static [Constraint] =
                &[Constraint::Min(Cow::Borrowed($min)), Constraint::Max(Cow::Borrowed($max))];

            fn decode(given: Given<'_>) -> Result<Self, Mistake> {
                match given.value {
                    Value::Integer(integer) => narrow(*integer).map_or_else(unsuitable, Ok),
                    _ => unsuitable(),
                }
            }
        }

        /// `integer`, in the range of the type, and not zero.
        impl Leaf for $nonzero {
            const KIND: Kind = Kind::Integer;
            const BOUNDS: &'static [Constraint] = &[
                Constraint::Min(Cow::Borrowed($least)),
                Constraint::Max(Cow::Borrowed($max)),
                Constraint::NotOneOf(Cow::Borrowed(&[Cow::Borrowed("0")])),
            ];

            fn decode(given: Given<'_>) -> Result<Self, Mistake> {
                Self::new(<$type>::decode(given)?).map_or_else(unsuitable, Ok)
            }
        }
    )*};
}

integers! {
    i8, NonZeroI8: "-128"..="127", not zero from "-128";
    i16, NonZeroI16: "-32768"..="32767", not zero from "-32768";
    i32, NonZeroI32: "-2147483648"..="2147483647", not zero from "-2147483648";
    i64, NonZeroI64: "-9223372036854775808"..="9223372036854775807", not zero from "-9223372036854775808";
    i128, NonZeroI128: "-170141183460469231731687303715884105728"..="170141183460469231731687303715884105727",
        not zero from "-170141183460469231731687303715884105728";
    isize, NonZeroIsize: "-9223372036854775808"..="9223372036854775807", not zero from "-9223372036854775808";
    u8, NonZeroU8: "0"..="255", not zero from "1";
    u16, NonZeroU16: "0"..="65535", not zero from "1";
    u32, NonZeroU32: "0"..="4294967295", not zero from "1";
    u64, NonZeroU64: "0"..="18446744073709551615", not zero from "1";
    u128, NonZeroU128: "0"..="340282366920938463463374607431768211455", not zero from "1";
    usize, NonZeroUsize: "0"..="18446744073709551615", not zero from "1";
}

/// `number`: the nearest 64-bit float.
impl Leaf for f64 {
    const KIND: Kind = Kind::Number;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        if let Value::Number(number) = given.value { Ok(*number) } else { unsuitable() }
    }
}

/// `number`: the nearest 32-bit float, in its range.
impl Leaf for f32 {
    const KIND: Kind = Kind::Number;
    const BOUNDS: &'static [Constraint] = &[
        Constraint::Min(Cow::Borrowed("-3.4028234663852886e38")),
        Constraint::Max(Cow::Borrowed("3.4028234663852886e38")),
    ];

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the nearest float of the type is what is asked for"
        )]
        f64::decode(given).map(|number| number as Self)
    }
}

/// `boolean`
impl Leaf for bool {
    const KIND: Kind = Kind::Boolean;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        if let Value::Boolean(value) = given.value { Ok(*value) } else { unsuitable() }
    }
}
