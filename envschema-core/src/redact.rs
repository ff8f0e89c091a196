//! What may be shown: the only place where a raw value, key or path of an input becomes text for people.

use std::borrow::Cow;
use std::fmt::Write as _;

/// What stands for a secret. Its length says nothing.
pub const MASK: &str = "******";

/// How many characters of a value are shown.
const LONGEST: usize = 60;

/// Words that make a key look secret wherever they stand in it.
const SECRET_WORDS: [&str; 8] =
    ["SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "TOKEN", "PRIVATE", "CREDENTIAL", "APIKEY"];

/// Words that make a key look secret as a whole word between underscores.
const SECRET_PARTS: [&str; 7] = ["KEY", "KEYS", "DSN", "PASS", "PWD", "PW", "SALT"];

/// Words that must not reach a browser, in a key nobody declared.
const UNEXPOSABLE_WORDS: [&str; 4] = ["SECRET", "PASSWORD", "PRIVATE", "CREDENTIAL"];

/// The bytes a key may have. A table, because every key of every file is looked at several times.
const IN_KEYS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let character = byte as u8;
        table[byte] = character.is_ascii_alphanumeric() || character == b'_';
        byte += 1;
    }
    table
};

/// Whether a key looks as if its value were secret.
///
/// Every key of every file comes by here, so all words are looked for at once: with each byte, `LETTERS` keeps the words of
/// which so many letters fit. Only where three do, the words are compared.
#[must_use]
pub fn looks_secret(key: &str) -> bool {
    let key = key.as_bytes();
    let step = |fitting: u64, byte: u8| (fitting << 16 | 0xffff) & LETTERS[letter(byte)];
    let mut fitting = 0;
    for (at, byte) in key.iter().enumerate() {
        fitting = step(fitting, *byte);
        let begun = fitting >> 32;
        if begun != 0 && stands_secret(key, at - 2, begun) {
            return true;
        }
    }
    // A word of two letters may stand at the end, and anything may be third behind it.
    let begun = step(fitting, b'_') >> 32;
    begun != 0 && stands_secret(key, key.len() - 2, begun)
}

/// Whether one of the words whose bits are set in `begun` stands at a place of a key, and makes it look secret.
fn stands_secret(key: &[u8], at: usize, begun: u64) -> bool {
    let words =
        SECRET_WORDS.iter().map(|word| (word, false)).chain(SECRET_PARTS.iter().map(|word| (word, true)));
    let mut begun = words.enumerate().filter(|(number, _)| begun >> number & 1 == 1).map(|(_, word)| word);
    begun.any(|(word, is_whole)| stands_at(key, at, word) && (!is_whole || is_part(key, at, at + word.len())))
}

/// Whether nothing but separators stands beside a place of a key.
fn is_part(key: &[u8], start: usize, end: usize) -> bool {
    let is_separator = |byte: &u8| matches!(byte, b'_' | b'.' | b'-');
    let before = start.checked_sub(1).and_then(|at| key.get(at));
    before.is_none_or(is_separator) && key.get(end).is_none_or(is_separator)
}

/// Whether a key clearly names a secret, so that it must not be shipped to browsers even if nobody declared it.
#[must_use]
pub fn names_secret(key: &str) -> bool {
    let key = key.as_bytes();
    (0..key.len()).any(|at| UNEXPOSABLE_WORDS.iter().any(|word| stands_at(key, at, word)))
}

/// Whether a word stands at a place of a key, in any case.
fn stands_at(key: &[u8], at: usize, word: &str) -> bool {
    key.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
}

/// For each letter, three rows of bits, each with one for every word that makes a key look secret: whether it is the first, the
/// second and the third letter of that word. Anything may be third behind a word of two.
const LETTERS: [u64; 32] = {
    let mut letters = [0; 32];
    let mut number = 0;
    while number < SECRET_WORDS.len() + SECRET_PARTS.len() {
        let word = match number.checked_sub(SECRET_WORDS.len()) {
            Some(part) => SECRET_PARTS[part].as_bytes(),
            None => SECRET_WORDS[number].as_bytes(),
        };
        let mut any = 0;
        while any < 32 {
            let fits =
                [any == letter(word[0]), any == letter(word[1]), word.len() == 2 || any == letter(word[2])];
            letters[any] |= (fits[0] as u64 | (fits[1] as u64) << 16 | (fits[2] as u64) << 32) << number;
            any += 1;
        }
        number += 1;
    }
    letters
};

/// The number of a letter in any case; bytes that are none share the numbers of letters.
const fn letter(byte: u8) -> usize {
    (byte & 0x1f) as usize
}

/// Whether a value holds a `scheme://…@`, whose userinfo is secret whoever declared what.
///
/// Generous on purpose: a password with an unescaped `/` or `#` still counts.
#[must_use]
pub fn has_userinfo(value: &str) -> bool {
    // Nearly every value is ruled out by a byte it lacks.
    value.contains('@') && value.find("://").is_some_and(|scheme| value[scheme..].contains('@'))
}

/// A value as it may be shown, in quotes: what has userinfo keeps only what stands around it.
#[must_use]
pub fn value(text: &str) -> String {
    let mut shown = String::from("\"");
    let text = without_userinfo(text);
    for (count, character) in text.chars().enumerate() {
        if count == LONGEST {
            shown.push('…');
            break;
        }
        push_escaped(&mut shown, character);
    }
    shown.push('"');
    shown
}

/// Bytes that are not secret, in quotes and whole, so that whatever differs looks different: quotes, backslashes, what is not
/// text and every blank but the plain one are escaped.
#[must_use]
pub fn quoted(bytes: &[u8]) -> String {
    let mut shown = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '"' | '\\' => shown.extend(['\\', character]),
                // Writing to a string cannot fail.
                '\u{80}'.. if character.is_whitespace() => {
                    let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
                }
                _ => push_escaped(&mut shown, character),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02x}");
        }
    }
    shown.push('"');
    shown
}

/// The text with everything between the first `://` and the last `@` masked.
#[must_use]
pub fn without_userinfo(text: &str) -> Cow<'_, str> {
    let Some(start) = text.find("://").map(|scheme| scheme + 3) else { return Cow::Borrowed(text) };
    match text[start..].rfind('@') {
        Some(end) => Cow::Owned(format!("{}{MASK}{}", &text[..start], &text[start + end..])),
        None => Cow::Borrowed(text),
    }
}

/// A key as it may be shown; `None` unless it is shaped like one (`[A-Za-z_][A-Za-z0-9_]{0,63}`).
#[must_use]
pub fn key(bytes: &[u8]) -> Option<&str> {
    let is_key = bytes.len() <= 64
        && bytes.first().is_some_and(|first| !first.is_ascii_digit())
        && bytes.iter().all(|byte| IN_KEYS[usize::from(*byte)]);
    if is_key { std::str::from_utf8(bytes).ok() } else { None }
}

/// Whether nothing in a text could act on a terminal or a log, so that it may be shown as it is if it is not secret.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    !text.chars().any(acts)
}

/// A dotted path of a typed file as it may be shown: each part must be shaped like a key.
#[must_use]
pub fn path(path: &str) -> Option<&str> {
    path.split('.').all(|part| key(part.as_bytes()).is_some()).then_some(path)
}

/// Text that is not secret (a path, a line of a schema) with everything escaped that could act on a terminal or a log.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        push_escaped(&mut escaped, character);
    }
    Cow::Owned(escaped)
}

pub(crate) fn push_escaped(out: &mut String, character: char) {
    match character {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        _ if acts(character) => {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        }
        _ => out.push(character),
    }
}

/// Whether a character could move the cursor, change the direction of text, end a line or hide.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::{
        SECRET_PARTS, SECRET_WORDS, escape, has_userinfo, is_part, key, looks_secret, quoted, stands_at,
        value,
    };

    #[test]
    fn keys_that_look_secret() {
        let secret = [
            "SECRET_KEY",
            "db_password",
            "STRIPE_API_KEY",
            "SENTRY_DSN",
            "GITHUB_TOKEN",
            "REDIS_PASS",
            "KEY",
        ];
        let public = ["DATABASE_URL", "MONKEY", "KEYBOARD", "DSNX", "COMPASS", "PORT", "PASSAGE"];
        assert_eq!(secret.map(looks_secret), [true; 7]);
        assert_eq!(public.map(looks_secret), [false; 7]);
    }

    /// Every word at every place, one after the other.
    fn looks_secret_slowly(key: &str) -> bool {
        let key = key.as_bytes();
        (0..key.len()).any(|at| {
            SECRET_WORDS.iter().any(|word| stands_at(key, at, word))
                || SECRET_PARTS
                    .iter()
                    .any(|word| stands_at(key, at, word) && is_part(key, at, at + word.len()))
        })
    }

    #[test]
    fn looking_for_all_words_at_once_finds_what_looking_for_each_does() {
        let others = ["", "_", ".", "-", "A", "APP", "S", "KE", "PASSPHRAS", "SE", "1", "é", "Y"];
        let pieces: Vec<&str> = SECRET_WORDS.into_iter().chain(SECRET_PARTS).chain(others).collect();
        for first in &pieces {
            for second in &pieces {
                for third in &pieces {
                    let key = format!("{first}{second}{third}");
                    assert_eq!(looks_secret(&key), looks_secret_slowly(&key), "{key}");
                    assert_eq!(looks_secret(&key.to_lowercase()), looks_secret(&key), "{key}");
                }
            }
        }
    }

    #[test]
    fn userinfo_is_masked_even_with_unescaped_separators() {
        assert_eq!(value("redis://:pa/ss#w@cache:6379/1"), "\"redis://******@cache:6379/1\"");
        assert!(has_userinfo("postgres://u:p@db,b://x@y"));
        assert!(!has_userinfo("admin@example.com"));
    }

    #[test]
    fn values_are_escaped_and_cut() {
        assert_eq!(value("a\u{1b}[2J\n\u{202e}é"), r#""a\u{1b}[2J\n\u{202e}é""#);
        assert_eq!(value(&"x".repeat(100)).chars().count(), 63);
        assert_eq!(escape("plain"), "plain");
    }

    #[test]
    fn what_differs_looks_different() {
        let rows: [(&[u8], &str); 7] = [
            (b"a b ", r#""a b ""#),
            (b"\"a\"", r#""\"a\"""#),
            (b"\\n", r#""\\n""#),
            (b"\n\t\x1b", r#""\n\t\u{1b}""#),
            ("\u{a0}\u{3000}\u{e9}".as_bytes(), "\"\\u{a0}\\u{3000}\u{e9}\""),
            (b"\xff\xc3x", r#""\xff\xc3x""#),
            (b"\\xff", r#""\\xff""#),
        ];
        for (bytes, expected) in rows {
            assert_eq!(quoted(bytes), expected);
        }
    }

    #[test]
    fn only_what_is_shaped_like_a_key_is_shown() {
        assert_eq!(key(b"A_1"), Some("A_1"));
        let long = "A".repeat(64);
        assert_eq!(key(long.as_bytes()), Some(long.as_str()));
        for odd in [&b""[..], b"1A", b"A-B", b"A B", "É".as_bytes(), b"A\x1b", "A".repeat(65).as_bytes()] {
            assert_eq!(key(odd), None);
        }
    }
}
