//! Quotes and escapes: where a quoted text ends, and what is left when its escapes are resolved.

use std::borrow::Cow;

use super::scan::find_any;
#[cfg(feature = "dialects")]
use super::scan::find_pair;
use crate::span::Span;

/// How a closing quote is kept from closing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closing {
    /// By a backslash, unless that one is escaped itself.
    Unescaped,
    /// By any backslash directly before it.
    #[cfg(feature = "dialects")]
    NoBackslashBefore,
}

/// The offset in `bytes` (what follows the opening quote) of the quote that closes.
pub(crate) fn closing_quote(bytes: &[u8], quote: u8, closing: Closing) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = find_any(bytes.get(at..)?, [quote, b'\\']) {
        at += found;
        match (bytes[at] == quote, closing) {
            #[cfg(feature = "dialects")]
            (true, Closing::NoBackslashBefore) if at > 0 && bytes[at - 1] == b'\\' => at += 1,
            (true, _) => return Some(at),
            (false, Closing::Unescaped) => at += 2,
            #[cfg(feature = "dialects")]
            (false, Closing::NoBackslashBefore) => at += 1,
        }
    }
    None
}

/// A text with its quotes and escapes resolved that still knows where each byte came from.
pub(crate) struct Unquoted<'t> {
    /// The resolved text; borrowed if nothing had to be replaced.
    pub(crate) bytes: Cow<'t, [u8]>,
    /// Pairs of (offset in `bytes`, offset in the file): from there on both advance together.
    origins: Vec<(usize, usize)>,
    source: Span,
}

impl<'t> Unquoted<'t> {
    /// The text at `span`, as it stands.
    pub(crate) fn verbatim(text: &'t [u8], span: Span) -> Self {
        Self { bytes: Cow::Borrowed(span.of(text)), origins: Vec::new(), source: span }
    }

    /// Where the text stands in the file.
    #[cfg(feature = "dialects")]
    pub(crate) fn source(&self) -> Span {
        self.source
    }

    /// Where in the file the byte at `offset` came from.
    pub(crate) fn origin(&self, offset: usize) -> usize {
        let next = self.origins.partition_point(|(resolved, _)| *resolved <= offset);
        let (resolved, source) = match next {
            0 => (0, self.source.start as usize),
            next => self.origins[next - 1],
        };
        let origin = source + (offset - resolved);
        // A replacement can be longer than what it replaces.
        self.origins.get(next).map_or(origin, |(_, limit)| origin.min(*limit))
    }

    /// Where in the file the bytes from `start` to `end` came from.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.origin(start), self.origin(end))
    }
}

/// Replaces parts of a text, and copies nothing until the first part is replaced.
pub(crate) struct Unquoting<'t> {
    text: &'t [u8],
    span: Span,
    copied: usize,
    out: Vec<u8>,
    origins: Vec<(usize, usize)>,
}

impl<'t> Unquoting<'t> {
    /// Starts with the text at `span`.
    pub(crate) fn new(text: &'t [u8], span: Span) -> Self {
        Self { text, span, copied: span.start as usize, out: Vec::new(), origins: Vec::new() }
    }

    /// Puts `with` in the place of the bytes from `start` to `end` of the file; places must come in order.
    pub(crate) fn replace(&mut self, start: usize, end: usize, with: &[u8]) {
        self.out.extend_from_slice(&self.text[self.copied..start]);
        if !with.is_empty() {
            self.origins.push((self.out.len(), start));
            self.out.extend_from_slice(with);
        }
        self.origins.push((self.out.len(), end));
        self.copied = end;
    }

    /// Where in the resolved text the byte at `at` of the file will stand; it lies behind all that was replaced.
    #[cfg(feature = "dialects")]
    pub(crate) fn offset(&self, at: usize) -> usize {
        self.out.len() + at - self.copied
    }

    /// The resolved text, if the text ends at `end` already; what was replaced behind that does not count.
    #[cfg(feature = "dialects")]
    pub(crate) fn finish_at(mut self, end: usize) -> Unquoted<'t> {
        self.span = Span::new(self.span.start as usize, end);
        self.finish()
    }

    /// The resolved text.
    pub(crate) fn finish(mut self) -> Unquoted<'t> {
        if self.origins.is_empty() {
            return Unquoted::verbatim(self.text, self.span);
        }
        let rest = self.text.get(self.copied..self.span.end as usize);
        self.out.extend_from_slice(rest.unwrap_or_default());
        Unquoted { bytes: Cow::Owned(self.out), origins: self.origins, source: self.span }
    }
}

/// The text at `span` with LF for every `\n`, and nothing else resolved.
#[cfg(feature = "dialects")]
pub(crate) fn with_line_feeds(text: &[u8], span: Span) -> Unquoted<'_> {
    let mut unquoting = Unquoting::new(text, span);
    let mut from = span.start as usize;
    while let Some(found) = find_pair(&text[from..span.end as usize], *b"\\n") {
        let at = from + found;
        unquoting.replace(at, at + 2, b"\n");
        from = at + 2;
    }
    unquoting.finish()
}

#[cfg(test)]
#[cfg(feature = "dialects")]
mod tests {
    use super::{Closing, Unquoting, closing_quote};
    use crate::span::Span;

    #[test]
    fn closing_quotes() {
        for (text, unescaped, no_backslash) in [
            (r#"a" b"#, Some(1), Some(1)),
            (r#"a\"b" "#, Some(4), Some(4)),
            (r#"a\\" ""#, Some(3), Some(5)),
            (r#"a\"#, None, None),
            ("a", None, None),
        ] {
            let close = |closing| closing_quote(text.as_bytes(), b'"', closing);
            assert_eq!(close(Closing::Unescaped), unescaped, "{text}");
            assert_eq!(close(Closing::NoBackslashBefore), no_backslash, "{text}");
        }
    }

    #[test]
    fn resolved_bytes_know_their_origin() {
        let text = br#"K="a\nb\$c""#;
        let mut unquoting = Unquoting::new(text, Span::new(3, 10));
        unquoting.replace(4, 6, b"\n");
        unquoting.replace(7, 9, b"$$");
        let unquoted = unquoting.finish();
        assert_eq!(&*unquoted.bytes, b"a\nb$$c");
        let origins: Vec<_> = (0..=6).map(|at| unquoted.origin(at)).collect();
        assert_eq!(origins, [3, 4, 6, 7, 8, 9, 10]);
    }

    #[test]
    fn nothing_replaced_is_borrowed() {
        let unquoted = Unquoting::new(b"K=abc", Span::new(2, 5)).finish();
        assert!(matches!(unquoted.bytes, std::borrow::Cow::Borrowed(b"abc")));
        assert_eq!(unquoted.span(1, 3), Span::new(3, 5));
    }
}
