//! UTF-16 with a byte order mark, which .NET programs read as readily as UTF-8.

use crate::dotenv::rewritten::Rewritten;

/// The text behind a UTF-16 byte order mark, if the file starts with one.
pub(super) fn decode(file: &[u8]) -> Option<Rewritten> {
    let unit: fn([u8; 2]) -> u16 = match file {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let (units, rest) = file.get(2..)?.as_chunks::<2>();
    let mut decoded = Rewritten::default();
    let mut at = 2;
    let mut push = |char: char, at: usize| decoded.push(char.encode_utf8(&mut [0; 4]).as_bytes(), at);
    for char in char::decode_utf16(units.iter().map(|pair| unit(*pair))) {
        let char = char.unwrap_or(char::REPLACEMENT_CHARACTER);
        push(char, at);
        at += 2 * char.len_utf16();
    }
    if !rest.is_empty() {
        push(char::REPLACEMENT_CHARACTER, at);
    }
    decoded.end(file.len());
    Some(decoded)
}
