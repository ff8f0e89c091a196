//! What JavaScript means by white space, by line ends, by the order of names and by the replacement of a text.

use super::expansion::{Budget, Limit};
use super::scan::{find, find_any, first_char, trim_end, trim_start};

/// White space to `\s` and `trim()`: line ends and the byte order mark belong to it, NEL does not.
pub(crate) fn is_space(char: char) -> bool {
    (char.is_whitespace() && char != '\u{85}') || char == '\u{feff}'
}

/// What `$` stops at in a multi-line expression, and `.` does not match.
pub(crate) fn is_line_end(char: char) -> bool {
    matches!(char, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// Where the line of `at` ends, as `$` and `.` see it.
pub(crate) fn line_end(text: &[u8], at: usize) -> usize {
    let mut from = at;
    while let Some(found) = find_any(&text[from..], [b'\n', b'\r', 0xe2]) {
        from += found;
        if line_end_width(&text[from..]) > 0 {
            return from;
        }
        from += 1;
    }
    text.len()
}

/// The width of the line end that `rest` starts with.
pub(crate) fn line_end_width(rest: &[u8]) -> usize {
    match first_char(rest) {
        Some((Some(char), width)) if is_line_end(char) => width,
        _ => 0,
    }
}

/// What `trim()` leaves of `text`.
pub(crate) fn trim(text: &[u8]) -> &[u8] {
    trim_end(trim_start(text, is_space), is_space)
}

/// The number an object sorts `name` by, before all other names: a canonical integer below 2³² - 1.
pub(crate) fn array_index(name: &[u8]) -> Option<u32> {
    let is_canonical = match name {
        [b'0'] => true,
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    let number: u32 = str::from_utf8(name).ok().filter(|_| is_canonical)?.parse().ok()?;
    (number < u32::MAX).then_some(number)
}

/// What an object is asked for under a name it was never given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inherited {
    /// `__proto__`: an object.
    Prototype,
    /// `constructor`: called with a text, it returns that text.
    Constructor,
    /// `toString`: called on its own, it returns `[object Undefined]`.
    ToString,
    /// `isPrototypeOf`: called with a text, it returns `false`.
    IsPrototypeOf,
    /// All others are functions that throw when they are called on their own.
    Throwing,
}

/// What every object has under `name`.
pub(crate) fn inherited(name: &[u8]) -> Option<Inherited> {
    match name {
        b"__proto__" => Some(Inherited::Prototype),
        b"constructor" => Some(Inherited::Constructor),
        b"toString" => Some(Inherited::ToString),
        b"isPrototypeOf" => Some(Inherited::IsPrototypeOf),
        b"hasOwnProperty"
        | b"propertyIsEnumerable"
        | b"toLocaleString"
        | b"valueOf"
        | b"__defineGetter__"
        | b"__defineSetter__"
        | b"__lookupGetter__"
        | b"__lookupSetter__" => Some(Inherited::Throwing),
        _ => None,
    }
}

/// Appends what `text.replace(…, replacement)` puts in the place of the bytes from `start` to `end`: `$$` is a dollar,
/// `$&` what is replaced, `` $` `` what stands before it and `$'` what stands behind it.
pub(crate) fn substitute(
    replacement: &[u8],
    text: &[u8],
    (start, end): (usize, usize),
    budget: &mut Budget,
    out: &mut Vec<u8>,
) -> Result<(), Limit> {
    let mut rest = replacement;
    budget.spend(rest.len())?;
    while let Some(dollar) = find(rest, b'$') {
        out.extend_from_slice(&rest[..dollar]);
        let pattern: &[u8] = match rest.get(dollar + 1) {
            Some(b'$') => b"$",
            Some(b'&') => &text[start..end],
            Some(b'`') => &text[..start],
            Some(b'\'') => &text[end..],
            _ => {
                out.push(b'$');
                rest = &rest[dollar + 1..];
                continue;
            }
        };
        budget.spend(pattern.len())?;
        out.extend_from_slice(pattern);
        rest = &rest[dollar + 2..];
    }
    out.extend_from_slice(rest);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{array_index, is_space, substitute, trim};
    use crate::dotenv::expansion::{BUDGET, Budget, Limit};

    #[test]
    fn white_space() {
        assert_eq!(trim("\u{feff}\u{a0}\t x\u{2028}\r\n".as_bytes()), b"x");
        for char in ['\u{85}', '\u{200b}', '\u{180e}', '\x1c'] {
            assert!(!is_space(char), "{char:?}");
        }
    }

    #[test]
    fn integer_names() {
        for (name, expected) in [
            ("0", Some(0)),
            ("42", Some(42)),
            ("4294967294", Some(4_294_967_294)),
            ("4294967295", None),
            ("01", None),
            ("1A", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(array_index(name.as_bytes()), expected, "{name}");
        }
    }

    #[test]
    fn replacement_patterns() {
        for (replacement, expected) in [
            ("plain", "plain"),
            ("$$1", "$1"),
            ("[$&]", "[bc]"),
            ("$`-$'", "a-d"),
            ("$1$<x>$", "$1$<x>$"),
            ("$$$&", "$bc"),
        ] {
            let mut out = Vec::new();
            let result =
                substitute(replacement.as_bytes(), b"abcd", (1, 3), &mut Budget::default(), &mut out);
            assert_eq!((result, &*out), (Ok(()), expected.as_bytes()), "{replacement}");
        }
        let (text, mut out) = (vec![b'x'; BUDGET / 4], Vec::new());
        let result =
            substitute(b"$`$`$`$`$`", &text, (text.len(), text.len()), &mut Budget::default(), &mut out);
        assert_eq!(result, Err(Limit));
    }
}
