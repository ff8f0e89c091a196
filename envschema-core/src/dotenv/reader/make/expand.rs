//! References: `$(NAME)`, `${NAME}`, `$x`, `$(NAME:a=b)`, nested in each other.

use std::borrow::Cow;

use super::definition::is_space;
use super::variables::{Origin, State, Variables, is_unknowable};
use crate::dotenv::expansion::{Budget, NESTING};
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::scan::{find, first_char};
use crate::dotenv::{Effect, Problem, Reading, Reference, Syntax, Target};
use crate::span::Span;

/// Why a value cannot be expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// `$(` is never closed.
    Unterminated,
    /// A variable refers to itself.
    Recursive,
    /// Too deep, or too long.
    Limit,
}

/// The functions of make; all but `let` and `intcmp` are in 4.3 too.
const FUNCTIONS: &[&str] = &[
    "abspath",
    "addprefix",
    "addsuffix",
    "and",
    "basename",
    "call",
    "dir",
    "error",
    "eval",
    "file",
    "filter",
    "filter-out",
    "findstring",
    "firstword",
    "flavor",
    "foreach",
    "guile",
    "if",
    "info",
    "intcmp",
    "join",
    "lastword",
    "let",
    "notdir",
    "or",
    "origin",
    "patsubst",
    "realpath",
    "shell",
    "sort",
    "strip",
    "subst",
    "suffix",
    "value",
    "warning",
    "wildcard",
    "word",
    "wordlist",
    "words",
];

/// Expands text; after the whole file is read, every variable only once.
pub(super) struct Expander<'r, 't, 'e> {
    pub(super) variables: &'r mut Variables<'t, 'e>,
    pub(super) budget: &'r mut Budget,
    pub(super) reading: &'r mut Reading<'t>,
    /// Whether the file is read to its end, so that values no longer change.
    pub(super) is_final: bool,
    /// The reference of the file that was met last.
    pub(super) last: Option<Span>,
}

/// The text of the file being expanded, and whose value it is.
#[derive(Clone, Copy)]
pub(super) struct Place<'r, 't> {
    pub(super) text: &'r Unquoted<'t>,
    /// Where the expanded part starts in `text`.
    pub(super) start: usize,
    pub(super) assignment: u32,
    /// Whether the value counts: no other replaces it.
    pub(super) used: bool,
}

impl Place<'_, '_> {
    fn span(&self, start: usize, end: usize) -> Span {
        self.text.span(self.start + start, self.start + end)
    }
}

impl Expander<'_, '_, '_> {
    /// What `bytes` yields. References are recorded if `place` says where in the file they stand.
    pub(super) fn expand(
        &mut self,
        bytes: &[u8],
        place: Option<Place<'_, '_>>,
        depth: usize,
    ) -> Result<Vec<u8>, Failure> {
        if depth > NESTING {
            return Err(Failure::Limit);
        }
        let mut out = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while let Some(found) = bytes.get(at..).and_then(|rest| find(rest, b'$')) {
            let dollar = at + found;
            out.extend_from_slice(&bytes[at..dollar]);
            at = match bytes.get(dollar + 1) {
                None | Some(b'$') => {
                    out.push(b'$');
                    dollar + 2
                }
                Some(b'(' | b'{') => self.group(bytes, dollar, place, depth, &mut out)?,
                Some(_) => {
                    // The name is one byte, but a place never cuts a character.
                    let name = &bytes[dollar + 1..dollar + 2];
                    let width = first_char(&bytes[dollar + 1..]).map_or(1, |(_, width)| width);
                    self.record(place, dollar, dollar + 1 + width, name);
                    let value = self.variable(name, depth)?;
                    self.insert(&value, &mut out)?;
                    dollar + 2
                }
            };
        }
        out.extend_from_slice(bytes.get(at..).unwrap_or_default());
        Ok(out)
    }

    /// Reads `$(…)` or `${…}`, and returns where it ends.
    fn group(
        &mut self,
        bytes: &[u8],
        dollar: usize,
        place: Option<Place<'_, '_>>,
        depth: usize,
        out: &mut Vec<u8>,
    ) -> Result<usize, Failure> {
        let start = dollar + 2;
        self.last = place.map(|place| place.span(dollar, start)).or(self.last);
        let (open, close) = if bytes[dollar + 1] == b'(' { (b'(', b')') } else { (b'{', b'}') };
        let first = start + find(&bytes[start..], close).ok_or(Failure::Unterminated)?;
        let balanced = closing(bytes, start, open, close);
        if is_function(&bytes[start..]) {
            let end = balanced.ok_or(Failure::Unterminated)?;
            self.unknown(place, dollar, end + 1, called(&bytes[start..]));
            return Ok(end + 1);
        }
        let has_reference = find(&bytes[start..first], b'$').is_some();
        let (name, end) = match balanced {
            Some(end) if has_reference => {
                let inner = place.map(|place| Place { start: place.start + start, ..place });
                (Cow::Owned(self.expand(&bytes[start..end], inner, depth + 1)?), end)
            }
            // make takes the text up to the first closing brace, and drops what follows.
            None if has_reference => (Cow::Borrowed(&bytes[start..first]), bytes.len()),
            _ => (Cow::Borrowed(&bytes[start..first]), first),
        };
        let value = self.named(&name, place, (dollar, (end + 1).min(bytes.len())), depth)?;
        self.insert(&value, out)?;
        Ok(end + 1)
    }

    /// `NAME`, or `NAME:from=to`.
    fn named(
        &mut self,
        name: &[u8],
        place: Option<Place<'_, '_>>,
        (start, end): (usize, usize),
        depth: usize,
    ) -> Result<Vec<u8>, Failure> {
        let colon = find(name, b':');
        let substitution = colon.and_then(|colon| Some((colon, colon + find(&name[colon..], b'=')?)));
        let Some((colon, equals)) = substitution else {
            self.record(place, start, end, name);
            return self.variable(name, depth);
        };
        self.record(place, start, end, &name[..colon]);
        let value = self.variable(&name[..colon], depth)?;
        let substituted = substitute(&value, &name[colon + 1..equals], &name[equals + 1..]);
        self.budget.spend(substituted.len()).map_err(|_| Failure::Limit)?;
        Ok(substituted)
    }

    /// The expanded value of the variable called `name`; nothing if it is undefined.
    pub(super) fn variable(&mut self, name: &[u8], depth: usize) -> Result<Vec<u8>, Failure> {
        let Some(variable) = self.variables.get(name) else { return Ok(Vec::new()) };
        self.budget.spend(1 + variable.value.len()).map_err(|_| Failure::Limit)?;
        let raw = match &variable.state {
            State::Expanded(value) => {
                self.budget.spend(value.len()).map_err(|_| Failure::Limit)?;
                return Ok(value.clone());
            }
            State::Expanding => return Err(Failure::Recursive),
            State::Fresh if !variable.recursive || find(&variable.value, b'$').is_none() => {
                return Ok(variable.value.to_vec());
            }
            State::Fresh => variable.value.to_vec(),
        };
        variable.state = State::Expanding;
        let value = self.expand(&raw, None, depth + 1);
        self.keep(name, value.as_ref().ok());
        value
    }

    /// Remembers what the variable called `name` yields.
    pub(super) fn keep(&mut self, name: &[u8], value: Option<&Vec<u8>>) {
        let value = value.filter(|_| self.is_final);
        if let Some(variable) = self.variables.get(name) {
            variable.state = value.map_or(State::Fresh, |value| State::Expanded(value.clone()));
        }
    }

    fn insert(&mut self, value: &[u8], out: &mut Vec<u8>) -> Result<(), Failure> {
        self.budget.spend(value.len()).map_err(|_| Failure::Limit)?;
        out.extend_from_slice(value);
        Ok(())
    }

    /// Records the reference to `name` from `start` to `end`.
    fn record(&mut self, place: Option<Place<'_, '_>>, start: usize, end: usize, name: &[u8]) {
        let Some(place) = place else { return };
        if is_unknowable(name) {
            let only_here = ("only make itself knows this value", Effect::Unknown);
            return self.unknown(Some(place), start, end, only_here);
        }
        let target = match self.variables.get(name).map(|variable| variable.origin) {
            Some(Origin::Assignment(index)) => Target::Assignment(index),
            Some(Origin::Environ | Origin::Default) => Target::Environ,
            None => Target::Undefined,
        };
        let Place { assignment, used, .. } = place;
        let span = place.span(start, end);
        self.last = Some(span);
        // Without braces a name is one byte. What was inserted into it says nothing of how it is written.
        let braced = end > start + 2;
        let name = Cow::Owned(name.to_vec());
        self.reading.references.push(Reference { assignment, name, span, braced, used, target });
    }

    fn unknown(
        &mut self,
        place: Option<Place<'_, '_>>,
        start: usize,
        end: usize,
        (message, effect): (&'static str, Effect),
    ) {
        let Some(place) = place.filter(|place| place.used) else { return };
        let span = place.span(start, end);
        self.reading.problems.push(Problem {
            help: Some("write the value out; write `$$` for a dollar sign"),
            assignment: Some(place.assignment),
            ..Problem::new(Syntax::UnsupportedSyntax, span, message, effect)
        });
    }
}

/// Where the brace stands that closes the one before `start`.
fn closing(bytes: &[u8], start: usize, open: u8, close: u8) -> Option<usize> {
    let mut depth = 0_usize;
    for (offset, byte) in bytes[start..].iter().enumerate() {
        match *byte {
            byte if byte == open => depth += 1,
            byte if byte == close && depth == 0 => return Some(start + offset),
            byte if byte == close => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether `rest`, behind an opening brace, starts with the name of a function and white space.
fn is_function(rest: &[u8]) -> bool {
    let length = rest.iter().take_while(|byte| byte.is_ascii_lowercase() || **byte == b'-').count();
    rest.get(length).copied().is_some_and(is_space)
        && FUNCTIONS.iter().any(|function| function.as_bytes() == &rest[..length])
}

/// What is to be said of the function whose call starts with `rest`.
fn called(rest: &[u8]) -> (&'static str, Effect) {
    match rest.split(|byte| is_space(*byte)).next() {
        Some(b"shell" | b"guile" | b"file" | b"eval") => {
            ("make would run a command here, which is never done while checking", Effect::Act)
        }
        _ => ("this calls a function of make, whose result is not known here", Effect::Unknown),
    }
}

/// `$(NAME:from=to)`: replaces the ends of words, or what a `%` stands for.
fn substitute(value: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let (prefix, suffix) = split_percent(from).unwrap_or((b"", from));
    let words = value.split(|byte| is_space(*byte)).filter(|word| !word.is_empty());
    let replaced = words.map(|word| {
        let stem = word.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(suffix));
        match (stem, split_percent(to)) {
            (None, _) => word.to_vec(),
            (Some(stem), Some((before, behind))) if find(from, b'%').is_some() => {
                [before, stem, behind].concat()
            }
            (Some(_), None) if find(from, b'%').is_some() => to.to_vec(),
            (Some(stem), _) => [stem, to].concat(),
        }
    });
    let words: Vec<_> = replaced.collect();
    words.join(&b' ')
}

fn split_percent(pattern: &[u8]) -> Option<(&[u8], &[u8])> {
    let percent = find(pattern, b'%')?;
    Some((&pattern[..percent], &pattern[percent + 1..]))
}

#[cfg(test)]
mod tests {
    use super::substitute;

    #[test]
    fn substitutions() {
        for (value, from, to, expected) in [
            ("a.c b.c d", ".c", ".o", "a.o b.o d"),
            ("a.c  b.c", "%.c", "x-%", "x-a x-b"),
            ("a.c", "%", "y", "y"),
            ("bee", "", "d", "beed"),
        ] {
            let found = substitute(value.as_bytes(), from.as_bytes(), to.as_bytes());
            assert_eq!(String::from_utf8_lossy(&found), expected);
        }
    }
}
