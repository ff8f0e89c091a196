//! Integers, floats and booleans.

use std::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize, NonZeroU8, NonZeroU16,
    NonZeroU32, NonZeroU64, NonZeroU128, NonZeroUsize,
};

use envschema_core::kind::{Kind, Mistake};
use envschema_core::scalar;
use envschema_core::schema::Constraint;
use envschema_core::value::{Integer, Value};

use super::{Given, Leaf, unsuitable};

/// The whole number that a value of kind integer, port or size is.
const fn whole(value: &Value<'_>) -> Option<Integer> {
    match value {
        Value::Integer(integer) => Some(*integer),
        Value::Size(bytes) => Integer::new(false, *bytes),
        _ => None,
    }
}

/// A signed or unsigned number out of an exact one.
pub(super) fn narrow<T: TryFrom<i128> + TryFrom<u128>>(integer: Integer) -> Option<T> {
    let signed = integer.as_i128().and_then(|number| T::try_from(number).ok());
    signed.or_else(|| integer.as_u128().and_then(|number| T::try_from(number).ok()))
}

macro_rules! integers {
    ($($type:ty: $bounds:ident, $nonzero:ty: $nonzero_bounds:ident;)*) => {$(
        /// `integer`, in the range of the type on 64-bit machines.
        impl Leaf for $type {
            const KIND: Kind = Kind::Integer;
            const BOUNDS: &'static [Constraint] = scalar::$bounds;

            fn decode(given: Given<'_>) -> Result<Self, Mistake> {
                whole(given.value).and_then(narrow).map_or_else(unsuitable, Ok)
            }
        }

        /// `integer`, in the range of the type, and not zero.
        impl Leaf for $nonzero {
            const KIND: Kind = Kind::Integer;
            const BOUNDS: &'static [Constraint] = scalar::$nonzero_bounds;

            fn decode(given: Given<'_>) -> Result<Self, Mistake> {
                Self::new(<$type>::decode(given)?).map_or_else(unsuitable, Ok)
            }
        }
    )*};
}

integers! {
    i8: I8, NonZeroI8: NON_ZERO_I8;
    i16: I16, NonZeroI16: NON_ZERO_I16;
    i32: I32, NonZeroI32: NON_ZERO_I32;
    i64: I64, NonZeroI64: NON_ZERO_I64;
    i128: I128, NonZeroI128: NON_ZERO_I128;
    isize: ISIZE, NonZeroIsize: NON_ZERO_ISIZE;
    u8: U8, NonZeroU8: NON_ZERO_U8;
    u16: U16, NonZeroU16: NON_ZERO_U16;
    u32: U32, NonZeroU32: NON_ZERO_U32;
    u64: U64, NonZeroU64: NON_ZERO_U64;
    u128: U128, NonZeroU128: NON_ZERO_U128;
    usize: USIZE, NonZeroUsize: NON_ZERO_USIZE;
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
    const BOUNDS: &'static [Constraint] = scalar::F32;

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
