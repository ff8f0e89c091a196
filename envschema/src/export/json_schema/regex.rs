//! Regular expressions in the part of their language that every reader of JSON Schema understands alike (ECMA-262, with and
//! without its `u` flag; Rust; Python).

use std::fmt::Write as _;

use envschema_core::kind::Kind;

/// The most repetitions that are written: some engines refuse large ones.
const MOST_REPETITIONS: u32 = 1000;

/// An expression that matches `text` and nothing else.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::new();
    text.chars().for_each(|character| push_literal(&mut out, character));
    out
}

/// `character` as it is written inside brackets.
pub(super) fn in_brackets(character: char) -> String {
    let mut out = String::new();
    push_in_brackets(&mut out, character);
    out
}

/// An expression that matches `word` in any case; letters outside ASCII stand for themselves.
pub(super) fn any_case(word: &str) -> String {
    let mut out = String::new();
    for character in word.chars() {
        if character.is_ascii_alphabetic() {
            let _ = write!(out, "[{}{}]", character.to_ascii_lowercase(), character.to_ascii_uppercase());
        } else {
            push_literal(&mut out, character);
        }
    }
    out
}

/// A pattern of a schema in the common language; `None` if it uses anything that some reader takes otherwise, or if it is
/// no regular expression.
pub(super) fn translate(pattern: &str) -> Option<String> {
    Kind::Regex.parse(pattern).ok()?;
    let mut translation = Translation { rest: pattern, out: String::new() };
    while !translation.rest.is_empty() {
        translation.step()?;
    }
    Some(translation.out)
}

fn push_literal(out: &mut String, character: char) {
    if "^$\\.*+?()[]{}|".contains(character) {
        out.push('\\');
    }
    push_plain(out, character);
}

fn push_in_brackets(out: &mut String, character: char) {
    // Doubled, `&` and `~` mean something in Rust's brackets.
    if matches!(character, '&' | '~') {
        let _ = write!(out, "\\x{:02x}", u32::from(character));
        return;
    }
    if "^\\[]-".contains(character) {
        out.push('\\');
    }
    push_plain(out, character);
}

fn push_plain(out: &mut String, character: char) {
    if character.is_ascii_control() {
        let _ = write!(out, "\\x{:02x}", u32::from(character));
    } else {
        out.push(character);
    }
}

struct Translation<'p> {
    rest: &'p str,
    out: String,
}

/// What an escape stands for.
enum Escaped {
    Character(char),
    /// The inside of brackets, and whether it is what must not match.
    Class(&'static str, bool),
}

impl Translation<'_> {
    /// Steps over `start` if it comes next.
    fn eat(&mut self, start: &str) -> bool {
        let rest = self.rest.strip_prefix(start);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.rest.chars().next()?;
        self.rest = &self.rest[character.len_utf8()..];
        Some(character)
    }

    /// Takes over one piece of the pattern outside brackets.
    fn step(&mut self) -> Option<()> {
        match self.next()? {
            '\\' => match self.escaped()? {
                Escaped::Character(character) => push_literal(&mut self.out, character),
                Escaped::Class(inside, negated) => {
                    let caret = if negated { "^" } else { "" };
                    let _ = write!(self.out, "[{caret}{inside}]");
                }
            },
            '.' => self.out.push_str(r"[^\n]"),
            '[' => self.brackets()?,
            '(' => self.group()?,
            '{' => self.repetition()?,
            plain @ ('^' | '$' | '|' | ')' | '*' | '+' | '?') => self.out.push(plain),
            character => push_literal(&mut self.out, common(character)?),
        }
        Some(())
    }

    /// A group; its name is left out, and flags are not understood.
    fn group(&mut self) -> Option<()> {
        let is_named = self.eat("?P<") || self.eat("?<");
        if is_named {
            let (_, rest) = self.rest.split_once('>')?;
            self.rest = rest;
        } else if self.eat("?:") {
            self.out.push_str("(?:");
            return Some(());
        } else if self.rest.starts_with('?') {
            return None;
        }
        self.out.push('(');
        Some(())
    }

    /// `{2}`, `{2,}` or `{2,5}`.
    fn repetition(&mut self) -> Option<()> {
        let (inside, rest) = self.rest.split_once('}')?;
        let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
        let is_small = |count: &str| count.parse().is_ok_and(|count: u32| count <= MOST_REPETITIONS);
        if !is_small(least) || !(most.is_empty() || is_small(most)) {
            return None;
        }
        self.rest = rest;
        let _ = write!(self.out, "{{{inside}}}");
        Some(())
    }

    fn escaped(&mut self) -> Option<Escaped> {
        let character = match self.next()? {
            'd' => return Some(Escaped::Class("0-9", false)),
            'D' => return Some(Escaped::Class("0-9", true)),
            'w' => return Some(Escaped::Class("0-9A-Za-z_", false)),
            'W' => return Some(Escaped::Class("0-9A-Za-z_", true)),
            's' => return Some(Escaped::Class(r" \t\n\x0b\x0c\r", false)),
            'S' => return Some(Escaped::Class(r" \t\n\x0b\x0c\r", true)),
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'f' => '\u{c}',
            'v' => '\u{b}',
            'x' => {
                let code = self.rest.get(..2).and_then(|hex| u32::from_str_radix(hex, 16).ok())?;
                self.rest = &self.rest[2..];
                char::from_u32(code)?
            }
            punctuation if punctuation.is_ascii_punctuation() => punctuation,
            _ => return None,
        };
        Some(Escaped::Character(character))
    }

    /// The inside of brackets; sets within sets are not understood.
    fn brackets(&mut self) -> Option<()> {
        self.out.push('[');
        if self.eat("^") {
            self.out.push('^');
        }
        let mut is_first = true;
        loop {
            let in_a_set = ["&&", "--", "~~", "["].iter().any(|sign| self.rest.starts_with(sign));
            match self.next()? {
                ']' if !is_first => break,
                _ if in_a_set => return None,
                '\\' => match self.escaped()? {
                    Escaped::Character(character) => push_in_brackets(&mut self.out, character),
                    Escaped::Class(inside, false) => self.out.push_str(inside),
                    Escaped::Class(_, true) => return None,
                },
                // A hyphen between two characters makes a range.
                '-' if !is_first && !self.rest.starts_with(']') => self.out.push('-'),
                character => push_in_brackets(&mut self.out, common(character)?),
            }
            is_first = false;
        }
        self.out.push(']');
        Some(())
    }
}

/// A character that is one unit in every engine.
fn common(character: char) -> Option<char> {
    (u32::from(character) <= 0xffff).then_some(character)
}

#[cfg(test)]
mod tests {
    use super::{any_case, in_brackets, literal, translate};

    #[test]
    fn patterns_are_translated_or_left_out() {
        let rows = [
            ("^[a-z]+$", Some("^[a-z]+$")),
            (r"^\d{3}-\w+$", Some(r"^[0-9]{3}-[0-9A-Za-z_]+$")),
            (r"^.*\.example\.com$", Some(r"^[^\n]*\.example\.com$")),
            (r"^(?P<a>x)(?<b>y)(?:z)?$", Some("^(x)(y)(?:z)?$")),
            (r"[\w.-]+", Some("[0-9A-Za-z_.\\-]+")),
            (r"[]a^-]", Some(r"[\]a\^\-]")),
            (r"[^\]\-]", Some(r"[^\]\-]")),
            (r"a\/b\-c#", Some("a/b-c#")),
            (r"\x41\t", Some(r"A\x09")),
            ("é+", Some("é+")),
            ("a{2,}b{1,3}?", Some("a{2,}b{1,3}?")),
            ("(?i)abc", None),
            (r"\bword\b", None),
            ("[a&&b]", None),
            ("[[:alpha:]]", None),
            (r"[\D]", None),
            ("a{5000}", None),
            ("\u{1f600}", None),
            ("(", None),
            ("", None),
        ];
        for (pattern, expected) in rows {
            assert_eq!(translate(pattern).as_deref(), expected, "{pattern}");
        }
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(literal("a.b*(c)\n"), r"a\.b\*\(c\)\x0a");
        assert_eq!(any_case("on-1"), "[oO][nN]-1");
        let characters: Vec<String> = "]^-&,".chars().map(in_brackets).collect();
        assert_eq!(characters, [r"\]", r"\^", r"\-", r"\x26", ","]);
    }
}
