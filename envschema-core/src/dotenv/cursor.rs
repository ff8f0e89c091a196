//! A place in a text that only moves forward, unless told otherwise.

use super::scan::{find, first_char};
use crate::span::Span;

/// A place in a text.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Cursor<'t> {
    /// The start of `text`.
    pub(crate) fn new(text: &'t [u8]) -> Self {
        Self { text, at: 0 }
    }

    /// The whole text.
    pub(crate) fn text(&self) -> &'t [u8] {
        self.text
    }

    /// The offset of the next byte.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Goes to `at`, or to the end if it lies behind that.
    pub(crate) fn go_to(&mut self, at: usize) {
        self.at = at.min(self.text.len());
    }

    /// Passes over `count` bytes.
    pub(crate) fn skip(&mut self, count: usize) {
        self.go_to(self.at.saturating_add(count));
    }

    /// What is still to come.
    pub(crate) fn rest(&self) -> &'t [u8] {
        &self.text[self.at..]
    }

    /// Whether nothing is still to come.
    #[cfg(feature = "dialects")]
    pub(crate) fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    /// The next byte.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// The next character and its width; a byte that starts no valid sequence is `None`.
    pub(crate) fn peek_char(&self) -> Option<(Option<char>, usize)> {
        first_char(self.rest())
    }

    /// Passes over `expected` if it comes next.
    pub(crate) fn eat(&mut self, expected: &[u8]) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    /// Passes over the bytes for which `wanted` holds, and returns them.
    #[cfg(feature = "dialects")]
    pub(crate) fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'t [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|byte| !wanted(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Passes over the characters for which `wanted` holds, and returns them.
    pub(crate) fn take_chars(&mut self, wanted: impl Fn(char) -> bool) -> &'t [u8] {
        let start = self.at;
        while let Some((Some(char), width)) = self.peek_char()
            && wanted(char)
        {
            self.at += width;
        }
        &self.text[start..self.at]
    }

    /// The offset of the next LF, or of the end.
    pub(crate) fn line_end(&self) -> usize {
        find(self.rest(), b'\n').map_or(self.text.len(), |length| self.at + length)
    }

    /// Passes over the rest of the line and its LF; returns the line without the LF.
    pub(crate) fn take_line(&mut self) -> &'t [u8] {
        let (start, end) = (self.at, self.line_end());
        self.go_to(end + 1);
        &self.text[start..end]
    }

    /// The span from `start` to here.
    pub(crate) fn span_from(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }
}
