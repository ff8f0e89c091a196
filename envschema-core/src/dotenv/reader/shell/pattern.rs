//! Patterns: `*`, `?` and `[…]`, as `${NAME#pattern}` and its kin use them.

use crate::dotenv::expansion::{Budget, Limit};

/// A pattern, one token for each byte it matches.
pub(super) struct Pattern {
    tokens: Vec<Token>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Byte(u8),
    /// `?`
    Any,
    /// `*`
    Star,
    /// `[…]`, with ranges; negated by `!` or `^`.
    Class {
        negated: bool,
        ranges: Vec<(u8, u8)>,
    },
}

impl Token {
    fn matches(&self, byte: u8) -> bool {
        match self {
            Self::Byte(expected) => *expected == byte,
            Self::Any => true,
            Self::Star => false,
            Self::Class { negated, ranges } => {
                ranges.iter().any(|(low, high)| (*low..=*high).contains(&byte)) != *negated
            }
        }
    }
}

impl Pattern {
    /// Reads a pattern in which a backslash takes the meaning from the byte behind it.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            at += 1;
            let token = match byte {
                b'*' => Token::Star,
                b'?' => Token::Any,
                b'[' => match class(&bytes[at..]) {
                    Some((token, width)) => {
                        at += width;
                        token
                    }
                    None => Token::Byte(b'['),
                },
                b'\\' => {
                    at += 1;
                    Token::Byte(bytes.get(at - 1).copied().unwrap_or(b'\\'))
                }
                _ => Token::Byte(*byte),
            };
            tokens.push(token);
        }
        Self { tokens }
    }

    /// The length of the shortest or longest start of `text` that matches.
    pub(super) fn prefix(
        &self,
        text: &[u8],
        longest: bool,
        budget: &mut Budget,
    ) -> Result<Option<usize>, Limit> {
        run(self.tokens.iter(), text.iter(), longest, budget)
    }

    /// The length of the shortest or longest end of `text` that matches.
    pub(super) fn suffix(
        &self,
        text: &[u8],
        longest: bool,
        budget: &mut Budget,
    ) -> Result<Option<usize>, Limit> {
        run(self.tokens.iter().rev(), text.iter().rev(), longest, budget)
    }
}

/// Steps through `text` with the set of all places in the pattern it may have reached.
fn run<'p>(
    tokens: impl Iterator<Item = &'p Token>,
    text: impl Iterator<Item = &'p u8>,
    longest: bool,
    budget: &mut Budget,
) -> Result<Option<usize>, Limit> {
    let tokens: Vec<_> = tokens.collect();
    let mut reached = vec![false; tokens.len() + 1];
    reached[0] = true;
    pass_stars(&tokens, &mut reached);
    let mut found = reached[tokens.len()].then_some(0);
    for (length, byte) in (1..).zip(text) {
        if found.is_some() && !longest {
            break;
        }
        budget.spend(tokens.len() / 8 + 1)?;
        let mut next = vec![false; tokens.len() + 1];
        for (at, token) in tokens.iter().enumerate().filter(|(at, _)| reached[*at]) {
            if **token == Token::Star {
                next[at] = true;
            } else if token.matches(*byte) {
                next[at + 1] = true;
            }
        }
        pass_stars(&tokens, &mut next);
        if !next.contains(&true) {
            break;
        }
        if next[tokens.len()] {
            found = Some(length);
        }
        reached = next;
    }
    Ok(found)
}

/// A `*` also matches nothing.
fn pass_stars(tokens: &[&Token], reached: &mut [bool]) {
    for (at, token) in tokens.iter().enumerate() {
        if reached[at] && **token == Token::Star {
            reached[at + 1] = true;
        }
    }
}

/// `…]` behind a `[`, and its width; `None` if it is never closed.
fn class(bytes: &[u8]) -> Option<(Token, usize)> {
    let negated = matches!(bytes.first(), Some(b'!' | b'^'));
    let start = usize::from(negated);
    let mut ranges = Vec::new();
    let mut at = start;
    loop {
        let mut low = *bytes.get(at)?;
        at += 1;
        match low {
            b']' if at > start + 1 => break,
            b'[' if bytes.get(at) == Some(&b':') => {
                let close = bytes[at..].windows(2).position(|pair| pair == b":]")?;
                ranges.extend_from_slice(named_class(&bytes[at + 1..at + close]));
                at += close + 2;
                continue;
            }
            b'\\' => {
                low = *bytes.get(at)?;
                at += 1;
            }
            _ => {}
        }
        let high = match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'-'), Some(high)) if *high != b']' => {
                at += 2;
                *high
            }
            _ => low,
        };
        ranges.push((low, high));
    }
    Some((Token::Class { negated, ranges }, at))
}

fn named_class(name: &[u8]) -> &'static [(u8, u8)] {
    match name {
        b"alpha" => &[(b'a', b'z'), (b'A', b'Z')],
        b"digit" => &[(b'0', b'9')],
        b"alnum" => &[(b'a', b'z'), (b'A', b'Z'), (b'0', b'9')],
        b"upper" => &[(b'A', b'Z')],
        b"lower" => &[(b'a', b'z')],
        b"space" => &[(b'\t', b'\r'), (b' ', b' ')],
        b"blank" => &[(b'\t', b'\t'), (b' ', b' ')],
        b"punct" => &[(b'!', b'/'), (b':', b'@'), (b'[', b'`'), (b'{', b'~')],
        b"xdigit" => &[(b'0', b'9'), (b'a', b'f'), (b'A', b'F')],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;
    use crate::dotenv::expansion::Budget;

    #[test]
    fn prefixes_and_suffixes() {
        for (pattern, text, prefixes, suffixes) in [
            ("*", "abc", [Some(0), Some(3)], [Some(0), Some(3)]),
            ("a", "aba", [Some(1), Some(1)], [Some(1), Some(1)]),
            ("*/", "a/b/", [Some(2), Some(4)], [Some(1), Some(4)]),
            (".*", "a.b.c", [None, None], [Some(2), Some(4)]),
            ("??", "abc", [Some(2), Some(2)], [Some(2), Some(2)]),
            ("[a-c]*", "abc", [Some(1), Some(3)], [Some(1), Some(3)]),
            ("[!a]", "ab", [None, None], [Some(1), Some(1)]),
            ("[]x]", "]", [Some(1), Some(1)], [Some(1), Some(1)]),
            ("[[:digit:]]", "1x", [Some(1), Some(1)], [None, None]),
            ("\\*", "*", [Some(1), Some(1)], [Some(1), Some(1)]),
            ("[", "[", [Some(1), Some(1)], [Some(1), Some(1)]),
            ("", "x", [Some(0), Some(0)], [Some(0), Some(0)]),
        ] {
            let compiled = Pattern::new(pattern.as_bytes());
            let mut budget = Budget::default();
            let mut ask = |longest, from_end| {
                let find = if from_end { Pattern::suffix } else { Pattern::prefix };
                find(&compiled, text.as_bytes(), longest, &mut budget).unwrap()
            };
            assert_eq!([ask(false, false), ask(true, false)], prefixes, "{pattern} in {text}");
            assert_eq!([ask(false, true), ask(true, true)], suffixes, "{pattern} in {text}");
        }
    }
}
