//! `list`: several values of one kind with a separator between them: `a.example, b.example`.
//!
//! Blanks (spaces, tabs, line breaks) around an item do not belong to it. A text of nothing but blanks is an empty list.
//! Otherwise nothing may be missing: an empty item and a separator at the end are wrong, because a reader may make an
//! item of them. With a space as separator, any run of blanks is one. There are no quotes and no escapes: an item cannot
//! hold the separator. This is the only form; a JSON array is one (wrong) item.

use std::ops::Range;

use super::{About, Kind, Mistake, Shared, place};
use crate::value::{Item, Value};

/// The kind of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct List {
    /// What stands between two items. A space stands for any run of blanks.
    pub separator: char,
    /// The kind of every item; never a list or a map.
    pub items: Shared<Kind>,
}

pub(super) const ABOUT: About =
    About { name: "list", expected: "items with a separator between them", example: "" };

pub(super) fn parse<'t>(list: &List, text: &'t str) -> Result<Value<'t>, Mistake> {
    items(list, text).collect::<Result<_, _>>().map(Value::List)
}

/// Everything that is wrong with `text`, in its order.
pub(super) fn mistakes(list: &List, text: &str) -> Vec<Mistake> {
    items(list, text).filter_map(Result::err).collect()
}

fn items<'t>(list: &List, text: &'t str) -> impl Iterator<Item = Result<Item<'t>, Mistake>> {
    pieces(text, list.separator).map(|piece| {
        let Piece { text, start } = piece?;
        let value = list.items.parse(text).map_err(|mistake| mistake.behind(start))?;
        Ok(Item { value, text, at: start..start + text.len() })
    })
}

impl List {
    /// The text of each item and where it stands, or what is wrong between the items; no item is judged.
    pub fn split<'t>(
        &self,
        text: &'t str,
    ) -> impl Iterator<Item = Result<(Range<usize>, &'t str), Mistake>> + use<'t> {
        pieces(text, self.separator).map(|piece| piece.map(|piece| (piece.at(), piece.text)))
    }
}

/// What stands between two separators, without the blanks around it.
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    /// Where it starts in the whole text.
    pub(super) start: usize,
}

impl Piece<'_> {
    pub(super) const fn at(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// The pieces of a list or map; an empty one is a mistake.
pub(super) fn pieces<'t>(
    text: &'t str,
    separator: char,
) -> impl Iterator<Item = Result<Piece<'t>, Mistake>> + use<'t> {
    let by_blanks = separator == ' ';
    let skip_empty = by_blanks || text.trim_matches(place::is_blank).is_empty();
    let splits = move |found| if by_blanks { place::is_blank(found) } else { found == separator };
    let mut next = 0;
    text.split(splits).filter_map(move |piece| {
        let start = next;
        let end = start + piece.len();
        next = end + separator.len_utf8();
        let bare = piece.trim_start_matches(place::is_blank);
        let start = start + (piece.len() - bare.len());
        let bare = bare.trim_end_matches(place::is_blank);
        match (bare.is_empty(), skip_empty) {
            (false, _) => Some(Ok(Piece { text: bare, start })),
            (true, true) => None,
            (true, false) if end == text.len() => Some(Err(Mistake::new("ends with a separator", end..end))),
            (true, false) => Some(Err(Mistake::new("has an empty item", start..start))),
        }
    })
}
