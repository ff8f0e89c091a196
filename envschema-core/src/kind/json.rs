//! `json`: one JSON value (RFC 8259), blanks around it allowed.
//!
//! Stricter than the grammar where readers differ (RFC 7493): a `\u` escape of half a surrogate pair and a number beyond a
//! 64-bit float are wrong, and so is nesting deeper than 127, the most `serde_json` reads. Equal names in one object are
//! allowed, as the RFC does.

use super::{About, Mistake, place};
use crate::value::Value;

pub(super) const ABOUT: About =
    About { name: "json", expected: r#"JSON such as `{"key": true}`"#, example: r#"{"key":true}"# };

const MAX_DEPTH: usize = 127;

pub(super) fn parse(text: &str) -> Result<Value<'_>, Mistake> {
    let mut reader = Reader { text, at: 0 };
    reader.skip_blanks();
    if reader.peek().is_none() {
        return Err(Mistake::new("is empty", 0..0));
    }
    reader.value(0)?;
    reader.skip_blanks();
    match reader.peek() {
        Some(_) => Err(Mistake::new("has something behind its JSON value", reader.at..text.len())),
        None => Ok(Value::Text(text)),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over `byte` if it comes next.
    fn eat(&mut self, byte: u8) -> bool {
        let eaten = self.peek() == Some(byte);
        self.at += usize::from(eaten);
        eaten
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn wrong<T>(&self, message: &'static str) -> Result<T, Mistake> {
        Err(Mistake::new(message, place::character(self.text, self.at)))
    }

    fn value(&mut self, depth: usize) -> Result<(), Mistake> {
        match self.peek() {
            Some(b'{' | b'[') if depth == MAX_DEPTH => self.wrong("has JSON nested deeper than 127"),
            Some(b'{') => self.members(b'}', |reader| reader.member(depth + 1)),
            Some(b'[') => self.members(b']', |reader| reader.value(depth + 1)),
            Some(b'"') => self.string(),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(b'\'') => self.wrong("is not JSON: strings have double quotes"),
            _ => self.wrong("is not JSON: a value is missing here"),
        }
    }

    /// An object's or array's inside, from its opening bracket to `close`.
    fn members(&mut self, close: u8, one: impl Fn(&mut Self) -> Result<(), Mistake>) -> Result<(), Mistake> {
        self.at += 1;
        self.skip_blanks();
        if self.eat(close) {
            return Ok(());
        }
        loop {
            self.skip_blanks();
            one(self)?;
            self.skip_blanks();
            if self.eat(close) {
                return Ok(());
            }
            if !self.eat(b',') {
                return self.wrong("is not JSON: a comma or a closing bracket is missing here");
            }
        }
    }

    fn member(&mut self, depth: usize) -> Result<(), Mistake> {
        if self.peek() != Some(b'"') {
            return self.wrong("is not JSON: a name in double quotes is missing here");
        }
        self.string()?;
        self.skip_blanks();
        if !self.eat(b':') {
            return self.wrong("is not JSON: a colon is missing here");
        }
        self.skip_blanks();
        self.value(depth)
    }

    fn word(&mut self, word: &str) -> Result<(), Mistake> {
        if !self.text[self.at..].starts_with(word) {
            return self.wrong("is not JSON: a value is missing here");
        }
        self.at += word.len();
        Ok(())
    }

    fn string(&mut self) -> Result<(), Mistake> {
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape()?,
                Some(0..=0x1f) => return self.wrong("is not JSON: a string has a control character"),
                Some(_) => self.at += 1,
                None => return self.wrong("is not JSON: a string has no end"),
            }
        }
        self.at += 1;
        Ok(())
    }

    fn escape(&mut self) -> Result<(), Mistake> {
        let start = self.at;
        self.at += 1;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 1;
                return Ok(());
            }
            Some(b'u') => {}
            _ => return self.wrong("is not JSON: a string has an unknown escape"),
        }
        let is_whole = match self.unit()? {
            0xd800..=0xdbff => {
                self.eat(b'\\') && self.peek() == Some(b'u') && matches!(self.unit()?, 0xdc00..=0xdfff)
            }
            unit => !matches!(unit, 0xdc00..=0xdfff),
        };
        if is_whole {
            return Ok(());
        }
        Err(Mistake::new("is not JSON: a `\\u` escape stands for half a character", start..start + 6))
    }

    /// The four digits behind a `u`.
    fn unit(&mut self) -> Result<u32, Mistake> {
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            match self.peek().and_then(|byte| char::from(byte).to_digit(16)) {
                Some(digit) => unit = unit << 4 | digit,
                None => return self.wrong("is not JSON: `\\u` needs four hexadecimal digits"),
            }
            self.at += 1;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<(), Mistake> {
        let start = self.at;
        self.eat(b'-');
        if self.eat(b'0') {
            if matches!(self.peek(), Some(b'0'..=b'9')) {
                return self.wrong("is not JSON: a number starts with a zero");
            }
        } else {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        match self.text[start..self.at].parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(()),
            _ => Err(Mistake::new("has too large a number in its JSON", start..self.at)),
        }
    }

    fn digits(&mut self) -> Result<(), Mistake> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return self.wrong("is not JSON: a digit is missing here");
        }
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        Ok(())
    }
}
