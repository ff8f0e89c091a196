//! How symfony/dotenv resolves references: in every value of the file at once, again and again until nothing changes.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::dotenv::command::unescape_commands;
use crate::dotenv::expansion::{BUDGET, Limit};
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::scan::{find, find_any, is_word, word_length};
use crate::dotenv::wording::command;
use crate::dotenv::{Effect, Environ, Problem, Reading, Reference, Syntax, Target, Value};
use crate::span::Span;

use super::starts_name;

/// How often the values are gone through before symfony/dotenv gives up.
const PASSES: usize = 5;

/// Gives every assignment of `reading` its value, made from the `raw` one.
pub(super) fn resolve<'t>(
    reading: &mut Reading<'t>,
    text: &'t [u8],
    raw: &[Unquoted<'t>],
    environ: &Environ,
) {
    let mut values: Vec<Cow<'t, [u8]>> = raw.iter().map(|raw| raw.bytes.clone()).collect();
    if values.iter().any(|value| find(value, b'$').is_some()) {
        Resolution::new(reading, raw, environ).run(&mut values);
    }
    for (assignment, value) in reading.assignments.iter_mut().zip(values) {
        assignment.value = Value::Set(restore(value));
        assignment.settle(text);
    }
}

/// NUL becomes a dollar sign, and two backslashes one.
fn restore(value: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if find_any(&value, [b'\0', b'\\']).is_none() {
        return value;
    }
    let mut out = Vec::with_capacity(value.len());
    let mut rest = &*value;
    while let [first, behind @ ..] = rest {
        out.push(if *first == b'\0' { b'$' } else { *first });
        rest = if rest.starts_with(b"\\\\") { &behind[1..] } else { behind };
    }
    Cow::Owned(out)
}

/// A text from outside the file, in which no dollar sign and no backslash means anything.
fn protect(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    for byte in value {
        match byte {
            b'$' => out.push(b'\0'),
            b'\\' => out.extend_from_slice(b"\\\\"),
            _ => out.push(*byte),
        }
    }
    out
}

struct Resolution<'r, 't> {
    reading: &'r mut Reading<'t>,
    raw: &'r [Unquoted<'t>],
    environ: &'r Environ,
    /// The last assignment to each name.
    winners: HashMap<Cow<'t, [u8]>, usize>,
    /// What `${NAME:=word}` assigned.
    assigned: HashMap<Vec<u8>, Vec<u8>>,
    /// The values that contain a reference to their own name before anything is resolved: they do not find themselves.
    refers_to_itself: Vec<bool>,
    /// The values that are not looked at any more.
    is_given_up: Vec<bool>,
    spent: usize,
}

/// Whether `$NAME` or `${NAME` stands in `value`.
fn contains_reference(value: &[u8], name: &[u8]) -> bool {
    let mut rest = value;
    while let Some(dollar) = find(rest, b'$') {
        rest = &rest[dollar + 1..];
        let inner = rest.strip_prefix(b"{").unwrap_or(rest);
        if inner.strip_prefix(name).is_some_and(|behind| !behind.first().copied().is_some_and(is_word)) {
            return true;
        }
    }
    false
}

/// What the pattern for references finds at a dollar sign.
struct Found {
    /// Where its backslashes start.
    start: usize,
    dollar: usize,
    end: usize,
    has_brace: bool,
    /// Empty where there is none.
    name: (usize, usize),
    /// `:-word` or `:=word`, without the colon.
    default: Option<(usize, usize)>,
    is_closed: bool,
}

impl Found {
    /// `(?<!\\)(\\*)\$(?!\()(\{)?(NAME)?(:[-=][^}]*+)?(\})?` at `dollar`; the text before `from` belongs to another match.
    fn at(bytes: &[u8], dollar: usize, from: usize) -> Option<Self> {
        if bytes.get(dollar + 1) == Some(&b'(') {
            return None;
        }
        let backslashes = bytes[from..dollar].iter().rev().take_while(|byte| **byte == b'\\').count();
        let has_brace = bytes.get(dollar + 1) == Some(&b'{');
        let start = dollar + 1 + usize::from(has_brace);
        let rest = &bytes[start..];
        let length = if starts_name(rest) { word_length(rest) } else { 0 };
        let behind = &rest[length..];
        let default = matches!(behind, [b':', b'-' | b'=', ..]).then(|| {
            let length = find(behind, b'}').unwrap_or(behind.len());
            (start + rest.len() - behind.len() + 1, start + rest.len() - behind.len() + length)
        });
        let end = default.map_or(start + length, |(_, end)| end);
        let is_closed = bytes.get(end) == Some(&b'}');
        Some(Self {
            start: dollar - backslashes,
            dollar,
            end: end + usize::from(is_closed),
            has_brace,
            name: (start, start + length),
            default,
            is_closed,
        })
    }

    /// An odd number of backslashes makes the dollar sign text.
    fn is_escaped(&self) -> bool {
        !(self.dollar - self.start).is_multiple_of(2)
    }

    /// Whether there is anything behind the dollar sign and its brace.
    fn is_reference(&self) -> bool {
        self.name.0 < self.name.1 || self.default.is_some() || self.is_closed
    }
}

impl<'r, 't> Resolution<'r, 't> {
    fn new(reading: &'r mut Reading<'t>, raw: &'r [Unquoted<'t>], environ: &'r Environ) -> Self {
        let assignments = reading.assignments.iter().enumerate();
        let winners = assignments.map(|(index, assignment)| (assignment.key.clone(), index)).collect();
        let refers_to_itself = reading.assignments.iter().zip(raw);
        let refers_to_itself = refers_to_itself
            .map(|(assignment, raw)| contains_reference(&raw.bytes, &assignment.key))
            .collect();
        Self {
            reading,
            raw,
            environ,
            winners,
            assigned: HashMap::new(),
            refers_to_itself,
            is_given_up: vec![false; raw.len()],
            spent: 0,
        }
    }

    fn run(&mut self, values: &mut [Cow<'t, [u8]>]) {
        for pass in 0..PASSES {
            let changes = self.pass(values, pass == 0);
            if changes.is_empty() {
                return;
            }
            for (index, value) in changes {
                values[index] = Cow::Owned(value);
            }
        }
        for (index, _) in self.pass(values, false) {
            let message = "the references are nested too deeply, or never end";
            let problem = Problem::new(Syntax::ExpansionLimit, self.key_span(index), message, Effect::Refuse);
            self.give_up(index, problem);
        }
    }

    /// The values that change, all resolved with those of the pass before.
    fn pass(&mut self, values: &[Cow<'t, [u8]>], is_first: bool) -> Vec<(usize, Vec<u8>)> {
        let mut changes = Vec::new();
        for (index, value) in values.iter().enumerate() {
            if self.is_given_up[index] || find(value, b'$').is_none() {
                continue;
            }
            match self.value(index, values, is_first) {
                Ok(resolved) if resolved == **value => {}
                Ok(resolved) => changes.push((index, resolved)),
                Err(problem) => self.give_up(index, problem),
            }
        }
        changes
    }

    /// Leaves a value as it is. Nobody asks for one that is assigned again below, or that the environment has.
    fn give_up(&mut self, index: usize, problem: Problem) {
        self.is_given_up[index] = true;
        let key = &self.reading.assignments[index].key;
        if self.winners.get(key) == Some(&index) && self.environ.get(key).is_none() {
            let assignment = u32::try_from(index).ok();
            self.reading.problems.push(Problem { assignment, ..problem });
        }
    }

    fn key_span(&self, index: usize) -> Span {
        self.reading.assignments[index].key_span
    }

    /// The value number `index` with its references resolved.
    fn value(&mut self, index: usize, values: &[Cow<'t, [u8]>], is_first: bool) -> Result<Vec<u8>, Problem> {
        let (bytes, runs_command) = unescape_commands(Cow::Borrowed(&*values[index]));
        if runs_command {
            return Err(command(self.reading.assignments[index].value_span, Effect::Act));
        }
        // From the second pass on, offsets in the value are none in the file any more.
        let is_written = is_first && matches!(bytes, Cow::Borrowed(_));
        let mut out = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while let Some(length) = find(&bytes[at..], b'$') {
            let dollar = at + length;
            let Some(found) = Found::at(&bytes, dollar, at) else {
                out.extend_from_slice(&bytes[at..=dollar]);
                at = dollar + 1;
                continue;
            };
            out.extend_from_slice(&bytes[at..found.start]);
            at = found.end;
            if found.is_escaped() {
                out.extend_from_slice(&bytes[found.start + 1..found.end]);
            } else if !found.is_reference() {
                out.extend_from_slice(&bytes[found.start..found.end]);
            } else {
                out.extend_from_slice(&bytes[found.start..found.dollar]);
                self.reference(index, &bytes, &found, values, is_written, &mut out)?;
            }
        }
        out.extend_from_slice(&bytes[at..]);
        Ok(out)
    }

    /// Appends what a reference stands for.
    fn reference(
        &mut self,
        index: usize,
        bytes: &[u8],
        found: &Found,
        values: &[Cow<'t, [u8]>],
        is_written: bool,
        out: &mut Vec<u8>,
    ) -> Result<(), Problem> {
        let place = if is_written {
            self.raw[index].span(found.dollar, found.end)
        } else {
            self.reading.assignments[index].value_span
        };
        if found.has_brace && !found.is_closed {
            return Err(Problem {
                help: Some("write `${NAME}` or `${NAME:-default}`; write `\\$` for a dollar sign"),
                ..Problem::new(
                    Syntax::InvalidSyntax,
                    place,
                    "the reference has no closing brace where one should be",
                    Effect::Refuse,
                )
            });
        }
        let name = &bytes[found.name.0..found.name.1];
        let (mut target, mut value) = self.look_up(index, name, values);
        if let (true, Some((start, end))) = (value.is_empty(), found.default) {
            let word = &bytes[start + 1..end];
            if word.iter().any(|byte| matches!(byte, b'\'' | b'"' | b'{' | b'$')) {
                return Err(Problem {
                    help: Some("use a default without quotes, braces and dollar signs"),
                    ..Problem::new(
                        Syntax::UnsupportedSyntax,
                        place,
                        "symfony/dotenv does not accept this default",
                        Effect::Refuse,
                    )
                });
            }
            if bytes[start] == b'=' {
                self.assigned.insert(name.to_vec(), word.to_vec());
            }
            (target, value) = (Target::Default, word.to_vec());
        }
        if is_written && !name.is_empty() {
            self.record(index, found, place, target);
        }
        self.spent = self.spent.saturating_add(value.len());
        if self.spent > BUDGET {
            return Err(Limit.problem(u32::try_from(index).unwrap_or(u32::MAX), self.key_span(index)));
        }
        out.extend_from_slice(&value);
        if found.is_closed && !found.has_brace {
            out.push(b'}');
        }
        Ok(())
    }

    fn record(&mut self, index: usize, found: &Found, span: Span, target: Target) {
        let (start, end) = found.name;
        let name = match &self.raw[index].bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[start..end]),
            Cow::Owned(bytes) => Cow::Owned(bytes[start..end].to_vec()),
        };
        let assignment = u32::try_from(index).unwrap_or(u32::MAX);
        let braced = found.has_brace;
        self.reading.references.push(Reference { assignment, name, span, braced, used: true, target });
    }

    /// What `name` stands for in the value number `index`.
    fn look_up(&self, index: usize, name: &[u8], values: &[Cow<'t, [u8]>]) -> (Target, Vec<u8>) {
        let hides_itself = self.refers_to_itself[index] && *self.reading.assignments[index].key == *name;
        let winner = self.winners.get(name).copied().filter(|_| !hides_itself);
        match (self.environ.get(name), self.assigned.get(name), winner) {
            (Some(value), ..) => (Target::Environ, protect(value)),
            (None, Some(assigned), _) => (Target::Default, assigned.clone()),
            (None, None, Some(winner)) => {
                (Target::Assignment(u32::try_from(winner).unwrap_or(u32::MAX)), values[winner].to_vec())
            }
            (None, ..) => (Target::Undefined, Vec::new()),
        }
    }
}
