//! Types that read text and know no kinds: `#[env(from_str)]` and `#[env(deserialize)]`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::str::FromStr;

use envschema_core::kind::{Kind, Mistake};

use super::{Given, Leaf, unsuitable};
use crate::secret::Secret;

/// A leaf that stands for a type that is none, alone or inside `Option`, `Secret`, a list or a map.
pub trait Foreign: Leaf {
    /// The type of the field.
    type Type;

    /// What the field holds.
    fn into_type(self) -> Self::Type;
}

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

    fn into_type(self) -> T {
        self.0
    }
}

impl<F: Foreign> Foreign for Option<F> {
    type Type = Option<F::Type>;

    fn into_type(self) -> Self::Type {
        self.map(F::into_type)
    }
}

impl<F: Foreign> Foreign for Secret<F> {
    type Type = Secret<F::Type>;

    fn into_type(self) -> Self::Type {
        self.map(F::into_type)
    }
}

macro_rules! collections {
    ($([$($bounds:tt)*] [$($type_bounds:tt)*] $collection:ident $(, $hasher:ident)?;)*) => {$(
        impl<F: Foreign + 'static $($bounds)* $(, $hasher: BuildHasher + Default)?> Foreign for $collection<F $(, $hasher)?>
        where
            F::Type: $($type_bounds)*
        {
            type Type = $collection<F::Type $(, $hasher)?>;

            fn into_type(self) -> Self::Type {
                self.into_iter().map(F::into_type).collect()
            }
        }
    )*};
}

collections! {
    [] [Sized] Vec;
    [] [Sized] VecDeque;
    [+ Ord] [Ord] BTreeSet;
    [+ Eq + Hash] [Eq + Hash] HashSet, S;
}

macro_rules! maps {
    ($($map:ident $(, $hasher:ident)?;)*) => {$(
        impl<F: Foreign + 'static $(, $hasher: BuildHasher + Default)?> Foreign for $map<String, F $(, $hasher)?> {
            type Type = $map<String, F::Type $(, $hasher)?>;

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
