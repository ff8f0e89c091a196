//! Lines, as the readers that work line by line cut them.

use super::scan::{find, find_any};
use crate::span::Span;

/// What ends a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// LF, with one CR before it: Go's `bufio.Scanner`.
    Go,
    /// LF, CR LF or CR: text files in Python and PHP.
    Universal,
    /// LF, with CR LF read as LF first: a CR elsewhere stays.
    Crlf,
    /// All that Python's `splitlines` knows: also VT, FF, FS, GS, RS, NEL, LS and PS.
    Python,
}

/// The lines of `text` from `start` on, each without what ends it; no empty line follows the last line end.
pub(crate) fn lines(text: &[u8], start: usize, breaks: Breaks) -> impl Iterator<Item = Span> {
    let mut at = start;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let (length, width) = next_break(rest, breaks).unwrap_or((rest.len(), 0));
        let line = Span::new(at, at + length);
        at += length + width;
        Some(line)
    })
}

/// Where the first line ends, and the width of what ends it.
fn next_break(rest: &[u8], breaks: Breaks) -> Option<(usize, usize)> {
    match breaks {
        Breaks::Go => {
            let feed = find(rest, b'\n');
            let end = feed.unwrap_or(rest.len());
            let is_crlf = end > 0 && rest[end - 1] == b'\r';
            (feed.is_some() || is_crlf)
                .then(|| (end - usize::from(is_crlf), usize::from(is_crlf) + usize::from(feed.is_some())))
        }
        Breaks::Crlf => {
            let feed = find(rest, b'\n')?;
            let is_crlf = feed > 0 && rest[feed - 1] == b'\r';
            Some((feed - usize::from(is_crlf), 1 + usize::from(is_crlf)))
        }
        Breaks::Universal => {
            let at = find_any(rest, [b'\n', b'\r'])?;
            Some((at, if rest[at..].starts_with(b"\r\n") { 2 } else { 1 }))
        }
        Breaks::Python => python_break(rest),
    }
}

fn python_break(rest: &[u8]) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let at = from
            + rest[from..]
                .iter()
                .position(|byte| matches!(byte, b'\n'..=b'\r' | 0x1c..=0x1e | 0xc2 | 0xe2))?;
        match &rest[at..] {
            [b'\r', b'\n', ..] | [0xc2, 0x85, ..] => return Some((at, 2)),
            [0xe2, 0x80, 0xa8 | 0xa9, ..] => return Some((at, 3)),
            [0xc2 | 0xe2, ..] => from = at + 1,
            _ => return Some((at, 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Breaks, lines};

    fn cut(text: &str, breaks: Breaks) -> Vec<&str> {
        lines(text.as_bytes(), 0, breaks)
            .map(|span| str::from_utf8(span.of(text.as_bytes())).unwrap())
            .collect()
    }

    #[test]
    fn line_ends() {
        let text = "a\r\nb\rc\n\nd\u{2028}e\u{85}f\x0bg\r";
        assert_eq!(cut(text, Breaks::Go), ["a", "b\rc", "", "d\u{2028}e\u{85}f\x0bg"]);
        assert_eq!(cut(text, Breaks::Crlf), ["a", "b\rc", "", "d\u{2028}e\u{85}f\x0bg\r"]);
        assert_eq!(cut(text, Breaks::Universal), ["a", "b", "c", "", "d\u{2028}e\u{85}f\x0bg"]);
        assert_eq!(cut(text, Breaks::Python), ["a", "b", "c", "", "d", "e", "f", "g"]);
        assert_eq!(cut("", Breaks::Go), [""; 0]);
    }
}
