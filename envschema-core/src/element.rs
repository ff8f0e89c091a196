//! A raw value taken apart into what constraints hold for: itself, or each item of a list or a map.

use std::ops::Range;

use crate::kind::{Kind, Mistake};
use crate::raw::Raw;
use crate::schema::Text;
use crate::value::Value;

/// A value, or an item of a list or map.
#[derive(Debug)]
pub struct Element<'e> {
    /// Where it stands in the text of the whole value; empty in typed sources.
    pub at: Range<usize>,
    /// Its text, as far as it has one.
    pub text: &'e str,
    /// The value; `None` if it is a mistake or a literal admitted beside the kind.
    pub value: Option<Value<'e>>,
}

/// A mistake, and the element it is in.
pub type Misplaced = (Option<u32>, Mistake);

/// Takes a value apart, each element judged by the kind unless it is one of `literals`.
#[must_use]
pub fn split<'e>(kind: &'e Kind, raw: &'e Raw<'e>, literals: &[Text]) -> (Vec<Element<'e>>, Vec<Misplaced>) {
    let mut split = Split { literals, elements: Vec::new(), mistakes: Vec::new() };
    match (kind, raw) {
        (Kind::List(list), Raw::Text(text) | Raw::Content(text)) => {
            split.items(&list.items, list.split(text));
        }
        (Kind::List(list), Raw::List(items)) => {
            for (item, _) in items {
                split.add_raw(&list.items, item);
            }
        }
        (Kind::Map(map), Raw::Text(text) | Raw::Content(text)) => split.items(&map.values, map.split(text)),
        (Kind::Map(map), Raw::Table(members)) => {
            for (_, value, _) in members {
                split.add_raw(&map.values, value);
            }
        }
        _ => split.add_raw(kind, raw),
    }
    (split.elements, split.mistakes)
}

struct Split<'e, 'l> {
    literals: &'l [Text],
    elements: Vec<Element<'e>>,
    mistakes: Vec<Misplaced>,
}

impl<'e> Split<'e, '_> {
    fn items(&mut self, kind: &Kind, items: impl Iterator<Item = Result<(Range<usize>, &'e str), Mistake>>) {
        for item in items {
            match item {
                Ok((at, text)) => self.add_text(kind, at, text),
                Err(mistake) => self.add_mistake(mistake.at.clone(), "", mistake),
            }
        }
    }

    fn add_raw(&mut self, kind: &Kind, raw: &'e Raw<'e>) {
        match raw {
            Raw::Text(text) | Raw::Content(text) => self.add_text(kind, 0..text.len(), text),
            Raw::Number(text) if is_numeric(kind) => self.add_text(kind, 0..0, text),
            Raw::Boolean(value) if *kind == Kind::Boolean => {
                let text = if *value { "true" } else { "false" };
                self.elements.push(Element { at: 0..0, text, value: Some(Value::Boolean(*value)) });
            }
            _ => self.add_mistake(0..0, "", Mistake { message: mismatch(raw), at: 0..0 }),
        }
    }

    fn add_text(&mut self, kind: &Kind, at: Range<usize>, text: &'e str) {
        if self.literals.iter().any(|literal| literal == text) {
            self.elements.push(Element { at, text, value: None });
            return;
        }
        match kind.parse(text) {
            Ok(value) => self.elements.push(Element { at, text, value: Some(value) }),
            Err(mut mistake) => {
                mistake.at = at.start + mistake.at.start..at.start + mistake.at.end;
                self.add_mistake(at, text, mistake);
            }
        }
    }

    fn add_mistake(&mut self, at: Range<usize>, text: &'e str, mistake: Mistake) {
        self.mistakes.push((u32::try_from(self.elements.len()).ok(), mistake));
        self.elements.push(Element { at, text, value: None });
    }
}

/// Whether a number of a typed file is a value of `kind`.
const fn is_numeric(kind: &Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Number | Kind::Port | Kind::Size)
}

const fn mismatch(raw: &Raw<'_>) -> &'static str {
    match raw {
        Raw::Bytes => "holds bytes that are not UTF-8",
        Raw::Boolean(_) => "is true or false here: put it in quotes to make it text",
        Raw::Number(_) => "is a number here: put it in quotes to make it text",
        Raw::List(_) => "is a list here",
        Raw::Table(_) => "is a table here",
        Raw::Text(_) | Raw::Content(_) | Raw::Absent => "is not a value",
    }
}
