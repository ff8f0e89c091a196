//! A raw value taken apart into what constraints hold for: itself, or each item of a list or a map.

use std::fmt;
use std::ops::Range;

use crate::kind::{Kind, Mistake};
use crate::raw::Raw;
use crate::schema::Text;
use crate::value::Value;

/// A value, or an item of a list or map.
#[derive(Clone)]
pub struct Element<'e> {
    /// Where it stands in the text of the whole value; `None` in a list or table of a typed source.
    pub at: Option<Range<usize>>,
    /// Its text, as far as it has one.
    pub text: &'e str,
    /// The value; `None` if it is a mistake or a literal admitted beside the kind.
    pub value: Option<Value<'e>>,
    /// Whether it is a literal that the schema admits beside the kind.
    pub admitted: bool,
}

/// A value that is not of its kind, or an item that is not.
pub struct Misfit {
    /// The item, by index; `None` if the value as a whole is meant.
    pub element: Option<u32>,
    /// What is wrong, and where in the text of the value or the item.
    pub mistake: Mistake,
    /// Where that is in the text of the whole value; `None` in a list or table of a typed source.
    pub at: Option<Range<usize>>,
}

/// Whether values of the kind consist of items.
#[must_use]
pub const fn has_items(kind: &Kind) -> bool {
    matches!(kind, Kind::List(_) | Kind::Map(_))
}

/// The kind of each item of a list or a map; any other kind is its own.
#[must_use]
pub fn kind_of_items(kind: &Kind) -> &Kind {
    match kind {
        Kind::List(list) => &list.items,
        Kind::Map(map) => &map.values,
        _ => kind,
    }
}

/// A value of a kind without items.
///
/// # Errors
///
/// What keeps it from being one, unless it is one of `literals`.
pub fn single<'e>(kind: &Kind, raw: &'e Raw<'_>, literals: &[Text]) -> Result<Element<'e>, Mistake> {
    match raw {
        Raw::Text(text) | Raw::Content(text) => of_text(kind, text, literals),
        Raw::Number(text) if is_numeric(kind) => of_text(kind, text, literals),
        Raw::Boolean(value) if *kind == Kind::Boolean => {
            let text = if *value { "true" } else { "false" };
            Ok(Element { at: None, text, value: Some(Value::Boolean(*value)), admitted: false })
        }
        _ => Err(Mistake::new(mismatch(kind, raw), 0..0)),
    }
}

/// The value that `text` is, or its items, as [`items`] finds them.
#[must_use]
pub fn of_literal<'e>(kind: &'e Kind, text: &'e str, literals: &[Text]) -> Vec<Element<'e>> {
    let mut items = Items { literals, elements: Vec::new(), misfits: Vec::new() };
    match kind {
        Kind::List(list) => items.add_texts(&list.items, list.split(text)),
        Kind::Map(map) => items.add_texts(&map.values, map.split(text)),
        _ => items.add(None, text, of_text(kind, text, literals)),
    }
    items.elements
}

/// The items of a list or a map, and what is wrong with them or between them. Any other value is its own only item.
#[must_use]
pub fn items<'e>(kind: &'e Kind, raw: &'e Raw<'_>, literals: &[Text]) -> (Vec<Element<'e>>, Vec<Misfit>) {
    let mut items = Items { literals, elements: Vec::new(), misfits: Vec::new() };
    match (kind, raw) {
        (Kind::List(list), Raw::Text(text) | Raw::Content(text)) => {
            items.add_texts(&list.items, list.split(text));
        }
        (Kind::List(list), Raw::List(members)) => {
            items.add_raws(&list.items, members.iter().map(|(item, _)| item));
        }
        (Kind::Map(map), Raw::Text(text) | Raw::Content(text)) => {
            items.add_texts(&map.values, map.split(text));
        }
        (Kind::Map(map), Raw::Table(members)) => {
            items.add_raws(&map.values, members.iter().map(|(_, value, _)| value));
        }
        (Kind::List(_) | Kind::Map(_), _) => {
            let mistake = Mistake::new(mismatch(kind, raw), 0..0);
            items.misfits.push(Misfit { element: None, mistake, at: None });
        }
        _ => items.add_raws(kind, std::iter::once(raw)),
    }
    (items.elements, items.misfits)
}

struct Items<'e, 'l> {
    literals: &'l [Text],
    elements: Vec<Element<'e>>,
    misfits: Vec<Misfit>,
}

impl<'e> Items<'e, '_> {
    fn add_texts(
        &mut self,
        kind: &Kind,
        pieces: impl Iterator<Item = Result<(Range<usize>, &'e str), Mistake>>,
    ) {
        for piece in pieces {
            match piece {
                Ok((at, text)) => self.add(Some(at), text, of_text(kind, text, self.literals)),
                // What is wrong between items is wrong with the whole.
                Err(mistake) => {
                    let at = Some(mistake.at.clone());
                    self.misfits.push(Misfit { element: None, mistake, at });
                }
            }
        }
    }

    fn add_raws<'r: 'e>(&mut self, kind: &Kind, raws: impl Iterator<Item = &'e Raw<'r>>) {
        for raw in raws {
            let text = raw.as_text().unwrap_or_default();
            self.add(None, text, single(kind, raw, self.literals));
        }
    }

    fn add(&mut self, at: Option<Range<usize>>, text: &'e str, read: Result<Element<'e>, Mistake>) {
        let element = match read {
            Ok(element) => Element { at, ..element },
            Err(mistake) => {
                let wrong = &mistake.at;
                let within = at.as_ref().map(|at| at.start + wrong.start..at.start + wrong.end);
                let element = u32::try_from(self.elements.len()).ok();
                self.misfits.push(Misfit { element, mistake, at: within });
                Element { at, text, value: None, admitted: false }
            }
        };
        self.elements.push(element);
    }
}

fn of_text<'e>(kind: &Kind, text: &'e str, literals: &[Text]) -> Result<Element<'e>, Mistake> {
    let admitted = literals.iter().any(|literal| literal == text);
    let value = if admitted { None } else { Some(kind.parse(text)?) };
    Ok(Element { at: None, text, value, admitted })
}

/// Whether a number of a typed file is a value of `kind`.
const fn is_numeric(kind: &Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Number | Kind::Port | Kind::Size)
}

/// Why a value of a typed file, or one that is no text, is not of `kind`.
const fn mismatch(kind: &Kind, raw: &Raw<'_>) -> &'static str {
    let takes_text = !is_numeric(kind) && !has_items(kind) && !matches!(kind, Kind::Boolean);
    match raw {
        Raw::Bytes => "holds bytes that are not UTF-8",
        Raw::Boolean(_) if takes_text => "is true or false here: put it in quotes to make it text",
        Raw::Boolean(_) => "is true or false here",
        Raw::Number(_) if takes_text => "is a number here: put it in quotes to make it text",
        Raw::Number(_) => "is a number here",
        Raw::List(_) => "is a list here",
        Raw::Table(_) => "is a table here",
        Raw::Text(_) | Raw::Content(_) => "is a text here",
        Raw::Absent => "is empty here",
        Raw::Null => "is null here: leave it out, or give it a value",
    }
}

/// Shows whether there is a value, never the value: it may be secret.
impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Element").field("value", &self.value).finish_non_exhaustive()
    }
}

/// Shows which item it is, not what is wrong with it: that would tell something of a secret.
impl fmt::Debug for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Misfit").field("element", &self.element).finish_non_exhaustive()
    }
}
