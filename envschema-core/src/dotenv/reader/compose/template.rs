//! Expansion as compose-go's templates do it: `$NAME`, `${NAME}` and `${NAME:-…}` with its kin, nested.

use std::borrow::Cow;

use crate::dotenv::expansion::{Expansion, Limit, NESTING};
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::scan::{find, is_word};
use crate::dotenv::{Assignment, Effect, Problem, Reading, Reference, Syntax, Target};

/// How far behind an invalid reference its closing brace is looked for, to show all of it.
const EXCERPT: usize = 80;

/// The value with its references resolved; `None` if it has none.
pub(super) fn expand<'t>(
    reading: &mut Reading<'t>,
    expansion: &mut Expansion<'t, '_>,
    value: &Unquoted<'t>,
) -> Result<Option<Vec<u8>>, Limit> {
    if find(&value.bytes, b'$').is_none() {
        return Ok(None);
    }
    let assignment = reading.next_index();
    let Reading { assignments, references, problems } = reading;
    let mut out = Vec::with_capacity(value.bytes.len());
    let mut template = Template { assignment, assignments, references, problems, expansion, value };
    template.part(Part { start: 0, end: value.bytes.len(), depth: 0, used: true }, &mut out)?;
    Ok(Some(out))
}

struct Template<'r, 't, 'e> {
    /// The index of the assignment whose value this is.
    assignment: u32,
    assignments: &'r [Assignment<'t>],
    references: &'r mut Vec<Reference<'t>>,
    problems: &'r mut Vec<Problem>,
    expansion: &'r mut Expansion<'t, 'e>,
    value: &'r Unquoted<'t>,
}

/// A part of the value that is a template of its own.
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    end: usize,
    depth: usize,
    used: bool,
}

/// A reference in the value.
#[derive(Clone, Copy)]
struct Place {
    /// The offset of its `$`.
    start: usize,
    end: usize,
    name: (usize, usize),
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

impl<'r> Template<'r, '_, '_> {
    /// Appends what `part` yields.
    fn part(&mut self, part: Part, out: &mut Vec<u8>) -> Result<(), Limit> {
        if part.depth > NESTING {
            return Err(Limit);
        }
        let bytes = &self.value.bytes[..part.end];
        let mut line = Line::default();
        let mut at = part.start;
        while let Some(found) = find(&bytes[at..], b'$') {
            let dollar = at + found;
            out.extend_from_slice(&bytes[at..dollar]);
            at = match bytes.get(dollar + 1) {
                Some(b'$') => {
                    out.push(b'$');
                    dollar + 2
                }
                Some(b'{') => self.braced(part, dollar, &mut line, out)?,
                Some(first) if starts_name(*first) => self.bare(part, dollar, out)?,
                _ => {
                    out.push(b'$');
                    dollar + 1
                }
            };
        }
        out.extend_from_slice(&bytes[at..]);
        Ok(())
    }

    fn bare(&mut self, part: Part, dollar: usize, out: &mut Vec<u8>) -> Result<usize, Limit> {
        let end = name_end(&self.value.bytes[..part.end], dollar + 1);
        let place = Place { start: dollar, end, name: (dollar + 1, end) };
        self.plain(place, part.used, out)?;
        Ok(end)
    }

    /// Reads the reference at `dollar`, and returns where it ends.
    fn braced(
        &mut self,
        part: Part,
        dollar: usize,
        line: &mut Line,
        out: &mut Vec<u8>,
    ) -> Result<usize, Limit> {
        let bytes = &self.value.bytes[..part.end];
        let name = (dollar + 2, name_end(bytes, dollar + 2));
        let (kind, colon) = match &bytes[name.1..] {
            _ if name.0 == name.1 => return Ok(self.invalid(part, dollar, out)),
            [b'}', ..] => {
                let place = Place { start: dollar, end: name.1 + 1, name };
                self.plain(place, part.used, out)?;
                return Ok(place.end);
            }
            [b':', kind @ (b'-' | b'+' | b'?'), ..] => (*kind, true),
            [kind @ (b'-' | b'+' | b'?'), ..] => (*kind, false),
            _ => return Ok(self.invalid(part, dollar, out)),
        };
        let word = name.1 + 1 + usize::from(colon);
        line.go_on_to(word, bytes);
        if line.last_brace <= word {
            return Ok(self.invalid(part, dollar, out));
        }
        let end = closing_brace(&bytes[..line.last_brace], dollar + 1).unwrap_or(line.last_brace);
        let word = Part { start: word, end: end - 1, depth: part.depth + 1, used: part.used };
        self.with_operator(Place { start: dollar, end, name }, &Operator { kind, colon, word }, out)?;
        Ok(end)
    }

    /// `$NAME` and `${NAME}`
    fn plain(&mut self, place: Place, used: bool, out: &mut Vec<u8>) -> Result<(), Limit> {
        let (target, value) = self.look_up(place);
        self.record(place, target, used);
        self.insert(value.unwrap_or_default(), out)
    }

    /// `${NAME:-word}` and its kin. Where `+` does not apply, compose-go inserts the variable's own value.
    fn with_operator(&mut self, place: Place, operator: &Operator, out: &mut Vec<u8>) -> Result<(), Limit> {
        let (target, value) = self.look_up(place);
        let is_set = value.is_some_and(|value| !(operator.colon && value.is_empty()));
        let takes_word = match operator.kind {
            b'-' => !is_set,
            b'+' => is_set,
            _ => false,
        };
        let is_resolved = is_set || (operator.kind == b'+' && value.is_some());
        self.record(place, if is_resolved { target } else { Target::Default }, operator.word.used);
        if operator.kind == b'?' && !is_set {
            self.required(place);
        }
        let before = out.len();
        self.part(Part { used: operator.word.used && takes_word, ..operator.word }, out)?;
        if !takes_word {
            out.truncate(before);
            self.insert(value.unwrap_or_default(), out)?;
        }
        Ok(())
    }

    fn look_up(&mut self, place: Place) -> (Target, Option<&'r [u8]>) {
        let name = &self.value.bytes[place.name.0..place.name.1];
        self.expansion.look_up(self.assignments, name)
    }

    fn record(&mut self, place: Place, target: Target, used: bool) {
        let (start, end) = place.name;
        let name = match &self.value.bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[start..end]),
            Cow::Owned(bytes) => Cow::Owned(bytes[start..end].to_vec()),
        };
        let span = self.value.span(place.start, place.end);
        let braced = start == place.start + 2;
        self.references.push(Reference { assignment: self.assignment, name, span, braced, used, target });
    }

    fn insert(&mut self, value: &[u8], out: &mut Vec<u8>) -> Result<(), Limit> {
        self.expansion.spend(value.len())?;
        out.extend_from_slice(value);
        Ok(())
    }

    fn required(&mut self, place: Place) {
        self.problems.push(Problem {
            assignment: Some(self.assignment),
            ..Problem::new(
                Syntax::UndefinedReference,
                self.value.span(place.start, place.end),
                "a variable is required here that is not set",
                Effect::Refuse,
            )
        });
    }

    /// Reports `${` that starts no reference, and appends it as it stands.
    fn invalid(&mut self, part: Part, dollar: usize, out: &mut Vec<u8>) -> usize {
        out.extend_from_slice(b"${");
        let excerpt = &self.value.bytes[dollar..part.end.min(dollar + EXCERPT)];
        let line = &excerpt[..find(excerpt, b'\n').unwrap_or(excerpt.len())];
        let length = find(line, b'}').map_or(2, |close| close + 1);
        let (code, message) = if length == 2 {
            (Syntax::InvalidSyntax, "the reference has no closing brace")
        } else {
            (Syntax::UnsupportedSyntax, "this is no reference Compose understands")
        };
        self.problems.push(Problem {
            help: Some("write `${NAME}` or `${NAME:-default}`; write `$$` for a dollar sign"),
            assignment: Some(self.assignment),
            ..Problem::new(code, self.value.span(dollar, dollar + length), message, Effect::Refuse)
        });
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
