//! Files decoded and with other line ends, as some readers see them.

use super::Reading;
use super::rewritten::Rewritten;
use super::scan::find;
use crate::span::Span;

/// What becomes of a CR.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Returns {
    /// It is dropped, wherever it stands.
    Dropped,
    /// Alone or before LF, it becomes LF.
    Feeds,
    /// It stays.
    Kept,
}

/// `file` as UTF-8, if that changes anything: U+FFFD stands for every sequence of bytes that could have become a
/// character and did not.
pub(crate) fn from_utf8(file: &[u8], returns: Returns) -> Option<Rewritten> {
    let keeps_returns = returns == Returns::Kept || find(file, b'\r').is_none();
    if keeps_returns && str::from_utf8(file).is_ok() {
        return None;
    }
    let mut decoding = Decoding::new(returns);
    let mut at = 0;
    for chunk in file.utf8_chunks() {
        for char in chunk.valid().chars() {
            decoding.push(char, Span::new(at, at + char.len_utf8()));
            at += char.len_utf8();
        }
        if !chunk.invalid().is_empty() {
            let end = at + chunk.invalid().len();
            decoding.push(char::REPLACEMENT_CHARACTER, Span::new(at, end));
            at = end;
        }
    }
    Some(decoding.text)
}

/// What stands behind the UTF-16 byte order mark, if `file` starts with one.
pub(crate) fn from_utf16(file: &[u8], returns: Returns) -> Option<Rewritten> {
    let unit: fn([u8; 2]) -> u16 = match file {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let (units, rest) = file.get(2..)?.as_chunks::<2>();
    let mut decoding = Decoding::new(returns);
    let mut at = 2;
    for char in char::decode_utf16(units.iter().map(|pair| unit(*pair))) {
        let char = char.unwrap_or(char::REPLACEMENT_CHARACTER);
        let end = at + 2 * char.len_utf16();
        decoding.push(char, Span::new(at, end));
        at = end;
    }
    if !rest.is_empty() {
        decoding.push(char::REPLACEMENT_CHARACTER, Span::new(at, file.len()));
    }
    Some(decoding.text)
}

struct Decoding {
    returns: Returns,
    text: Rewritten,
    /// Whether a CR came last.
    behind_return: bool,
}

impl Decoding {
    fn new(returns: Returns) -> Self {
        Self { returns, text: Rewritten::default(), behind_return: false }
    }

    fn push(&mut self, char: char, origin: Span) {
        let behind_return = std::mem::replace(&mut self.behind_return, char == '\r');
        let char = match (char, self.returns) {
            ('\r', Returns::Dropped) => return,
            // CR LF is one line end.
            ('\n', Returns::Feeds) if behind_return => return,
            ('\r', Returns::Feeds) => '\n',
            _ => char,
        };
        self.text.push(char.encode_utf8(&mut [0; 4]).as_bytes(), origin);
    }
}

/// What `read` sees in the text that `file` is decoded to; in `file` itself, if decoding it changes nothing.
pub(crate) fn read_decoded<'t>(
    file: &'t [u8],
    decoded: Option<&Rewritten>,
    read: impl for<'d> Fn(&'d [u8]) -> Reading<'d>,
) -> Reading<'t> {
    match decoded {
        Some(decoded) => decoded.locate(read(&decoded.text), file),
        None => read(file),
    }
}

#[cfg(test)]
mod tests {
    use super::{Returns, from_utf8, from_utf16};

    #[test]
    fn line_ends() {
        let file = b"A=1\r\nB\r=\r\r\n2";
        let text = |returns| from_utf8(file, returns).map(|decoded| decoded.text);
        assert_eq!(text(Returns::Dropped).as_deref(), Some(&b"A=1\nB=\n2"[..]));
        assert_eq!(text(Returns::Feeds).as_deref(), Some(&b"A=1\nB\n=\n\n2"[..]));
        assert_eq!(text(Returns::Kept), None);
    }

    #[test]
    fn invalid_bytes_become_one_character_a_sequence() {
        let decoded = from_utf8(b"A=\xe2\x82\xff\xc3\n\xf0\x9f\x94", Returns::Kept).unwrap();
        assert_eq!(decoded.text, "A=\u{fffd}\u{fffd}\u{fffd}\n\u{fffd}".as_bytes());
    }

    #[test]
    fn utf16() {
        let text = |file, returns| from_utf16(file, returns).map(|decoded| decoded.text);
        let file = b"\xff\xfeA\0=\0\x3d\xd8\x11\xdd\0\xd8x";
        assert_eq!(text(file, Returns::Kept).as_deref(), Some("A=\u{1f511}\u{fffd}\u{fffd}".as_bytes()));
        assert_eq!(text(b"\xfe\xff\0A\0\r\0\n", Returns::Feeds).as_deref(), Some(&b"A\n"[..]));
        assert_eq!(text(b"A=1", Returns::Kept), None);
    }
}
