//! Types that read text and know no kinds: `#[env(from_str)]` and `#[env(deserialize)]`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::str::FromStr;

use envschema_core::kind::{Kind, Mistake};

use super::{Given, Leaf, Traits, unsuitable};
use crate::decode::Decoder;
use crate::secret::Secret;

/// A leaf that stands for a type that is none, alone or inside `Option`, `Secret`, a list or a map.
///
/// It is a [`Leaf`], too, but does not say so: then the compiler would say twice what a type lacks.
pub trait Foreign: Sized {
    /// The type of the field.
    type Type;

    /// [`Leaf::KIND`]
    const LEAF_KIND: Kind;

    /// [`Leaf::TRAITS`]
    const LEAF_TRAITS: Traits;

    /// What the field holds.
    fn into_type(self) -> Self::Type;

    /// The next field of a configuration, whose type is called `name`.
    fn take_foreign(decoder: &mut Decoder<'_>, name: &str) -> Option<Self::Type>;
}

/// What every implementation takes from [`Leaf`].
macro_rules! as_leaf {
    () => {
        const LEAF_KIND: Kind = <Self as Leaf>::KIND;
        const LEAF_TRAITS: Traits = <Self as Leaf>::TRAITS;

        fn take_foreign(decoder: &mut Decoder<'_>, name: &str) -> Option<Self::Type> {
            decoder.foreign::<Self>(name)
        }
    };
}

#[cfg(feature = "serde")]
pub(super) use as_leaf;

/// A value read from its text by [`FromStr`]. What it says about a text it does not take is never shown: it may quote it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FromText<T>(T);

/// `string`: any text the type takes.
impl<T: FromStr> Leaf for FromText<T> {
    const KIND: Kind = Kind::String;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        given.text.parse().map_or_else(|_| unsuitable(), |value| Ok(Self(value)))
    }
}

impl<T: FromStr> Foreign for FromText<T> {
    type Type = T;

    as_leaf! {}

    fn into_type(self) -> T {
        self.0
    }
}

impl<F: Foreign + Leaf> Foreign for Option<F> {
    type Type = Option<F::Type>;

    as_leaf! {}

    fn into_type(self) -> Self::Type {
        self.map(F::into_type)
    }
}

impl<F: Foreign + Leaf> Foreign for Secret<F> {
    type Type = Secret<F::Type>;

    as_leaf! {}

    fn into_type(self) -> Self::Type {
        self.map(F::into_type)
    }
}

macro_rules! collections {
    ($([$($bounds:tt)*] [$($type_bounds:tt)*] $collection:ident $(, $hasher:ident)?;)*) => {$(
        impl<F: Foreign + Leaf + 'static $($bounds)* $(, $hasher: BuildHasher + Default)?> Foreign for $collection<F $(, $hasher)?>
        where
            F::Type: $($type_bounds)*
        {
            type Type = $collection<F::Type $(, $hasher)?>;

    as_leaf! {}

            fn into_type(self) -> Self::Type {
                self.into_iter().map(F::into_type).collect()
            }
        }
    )*};
}

collections! {
    [] [Sized] Vec;
    [] [Sized] VecDeque;
    [] [Sized] LinkedList;
    [+ Ord] [Ord] BTreeSet;
    [+ Eq + Hash] [Eq + Hash] HashSet, S;
}

macro_rules! maps {
    ($($map:ident $(, $hasher:ident)?;)*) => {$(
        impl<F: Foreign + Leaf + 'static $(, $hasher: BuildHasher + Default)?> Foreign for $map<String, F $(, $hasher)?> {
            type Type = $map<String, F::Type $(, $hasher)?>;

    as_leaf! {}

            fn into_type(self) -> Self::Type {
                self.into_iter().map(|(key, value)| (key, value.into_type())).collect()
            }
        }
    )*};
}

maps! {
    BTreeMap;
    HashMap, S;
}
