//! Arithmetic: `$((…))` over 64-bit integers.

use crate::dotenv::scan::is_word;

/// Why an expression has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Invalid;

/// What an expression asks of the shell.
pub(super) trait Names {
    /// The value of a variable as text, `None` if it is unset; an error if too much was asked for.
    fn get(&mut self, name: &[u8]) -> Result<Option<Vec<u8>>, Invalid>;
    /// Gives a variable a value.
    fn set(&mut self, name: &[u8], value: i64);
    /// Whether `2**3` and `16#ff` are known.
    fn is_bash(&self) -> bool;
    /// Whether `byte` may stand anywhere without a meaning.
    fn is_blank(&self, byte: u8) -> bool;
    /// Whether variables hold numbers, and no expressions.
    fn is_dash(&self) -> bool;
}

/// How deep parentheses, signs and variables may be nested.
const DEPTH: usize = 50;

/// The value of the expression `text`; zero if it is blank.
pub(super) fn evaluate(text: &[u8], names: &mut dyn Names) -> Result<i64, Invalid> {
    nested(text, names, 0)
}

fn nested(text: &[u8], names: &mut dyn Names, depth: usize) -> Result<i64, Invalid> {
    let mut expression = Expression { text, at: 0, names, depth, skips: false };
    expression.blanks();
    if expression.at == text.len() {
        return Ok(0);
    }
    let mut value = expression.assignment()?;
    while expression.eat(b",") {
        value = expression.assignment()?;
    }
    if expression.at == text.len() { Ok(value) } else { Err(Invalid) }
}

struct Expression<'x> {
    text: &'x [u8],
    at: usize,
    names: &'x mut dyn Names,
    depth: usize,
    /// Whether what is read is not computed: the other side of `&&`, `||` and `?:`.
    skips: bool,
}

/// Binary operators from the weakest to the strongest.
const LEVELS: &[&[&[u8]]] = &[
    &[b"||"],
    &[b"&&"],
    &[b"|"],
    &[b"^"],
    &[b"&"],
    &[b"==", b"!="],
    &[b"<=", b">=", b"<", b">"],
    &[b"<<", b">>"],
    &[b"+", b"-"],
    &[b"*", b"/", b"%"],
];

impl Expression<'_> {
    fn rest(&self) -> &[u8] {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().iter().take_while(|byte| self.names.is_blank(**byte)).count();
    }

    fn eat(&mut self, operator: &[u8]) -> bool {
        let found = self.rest().starts_with(operator);
        if found {
            self.at += operator.len();
            self.blanks();
        }
        found
    }

    fn name(&mut self) -> Option<Vec<u8>> {
        let rest = self.rest();
        if rest.first().is_none_or(u8::is_ascii_digit) {
            return None;
        }
        let length = rest.iter().take_while(|byte| is_word(**byte)).count();
        let name = rest[..length].to_vec();
        self.at += length;
        self.blanks();
        (length > 0).then_some(name)
    }

    /// `NAME = …`, `NAME += …`, or a value.
    fn assignment(&mut self) -> Result<i64, Invalid> {
        self.deeper(|expression| {
            let start = expression.at;
            if let Some(name) = expression.name() {
                const OPERATORS: &[&[u8]] =
                    &[b"<<=", b">>=", b"+=", b"-=", b"*=", b"/=", b"%=", b"&=", b"^=", b"|=", b"="];
                let operator = OPERATORS.iter().find(|operator| expression.rest().starts_with(operator));
                if let Some(operator) = operator.filter(|_| !expression.rest().starts_with(b"==")) {
                    expression.eat(operator);
                    return expression.assign(&name, &operator[..operator.len() - 1]);
                }
                expression.at = start;
            }
            expression.conditional()
        })
    }

    fn assign(&mut self, name: &[u8], operator: &[u8]) -> Result<i64, Invalid> {
        let right = self.assignment()?;
        let value = if operator.is_empty() {
            right
        } else {
            let left = self.variable(name)?;
            self.apply(operator, left, right)?
        };
        if !self.skips {
            self.names.set(name, value);
        }
        Ok(value)
    }

    fn conditional(&mut self) -> Result<i64, Invalid> {
        let condition = self.binary(0)?;
        if !self.eat(b"?") {
            return Ok(condition);
        }
        let (before, holds) = (self.skips, condition != 0);
        self.skips = before || !holds;
        let yes = self.assignment()?;
        if !self.eat(b":") {
            return Err(Invalid);
        }
        self.skips = before || holds;
        let no = self.assignment()?;
        self.skips = before;
        Ok(if holds { yes } else { no })
    }

    fn binary(&mut self, level: usize) -> Result<i64, Invalid> {
        let Some(operators) = LEVELS.get(level) else { return self.power() };
        let mut left = self.binary(level + 1)?;
        while let Some(operator) = operators.iter().find(|operator| self.comes(operator)) {
            self.eat(operator);
            let before = self.skips;
            self.skips |= match *operator {
                b"&&" => left == 0,
                b"||" => left != 0,
                _ => false,
            };
            let right = self.binary(level + 1)?;
            self.skips = before;
            left = self.apply(operator, left, right)?;
        }
        Ok(left)
    }

    /// Whether `operator` comes next, and not a longer one that starts like it.
    fn comes(&self, operator: &[u8]) -> bool {
        let Some(rest) = self.rest().strip_prefix(operator) else { return false };
        let is_longer = match rest.first() {
            Some(b'=') => !matches!(operator, b"||" | b"&&" | b"==" | b"!=" | b"<=" | b">=" | b"<" | b">"),
            Some(next) => matches!(operator, [b'|' | b'&' | b'<' | b'>' | b'*'] if next == &operator[0]),
            None => false,
        };
        !is_longer
    }

    fn apply(&self, operator: &[u8], left: i64, right: i64) -> Result<i64, Invalid> {
        if right == 0 && matches!(operator, b"/" | b"%") {
            return if self.skips { Ok(0) } else { Err(Invalid) };
        }
        let shift = (right & 63).unsigned_abs();
        Ok(match operator {
            b"||" => i64::from(left != 0 || right != 0),
            b"&&" => i64::from(left != 0 && right != 0),
            b"|" => left | right,
            b"^" => left ^ right,
            b"&" => left & right,
            b"==" => i64::from(left == right),
            b"!=" => i64::from(left != right),
            b"<=" => i64::from(left <= right),
            b">=" => i64::from(left >= right),
            b"<" => i64::from(left < right),
            b">" => i64::from(left > right),
            b"<<" => left.wrapping_shl(u32::try_from(shift).unwrap_or(0)),
            b">>" => left.wrapping_shr(u32::try_from(shift).unwrap_or(0)),
            b"+" => left.wrapping_add(right),
            b"-" => left.wrapping_sub(right),
            b"*" => left.wrapping_mul(right),
            b"/" => left.wrapping_div(right),
            b"%" => left.wrapping_rem(right),
            _ => return Err(Invalid),
        })
    }

    /// `2**3`
    fn power(&mut self) -> Result<i64, Invalid> {
        let base = self.unary()?;
        if !(self.names.is_bash() && self.eat(b"**")) {
            return Ok(base);
        }
        let exponent = self.deeper(Self::power)?;
        let exponent = u32::try_from(exponent).map_err(|_| Invalid)?;
        Ok(base.wrapping_pow(exponent))
    }

    fn unary(&mut self) -> Result<i64, Invalid> {
        self.deeper(|expression| match expression.rest().first() {
            Some(b'-') if !expression.rest().starts_with(b"--") => {
                expression.eat(b"-");
                Ok(expression.unary()?.wrapping_neg())
            }
            Some(b'+') if !expression.rest().starts_with(b"++") => {
                expression.eat(b"+");
                expression.unary()
            }
            Some(b'!') => {
                expression.eat(b"!");
                Ok(i64::from(expression.unary()? == 0))
            }
            Some(b'~') => {
                expression.eat(b"~");
                Ok(!expression.unary()?)
            }
            Some(b'(') => {
                expression.eat(b"(");
                let value = expression.assignment()?;
                if expression.eat(b")") { Ok(value) } else { Err(Invalid) }
            }
            Some(byte) if byte.is_ascii_digit() => expression.number(),
            _ => {
                let name = expression.name().ok_or(Invalid)?;
                expression.variable(&name)
            }
        })
    }

    fn number(&mut self) -> Result<i64, Invalid> {
        let length = self.rest().iter().take_while(|byte| is_word(**byte) || **byte == b'#').count();
        let digits = &self.text[self.at..self.at + length];
        self.at += length;
        self.blanks();
        let text = str::from_utf8(digits).map_err(|_| Invalid)?;
        let (radix, digits) = match text.split_once('#') {
            Some((radix, digits)) if self.names.is_bash() => (radix.parse().map_err(|_| Invalid)?, digits),
            Some(_) => return Err(Invalid),
            None if text.starts_with("0x") || text.starts_with("0X") => (16, &text[2..]),
            None if text.len() > 1 && text.starts_with('0') => (8, &text[1..]),
            None => (10, text),
        };
        if !(2..=36).contains(&radix) {
            return Err(Invalid);
        }
        i64::from_str_radix(digits, radix).map_err(|_| Invalid)
    }

    /// The number a variable holds, which may be an expression itself.
    fn variable(&mut self, name: &[u8]) -> Result<i64, Invalid> {
        let Some(value) = self.names.get(name)?.filter(|_| !self.skips) else { return Ok(0) };
        if self.depth >= DEPTH {
            return Err(Invalid);
        }
        if self.names.is_dash() {
            return literal(value.trim_ascii());
        }
        nested(&value, self.names, self.depth + 1)
    }

    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Result<i64, Invalid>) -> Result<i64, Invalid> {
        if self.depth >= DEPTH {
            return Err(Invalid);
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }
}

/// A number with a sign, or nothing, which is zero.
fn literal(text: &[u8]) -> Result<i64, Invalid> {
    let text = str::from_utf8(text).map_err(|_| Invalid)?;
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (radix, digits) = match digits {
        "" => return Ok(0),
        _ if digits.starts_with("0x") || digits.starts_with("0X") => (16, &digits[2..]),
        _ if digits.starts_with('0') => (8, digits),
        _ => (10, digits),
    };
    let value = i64::from_str_radix(digits, radix).map_err(|_| Invalid)?;
    Ok(if text.starts_with('-') { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::{Invalid, Names, evaluate};

    struct Fixed(Vec<(Vec<u8>, i64)>);

    impl Names for Fixed {
        fn get(&mut self, name: &[u8]) -> Result<Option<Vec<u8>>, Invalid> {
            Ok(match name {
                b"A" => Some(b"5".to_vec()),
                b"B" => Some(b"A+1".to_vec()),
                b"LOOP" => Some(b"LOOP".to_vec()),
                _ => None,
            })
        }

        fn set(&mut self, name: &[u8], value: i64) {
            self.0.push((name.to_vec(), value));
        }

        fn is_bash(&self) -> bool {
            true
        }

        fn is_blank(&self, byte: u8) -> bool {
            byte == b' '
        }

        fn is_dash(&self) -> bool {
            false
        }
    }

    #[test]
    fn expressions() {
        for (text, expected) in [
            ("", Ok(0)),
            (" 1 + 2 * 3 ", Ok(7)),
            ("(1+2)*3", Ok(9)),
            ("-5/2", Ok(-2)),
            ("5%3", Ok(2)),
            ("1<<4|1", Ok(17)),
            ("2**3**2", Ok(512)),
            ("1?2:3", Ok(2)),
            ("0&&1/0", Ok(0)),
            ("1 == 1 && 2 < 1 || !0", Ok(1)),
            ("0x1f+010+2#101", Ok(44)),
            ("A*2", Ok(10)),
            ("B", Ok(6)),
            ("NOPE", Ok(0)),
            ("X=A+1, X", Ok(0)),
            ("1/0", Err(Invalid)),
            ("1+", Err(Invalid)),
            ("a b", Err(Invalid)),
            ("LOOP", Err(Invalid)),
            ("08", Err(Invalid)),
        ] {
            assert_eq!(evaluate(text.as_bytes(), &mut Fixed(Vec::new())), expected, "{text}");
        }
    }

    #[test]
    fn assignments_set_variables() {
        let mut names = Fixed(Vec::new());
        assert_eq!(evaluate(b"X=Y=3", &mut names), Ok(3));
        assert_eq!(evaluate(b"A+=2", &mut names), Ok(7));
        assert_eq!(names.0, [(b"Y".to_vec(), 3), (b"X".to_vec(), 3), (b"A".to_vec(), 7)]);
    }

    #[test]
    fn deep_expressions_end() {
        for text in ["(", "-", "!", "A=", "1?"] {
            assert_eq!(evaluate(text.repeat(100_000).as_bytes(), &mut Fixed(Vec::new())), Err(Invalid));
        }
    }
}
