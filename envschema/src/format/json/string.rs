//! Strings of JSON: RFC 8259 §7.

use std::borrow::Cow;

use envschema_core::span::Span;

use super::Reader;
use crate::format::tree::Fault;

impl<'t> Reader<'t> {
    /// Reads the string whose opening quote comes next; `None` if it has a fault.
    pub(super) fn string(&mut self) -> Option<Cow<'t, str>> {
        let open = self.at;
        let mut sound = true;
        let mut decoded: Option<String> = None;
        let mut copied = open + 1;
        self.at += 1;
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
            self.at += plain.unwrap_or(rest.len());
            match self.peek() {
                Some(b'"') => {
                    let last = self.text.get(copied..self.at).unwrap_or_default();
                    self.at += 1;
                    let whole = match decoded {
                        Some(text) => Cow::Owned(text + last),
                        None => Cow::Borrowed(last),
                    };
                    return sound.then_some(whole);
                }
                Some(b'\\') => {
                    let text = decoded.get_or_insert_default();
                    text.push_str(self.text.get(copied..self.at).unwrap_or_default());
                    let escape = self.escape();
                    sound &= escape.is_some();
                    text.extend(escape);
                    copied = self.at;
                }
                None | Some(b'\n' | b'\r') => {
                    let fault = Fault::syntax("this text has no closing quote", Span::new(open, self.at));
                    self.report(
                        fault.help("a text of JSON ends on its own line; write a line break as `\\n`"),
                    );
                    return None;
                }
                Some(_) => {
                    let fault = Fault::syntax("control character in a text", self.here());
                    self.report(fault.help("write it as an escape: `\\t` for a tab"));
                    sound = false;
                    self.at += 1;
                }
            }
        }
    }

    /// Reads the escape whose backslash comes next; `None` if it has a fault.
    fn escape(&mut self) -> Option<char> {
        let start = self.at;
        self.at += 1;
        let plain = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let decoded = self.unicode();
                if decoded.is_none() {
                    let span = Span::new(start, self.at.max(start + 2));
                    self.fault("not a Unicode escape: `\\u` takes four hexadecimal digits", span);
                }
                return decoded;
            }
            None | Some(b'\n' | b'\r') => return None,
            Some(_) => {
                let span = Span::new(start, self.here().range().end);
                self.at = span.range().end;
                self.fault("unknown escape", span);
                return None;
            }
        };
        self.at += 1;
        Some(plain)
    }

    /// Reads `uXXXX`, and behind the first half of a surrogate pair its second half.
    fn unicode(&mut self) -> Option<char> {
        let first = self.code_unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        if self.peek() != Some(b'\\') || self.text.as_bytes().get(self.at + 1) != Some(&b'u') {
            return None;
        }
        self.at += 1;
        let second = self.code_unit()?;
        let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low)
    }

    /// Reads `uXXXX`; without four digits it passes over the `u` alone.
    fn code_unit(&mut self) -> Option<u32> {
        self.at += 1;
        let hex = self.text.get(self.at..self.at + 4)?;
        if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(hex, 16).ok()
    }
}
