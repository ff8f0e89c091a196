//! Finding bytes eight at a time, and decoding single characters, without `unsafe`.

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The offset of the first `needle`.
pub(crate) fn find(bytes: &[u8], needle: u8) -> Option<usize> {
    find_any(bytes, [needle])
}

/// Whether `bytes` contain `needle`: the fastest way to learn that they do not.
pub(crate) fn contains(bytes: &[u8], needle: u8) -> bool {
    // Without a way out of the inner loop it is done in vectors.
    bytes.chunks(1024).any(|chunk| chunk.iter().fold(false, |found, byte| found | (*byte == needle)))
}

/// The offset of the first byte that is one of `needles`.
#[inline]
pub(crate) fn find_any<const N: usize>(bytes: &[u8], needles: [u8; N]) -> Option<usize> {
    let patterns = needles.map(|needle| LOW * u64::from(needle));
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let mut hits = 0;
        for pattern in patterns {
            let differing = word ^ pattern;
            // The lowest bit set is exact: a borrow can only spoil bytes above a real hit.
            hits |= differing.wrapping_sub(LOW) & !differing & HIGH;
        }
        if hits != 0 {
            return Some(index * 8 + hits.trailing_zeros() as usize / 8);
        }
    }
    let tail = rest.iter().position(|byte| needles.contains(byte))?;
    Some(words.len() * 8 + tail)
}

/// How many of the first bytes are `[A-Za-z0-9_]`.
#[inline]
pub(crate) fn word_length(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let others = !word_bytes(u64::from_le_bytes(*word)) & HIGH;
        if others != 0 {
            return index * 8 + others.trailing_zeros() as usize / 8;
        }
    }
    words.len() * 8 + rest.iter().take_while(|byte| is_word(**byte)).count()
}

/// The high bit of every byte that is `[A-Za-z0-9_]`: sums of seven bits never carry into the next byte.
const fn word_bytes(word: u64) -> u64 {
    let low = word & !HIGH;
    let folded = low | (LOW * 0x20);
    let letters = (folded + LOW * (0x80 - b'a' as u64)) & !(folded + LOW * (0x7f - b'z' as u64));
    let digits = (low + LOW * (0x80 - b'0' as u64)) & !(low + LOW * (0x7f - b'9' as u64));
    let others_than_underscore = (low ^ (LOW * b'_' as u64)) + LOW * 0x7f;
    (letters | digits | !others_than_underscore) & !word & HIGH
}

/// The offset of the first occurrence of two bytes in a row.
pub(crate) fn find_pair(bytes: &[u8], pair: [u8; 2]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = find(bytes.get(from..)?, pair[1]) {
        let at = from + at;
        if at > 0 && bytes[at - 1] == pair[0] {
            return Some(at - 1);
        }
        from = at + 1;
    }
    None
}

/// The first character of `bytes` and how many bytes it takes; a byte that starts no valid sequence counts alone.
pub(crate) fn first_char(bytes: &[u8]) -> Option<(Option<char>, usize)> {
    let first = *bytes.first()?;
    if first < 0x80 {
        return Some((Some(char::from(first)), 1));
    }
    let width = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return Some((None, 1)),
    };
    let decoded = bytes.get(..width).and_then(|bytes| str::from_utf8(bytes).ok());
    Some(decoded.and_then(|text| text.chars().next()).map_or((None, 1), |char| (Some(char), width)))
}

/// The last character of `bytes` and how many bytes it takes; a byte that ends no valid sequence counts alone.
pub(crate) fn last_char(bytes: &[u8]) -> Option<(Option<char>, usize)> {
    let last = *bytes.last()?;
    if last < 0x80 {
        return Some((Some(char::from(last)), 1));
    }
    for width in 2..=4.min(bytes.len()) {
        if let Some((Some(char), taken)) = first_char(&bytes[bytes.len() - width..])
            && taken == width
        {
            return Some((Some(char), width));
        }
    }
    Some((None, 1))
}

/// `bytes` without the leading characters for which `drop` holds.
pub(crate) fn trim_start(mut bytes: &[u8], drop: impl Fn(char) -> bool) -> &[u8] {
    while let Some((Some(char), width)) = first_char(bytes)
        && drop(char)
    {
        bytes = &bytes[width..];
    }
    bytes
}

/// `bytes` without the trailing characters for which `drop` holds.
pub(crate) fn trim_end(mut bytes: &[u8], drop: impl Fn(char) -> bool) -> &[u8] {
    while let Some((Some(char), width)) = last_char(bytes)
        && drop(char)
    {
        bytes = &bytes[..bytes.len() - width];
    }
    bytes
}

/// Space or tab.
#[cfg(feature = "dialects")]
pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// What Go's `.env` parsers skip inside a line: white space without LF.
pub(crate) fn is_go_space(char: char) -> bool {
    matches!(char, '\t' | '\x0b' | '\x0c' | '\r' | ' ' | '\u{85}' | '\u{a0}')
}

/// White space to Python's `str.strip`.
#[cfg(feature = "dialects")]
pub(crate) fn is_python_space(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\x1c'..='\x1f')
}

/// `[A-Za-z0-9_]`
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::{find, find_any, find_pair, first_char, is_word, last_char, trim_end, word_length};

    #[test]
    fn finds_the_first_at_every_offset() {
        for length in 0..40 {
            for at in 0..length {
                let mut bytes = vec![b'"'; length];
                bytes[at] = b'#';
                bytes[length - 1] = b'#';
                assert_eq!(find(&bytes, b'#'), Some(at));
                assert_eq!(find_any(&bytes, [b'$', b'#']), Some(at));
            }
            assert_eq!(find(&vec![b'!'; length], b'"'), None);
            assert_eq!(find(&vec![0x80; length], 0), None);
        }
    }

    #[test]
    fn words_end_at_every_other_byte() {
        for byte in 0..=u8::MAX {
            for length in [0, 1, 7, 8, 13] {
                let mut bytes = vec![b'z'; length];
                bytes.push(byte);
                bytes.extend_from_slice(b"09AZaz_:");
                let expected = if is_word(byte) { length + 8 } else { length };
                assert_eq!(word_length(&bytes), expected, "{byte}");
            }
        }
    }

    #[test]
    fn finds_pairs() {
        assert_eq!(find_pair(b"a#b #c", *b" #"), Some(3));
        assert_eq!(find_pair(b"#a", *b" #"), None);
        assert_eq!(find_pair(b"a ", *b" #"), None);
    }

    #[test]
    fn decodes_from_both_ends() {
        for char in ['a', '\u{85}', '\u{a0}', 'é', '\u{2003}', '変', '\u{1f511}'] {
            let mut buffer = [0; 4];
            let bytes = char.encode_utf8(&mut buffer).as_bytes();
            assert_eq!(first_char(bytes), Some((Some(char), bytes.len())));
            assert_eq!(last_char(bytes), Some((Some(char), bytes.len())));
        }
        for invalid in [&b"\xff"[..], b"\xc3", b"\xe2\x80", b"\x80"] {
            assert_eq!(first_char(invalid), Some((None, 1)));
            assert_eq!(last_char(invalid), Some((None, 1)));
        }
        assert_eq!(trim_end("x \u{a0}\r".as_bytes(), char::is_whitespace), b"x");
    }
}
