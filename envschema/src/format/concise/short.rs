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
use quotes::Quotes;

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
        alternatives(self.raw)
            .into_iter()
            .map(part)
            .filter(|word| word.quoted || !word.text.is_empty())
            .collect()
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
    let mut parser = Parser { text, place, quotes: Quotes::new(text), short: Short::default() };
    let open = parser.open();
    parser.kinds(open.unwrap_or(text.len()));
    if let Some(open) = open {
        parser.modifiers(open);
    }
    parser.short
}

/// Takes the text of `node` apart; `None` if the node is no text.
#[must_use]
pub fn parse_node<'n>(node: &'n Node<'_>) -> Option<Short<'n>> {
    match &node.value {
        Data::Text(text) => Some(parse(text, Place::of(node))),
        _ => None,
    }
}

struct Parser<'t> {
    text: &'t str,
    place: Place,
    quotes: Quotes<'t>,
    short: Short<'t>,
}

impl<'t> Parser<'t> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn fault(&mut self, message: &'static str, start: usize, end: usize) {
        let span = self.place.span(start, end);
        self.short.faults.push(Fault::syntax(message, span));
    }

    fn fault_with_help(&mut self, message: &'static str, start: usize, end: usize, help: &'static str) {
        let span = self.place.span(start, end);
        self.short.faults.push(Fault::syntax(message, span).help(help));
    }

    /// Where the parenthesis of the modifiers opens.
    fn open(&mut self) -> Option<usize> {
        let mut at = 0;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'(' => return Some(at),
                b')' => {
                    self.fault("`)` without `(`", at, at + 1);
                    at += 1;
                }
                _ => at = self.quotes.pass(at),
            }
        }
        None
    }

    fn kinds(&mut self, end: usize) {
        let head = self.slice(0, end);
        let mut start = head.len() - head.trim_start().len();
        let first = head.trim_start().split(char::is_whitespace).next().unwrap_or_default();
        if first.ends_with("-separated") {
            self.short.list = Some(word(first, start, self.place));
            start += first.len();
        }
        let kinds = self.slice(start, end);
        if kinds.trim().is_empty() {
            let at = start.min(end);
            self.fault_with_help(
                "missing kind",
                at,
                at,
                "write a kind before the modifiers: `string (required)`",
            );
            return;
        }
        for (offset, text) in alternatives(kinds) {
            self.alternative(text, start + offset);
        }
    }

    fn alternative(&mut self, text: &'t str, at: usize) {
        let found = word(text, at, self.place);
        if text.is_empty() {
            self.fault("nothing stands between `|`", at, at);
        } else {
            self.unclosed(text, at);
            self.short.kinds.push(found);
        }
    }

    fn modifiers(&mut self, open: usize) {
        let mut start = open + 1;
        let mut at = start;
        let mut depth = 1;
        while let Some(byte) = self.byte(at) {
            match byte {
                b',' if depth == 1 => {
                    self.modifier(start, at);
                    start = at + 1;
                    at = start;
                }
                b')' if depth == 1 => {
                    self.modifier(start, at);
                    self.behind(at + 1);
                    return;
                }
                b'/' if is_pattern(self.slice(start, at)) => at = self.quotes.pattern(at).unwrap_or(at + 1),
                _ => {
                    depth += usize::from(byte == b'(');
                    depth -= usize::from(byte == b')');
                    at = self.quotes.pass(at);
                }
            }
        }
        self.modifier(start, at);
        self.fault_with_help(
            "this `(` is never closed",
            open,
            open + 1,
            "put text with parentheses in quotes",
        );
    }

    fn behind(&mut self, at: usize) {
        let rest = self.slice(at, self.text.len());
        if !rest.trim().is_empty() {
            let start = at + rest.len() - rest.trim_start().len();
            self.fault("unexpected text behind `)`", start, start + rest.trim().len());
        }
    }

    fn modifier(&mut self, start: usize, end: usize) {
        let text = self.slice(start, end);
        if text.trim().is_empty() {
            self.fault_with_help("empty modifier", start, end, "remove the comma, or the parentheses");
            return;
        }
        let (name, value) = text.split_once(':').map_or((text, None), |(name, value)| (name, Some(value)));
        let name_start = start + name.len() - name.trim_start().len();
        let name_end = name_start + name.trim().len();
        if name_start == name_end {
            self.fault("missing name of a modifier", name_start, name_start);
        }
        let value = value.map(|value| {
            let value_start = end - value.trim_start().len();
            (value.trim(), value_start)
        });
        if let Some(("", _)) = value {
            self.fault_with_help(
                "missing value",
                name_end + 1,
                name_end + 1,
                "an empty text is written `''`",
            );
            return;
        }
        let value = value.map(|(raw, at)| {
            self.check_value(name.trim(), raw, at);
            Value { raw, span: self.place.span(at, at + raw.len()), place: self.place, at }
        });
        if name_start < name_end {
            let name_span = self.place.span(name_start, name_end);
            self.short.modifiers.push(Modifier { name: name.trim(), name_span, value });
        }
    }

    fn check_value(&mut self, name: &str, raw: &'t str, at: usize) {
        if name == "pattern" && raw.starts_with('/') {
            if self.quotes.pattern(at) != Some(at + raw.len()) {
                self.fault_with_help(
                    "the pattern does not end with its `/`",
                    at,
                    at + raw.len(),
                    "write `\\/` for a slash inside it",
                );
            }
            return;
        }
        for (offset, text) in alternatives(raw) {
            self.unclosed(text, at + offset);
        }
    }

    /// Reports a text that starts with a quote which is never closed.
    fn unclosed(&mut self, text: &str, at: usize) {
        if text.starts_with(['\'', '"']) && self.quotes.pass(at) == at + 1 {
            self.fault("this quote is never closed", at, at + 1);
        }
    }
}

/// Whether `before` is the name `pattern` and its colon.
fn is_pattern(before: &str) -> bool {
    before.trim().strip_suffix(':').is_some_and(|name| name.trim_end() == "pattern")
}

/// The parts of `text` between `|` outside quotes, trimmed, with their offsets.
fn alternatives(text: &str) -> Vec<(usize, &str)> {
    let mut quotes = Quotes::new(text);
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at <= text.len() {
        let byte = text.as_bytes().get(at);
        if matches!(byte, None | Some(b'|')) {
            let part = text.get(start..at).unwrap_or_default();
            parts.push((start + part.len() - part.trim_start().len(), part.trim()));
            start = at + 1;
            at = start;
        } else {
            at = quotes.pass(at);
        }
    }
    parts
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
