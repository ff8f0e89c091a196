//! From the text of a short form to its parts.

use super::quotes::{Quotes, alternatives, trim};
use super::{Modifier, Place, Short, Value, word};
use crate::format::tree::Fault;

pub(super) struct Parser<'t> {
    text: &'t str,
    place: Place,
    quotes: Quotes<'t>,
    short: Short<'t>,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str, place: Place) -> Self {
        Self { text, place, quotes: Quotes::new(text), short: Short::default() }
    }

    pub(super) fn parse(mut self) -> Short<'t> {
        let open = self.open();
        self.kinds(open.unwrap_or(self.text.len()));
        if let Some(open) = open {
            self.modifiers(open);
        }
        self.short
    }

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
                b'\'' | b'"' => at = self.quotes.pass(at),
                _ => at += 1,
            }
        }
        None
    }

    fn kinds(&mut self, end: usize) {
        let (mut start, head) = trim(self.slice(0, end), 0);
        let first = head.split([' ', '\t']).next().unwrap_or_default();
        if first.ends_with("-separated") {
            self.short.list = Some(word(first, start, self.place));
            start += first.len();
        }
        let kinds = self.slice(start, end);
        if kinds.trim().is_empty() {
            let help = "write a kind before the modifiers: `string (required)`";
            self.fault_with_help("missing kind", start, start, help);
            return;
        }
        for (offset, text) in alternatives(kinds) {
            let at = start + offset;
            if text.is_empty() {
                self.fault("nothing stands between `|`", at, at);
            } else {
                self.unclosed(text, at);
                self.short.kinds.push(word(text, at, self.place));
            }
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
                    at += 1;
                    start = at;
                }
                b')' if depth == 1 => {
                    self.modifier(start, at);
                    self.behind(at + 1);
                    return;
                }
                b'/' if is_pattern(self.slice(start, at)) => at = self.quotes.pattern(at).unwrap_or(at + 1),
                b'\'' | b'"' => at = self.quotes.pass(at),
                _ => {
                    depth += usize::from(byte == b'(');
                    depth -= usize::from(byte == b')');
                    at += 1;
                }
            }
        }
        self.modifier(start, at);
        let help = "put text with parentheses in quotes";
        self.fault_with_help("this `(` is never closed", open, open + 1, help);
    }

    fn behind(&mut self, at: usize) {
        let (start, rest) = trim(self.slice(at, self.text.len()), at);
        if !rest.is_empty() {
            self.fault("unexpected text behind `)`", start, start + rest.len());
        }
    }

    fn modifier(&mut self, start: usize, end: usize) {
        let text = self.slice(start, end);
        let colon = text.bytes().position(|byte| byte == b':').map_or(end, |colon| start + colon);
        let (at, name) = trim(self.slice(start, colon), start);
        if name.is_empty() && colon == end {
            self.fault_with_help("empty modifier", start, end, "remove the comma, or the parentheses");
            return;
        }
        if name.is_empty() {
            self.fault("missing name of a modifier", at, at);
        }
        let value = if colon == end {
            None
        } else {
            let Some(value) = self.value(name, colon + 1, end) else { return };
            Some(value)
        };
        if !name.is_empty() {
            let name_span = self.place.span(at, at + name.len());
            self.short.modifiers.push(Modifier { name, name_span, value });
        }
    }

    /// The value of the modifier `name`, which stands in `start..end`; `None`, and a fault, if nothing stands there.
    fn value(&mut self, name: &str, start: usize, end: usize) -> Option<Value<'t>> {
        let (at, raw) = trim(self.slice(start, end), start);
        if raw.is_empty() {
            self.fault_with_help("missing value", start, start, "an empty text is written `\'\'`");
            return None;
        }
        if name == "pattern" && raw.starts_with('/') {
            if self.quotes.pattern(at) != Some(at + raw.len()) {
                let help = "write `\\/` for a slash inside it";
                self.fault_with_help("the pattern does not end with its `/`", at, at + raw.len(), help);
            }
        } else if raw.contains(['\'', '"']) {
            alternatives(raw).for_each(|(offset, text)| self.unclosed(text, at + offset));
        }
        Some(Value { raw, span: self.place.span(at, at + raw.len()), place: self.place, at })
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
    let name = before.trim_end().strip_suffix(':').unwrap_or_default();
    name.trim() == "pattern"
}
