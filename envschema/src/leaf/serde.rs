//! Types that implement serde's `Deserialize`, read from the text of a value.

use std::fmt;

use envschema_core::kind::{Kind, List, Map, Mistake, Shared};
use envschema_core::value::{Item, Value};
use serde_core::Deserializer;
use serde_core::de::value::{MapDeserializer, SeqDeserializer};
use serde_core::de::{self, DeserializeOwned, IntoDeserializer, Visitor};

use super::foreign::as_leaf;
use super::numbers::narrow;
use super::{Foreign, Given, Leaf, Traits, unsuitable};
use crate::decode::Decoder;

mod json;

pub use json::DeserializedJson;

/// A value read by `Deserialize`. What it says about a text it does not take is never shown: it may quote it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deserialized<T>(T);

/// `string`: a type that asks for a number, a boolean, a list or a map gets what the kind of that name makes of the text.
impl<T: DeserializeOwned> Leaf for Deserialized<T> {
    const KIND: Kind = Kind::String;

    fn decode(given: Given<'_>) -> Result<Self, Mistake> {
        T::deserialize(Text(given)).map_or_else(|Refused| unsuitable(), |value| Ok(Self(value)))
    }
}

impl<T: DeserializeOwned> Foreign for Deserialized<T> {
    type Type = T;

    as_leaf! {}

    fn into_type(self) -> T {
        self.0
    }
}

/// That a type does not take a text. Why is left out: serde's messages quote the value.
#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the type does not take the value")
    }
}

impl std::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A value that becomes whatever the type asks for.
#[derive(Clone, Copy)]
struct Text<'v>(Given<'v>);

static WORDS: Kind = Kind::List(List { separator: ',', items: Shared::Static(&Kind::String) });
static PAIRS: Kind = Kind::Map(Map { separator: ',', assign: '=', values: Shared::Static(&Kind::String) });

impl<'v> Text<'v> {
    fn read(self, kind: &Kind) -> Result<Value<'v>, Refused> {
        kind.parse(self.0.text).map_err(|_| Refused)
    }
}

fn visit_items<'de, V: Visitor<'de>>(items: &[Item<'_>], visitor: V) -> Result<V::Value, Refused> {
    visitor.visit_seq(SeqDeserializer::new(items.iter()))
}

fn visit_pairs<'de, V: Visitor<'de>>(
    pairs: &[(Item<'_>, Item<'_>)],
    visitor: V,
) -> Result<V::Value, Refused> {
    visitor.visit_map(MapDeserializer::new(pairs.iter().map(|(key, value)| (key, value))))
}

impl<'i> IntoDeserializer<'_, Refused> for &'i Item<'_> {
    type Deserializer = Text<'i>;

    fn into_deserializer(self) -> Text<'i> {
        Text(Given { value: &self.value, text: self.text })
    }
}

macro_rules! numbers {
    ($($method:ident, $visit:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            match self.read(&Kind::Integer)? {
                Value::Integer(integer) => narrow(integer).map_or(Err(Refused), |number| visitor.$visit(number)),
                _ => Err(Refused),
            }
        }
    )*};
}

macro_rules! texts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            visitor.visit_str(self.0.text)
        }
    )*};
}

impl<'de> Deserializer<'de> for Text<'_> {
    type Error = Refused;

    numbers! {
        deserialize_i8, visit_i8;
        deserialize_i16, visit_i16;
        deserialize_i32, visit_i32;
        deserialize_i64, visit_i64;
        deserialize_i128, visit_i128;
        deserialize_u8, visit_u8;
        deserialize_u16, visit_u16;
        deserialize_u32, visit_u32;
        deserialize_u64, visit_u64;
        deserialize_u128, visit_u128;
    }

    texts! { deserialize_char deserialize_str deserialize_string deserialize_identifier }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.0.value {
            Value::Boolean(value) => visitor.visit_bool(*value),
            Value::Number(number) => visitor.visit_f64(*number),
            Value::Integer(integer) => match (narrow(*integer), narrow(*integer)) {
                (Some(number), _) => visitor.visit_u64(number),
                (None, Some(number)) => visitor.visit_i64(number),
                (None, None) => visitor.visit_str(self.0.text),
            },
            Value::List(items) => visit_items(items, visitor),
            Value::Map(pairs) => visit_pairs(pairs, visitor),
            _ => visitor.visit_str(self.0.text),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let Value::Boolean(value) = self.read(&Kind::Boolean)? else { return Err(Refused) };
        visitor.visit_bool(value)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let Value::Number(number) = self.read(&Kind::Number)? else { return Err(Refused) };
        visitor.visit_f64(number)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_bytes(self.0.text.as_bytes())
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Refused> {
        Err(Refused)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if let Value::List(items) = self.0.value {
            return visit_items(items, visitor);
        }
        let Value::List(items) = self.read(&WORDS)? else { return Err(Refused) };
        visit_items(&items, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if let Value::Map(pairs) = self.0.value {
            return visit_pairs(pairs, visitor);
        }
        let Value::Map(pairs) = self.read(&PAIRS)? else { return Err(Refused) };
        visit_pairs(&pairs, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        IntoDeserializer::<Refused>::into_deserializer(self.0.text).deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_unit()
    }
}
