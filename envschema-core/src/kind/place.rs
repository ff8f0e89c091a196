//! Places inside a text that a mistake can point at.

use std::ops::Range;

use super::Mistake;

/// Whether lists and maps may have it around an item: space, tab and line breaks.
pub(super) const fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// The character that starts at byte `at`; the empty place there at the end of the text.
pub(super) fn character(text: &str, at: usize) -> Range<usize> {
    let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    at..at + length
}

/// The first character that `wrong` finds so.
pub(super) fn first(text: &str, wrong: impl Fn(char) -> bool) -> Option<Range<usize>> {
    text.find(wrong).map(|at| character(text, at))
}

/// Takes a text that is not empty and neither starts nor ends with a blank of any alphabet.
pub(super) fn bare(text: &str) -> Result<(), Mistake> {
    // Nearly every text is ruled in by its first and last byte.
    if let (Some(first), Some(last)) = (text.as_bytes().first(), text.as_bytes().last())
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return Ok(());
    }
    let Some(last) = text.chars().next_back() else {
        return Err(Mistake::new("is empty", 0..0));
    };
    if text.starts_with(char::is_whitespace) {
        return Err(Mistake::new("starts with a blank", character(text, 0)));
    }
    if last == '\r' {
        return Err(Mistake::new("ends with a carriage return", text.len() - 1..text.len()));
    }
    if last.is_whitespace() {
        return Err(Mistake::new("ends with a blank", text.len() - last.len_utf8()..text.len()));
    }
    Ok(())
}

/// Where `text` leaves `shape`, in which `0` stands for a digit, `h` for a hexadecimal one and anything else for itself.
pub(super) fn off_shape(text: &str, shape: &str) -> Option<Range<usize>> {
    let mut characters = text.char_indices();
    for wanted in shape.chars() {
        let Some((at, found)) = characters.next() else {
            return Some(text.len()..text.len());
        };
        let fits = match wanted {
            '0' => found.is_ascii_digit(),
            'h' => found.is_ascii_hexdigit(),
            _ => found == wanted,
        };
        if !fits {
            return Some(character(text, at));
        }
    }
    characters.next().map(|(at, _)| at..text.len())
}

/// The number that ASCII digits write; `None` where there are others, none or too many.
pub(super) fn number(digits: &str) -> Option<u32> {
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}
