//! Types that implement serde's `Deserialize`, read from the JSON that a value is.

use envschema_core::kind::{Kind, Mistake};
use serde_core::de::DeserializeOwned;

use crate::decode::Decoder;
use crate::leaf::foreign::as_leaf;
use crate::leaf::{Foreign, Given, Leaf, Traits, unsuitable};

/// A value read by `Deserialize` from JSON. What it says about JSON it does not take is never shown: it may quote it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeserializedJson<T>(T);

/// `json`: any JSON the type takes.
impl<T: DeserializeOwned> Leaf for DeserializedJson<T> {
    const KIND: Kind = Kind::Json;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        serde_json::from_str(given.text).map_or_else(|_| unsuitable(), |value| Ok(Self(value)))
    }
}

impl<T: DeserializeOwned> Foreign for DeserializedJson<T> {
    type Type = T;

    as_leaf! {}

    fn into_type(self) -> T {
        self.0
    }
}
