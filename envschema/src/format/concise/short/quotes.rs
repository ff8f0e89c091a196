//! Quotes and patterns of a short form: where they end, and what they keep together.

use std::borrow::Cow;

/// Finds the ends of quotes in one text. What is not there is searched for once only.
pub(in crate::format) struct Quotes<'t> {
    text: &'t str,
    /// Whether no `'`, no `"` closes any more.
    exhausted: [bool; 2],
    /// Whether no `/` ends a pattern any more.
    no_slash: bool,
}

impl<'t> Quotes<'t> {
    pub(in crate::format) fn new(text: &'t str) -> Self {
        Self { text, exhausted: [false; 2], no_slash: false }
    }

    /// Behind the quotes that open at `at`; behind the one byte at `at` if none do.
    pub(in crate::format) fn pass(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let Some(quote @ (b'\'' | b'"')) = bytes.get(at).copied() else { return at + 1 };
        let slot = usize::from(quote == b'"');
        let inside_word = at > 0 && bytes.get(at - 1).is_some_and(is_letter);
        if inside_word || self.exhausted[slot] {
            return at + 1;
        }
        match end(bytes, at, quote) {
            Some(end) => end,
            None => {
                self.exhausted[slot] = true;
                at + 1
            }
        }
    }

    /// Behind the `/…/` that opens at `at`, if it has an end.
    pub(in crate::format) fn pattern(&mut self, at: usize) -> Option<usize> {
        if self.no_slash {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut next = at + 1;
        while let Some(byte) = bytes.get(next) {
            match byte {
                b'\\' => next += 1,
                b'/' if self.ends_value(next + 1) => return Some(next + 1),
                _ => {}
            }
            next += 1;
        }
        self.no_slash = true;
        None
    }

    /// Whether nothing of the value stands from `at` on.
    fn ends_value(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or_default().trim_start_matches([' ', '\t']);
        matches!(rest.as_bytes().first(), None | Some(b',' | b')'))
    }
}

/// Behind the quote that closes the one at `at`.
fn end(bytes: &[u8], at: usize, quote: u8) -> Option<usize> {
    let mut next = at + 1;
    loop {
        if *bytes.get(next)? == quote {
            match bytes.get(next + 1) {
                Some(doubled) if *doubled == quote => next += 1,
                Some(letter) if is_letter(letter) => {}
                _ => return Some(next + 1),
            }
        }
        next += 1;
    }
}

/// Whether a byte belongs to a word; those of letters outside ASCII do.
fn is_letter(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte >= 0x80
}

/// The parts of `text` between `|` outside quotes, trimmed, with their offsets.
pub(super) fn alternatives(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut quotes = Quotes::new(text);
    let mut start = Some(0);
    std::iter::from_fn(move || {
        let from = start?;
        let mut at = from;
        let end = loop {
            match text.as_bytes().get(at) {
                None | Some(b'|') => break at,
                Some(b'\'' | b'"') => at = quotes.pass(at),
                Some(_) => at += 1,
            }
        };
        start = (end < text.len()).then_some(end + 1);
        Some(trim(text.get(from..end).unwrap_or_default(), from))
    })
}

/// `text`, which starts at `at`, without the blanks around it, and where that starts.
pub(super) fn trim(text: &str, at: usize) -> (usize, &str) {
    let rest = text.trim_start();
    (at + text.len() - rest.len(), rest.trim_end())
}

/// What stands between the quotes, if `text` is one quoted text.
pub(super) fn inside(text: &str) -> Option<Cow<'_, str>> {
    let quote = match text.as_bytes().first()? {
        b'\'' => '\'',
        b'"' => '"',
        _ => return None,
    };
    if Quotes::new(text).pass(0) != text.len() || text.len() < 2 {
        return None;
    }
    let inner = text.get(1..text.len() - 1)?;
    if !inner.contains(quote) {
        return Some(Cow::Borrowed(inner));
    }
    let doubled: String = [quote, quote].iter().collect();
    Some(Cow::Owned(inner.replace(&doubled, quote.encode_utf8(&mut [0; 4]))))
}
