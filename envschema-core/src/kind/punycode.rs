//! Which international host names (`xn--…`) every reader of web urls and email addresses takes.
//!
//! Those readers decode a name (RFC 3492) and look every character up in the tables of UTS #46, which are larger than
//! this crate. So only names of the letters below pass: they are valid, mean the same in any combination, and are written
//! from left to right.

use std::ops::RangeInclusive;

/// Lower case Latin, Greek, Cyrillic, Armenian and Georgian, and what Chinese, Japanese and Korean are written in.
const LETTERS: [RangeInclusive<char>; 19] = [
    'ß'..='ÿ',
    'ā'..='ı',
    'ĵ'..='ľ',
    'ł'..='ň',
    'ŋ'..='ž',
    'ơ'..='ư',
    'ǎ'..='ǜ',
    'ș'..='ț',
    'ΐ'..='ώ',
    'а'..='џ',
    'ґ'..='ґ',
    'ա'..='ֆ',
    'ა'..='ჺ',
    'ḁ'..='ẙ',
    'ạ'..='ỹ',
    'ぁ'..='ゖ',
    'ァ'..='ヾ',
    '一'..='\u{9fff}',
    '가'..='힣',
];

/// Whether a label says that it is an international name.
pub(super) fn is_encoded(label: &str) -> bool {
    label.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("xn--"))
}

/// Whether a label is no international name, or one of [`LETTERS`].
pub(super) fn is_readable(label: &str) -> bool {
    !is_encoded(label) || label.get(4..).and_then(decodes).unwrap_or(false)
}

/// Decodes as RFC 3492, section 6.2 says, without the order of the letters; `None` where a number overflows or breaks off.
fn decodes(encoded: &str) -> Option<bool> {
    let (ascii, extended) = match encoded.rsplit_once('-') {
        Some(("", _)) => return None,
        Some(parts) => parts,
        None => ("", encoded),
    };
    let mut length = u32::try_from(ascii.len()).ok()?;
    let (mut code, mut index, mut bias) = (128_u32, 0_u32, 72);
    let mut digits = extended.bytes();
    while digits.len() > 0 {
        let start = index;
        let (mut weight, mut position) = (1_u32, 36_u32);
        loop {
            let digit = char::from(digits.next()?).to_digit(36)?;
            // Letters come before digits here.
            let digit = if digit < 10 { digit + 26 } else { digit - 10 };
            index = index.checked_add(digit.checked_mul(weight)?)?;
            let threshold = position.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            position += 36;
        }
        length += 1;
        bias = adapt(index - start, length, start == 0 && code == 128);
        code = code.checked_add(index / length)?;
        index = index % length + 1;
        let letter = char::from_u32(code)?;
        if !is_letter(letter) {
            return Some(false);
        }
    }
    Some(code > 128)
}

/// Whether it is one of [`LETTERS`], whose ranges have gaps and hold capitals.
fn is_letter(letter: char) -> bool {
    LETTERS.iter().any(|letters| letters.contains(&letter))
        && letter.is_alphabetic()
        && letter.to_lowercase().eq([letter])
}

/// The next bias (RFC 3492, section 6.1).
const fn adapt(delta: u32, length: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / length;
    let mut steps = 0;
    while delta > 455 {
        delta /= 35;
        steps += 36;
    }
    steps + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::{LETTERS, is_letter, is_readable};

    /// What the url crate makes of a host: its ASCII form, if the host has one and is its own lower case form.
    fn ascii(host: &str) -> Option<String> {
        let url = url::Url::parse(&format!("http://{host}/")).ok()?;
        let ascii = url.host_str()?.to_owned();
        (url::quirks::domain_to_unicode(&ascii) == host).then_some(ascii)
    }

    #[test]
    fn every_letter_is_read_by_the_url_crate() {
        for letter in LETTERS.iter().cloned().flatten().filter(|letter| is_letter(*letter)) {
            for name in [format!("{letter}"), format!("a{letter}-1"), format!("ž{letter}{letter}")] {
                let ascii = ascii(&name).unwrap_or_else(|| panic!("{name} is not read"));
                assert!(is_readable(&ascii), "{name} {ascii}");
                assert!(is_readable(&ascii.to_uppercase()), "{name} {ascii}");
            }
        }
    }

    #[test]
    fn other_names_are_not_readable() {
        let names = [
            "xn--",
            "xn---",
            "xn---b0q",
            "xn--a",
            "xn--a-",
            "xn--abc-",
            "xn--99999999",
            "xn--a-0",
            "xn--bcher-kv",
            "xn--\u{df}",
        ];
        for name in names {
            assert!(!is_readable(name), "{name}");
        }
        assert!(is_readable("bcher-kva") && is_readable("xn-a") && is_readable("xn--bcher-kva"));
    }
}
