//! Types around another one: absent, on the heap, or shared.

use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use envschema_core::kind::{Kind, Mistake};
use envschema_core::schema::Constraint;

use super::{Given, Leaf};

/// The kind of `T`, and nothing if the variable is not set.
impl<T: Leaf> Leaf for Option<T> {
    const KIND: Kind = T::KIND;
    const BOUNDS: &'static [Constraint] = T::BOUNDS;
    const SENSITIVE: bool = T::SENSITIVE;
    const OPTIONAL: bool = true;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        T::decode(given).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

macro_rules! pointers {
    ($($pointer:ident)*) => {$(
        /// The kind of `T`.
        impl<T: Leaf> Leaf for $pointer<T> {
            const KIND: Kind = T::KIND;
            const BOUNDS: &'static [Constraint] = T::BOUNDS;
            const SENSITIVE: bool = T::SENSITIVE;
            const OPTIONAL: bool = T::OPTIONAL;

            fn decode(given: Given<'_>) -> Result<Self, Mistake> {
                T::decode(given).map(Self::new)
            }

            fn absent() -> Option<Self> {
                T::absent().map(Self::new)
            }
        }
    )*};
}

pointers! { Box Rc Arc }

macro_rules! unsized_values {
    ($($pointer:ident)*) => {$(
        /// `string`: any text, as it is.
        impl Leaf for $pointer<str> {
            const KIND: Kind = Kind::String;

            fn decode(given: Given<'_>) -> Result<Self, Mistake> {
                Ok(given.text.into())
            }
        }

        /// `path`
        impl Leaf for $pointer<Path> {
            const KIND: Kind = Kind::Path;

            fn decode(given: Given<'_>) -> Result<Self, Mistake> {
                PathBuf::decode(given).map(Self::from)
            }
        }
    )*};
}

unsized_values! { Box Rc Arc }
