//! One line of a source as it may be shown, with the place in it underlined.

use std::ops::Range;

use crate::redact::{self, MASK};
use crate::span::Span;

/// How many characters of a line are shown.
const LONGEST: usize = 100;

/// How many bytes into a line a place may lie before the line is shown from the middle.
const FAR: u32 = 70;

/// How many bytes of such a line are shown before the place.
const LEAD: u32 = 30;

/// One line as it may be shown. Nothing in it can act on a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line.
    pub text: String,
    /// What to underline, counted in characters of `text`; empty if nothing.
    pub underline: Range<usize>,
}

/// Puts an excerpt together from pieces of a source.
pub(super) struct Builder<'t> {
    source: &'t [u8],
    target: Span,
    text: String,
    length: usize,
    start: Option<usize>,
    end: Option<usize>,
}

impl<'t> Builder<'t> {
    /// An empty excerpt of `source`, with `target` to be underlined.
    pub(super) const fn new(source: &'t [u8], target: Span) -> Self {
        Self { source, target, text: String::new(), length: 0, start: None, end: None }
    }

    /// Leaves out the start of a line whose place lies far behind it; gives where to go on from.
    pub(super) fn skip(&mut self, line: Span) -> u32 {
        if self.target.start.saturating_sub(line.start) <= FAR {
            return line.start;
        }
        self.push_text("…", 1);
        character_at(self.source, self.target.start - LEAD)
    }

    /// Whether nothing more of the line would be shown.
    pub(super) const fn is_full(&self) -> bool {
        self.length > LONGEST
    }

    /// Shows a piece of the source.
    pub(super) fn show(&mut self, span: Span) {
        let most = Span::at(span.start as usize + 4 * LONGEST).end;
        let end = if span.end > most { character_at(self.source, most) } else { span.end };
        let mut at = span.start as usize;
        for chunk in (Span { end, ..span }).of(self.source).utf8_chunks() {
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
    pub(super) fn mask(&mut self) {
        self.push_text(MASK, MASK.len());
    }

    /// The excerpt; a place that was not shown is not underlined.
    pub(super) fn finish(self) -> Excerpt {
        let start = self.start.unwrap_or(0);
        let end = self.end.unwrap_or(self.length.min(LONGEST));
        let underline = if self.start.is_some() { start..end.max(start) } else { 0..0 };
        Excerpt { text: self.text, underline }
    }

    fn push_text(&mut self, text: &str, length: usize) {
        self.text.push_str(text);
        self.length += length;
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
        let here = || Some(self.length.min(LONGEST));
        if at == self.target.start as usize && self.start.is_none() {
            self.start = here();
        }
        if at == self.target.end as usize && self.end.is_none() {
            self.end = here();
        }
    }
}

/// The start of the character that the byte at `offset` belongs to.
fn character_at(text: &[u8], offset: u32) -> u32 {
    let continues = |at: &u32| text.get(*at as usize).is_some_and(|byte| (0x80..0xc0).contains(byte));
    (offset.saturating_sub(3)..=offset).rev().find(|at| !continues(at)).unwrap_or(offset)
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
        let source = "x".repeat(5000);
        let found = excerpt(&source, Span::new(10, 5000), &[Span::new(0, 5000)]);
        assert_eq!(found.text.chars().count(), 101);
        assert_eq!(found.underline, 10..100);
    }

    #[test]
    fn a_place_far_into_a_line_is_shown_with_little_before_it() {
        let source = format!("{}ä!{}", "é".repeat(200), "x".repeat(200));
        let mut builder = Builder::new(source.as_bytes(), Span::new(402, 403));
        let start = builder.skip(Span::new(0, source.len()));
        builder.show(Span::new(start as usize, source.len()));
        let found = builder.finish();
        assert!(found.text.starts_with("…é") && found.text.ends_with("x…"), "{}", found.text);
        let underlined: String =
            found.text.chars().skip(found.underline.start).take(found.underline.len()).collect();
        assert_eq!(underlined, "!");
    }
}
