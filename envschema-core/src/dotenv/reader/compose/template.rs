//! Expansion as compose-go's templates do it: `$NAME`, `${NAME}` and `${NAME:-…}` with its kin, nested.

use crate::dotenv::expansion::{Limit, NESTING, Place, Substitution};
use crate::dotenv::scan::{find, is_word};
use crate::dotenv::{Effect, Problem, Syntax, Target};
use crate::span::Span;

/// How far behind an invalid reference its closing brace is looked for, to show all of it.
const EXCERPT: usize = 80;

/// Appends the value with its references resolved.
pub(super) fn expand(substitution: &mut Substitution<'_, '_, '_>) -> Result<(), Limit> {
    let end = substitution.value.bytes.len();
    Template { substitution }.part(Part { start: 0, end, depth: 0, used: true })
}

struct Template<'s, 'r, 't, 'e> {
    substitution: &'s mut Substitution<'r, 't, 'e>,
}

/// A part of the value that is a template of its own.
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    depth: usize,
    used: bool,
}

/// `:-`, `-`, `:+`, `+`, `:?` or `?`, with the word behind it.
struct Operator {
    kind: u8,
    /// With a colon, empty counts as unset.
    colon: bool,
    word: Part,
}

/// The line being read: an operator's word reaches at most to its last brace.
#[derive(Clone, Copy, Default)]
struct Line {
    end: usize,
    /// Behind the last `}`.
    last_brace: usize,
}

impl<'r> Template<'_, 'r, '_, '_> {
    fn bytes(&self) -> &'r [u8] {
        &self.substitution.value.bytes
    }

    /// Appends what `part` yields.
    fn part(&mut self, part: Part) -> Result<(), Limit> {
        if part.depth > NESTING {
            return Err(Limit);
        }
        let bytes = &self.bytes()[..part.end];
        let mut line = Line::default();
        let mut at = part.start;
        while let Some(found) = find(&bytes[at..], b'$') {
            let dollar = at + found;
            self.substitution.out.extend_from_slice(&bytes[at..dollar]);
            at = match bytes.get(dollar + 1) {
                Some(b'{') => self.braced(part, dollar, &mut line)?,
                Some(first) if starts_name(*first) => {
                    let end = name_end(bytes, dollar + 1);
                    let place = Place { start: dollar, end, name: (dollar + 1, end) };
                    self.substitution.plain(place, part.used)?;
                    end
                }
                next => {
                    self.substitution.out.push(b'$');
                    dollar + if next == Some(&b'$') { 2 } else { 1 }
                }
            };
        }
        self.substitution.out.extend_from_slice(&bytes[at..]);
        Ok(())
    }

    /// Reads the reference at `dollar`, and returns where it ends.
    fn braced(&mut self, part: Part, dollar: usize, line: &mut Line) -> Result<usize, Limit> {
        let bytes = &self.bytes()[..part.end];
        let name = (dollar + 2, name_end(bytes, dollar + 2));
        let (kind, colon) = match &bytes[name.1..] {
            _ if name.0 == name.1 => return Ok(self.invalid(part, dollar)),
            [b'}', ..] => {
                let place = Place { start: dollar, end: name.1 + 1, name };
                self.substitution.plain(place, part.used)?;
                return Ok(place.end);
            }
            [b':', kind @ (b'-' | b'+' | b'?'), ..] => (*kind, true),
            [kind @ (b'-' | b'+' | b'?'), ..] => (*kind, false),
            _ => return Ok(self.invalid(part, dollar)),
        };
        let word = name.1 + 1 + usize::from(colon);
        line.go_on_to(word, bytes);
        if line.last_brace <= word {
            return Ok(self.invalid(part, dollar));
        }
        let end = closing_brace(&bytes[..line.last_brace], dollar + 1).unwrap_or(line.last_brace);
        let word = Part { start: word, end: end - 1, depth: part.depth + 1, used: part.used };
        self.with_operator(Place { start: dollar, end, name }, &Operator { kind, colon, word })?;
        Ok(end)
    }

    /// `${NAME:-word}` and its kin. Where `+` does not apply, compose-go inserts the variable's own value.
    fn with_operator(&mut self, place: Place, operator: &Operator) -> Result<(), Limit> {
        let (target, value) = self.substitution.look_up(place);
        let is_set = value.is_some_and(|value| !(operator.colon && value.is_empty()));
        let takes_word = match operator.kind {
            b'-' => !is_set,
            b'+' => is_set,
            _ => false,
        };
        let is_resolved = is_set || (operator.kind == b'+' && value.is_some());
        let target = if is_resolved { target } else { Target::Default };
        self.substitution.record(place, target, operator.word.used);
        if operator.kind == b'?' && !is_set {
            let message = "a variable is required here that is not set";
            let problem = Problem::new(Syntax::UndefinedReference, Span::default(), message, Effect::Refuse);
            self.substitution.report((place.start, place.end), problem);
        }
        let before = self.substitution.out.len();
        self.part(Part { used: operator.word.used && takes_word, ..operator.word })?;
        if !takes_word {
            self.substitution.out.truncate(before);
            self.substitution.insert(value.unwrap_or_default())?;
        }
        Ok(())
    }

    /// Reports `${` that starts no reference, and appends it as it stands.
    fn invalid(&mut self, part: Part, dollar: usize) -> usize {
        self.substitution.out.extend_from_slice(b"${");
        let excerpt = &self.bytes()[dollar..part.end.min(dollar + EXCERPT)];
        let line = &excerpt[..find(excerpt, b'\n').unwrap_or(excerpt.len())];
        let length = find(line, b'}').map_or(2, |close| close + 1);
        let (code, message) = if length == 2 {
            (Syntax::InvalidSyntax, "the reference has no closing brace")
        } else {
            (Syntax::UnsupportedSyntax, "this is no reference Compose understands")
        };
        let help = Some("write `${NAME}` or `${NAME:-default}`; write `$$` for a dollar sign");
        let problem = Problem::new(code, Span::default(), message, Effect::Refuse);
        self.substitution.report((dollar, dollar + length), Problem { help, ..problem });
        dollar + 2
    }
}

impl Line {
    /// Makes this the line of `at`, if it is still one before.
    fn go_on_to(&mut self, at: usize, bytes: &[u8]) {
        if self.end > at {
            return;
        }
        self.end = find(&bytes[at..], b'\n').map_or(bytes.len(), |length| at + length);
        let last = bytes[at..self.end].iter().rposition(|byte| *byte == b'}');
        self.last_brace = last.map_or(0, |last| at + last + 1);
    }
}

fn starts_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

/// Behind the name at `start`, which is `start` itself if none stands there.
fn name_end(bytes: &[u8], start: usize) -> usize {
    match bytes.get(start) {
        Some(first) if starts_name(*first) => {
            let length = bytes[start..].iter().position(|byte| !is_word(*byte));
            length.map_or(bytes.len(), |length| start + length)
        }
        _ => start,
    }
}

/// Behind the brace that closes the one at `open`. The byte behind an opening brace does not count.
fn closing_brace(bytes: &[u8], open: usize) -> Option<usize> {
    let (mut at, mut depth) = (open, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' => {
                depth += 1;
                at += 1;
            }
            b'}' if depth == 1 => return Some(at + 1),
            b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}
