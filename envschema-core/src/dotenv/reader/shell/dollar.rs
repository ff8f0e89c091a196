//! What a `$` starts: parameters, commands, arithmetic, and more quotes.

use super::grammar::Parser;
use super::syntax::{Mistake, SyntaxError};
use super::word::{Kind, Operator, Parameter, Until, Where, Word};
use crate::dotenv::scan::is_word;
use crate::span::Span;

impl Parser<'_> {
    /// Reads what starts with the `$` that comes next.
    pub(super) fn dollar(&mut self, until: Until, word: &mut Word) -> Result<(), SyntaxError> {
        let start = self.cursor.at();
        let quoted = until.is_quoted();
        self.cursor.skip(1);
        while self.cursor.eat(b"\\\n") {}
        let zsh = self.switches.zsh;
        match self.cursor.peek() {
            Some(b'{') => self.braced(start, until, word)?,
            Some(b'(') => self.command(start, quoted, word)?,
            Some(b'\'') if self.switches.ansi_quotes && !quoted => self.ansi_quoted(start, word)?,
            Some(b'"') if self.switches.locale_quotes && !quoted => {}
            Some(b'[') if self.switches.bracket_arithmetic => {
                self.cursor.skip(1);
                let mut inside = Word::default();
                self.parts(Until::Bracket, &mut inside)?;
                word.push(Kind::Arithmetic(inside.parts), quoted, self.cursor.span_from(start));
            }
            Some(byte) if is_word(byte) || matches!(byte, b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!') => {
                let is_length = zsh && byte == b'#';
                self.bare(start, quoted, is_length, word);
            }
            Some(b'=' | b'~' | b'^' | b'+') if zsh => self.zsh_flag(start, quoted, word),
            _ => word.push(Kind::Text, quoted, Span::new(start, start + 1)),
        }
        Ok(())
    }

    /// `$NAME`, `$1`, `$?`; in zsh `$#NAME` is a length, and `[…]` or `:x` may follow a name.
    fn bare(&mut self, start: usize, quoted: bool, is_length: bool, word: &mut Word) {
        let mut name = self.name();
        let mut operator = Operator::None;
        if is_length && self.cursor.peek().is_some_and(|byte| is_word(byte) && !byte.is_ascii_digit()) {
            name = self.name();
            operator = Operator::Length;
        }
        if self.switches.zsh && operator == Operator::None && self.zsh_suffix(quoted) {
            operator = Operator::Other;
        }
        self.push_parameter(start, quoted, (name, operator), word);
    }

    /// `$=NAME`, `$~NAME`, `$^NAME`, which may lack the name, and `$+NAME`.
    fn zsh_flag(&mut self, start: usize, quoted: bool, word: &mut Word) {
        let flag = self.cursor.peek();
        let has_name = self.cursor.rest().get(1).copied().is_some_and(is_word);
        if flag == Some(b'+') && !has_name {
            return word.push(Kind::Text, quoted, Span::new(start, start + 1));
        }
        self.cursor.skip(1);
        let name = if has_name { self.name() } else { Span::at(self.cursor.at()) };
        let operator = if flag == Some(b'+') { Operator::IsSet } else { Operator::None };
        self.push_parameter(start, quoted, (name, operator), word);
    }

    /// zsh: a subscript, or a modifier as in `$NAME:h`.
    fn zsh_suffix(&mut self, quoted: bool) -> bool {
        let rest = self.cursor.rest();
        match rest {
            [b'[', ..] if !quoted => {
                let line = rest.iter().take_while(|byte| **byte != b'\n');
                let Some(close) = line.clone().position(|byte| *byte == b']') else { return false };
                self.cursor.skip(close + 1);
                true
            }
            [
                b':',
                b'A' | b'a' | b'c' | b'e' | b'h' | b'l' | b'P' | b'p' | b'q' | b'Q' | b'r' | b's' | b't'
                | b'u' | b'x' | b'g' | b'w' | b'W' | b'f' | b'F' | b'&',
                ..,
            ] => {
                self.cursor.skip(2);
                true
            }
            _ => false,
        }
    }

    fn push_parameter(
        &mut self,
        start: usize,
        quoted: bool,
        (name, operator): (Span, Operator),
        word: &mut Word,
    ) {
        let parameter = Parameter { name, braced: false, operator, word: Vec::new(), second: None };
        word.push(Kind::Parameter(Box::new(parameter)), quoted, self.cursor.span_from(start));
    }

    /// Passes over a name, a number or a special parameter. In names a line may be continued.
    fn name(&mut self) -> Span {
        let start = self.cursor.at();
        match self.cursor.peek() {
            Some(byte) if byte.is_ascii_digit() => {
                let is_long = self.in_braces || self.switches.zsh;
                let digits = self.cursor.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
                self.cursor.skip(if is_long { digits } else { 1 });
            }
            Some(byte) if is_word(byte) => loop {
                self.cursor.take_while(is_word);
                if !self.cursor.eat(b"\\\n") {
                    break;
                }
            },
            // In braces this is a reference in the place of a name.
            Some(b'$') if self.in_braces && self.cursor.rest().starts_with(b"${") => {}
            Some(b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!') => self.cursor.skip(1),
            _ => {}
        }
        self.cursor.span_from(start)
    }

    /// `${…}`
    fn braced(&mut self, start: usize, until: Until, word: &mut Word) -> Result<(), SyntaxError> {
        self.cursor.skip(1);
        let quoted = until.is_quoted() && until != Until::Parentheses;
        let parameter = self.parameter(quoted).map_err(|error| match error.mistake {
            Mistake::UnclosedBrace => Mistake::UnclosedBrace.at(Span::new(start, start + 2)),
            _ => error,
        })?;
        let kind = Kind::Parameter(Box::new(parameter));
        word.push(kind, until.is_quoted(), self.cursor.span_from(start));
        Ok(())
    }

    /// What stands behind `${`, up to and with the `}`.
    fn parameter(&mut self, quoted: bool) -> Result<Parameter, SyntaxError> {
        while self.cursor.eat(b"\\\n") {}
        let is_length = matches!(
            self.cursor.rest(),
            [b'#', next, ..] if is_word(*next) || (matches!(next, b'@' | b'*' | b'?' | b'-' | b'$' | b'!' | b'#'))
        ) && !matches!(self.cursor.rest(), [b'#', b'#' | b'?' | b'-', next, ..] if *next != b'}');
        if is_length {
            self.cursor.skip(1);
        }
        let is_other = match self.cursor.peek() {
            Some(b'!') => self.switches.case_changes && !self.cursor.rest().starts_with(b"!}"),
            Some(b'(' | b'^' | b'=' | b'~' | b'+') => self.switches.zsh,
            _ => false,
        };
        self.in_braces = true;
        let name = self.name();
        self.in_braces = false;
        while self.cursor.eat(b"\\\n") {}
        let mut parameter =
            Parameter { name, braced: true, operator: Operator::None, word: Vec::new(), second: None };
        if is_other {
            parameter.operator = Operator::Other;
        } else if name.is_empty() {
            // zsh reads `${}` as nothing.
            let is_nothing = self.switches.zsh && self.cursor.peek() == Some(b'}');
            parameter.operator = if is_nothing { Operator::None } else { Operator::Bad };
        } else if !self.cursor.rest().starts_with(b"}") {
            parameter.operator = if is_length { Operator::Bad } else { self.operator() };
        } else if is_length {
            parameter.operator = Operator::Length;
        }
        self.operand(&mut parameter, quoted)?;
        Ok(parameter)
    }

    /// Passes over the operator behind the name.
    fn operator(&mut self) -> Operator {
        let switches = self.switches;
        let rest = self.cursor.rest();
        let colon = rest.first() == Some(&b':');
        let (operator, width) = match &rest[usize::from(colon)..] {
            [b'-', ..] => (Operator::Default { colon }, 1),
            [b'=', ..] => (Operator::Assign { colon }, 1),
            [b'?', ..] => (Operator::Require { colon }, 1),
            [b'+', ..] => (Operator::Alternative { colon }, 1),
            [letter, ..] if colon && switches.zsh && letter.is_ascii_alphabetic() => (Operator::Other, 0),
            _ if colon && switches.substrings => (Operator::Substring, 0),
            _ if colon => (Operator::Bad, 0),
            [b'#', b'#', ..] => (Operator::RemovePrefix { longest: true }, 2),
            [b'#', ..] => (Operator::RemovePrefix { longest: false }, 1),
            [b'%', b'%', ..] => (Operator::RemoveSuffix { longest: true }, 2),
            [b'%', ..] => (Operator::RemoveSuffix { longest: false }, 1),
            [b'/', b'/', ..] if switches.substrings => (Operator::Replace(Where::All), 2),
            [b'/', b'#', ..] if switches.arrays => (Operator::Replace(Where::Start), 2),
            [b'/', b'%', ..] if switches.arrays => (Operator::Replace(Where::End), 2),
            [b'/', ..] if switches.substrings => (Operator::Replace(Where::First), 1),
            [b'^', b'^', ..] if switches.case_changes => (Operator::Case { upper: true, all: true }, 2),
            [b'^', ..] if switches.case_changes => (Operator::Case { upper: true, all: false }, 1),
            [b',', b',', ..] if switches.case_changes => (Operator::Case { upper: false, all: true }, 2),
            [b',', ..] if switches.case_changes => (Operator::Case { upper: false, all: false }, 1),
            [b'[', ..] if switches.arrays => (Operator::Other, 0),
            [b'@', ..] if switches.case_changes => (Operator::Other, 0),
            _ => (Operator::Bad, 0),
        };
        self.cursor.skip(usize::from(colon) + width);
        operator
    }

    /// Reads what follows the operator, up to and with the `}`.
    fn operand(&mut self, parameter: &mut Parameter, quoted: bool) -> Result<(), SyntaxError> {
        let mut first = Word::default();
        let separator = match parameter.operator {
            Operator::Replace(_) => Some(b'/'),
            Operator::Substring => Some(b':'),
            _ => None,
        };
        let pattern = matches!(
            parameter.operator,
            Operator::RemovePrefix { .. } | Operator::RemoveSuffix { .. } | Operator::Replace(_)
        );
        let is_separated = match separator {
            Some(separator) => self.parts(Until::Separator { separator }, &mut first)?,
            None => self.parts(Until::Brace { quoted, pattern }, &mut first)?,
        };
        if is_separated {
            self.cursor.skip(1);
            let mut second = Word::default();
            self.parts(Until::Brace { quoted, pattern: true }, &mut second)?;
            parameter.second = Some(second.parts);
        }
        parameter.word = first.parts;
        Ok(())
    }

    /// `$(…)` or `$((…))`
    fn command(&mut self, start: usize, quoted: bool, word: &mut Word) -> Result<(), SyntaxError> {
        if self.cursor.rest().starts_with(b"((") {
            let before = self.cursor;
            self.cursor.skip(2);
            let mut inside = Word::default();
            match self.parts(Until::Parentheses, &mut inside) {
                Ok(_) => {
                    let kind = Kind::Arithmetic(inside.parts);
                    word.push(kind, quoted, self.cursor.span_from(start));
                    return Ok(());
                }
                Err(error) if error.mistake == Mistake::NoArithmetic && self.switches.arrays => {
                    self.cursor = before;
                }
                Err(error) => return Err(error),
            }
        }
        self.cursor.skip(1);
        let list = self.command_list(start).map_err(|error| match error.mistake {
            Mistake::Unexpected => Mistake::UnexpectedInside.at(error.span),
            _ => error,
        })?;
        word.push(Kind::Command(list), quoted, self.cursor.span_from(start));
        Ok(())
    }

    /// `$'…'`
    fn ansi_quoted(&mut self, start: usize, word: &mut Word) -> Result<(), SyntaxError> {
        let open = self.cursor.at();
        self.cursor.skip(1);
        let mut text = Vec::new();
        let mut is_cut = false;
        loop {
            match self.cursor.rest() {
                [] => return Err(Mistake::UnclosedQuote.at(Span::new(start, open + 1))),
                [b'\'', ..] => break,
                [b'\\', rest @ ..] => {
                    let (byte, width) = escape(rest, self.switches.control_escapes);
                    // Behind `\0` bash reads on but keeps nothing.
                    is_cut |= byte == Some(Escaped::Byte(0));
                    if !is_cut {
                        match byte {
                            Some(Escaped::Byte(byte)) => text.push(byte),
                            Some(Escaped::Char(char)) => {
                                text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                            }
                            None => text.extend_from_slice(&self.cursor.rest()[..=width]),
                        }
                    }
                    self.cursor.skip(1 + width);
                }
                [byte, ..] => {
                    if !is_cut {
                        text.push(*byte);
                    }
                    self.cursor.skip(1);
                }
            }
        }
        self.cursor.skip(1);
        word.push(Kind::Decoded(text), true, self.cursor.span_from(start));
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Escaped {
    Byte(u8),
    Char(char),
}

/// What `\` and `rest` stand for in `$'…'`, and how many bytes of `rest` belong to it.
fn escape(rest: &[u8], control_escapes: bool) -> (Option<Escaped>, usize) {
    let Some(first) = rest.first() else { return (None, 0) };
    let byte = match first {
        b'a' => 0x07,
        b'b' => 0x08,
        b'e' | b'E' => 0x1b,
        b'f' => 0x0c,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 0x0b,
        b'\\' | b'\'' | b'"' | b'?' => *first,
        b'0'..=b'7' => {
            let (value, width) = number(rest, 3, 8);
            return (Some(Escaped::Byte(value.to_le_bytes()[0])), width);
        }
        b'x' => {
            let (value, width) = number(&rest[1..], 2, 16);
            let byte = (width > 0).then_some(Escaped::Byte(value.to_le_bytes()[0]));
            return (byte, 1 + width);
        }
        b'u' | b'U' if control_escapes => {
            let (value, width) = number(&rest[1..], if *first == b'u' { 4 } else { 8 }, 16);
            let char = char::from_u32(value).filter(|_| width > 0).map(Escaped::Char);
            return (char, 1 + width);
        }
        b'c' if control_escapes && rest.len() > 1 => return (Some(Escaped::Byte(rest[1] & 0x1f)), 2),
        _ => return (None, 1),
    };
    (Some(Escaped::Byte(byte)), 1)
}

/// The number of at most `most` digits that `bytes` start with.
fn number(bytes: &[u8], most: usize, radix: u32) -> (u32, usize) {
    let digits = bytes.iter().take(most).map_while(|byte| char::from(*byte).to_digit(radix));
    digits.fold((0, 0), |(value, width), digit| (value.wrapping_mul(radix).wrapping_add(digit), width + 1))
}
