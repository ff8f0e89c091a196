//! The parts of one line of YAML: key, text, comment.

/// Splits `key: rest` off a line whose key stands bare and starts with a letter, a digit or one of `_ $ . /`.
///
/// The key is returned without the blanks behind it, the rest from behind the colon on.
pub(in crate::format) fn key(line: &str) -> Option<(&str, &str)> {
    let first = line.as_bytes().first()?;
    if !first.is_ascii_alphanumeric() && !matches!(first, b'_' | b'$' | b'.' | b'/' | 0x80..) {
        return None;
    }
    let mut previous = b'_';
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b':' if matches!(line.as_bytes().get(at + 1), None | Some(b' ' | b'\t')) => {
                return Some((line.get(..at)?.trim_end_matches(BLANK), line.get(at + 1..)?));
            }
            b'#' if is_blank(previous) => return None,
            _ => previous = byte,
        }
    }
    None
}

/// The text before a comment, which starts at a `#` behind a blank; without the blanks at its end.
pub(in crate::format) fn before_comment(text: &str) -> &str {
    let bytes = text.as_bytes();
    let comment = bytes.windows(2).position(|pair| matches!(pair, [b' ' | b'\t', b'#']));
    text.get(..comment.unwrap_or(text.len())).unwrap_or_default().trim_end_matches(BLANK)
}

/// Whether YAML reads `text` as a plain scalar up to its end, outside brackets.
pub(in crate::format) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(first) = bytes.first() else { return false };
    let starts = match first {
        b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\'' | b'"' | b'%'
        | b'@' | b'`' => false,
        b'-' | b'?' | b':' => !matches!(bytes.get(1), None | Some(b' ' | b'\t')),
        _ => true,
    };
    starts
        && !text.ends_with(':')
        && !bytes.windows(2).any(|pair| matches!(pair, [b':', b' ' | b'\t'] | [b' ' | b'\t', b'#']))
}

/// What separates words on a line.
pub(in crate::format) const BLANK: [char; 2] = [' ', '\t'];

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::{before_comment, is_plain, key};

    #[test]
    fn keys_end_at_a_colon_and_a_blank() {
        let cases = [
            ("KEY: text", Some(("KEY", " text"))),
            ("KEY:", Some(("KEY", ""))),
            ("a b : c: d", Some(("a b", " c: d"))),
            ("a:b: c", Some(("a:b", " c"))),
            ("é:\tc", Some(("é", "\tc"))),
            ("KEY", None),
            ("a #b: c", None),
            ("a#b: c", Some(("a#b", " c"))),
            ("- a: b", None),
            ("\"a\": b", None),
            ("", None),
        ];
        for (line, expected) in cases {
            assert_eq!(key(line), expected, "{line:?}");
        }
    }

    #[test]
    fn comments_start_behind_a_blank() {
        assert_eq!(before_comment("a # b"), "a");
        assert_eq!(before_comment("a#b  "), "a#b");
        assert_eq!(before_comment("é\t# b # c"), "é");
    }

    #[test]
    fn plain_scalars_have_no_colon_before_a_blank() {
        for plain in
            ["a", "-1", "a:b", "http://x", "?x", "a, b", "it's", "[".repeat(0).as_str()].iter().take(7)
        {
            assert!(is_plain(plain), "{plain:?}");
        }
        for other in ["", "a: b", "a:", "- a", "-", "'a'", "@a", "[a", "a #b", "%a", "a:\tb"] {
            assert!(!is_plain(other), "{other:?}");
        }
    }
}
