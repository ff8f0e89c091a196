//! The short form of a variable: `KIND (modifier, modifier: value, …)`.
//!
//! * KIND is one word or several joined by `|`, behind `comma-separated` or `space-separated` if it is a list.
//! * Modifiers are split at commas. A comma does not split inside parentheses, inside quotes, or inside the `/…/` of `pattern`.
//! * A quote, `'` or `"`, opens where no letter or digit stands before it and closes where none stands behind it, so `don't` is
//!   text. A quote is written twice to stand for itself.
//! * `/…/` ends at the first `/` with `,`, `)` or nothing behind it; `\/` is a slash inside. Only the value of `pattern` has it:
//!   elsewhere a `/` starts a path.
//!
//! What the words mean is not decided here.

use std::borrow::Cow;

use envschema_core::span::Span;

use crate::format::tree::{Data, Fault, Node};
use quotes::alternatives;

mod parse;
pub(super) mod quotes;

/// A short form, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Short<'t> {
    /// The word before the kind that makes it a list: `comma-separated`.
    pub list: Option<Word<'t>>,
    /// The words joined by `|`; none if the kind is missing, which is a fault.
    pub kinds: Vec<Word<'t>>,
    /// What stands in the parentheses, in its order.
    pub modifiers: Vec<Modifier<'t>>,
    /// Everything that is wrong with the form.
    pub faults: Vec<Fault>,
}

/// A word, or several that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// The text without its quotes.
    pub text: Cow<'t, str>,
    /// Where it stands, with its quotes.
    pub span: Span,
    /// Whether it stands in quotes: then it is meant as text, whatever it looks like.
    pub quoted: bool,
}

/// One modifier: `required`, `min length: 3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modifier<'t> {
    /// Its name as it is written.
    pub name: &'t str,
    /// Where the name stands.
    pub name_span: Span,
    /// What stands behind the colon.
    pub value: Option<Value<'t>>,
}

/// The value of a modifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'t> {
    /// The text as it is written, never empty.
    pub raw: &'t str,
    /// Where it stands.
    pub span: Span,
    place: Place,
    at: usize,
}

/// Where the text of a short form stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Letter by letter from this offset on.
    From(usize),
    /// Somewhere in this span, spelled otherwise: every part has the place of the whole.
    Within(Span),
}

impl Place {
    /// The place of the text of `node`.
    #[must_use]
    pub fn of(node: &Node<'_>) -> Self {
        node.letters().map_or(Self::Within(node.span), |letters| Self::From(letters.range().start))
    }

    /// Where the bytes `start..end` of the text stand in the file.
    #[must_use]
    pub fn span(self, start: usize, end: usize) -> Span {
        match self {
            Self::From(offset) => Span::new(offset + start, offset + end),
            Self::Within(span) => span,
        }
    }
}

impl<'t> Value<'t> {
    /// The value as one text, without its quotes if it stands in quotes.
    #[must_use]
    pub fn word(&self) -> Word<'t> {
        word(self.raw, self.at, self.place)
    }

    /// The values joined by `|`.
    #[must_use]
    pub fn words(&self) -> Vec<Word<'t>> {
        let part = |(start, text): (usize, &'t str)| word(text, self.at + start, self.place);
        alternatives(self.raw).map(part).filter(|word| word.quoted || !word.text.is_empty()).collect()
    }

    /// What stands between `/` and `/`, with `\/` for a slash; `None` if the value is no pattern in slashes.
    #[must_use]
    pub fn pattern(&self) -> Option<Word<'t>> {
        let inner = self.raw.strip_prefix('/')?.strip_suffix('/')?;
        let text =
            if inner.contains("\\/") { Cow::Owned(inner.replace("\\/", "/")) } else { Cow::Borrowed(inner) };
        Some(Word { text, span: self.span, quoted: true })
    }
}

/// Takes the text of a short form apart.
#[must_use]
pub fn parse(text: &str, place: Place) -> Short<'_> {
    parse::Parser::new(text, place).parse()
}

/// Takes the text of `node` apart; `None` if the node is no text.
#[must_use]
pub fn parse_node<'n>(node: &'n Node<'_>) -> Option<Short<'n>> {
    match &node.value {
        Data::Text(text) => Some(parse(text, Place::of(node))),
        _ => None,
    }
}

/// The word `text` is, which starts at `at`.
fn word(text: &str, at: usize, place: Place) -> Word<'_> {
    let span = place.span(at, at + text.len());
    match quotes::inside(text) {
        Some(inner) => Word { text: inner, span, quoted: true },
        None => Word { text: Cow::Borrowed(text), span, quoted: false },
    }
}

#[cfg(test)]
mod tests;
