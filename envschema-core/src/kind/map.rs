//! `map`: several `key=value` pairs with a separator between them: `team=core, tier=1`.
//!
//! Pairs are separated as the items of a list are. The first assign character ends the key; blanks around key and value
//! do not belong to them. A key is a text that is not empty and stands once. A value may be empty where its kind takes
//! that.

use std::collections::HashSet;
use std::ops::Range;

use super::list::{Piece, pieces};
use super::{About, Kind, Mistake, Shared, place};
use crate::value::{Item, Value};

/// The kind of a map.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Map {
    /// What stands between two pairs.
    pub separator: char,
    /// What stands between a key and its value.
    pub assign: char,
    /// The kind of every value; never a list or a map.
    pub values: Shared<Kind>,
}

pub(super) const ABOUT: About =
    About { name: "map", expected: "pairs of key and value with a separator between them", example: "key" };

pub(super) fn parse<'t>(map: &Map, text: &'t str) -> Result<Value<'t>, Mistake> {
    pairs(map, text).collect::<Result<_, _>>().map(Value::Map)
}

/// Everything that is wrong with `text`, in its order.
pub(super) fn mistakes(map: &Map, text: &str) -> Vec<Mistake> {
    pairs(map, text).filter_map(Result::err).collect()
}

type Pair<'t> = (Item<'t>, Item<'t>);

fn pairs<'t>(map: &Map, text: &'t str) -> impl Iterator<Item = Result<Pair<'t>, Mistake>> {
    pieces_of_pairs(map, text).map(|pair| {
        let (key, value) = pair?;
        let parsed = map.values.parse(value.text).map_err(|mistake| mistake.behind(value.start))?;
        Ok((item(Value::Text(key.text), &key), item(parsed, &value)))
    })
}

impl Map {
    /// The text of each value and where it stands, or what is wrong with a pair; no value is judged.
    pub fn split<'t>(
        &self,
        text: &'t str,
    ) -> impl Iterator<Item = Result<(Range<usize>, &'t str), Mistake>> + use<'t> {
        pieces_of_pairs(self, text).map(|pair| pair.map(|(_, value)| (value.at(), value.text)))
    }
}

/// Key and value of every pair.
fn pieces_of_pairs<'t>(
    map: &Map,
    text: &'t str,
) -> impl Iterator<Item = Result<(Piece<'t>, Piece<'t>), Mistake>> + use<'t> {
    let assign = map.assign;
    let mut keys = HashSet::new();
    pieces(text, map.separator).map(move |piece| {
        let (key, value) = split(assign, &piece?)?;
        if keys.insert(key.text) { Ok((key, value)) } else { Err(Mistake::new("has a key twice", key.at())) }
    })
}

fn item<'t>(value: Value<'t>, piece: &Piece<'t>) -> Item<'t> {
    Item { value, text: piece.text, at: piece.start..piece.start + piece.text.len() }
}

/// Key and value of one pair.
fn split<'t>(assign: char, pair: &Piece<'t>) -> Result<(Piece<'t>, Piece<'t>), Mistake> {
    let Some((key, value)) = pair.text.split_once(assign) else {
        return Err(Mistake::new("has an item that is not a pair", pair.start..pair.start + pair.text.len()));
    };
    let key = key.trim_end_matches(place::is_blank);
    if key.is_empty() {
        return Err(Mistake::new("has a pair without a key", pair.start..pair.start));
    }
    let bare = value.trim_start_matches(place::is_blank);
    let start = pair.start + (pair.text.len() - bare.len());
    Ok((Piece { text: key, start: pair.start }, Piece { text: bare, start }))
}
