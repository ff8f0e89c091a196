//! Backslashes in quoted values.

use crate::dotenv::quoting::{Unquoted, Unquoting};
use crate::dotenv::scan::find;
use crate::span::Span;

/// `\'` becomes `'`; everything else stays.
pub(super) fn single_quoted(text: &[u8], span: Span) -> Unquoted<'_> {
    resolve(text, span, |escape| (escape[1] == b'\'').then_some((2, Replacement::Bytes(b"'"))))
}

/// `\a \b \f \n \r \t \v \" \\`, octal `\0` with up to three digits, and `\$`, which the expansion reads as `$$`.
pub(super) fn double_quoted(text: &[u8], span: Span) -> Unquoted<'_> {
    resolve(text, span, |escape| {
        let bytes: &'static [u8] = match escape[1] {
            b'a' => b"\x07",
            b'b' => b"\x08",
            b'f' => b"\x0c",
            b'n' => b"\n",
            b'r' => b"\r",
            b't' => b"\t",
            b'v' => b"\x0b",
            b'"' => b"\"",
            b'\\' => b"\\",
            b'$' => b"$$",
            b'0' => return Some(octal(escape)),
            _ => return None,
        };
        Some((2, Replacement::Bytes(bytes)))
    })
}

enum Replacement {
    Bytes(&'static [u8]),
    Char(char),
    /// The escape without its `0`: what is left of an octal number that is none.
    WithoutZero,
}

/// Compose drops the `0` of `\0ddd`; what is left is a character if it has three octal digits up to 377.
fn octal(escape: &[u8]) -> (usize, Replacement) {
    let digits = escape[2..].iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let number = &escape[2..2 + digits];
    let value = number.iter().fold(0, |value, digit| value * 8 + u32::from(digit - b'0'));
    let is_octal = digits == 3 && number.iter().all(|digit| *digit < b'8') && value < 256;
    let char = char::from_u32(value).filter(|_| is_octal);
    (2 + digits, char.map_or(Replacement::WithoutZero, Replacement::Char))
}

/// Replaces what `escape` finds at each backslash that is not escaped itself; other pairs stay as they are.
fn resolve(text: &[u8], span: Span, escape: impl Fn(&[u8]) -> Option<(usize, Replacement)>) -> Unquoted<'_> {
    let mut unquoting = Unquoting::new(text, span);
    let bytes = span.of(text);
    let mut from = 0;
    while let Some(found) = bytes.get(from..).and_then(|rest| find(rest, b'\\')) {
        let at = from + found;
        let pair = &bytes[at..];
        let Some((width, replacement)) = (if pair.len() > 1 { escape(pair) } else { None }) else {
            from = at + 2;
            continue;
        };
        let (start, end) = (span.start as usize + at, span.start as usize + at + width);
        match replacement {
            Replacement::Bytes(with) => unquoting.replace(start, end, with),
            Replacement::Char(char) => {
                unquoting.replace(start, end, char.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Replacement::WithoutZero => unquoting.replace(start + 1, start + 2, b""),
        }
        from = at + width;
    }
    unquoting.finish()
}
