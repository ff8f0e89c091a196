//! dotenv-expand 11: one pass over each value, in which what is inserted is expanded by itself.

use std::borrow::Cow;
use std::collections::HashMap;

use super::template::{Failure, Property, Scope};
use crate::dotenv::expansion::Budget;
use crate::dotenv::javascript::Inherited;
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::scan::{find, is_word};
use crate::dotenv::{Reference, Target};

/// How deep values may lead to each other. The reader's stack is deeper, and its limit depends on the machine.
const DEPTH: usize = 200;

/// Where values are looked up.
pub(super) struct Interpolation<'s, 'a> {
    /// The process environment, with the values of the file as they are written.
    pub(super) scope: &'s Scope<'a>,
    /// The values of the file, as far as they are expanded.
    pub(super) parsed: &'s HashMap<&'a [u8], (u32, Vec<u8>)>,
    pub(super) budget: &'s mut Budget,
}

/// One match of
/// `(\\)?(\$)(?!\()(\{?)([\w.]+)(?::?-((?:\$\{(?:\$\{(?:\$\{[^}]*\}|[^}])*}|[^}])*}|[^}])+))?(\}?)`
struct Match {
    /// Where its dollar stands.
    dollar: usize,
    escaped: bool,
    name: (usize, usize),
    default: Option<(usize, usize)>,
    end: usize,
}

impl Match {
    /// The same match in a text that has `start` bytes more before it.
    fn moved(&self, start: usize) -> Self {
        let moved = |(from, to): (usize, usize)| (start + from, start + to);
        Self {
            dollar: start + self.dollar,
            escaped: self.escaped,
            name: moved(self.name),
            default: self.default.map(moved),
            end: start + self.end,
        }
    }
}

/// What is told of every reference: where it stands, its name, what it is resolved to, and whether that is used.
type Record<'r> = dyn FnMut(&Match, &[u8], Target, bool) + 'r;

impl Interpolation<'_, '_> {
    /// What `value` is expanded to.
    pub(super) fn value<'t>(
        &mut self,
        value: &Unquoted<'t>,
        references: &mut Vec<Reference<'t>>,
    ) -> Result<Vec<u8>, Failure> {
        self.text(&value.bytes, 0, &mut |found, name, target, used| {
            let end = found.end;
            references.push(Reference {
                assignment: 0,
                name: Cow::Owned(name.to_vec()),
                span: value.span(found.dollar, end),
                braced: found.name.0 > found.dollar + 1,
                used,
                target,
            });
        })
    }

    fn text(&mut self, text: &[u8], depth: usize, record: &mut Record<'_>) -> Result<Vec<u8>, Failure> {
        if depth > DEPTH {
            return Err(Failure::Endless);
        }
        self.budget.work(text.len() + 64)?;
        let mut out = Vec::with_capacity(text.len());
        let mut copied = 0;
        while let Some(found) = next_match(text, copied) {
            let start = found.dollar - usize::from(found.escaped);
            out.extend_from_slice(&text[copied..start]);
            if found.escaped {
                out.extend_from_slice(&text[found.dollar..found.end]);
            } else {
                let with = self.reference(text, &found, depth, record)?;
                self.budget.spend(with.len())?;
                out.extend_from_slice(&with);
            }
            copied = found.end;
        }
        out.extend_from_slice(&text[copied..]);
        Ok(out)
    }

    fn reference(
        &mut self,
        text: &[u8],
        found: &Match,
        depth: usize,
        record: &mut Record<'_>,
    ) -> Result<Vec<u8>, Failure> {
        let name = &text[found.name.0..found.name.1];
        let default = found.default.map(|(start, end)| &text[start..end]);
        let property = self.scope.get(name);
        let own = self.parsed.get(name).filter(|(_, own)| !own.is_empty() && own != text);
        let target = match (property, own) {
            (Property::Text(target, value), _) if !value.is_empty() => target,
            (_, Some((index, _))) => Target::Assignment(*index),
            _ if default.is_some() => Target::Default,
            _ => property.target(),
        };
        record(found, name, target, true);
        if let Some(place) = found.default.filter(|_| target != Target::Default) {
            self.mention(text, place, record);
        }
        // What an assignment refers to is recorded with it; what the process environment refers to is not.
        let is_outside = target == Target::Environ;
        let inner: &mut Record<'_> = &mut |_, name, target, used| {
            if is_outside && matches!(target, Target::Assignment(_) | Target::Environ) {
                record(found, name, target, used);
            }
        };
        match property {
            Property::Inherited(inherited) => return function(name, inherited),
            Property::Text(_, value) if self.parsed.get(name).is_some_and(|(_, own)| own == value) => {
                if !value.is_empty() {
                    return Ok(value.to_vec());
                }
            }
            Property::Text(_, value) if !value.is_empty() => return self.text(value, depth + 1, inner),
            Property::Text(..) | Property::Missing => {}
        }
        match (own, found.default) {
            (Some((_, own)), _) => self.text(own, depth + 1, inner),
            (None, Some((start, end))) if text[start] == b'$' => {
                let text = &text[start..end];
                self.text(text, depth + 1, &mut |found, name, target, used| {
                    record(&found.moved(start), name, target, used);
                })
            }
            (None, _) => Ok(default.unwrap_or_default().to_vec()),
        }
    }

    /// Records what a default refers to that does not apply.
    fn mention(&self, text: &[u8], (start, end): (usize, usize), record: &mut Record<'_>) {
        let default = &text[start..end];
        if !default.starts_with(b"$") {
            return;
        }
        let mut at = 0;
        while let Some((dollar, place)) = next_name(default, at) {
            at = place.1;
            let name = &default[place.0..place.1];
            let target = match (self.scope.get(name), self.parsed.get(name)) {
                (Property::Text(target, value), _) if !value.is_empty() => target,
                (_, Some((index, _))) => Target::Assignment(*index),
                (property, None) => property.target(),
            };
            let found = Match { dollar, escaped: false, name: place, default: None, end: place.1 };
            record(&found.moved(start), name, target, false);
        }
    }
}

/// What a function that every object has looks like as a text; the two that the environment has of its own cannot be
/// expanded.
fn function(name: &[u8], property: Inherited) -> Result<Vec<u8>, Failure> {
    match property {
        Inherited::Prototype | Inherited::Constructor => Err(Failure::Throws),
        _ => Ok([b"function ", name, b"() { [native code] }"].concat()),
    }
}

fn next_match(text: &[u8], from: usize) -> Option<Match> {
    let (dollar, name) = next_name(text, from)?;
    let default = default(text, name.1);
    let end = default.map_or(name.1, |(_, end)| end);
    Some(Match {
        dollar,
        escaped: dollar > from && text[dollar - 1] == b'\\',
        name,
        default,
        end: end + usize::from(text.get(end) == Some(&b'}')),
    })
}

/// The next dollar that a name follows, and where that name starts and ends.
fn next_name(text: &[u8], from: usize) -> Option<(usize, (usize, usize))> {
    let mut at = from;
    loop {
        let dollar = at + find(text.get(at..)?, b'$')?;
        at = dollar + 1;
        let start = at + usize::from(text.get(at) == Some(&b'{'));
        let is_name = |byte: &&u8| is_word(**byte) || **byte == b'.';
        let end = start + text[start..].iter().take_while(is_name).count();
        if end > start {
            return Some((dollar, (start, end)));
        }
    }
}

/// `:-` or `-` at `at`, and what follows up to a brace that closes none of up to three `${` before it.
fn default(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let start = match &text[at..] {
        [b':', b'-', ..] => at + 2,
        [b'-', ..] => at + 1,
        _ => return None,
    };
    let (mut end, mut depth) = (start, 0_usize);
    while let Some(byte) = text.get(end) {
        match byte {
            b'}' if depth == 0 => break,
            b'}' => depth -= 1,
            b'$' if depth < 3 && text.get(end + 1) == Some(&b'{') => {
                depth += 1;
                end += 1;
            }
            _ => {}
        }
        end += 1;
    }
    (end > start).then_some((start, end))
}
