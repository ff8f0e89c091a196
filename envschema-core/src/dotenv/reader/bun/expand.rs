//! Bun's references: `$NAME`, `${NAME}` and `${NAME:-default}`, whatever the quotes.

use std::borrow::Cow;

use super::super::npm_dotenv::template::{Failure, Property, Scope};
use crate::dotenv::expansion::{Budget, Limit, Place};
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::scan::{find, find_any, word_length};
use crate::dotenv::{Effect, Problem, Reference, Syntax, Target};

/// How deep Bun goes into defaults; what stands deeper stays as it is written.
const DEPTH: usize = 200;

/// What `value` is expanded to. What was inserted is not expanded again.
pub(super) fn interpolate<'t>(
    value: &Unquoted<'t>,
    scope: &Scope<'_>,
    budget: &mut Budget,
    references: &mut Vec<Reference<'t>>,
    problems: &mut Vec<Problem>,
) -> Result<Vec<u8>, Failure> {
    if find(&value.bytes, b'$').is_none() {
        return Ok(value.bytes.to_vec());
    }
    let out = Vec::with_capacity(value.bytes.len());
    let mut interpolation = Interpolation { value, scope, budget, references, problems, out };
    interpolation.text(0, value.bytes.len(), 0)?;
    Ok(interpolation.out)
}

struct Interpolation<'v, 't, 's, 'e> {
    value: &'v Unquoted<'t>,
    scope: &'s Scope<'e>,
    budget: &'s mut Budget,
    references: &'s mut Vec<Reference<'t>>,
    problems: &'s mut Vec<Problem>,
    out: Vec<u8>,
}

impl<'v, 's> Interpolation<'v, '_, 's, '_> {
    /// Expands the bytes of the value from `start` to `end`, which stand inside `depth` defaults.
    fn text(&mut self, start: usize, end: usize, depth: usize) -> Result<(), Limit> {
        let bytes = &self.bytes()[..end];
        let mut at = start;
        while depth <= DEPTH
            && let Some(found) = find_any(&bytes[at..], [b'$', b'\\'])
        {
            let found = at + found;
            self.out.extend_from_slice(&bytes[at..found]);
            at = match &bytes[found..] {
                [b'\\', b'$', ..] => {
                    self.out.push(b'$');
                    found + 2
                }
                [b'$', b'{', ..] => self.braced(found, end, depth)?,
                [b'$', rest @ ..] if word_length(rest) > 0 => {
                    let end = found + 1 + word_length(rest);
                    let place = Place { start: found, end, name: (found + 1, end) };
                    let value = self.look_up(place, Target::Undefined).unwrap_or_default();
                    self.insert(value)?;
                    end
                }
                _ => {
                    self.out.push(bytes[found]);
                    found + 1
                }
            };
        }
        self.out.extend_from_slice(&bytes[at..]);
        Ok(())
    }

    /// `${…}` at `start`, in a text that ends at `end`; returns where it ends.
    fn braced(&mut self, start: usize, end: usize, depth: usize) -> Result<usize, Limit> {
        let bytes = self.bytes();
        let close = closing_brace(&bytes[start + 2..end]).map(|length| start + 2 + length);
        let name = (start + 2, start + 2 + word_length(&bytes[start + 2..end]));
        let default = bytes[name.1..end].starts_with(b":-");
        let Some(close) = close.filter(|close| default || name.1 == *close) else {
            let behind = close.map_or(end, |close| close + 1);
            self.out.extend_from_slice(&bytes[start..behind]);
            self.report(start, behind, "Bun leaves this as it is written");
            return Ok(behind);
        };
        let place = Place { start, end: close + 1, name };
        if name.0 == name.1 {
            self.report(start, place.end, "this refers to no name");
        }
        match self.look_up(place, if default { Target::Default } else { Target::Undefined }) {
            Some(value) => {
                self.insert(value)?;
                if default {
                    self.mention(name.1 + 2, close);
                }
            }
            None if default => self.text(name.1 + 2, close, depth + 1)?,
            None => {}
        }
        Ok(place.end)
    }

    /// What the name at `place` stands for; the reference is resolved to `otherwise` if that is nothing.
    fn look_up(&mut self, place: Place, otherwise: Target) -> Option<&'s [u8]> {
        let name = &self.bytes()[place.name.0..place.name.1];
        let (target, value) = match self.scope.get(name) {
            Property::Text(target, value) => (target, Some(value)),
            Property::Inherited(_) | Property::Missing => (otherwise, None),
        };
        if !name.is_empty() {
            self.references.push(Reference {
                assignment: 0,
                name: Cow::Owned(name.to_vec()),
                span: self.value.span(place.start, place.end),
                braced: place.name.0 > place.start + 1,
                used: true,
                target,
            });
        }
        value
    }

    /// Records what a default refers to that does not apply.
    fn mention(&mut self, start: usize, end: usize) {
        let bytes = &self.bytes()[..end];
        let mut at = start;
        while let Some(found) = find(&bytes[at..], b'$') {
            let start = at + found;
            let name = start + 1 + usize::from(bytes.get(start + 1) == Some(&b'{'));
            at = name + bytes.get(name..).map_or(0, word_length);
            let references = self.references.len();
            self.look_up(Place { start, end: at, name: (name, at) }, Target::Undefined);
            self.references[references..].iter_mut().for_each(|reference| reference.used = false);
        }
    }

    fn bytes(&self) -> &'v [u8] {
        let value: &'v Unquoted<'_> = self.value;
        &value.bytes
    }

    fn insert(&mut self, value: &[u8]) -> Result<(), Limit> {
        self.budget.spend(value.len())?;
        self.out.extend_from_slice(value);
        Ok(())
    }

    fn report(&mut self, start: usize, end: usize, message: &'static str) {
        let problem =
            Problem::new(Syntax::UnsupportedSyntax, self.value.span(start, end), message, Effect::Misread);
        let help = Some("write `${NAME}` or `${NAME:-default}`; for a dollar write `\\$`");
        self.problems.push(Problem { help, ..problem });
    }
}

/// Where the `}` stands that closes none of the `${` before it; a backslash takes its meaning from what follows.
fn closing_brace(text: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(found) = find_any(text.get(at..)?, [b'}', b'$', b'\\']) {
        at += found;
        at += match &text[at..] {
            [b'}', ..] if depth == 0 => return Some(at),
            [b'}', ..] => {
                depth -= 1;
                1
            }
            [b'$', b'{', ..] => {
                depth += 1;
                2
            }
            [b'\\', ..] => 2,
            _ => 1,
        };
    }
    None
}
