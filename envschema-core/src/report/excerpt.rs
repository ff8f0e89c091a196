//! One line of a source as it may be shown, with the place in it underlined.

use std::ops::Range;

use crate::redact::{self, MASK};
use crate::span::Span;

/// How many characters of a line are shown.
const LONGEST: usize = 100;

/// One line as it may be shown. Nothing in it can act on a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line.
    pub text: String,
    /// What to underline, counted in characters of `text`; empty if nothing.
    pub underline: Range<usize>,
}

/// Puts an excerpt together from pieces of a source.
#[derive(Debug)]
pub struct Builder<'t> {
    source: &'t [u8],
    target: Span,
    text: String,
    length: usize,
    start: Option<usize>,
    end: Option<usize>,
}

impl<'t> Builder<'t> {
    /// An empty excerpt of `source`, with `target` to be underlined.
    #[must_use]
    pub const fn new(source: &'t [u8], target: Span) -> Self {
        Self { source, target, text: String::new(), length: 0, start: None, end: None }
    }

    /// Shows a piece of the source.
    pub fn show(&mut self, span: Span) {
        let mut at = span.start as usize;
        for chunk in span.of(self.source).utf8_chunks() {
            for character in chunk.valid().chars() {
                self.push(at, character);
                at += character.len_utf8();
            }
            for _ in chunk.invalid() {
                self.push(at, char::REPLACEMENT_CHARACTER);
                at += 1;
            }
        }
        self.mark(at);
    }

    /// Shows the mask instead of whatever stands there.
    pub fn mask(&mut self) {
        self.text.push_str(MASK);
        self.length += MASK.len();
    }

    /// The excerpt; a place that was not shown is not underlined.
    #[must_use]
    pub fn finish(self) -> Excerpt {
        let start = self.start.unwrap_or(0);
        let end = if self.start.is_some() { self.end.unwrap_or(self.length).max(start) } else { start };
        Excerpt { text: self.text, underline: start..end }
    }

    fn push(&mut self, at: usize, character: char) {
        self.mark(at);
        if self.length == LONGEST {
            self.text.push('…');
        }
        if self.length < LONGEST {
            let before = self.text.len();
            redact::push_escaped(&mut self.text, character);
            self.length += self.text[before..].chars().count();
        } else {
            self.length = LONGEST + 1;
        }
    }

    fn mark(&mut self, at: usize) {
        if at == self.target.start as usize && self.start.is_none() {
            self.start = Some(self.length.min(LONGEST));
        }
        if at == self.target.end as usize && self.end.is_none() {
            self.end = Some(self.length.min(LONGEST));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Builder, Excerpt};
    use crate::span::Span;

    fn excerpt(source: &str, target: Span, shown: &[Span]) -> Excerpt {
        let mut builder = Builder::new(source.as_bytes(), target);
        for span in shown {
            builder.show(*span);
        }
        builder.finish()
    }

    #[test]
    fn the_place_is_underlined_behind_what_was_escaped() {
        let found = excerpt("A\u{1b}=xyz", Span::new(3, 6), &[Span::new(0, 6)]);
        assert_eq!(found, Excerpt { text: "A\\u{1b}=xyz".into(), underline: 8..11 });
    }

    #[test]
    fn a_place_that_is_not_shown_is_not_underlined() {
        assert_eq!(excerpt("A=xyz", Span::new(2, 5), &[Span::new(0, 1)]).underline, 0..0);
    }

    #[test]
    fn long_lines_are_cut() {
        let source = "x".repeat(500);
        let found = excerpt(&source, Span::new(10, 500), &[Span::new(0, 500)]);
        assert_eq!(found.text.chars().count(), 101);
        assert_eq!(found.underline, 10..100);
    }
}
