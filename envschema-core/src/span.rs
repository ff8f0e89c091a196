//! Where something stands in a text: byte spans, and the lines and columns people read.

use std::ops::Range;

/// A half-open range of bytes in one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `start..end`; offsets past 4 GiB saturate (no source is read that is longer).
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end) }
    }

    /// The empty span at `offset`.
    #[must_use]
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The bytes this span covers, as a range to index with.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many bytes the span covers.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of `text` this span covers; empty if it lies outside.
    #[must_use]
    pub fn of(self, text: &[u8]) -> &[u8] {
        text.get(self.range()).unwrap_or_default()
    }

    /// The span that starts with `self` and ends with `other`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end.max(self.start) }
    }
}

/// A place as people count it: both numbers start at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line number; lines end at LF, at CR LF and at a lone CR.
    pub line: u32,
    /// Column in Unicode scalar values; every byte of an invalid sequence counts as one.
    pub column: u32,
}

/// The line starts of one text, made once and asked often.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Finds every line of `text`. A byte order mark is no part of the first one: no editor shows it.
    #[must_use]
    pub fn new(text: &[u8]) -> Self {
        let mut starts = vec![if text.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 }];
        for (at, byte) in text.iter().enumerate() {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => text.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                starts.push(Span::at(at + 1).start);
            }
        }
        Self { starts }
    }

    /// The number of the line that holds `offset`, from 1.
    #[must_use]
    pub fn line_of(&self, offset: u32) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset);
        u32::try_from(line.max(1)).unwrap_or(u32::MAX)
    }

    /// The place of `offset` in `text`, which must be the text the lines were made from.
    #[must_use]
    pub fn position(&self, text: &[u8], offset: u32) -> Position {
        let line = self.line_of(offset);
        let start = self.start_of(line);
        let before = Span { start, end: offset.max(start) }.of(text);
        Position { line, column: 1 + columns(before) }
    }

    /// The bytes of line number `line`, without its line end.
    #[must_use]
    pub fn span_of(&self, text: &[u8], line: u32) -> Span {
        let start = self.start_of(line);
        let next = self.starts.get(line as usize).copied();
        let mut end = next.unwrap_or_else(|| Span::at(text.len()).start);
        while end > start && matches!(text.get(end as usize - 1), Some(b'\n' | b'\r')) {
            end -= 1;
        }
        Span { start, end }
    }

    /// How many lines there are; a text that ends with a line end has an empty last line.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }

    fn start_of(&self, line: u32) -> u32 {
        let index = (line.max(1) as usize - 1).min(self.starts.len() - 1);
        self.starts[index]
    }
}

/// How many columns `bytes` take.
pub(crate) fn columns(bytes: &[u8]) -> u32 {
    let count: usize =
        bytes.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum();
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Lines, Position, Span};

    fn position(text: &[u8], offset: u32) -> (u32, u32) {
        let Position { line, column } = Lines::new(text).position(text, offset);
        (line, column)
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let text = b"a\nb\r\nc\rd";
        let lines: Vec<_> = (0..8).map(|offset| Lines::new(text).line_of(offset)).collect();
        assert_eq!(lines, [1, 1, 2, 2, 2, 3, 3, 4]);
    }

    #[test]
    fn columns_count_characters_and_invalid_bytes() {
        let text = "K=é¢x".as_bytes();
        assert_eq!(position(text, 6), (1, 5));
        assert_eq!(position(b"K=\xff\xffx", 4), (1, 5));
    }

    #[test]
    fn line_spans_leave_out_line_ends() {
        let text = b"ab\r\n\ncd";
        let lines = Lines::new(text);
        let spans: Vec<_> = (1..=lines.count()).map(|line| lines.span_of(text, line).range()).collect();
        assert_eq!(spans, [0..2, 4..4, 5..7]);
    }

    #[test]
    fn places_outside_the_text_stay_inside_it() {
        assert_eq!(position(b"ab", 99), (1, 1));
        assert_eq!(Span::new(5, 9).of(b"ab"), b"");
    }
}
