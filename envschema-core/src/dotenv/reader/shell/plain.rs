//! Lines as plain as most are, read without taking them apart.

use std::borrow::Cow;

use super::run::Status;
use super::special::{self, contains};
use super::{Mode, Shell};
use crate::dotenv::cursor::Cursor;
use crate::dotenv::scan::{find, find_any, word_length};
use crate::dotenv::{Assignment, Quote, Value};
use crate::span::Span;

/// Bytes that mean nothing to any of the shells in an unquoted value. zsh minds `=`.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = byte >= 0x80 || (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let others = b"_-./:,@%+*?[]{}!^#";
    let mut at = 0;
    while at < others.len() {
        plain[others[at] as usize] = true;
        at += 1;
    }
    plain
};

impl<'t> Shell<'t, '_> {
    /// Reads `NAME=value`, `NAME='value'` or `NAME="value"` with its line end, if nothing in it needs a closer look.
    pub(super) fn plain_line(&mut self, cursor: &mut Cursor<'t>) -> bool {
        let (start, rest) = (cursor.at(), cursor.rest());
        let key_length = word_length(rest);
        let Some((key, [b'=', behind @ ..])) = rest.split_at_checked(key_length) else { return false };
        let Some((quote, length)) = self.plain_value(behind) else { return false };
        let width = usize::from(quote != Quote::None);
        let end = length + 2 * width;
        let has_nul = !self.switches.drops_nul && find(&behind[..end], 0).is_some();
        if has_nul || behind.get(end) != Some(&b'\n') || !self.is_plain_key(key) {
            return false;
        }
        let value_start = start + key_length + 1 + width;
        let value_span = Span::new(value_start, value_start + length);
        self.reading.assignments.push(Assignment {
            key: Cow::Borrowed(key),
            value: Value::Set(Cow::Borrowed(&behind[width..width + length])),
            key_span: Span::new(start, start + key_length),
            value_span,
            span: Span::new(start, value_start + length + width),
            quote,
        });
        self.status = Status::Zero;
        self.last_argument.clear();
        self.last_references.clear();
        cursor.go_to(start + key_length + 1 + end + 1);
        true
    }

    /// How the value is quoted, and its length without the quotes.
    fn plain_value(&self, behind: &[u8]) -> Option<(Quote, usize)> {
        match behind {
            [b'\'', inside @ ..] => Some((Quote::Single, find(inside, b'\'')?)),
            [b'"', inside @ ..] => {
                let length = find_any(inside, [b'"', b'\\', b'$', b'`'])?;
                (inside[length] == b'"').then_some((Quote::Double, length))
            }
            _ => {
                let is_plain = |byte: u8| PLAIN[usize::from(byte)] || (byte == b'=' && !self.switches.zsh);
                let length = behind.iter().take_while(|byte| is_plain(**byte)).count();
                Some((Quote::None, length))
            }
        }
    }

    /// Whether the name is one the shell sets like any other.
    fn is_plain_key(&self, key: &[u8]) -> bool {
        let first = key.first().copied().unwrap_or(b'0');
        let switches = self.switches;
        self.mode == Mode::Run
            && self.options.all_export
            && !self.variables.has_declared
            && !first.is_ascii_digit()
            && key != b"_"
            && key != b"OPTIND"
            && !contains(switches.integers, key)
            && !contains(switches.read_only, key)
            && !contains(switches.ignored, key)
            && !(switches.zsh && special::tied(key).is_some())
    }
}
