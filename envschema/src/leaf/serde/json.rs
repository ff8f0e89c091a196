//! Types that implement serde's `Deserialize`, read from the JSON that a value is.

use envschema_core::kind::{Kind, Mistake};
use serde_core::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer, StrDeserializer};
use serde_core::de::{DeserializeOwned, IntoDeserializer, Visitor};
use serde_core::{Deserializer, forward_to_deserialize_any};

use super::Refused;
use crate::decode::Decoder;
use crate::format::json;
use crate::format::tree::{Data, Member, Node};
use crate::leaf::foreign::as_leaf;
use crate::leaf::{Foreign, Given, Leaf, Traits, unsuitable};

/// A value read by `Deserialize` from JSON. What it says about JSON it does not take is never shown: it may quote it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeserializedJson<T>(T);

/// `json`: any JSON the type takes.
impl<T: DeserializeOwned> Leaf for DeserializedJson<T> {
    const KIND: Kind = Kind::Json;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        let Some(root) = json::read(given.text).root else { return unsuitable() };
        T::deserialize(Json(&root)).map_or_else(|Refused| unsuitable(), |value| Ok(Self(value)))
    }
}

impl<T: DeserializeOwned> Foreign for DeserializedJson<T> {
    type Type = T;

    as_leaf! {}

    fn into_type(self) -> T {
        self.0
    }
}

/// A value of a JSON text.
#[derive(Clone, Copy)]
struct Json<'j>(&'j Node<'j>);

impl<'j> IntoDeserializer<'_, Refused> for Json<'j> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn pair<'j>(member: &'j Member<'j>) -> (&'j str, Json<'j>) {
    (&member.key, Json(&member.value))
}

/// The narrowest number that holds it: a whole one where it is written as one.
fn number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Refused> {
    if let Ok(number) = text.parse() {
        return visitor.visit_u64(number);
    }
    if let Ok(number) = text.parse() {
        return visitor.visit_i64(number);
    }
    if let Ok(number) = text.parse() {
        return visitor.visit_u128(number);
    }
    if let Ok(number) = text.parse() {
        return visitor.visit_i128(number);
    }
    text.parse().map_or(Err(Refused), |number| visitor.visit_f64(number))
}

impl<'de> Deserializer<'de> for Json<'_> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match &self.0.value {
            Data::Null => visitor.visit_unit(),
            Data::Bool(value) => visitor.visit_bool(*value),
            Data::Number(text) => number(text, visitor),
            Data::Text(text) | Data::Time(text) => visitor.visit_str(text),
            Data::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Json))),
            Data::Table(members) => visitor.visit_map(MapDeserializer::new(members.iter().map(pair))),
            Data::Invalid => Err(Refused),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.0.value == Data::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    /// A text is a variant without content, and a table with one key is a variant with some.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        match &self.0.value {
            Data::Text(text) => visitor.visit_enum(StrDeserializer::new(text)),
            Data::Table(members) => {
                visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(members.iter().map(pair))))
            }
            _ => Err(Refused),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}
