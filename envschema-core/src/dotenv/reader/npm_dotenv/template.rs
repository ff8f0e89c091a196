//! References as dotenv-expand has them since version 12: the first one is replaced, and the search starts again.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;

use crate::dotenv::expansion::{Budget, Limit};
use crate::dotenv::javascript::{Inherited, inherited, substitute};
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::scan::{find, find_any, word_length};
use crate::dotenv::wording::command;
use crate::dotenv::{Effect, Environ, Problem, Reference, Syntax, Target};
use crate::span::Span;

/// Why a value has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dotenv::reader) enum Failure {
    /// The reader would go on for ever.
    Endless,
    /// The reader might come to an end, beyond what is done here.
    Limit,
    /// The reader throws an exception.
    Throws,
    /// The reader would run a command.
    Command,
    /// The value refers to one that is not known.
    Unknown,
    /// The reader would look for a key to decrypt the value with.
    Encrypted,
}

impl From<Limit> for Failure {
    fn from(_: Limit) -> Self {
        Self::Limit
    }
}

impl Failure {
    /// The problem to report for the value of the name at `key`.
    pub(in crate::dotenv::reader) fn problem(self, key: Span) -> Problem {
        let (code, message, help) = match self {
            Self::Endless => (
                Syntax::ExpansionLimit,
                "the reader never comes to the end of this value",
                "a value must not lead back to itself: write it out, or use another name",
            ),
            Self::Limit => (
                Syntax::ExpansionLimit,
                "expanding the value exceeds the limit",
                "shorten the chain of references; a value must not lead back to itself",
            ),
            Self::Throws => (
                Syntax::UnsupportedSyntax,
                "the reader crashes on a name that every JavaScript object has",
                "use another name",
            ),
            Self::Command => return command(key, Effect::Act),
            Self::Unknown => (
                Syntax::UnsupportedSyntax,
                "this refers to a value that comes from a command or is encrypted",
                "write the value out",
            ),
            Self::Encrypted => {
                (Syntax::UnsupportedSyntax, "the value is encrypted", "decrypt the file before it is checked")
            }
        };
        let effect = if self.loses_all() { Effect::Refuse } else { Effect::Unknown };
        Problem { help: Some(help), ..Problem::new(code, key, message, effect) }
    }

    /// Whether the reader gives up the whole file, not only this value.
    pub(in crate::dotenv::reader) fn loses_all(self) -> bool {
        matches!(self, Self::Endless | Self::Limit | Self::Throws)
    }
}

/// The variables a value can refer to.
pub(in crate::dotenv::reader) struct Scope<'a> {
    environ: &'a Environ,
    /// What stands behind the process environment: the index of an assignment and its value, for each name.
    file: HashMap<&'a [u8], (u32, Vec<u8>)>,
    /// Names whose value only the reader itself knows.
    unknown: HashMap<&'a [u8], u32>,
    /// Whether one of these was asked for.
    touched: Cell<bool>,
}

/// What an object has under a name.
#[derive(Clone, Copy)]
pub(in crate::dotenv::reader) enum Property<'a> {
    Text(Target, &'a [u8]),
    Inherited(Inherited),
    Missing,
}

impl<'a> Scope<'a> {
    /// Nothing but the process environment.
    pub(in crate::dotenv::reader) fn new(environ: &'a Environ) -> Self {
        Self { environ, file: HashMap::new(), unknown: HashMap::new(), touched: Cell::new(false) }
    }

    /// Adds what the entry number `index` gives `name`.
    pub(in crate::dotenv::reader) fn add(&mut self, name: &'a [u8], index: usize, value: Vec<u8>) {
        self.unknown.remove(name);
        self.file.insert(name, (Span::at(index).start, value));
    }

    /// Notes that the value that the entry number `index` gives `name` is not known.
    pub(in crate::dotenv::reader) fn add_unknown(&mut self, name: &'a [u8], index: usize) {
        self.unknown.insert(name, Span::at(index).start);
    }

    /// Whether a name was asked for, since the last time, whose value is not known.
    pub(in crate::dotenv::reader) fn take_touched(&self) -> bool {
        self.touched.replace(false)
    }

    /// What the process environment has under `name`.
    pub(in crate::dotenv::reader) fn outside(&self, name: &[u8]) -> Property<'_> {
        match self.environ.get(name) {
            Some(value) => Property::Text(Target::Environ, value),
            None => inherited(name).map_or(Property::Missing, Property::Inherited),
        }
    }

    /// What stands behind the process environment under `name`.
    pub(in crate::dotenv::reader) fn inside(&self, name: &[u8]) -> Property<'_> {
        match self.file.get(name) {
            Some((index, value)) => Property::Text(Target::Assignment(*index), value),
            None => inherited(name).map_or(Property::Missing, Property::Inherited),
        }
    }

    /// Whether nothing is found under `name`.
    fn lacks(&self, name: &[u8]) -> bool {
        let is_missing = |property| matches!(property, Property::Missing);
        is_missing(self.outside(name)) && is_missing(self.inside(name)) && !self.unknown.contains_key(name)
    }

    /// What an object of all these has under `name`.
    pub(in crate::dotenv::reader) fn get(&self, name: &[u8]) -> Property<'_> {
        if let Some(value) = self.environ.get(name) {
            return Property::Text(Target::Environ, value);
        }
        if let Some(index) = self.unknown.get(name) {
            self.touched.set(true);
            return Property::Text(Target::Assignment(*index), b"");
        }
        self.inside(name)
    }
}

impl Property<'_> {
    pub(in crate::dotenv::reader) fn is_truthy(self) -> bool {
        match self {
            Self::Text(_, text) => !text.is_empty(),
            Self::Inherited(_) => true,
            Self::Missing => false,
        }
    }

    /// Whether the text of the property is `text`.
    pub(in crate::dotenv::reader) fn is(self, text: &[u8]) -> bool {
        matches!(self, Self::Text(_, own) if own == text)
    }

    /// What a reference to this resolves to.
    pub(in crate::dotenv::reader) fn target(self) -> Target {
        match self {
            Self::Text(target, _) => target,
            Self::Inherited(_) | Self::Missing => Target::Undefined,
        }
    }
}

/// A text whose references are being replaced.
pub(in crate::dotenv::reader) struct Template<'v> {
    value: &'v Unquoted<'v>,
    pub(in crate::dotenv::reader) text: Vec<u8>,
    /// For every byte of the text, its offset in the value; `INSERTED` if it was not there.
    origins: Vec<u32>,
    /// Where the search for the next reference starts: there is none before.
    from: usize,
    /// Where `${` stands before that; once what follows is replaced, it may start a reference.
    opened: Vec<usize>,
    steps: usize,
}

const INSERTED: u32 = u32::MAX;

/// How many references may be replaced in one value.
const STEPS: usize = 1024;

/// The first reference in a text.
#[derive(Clone, Copy)]
pub(in crate::dotenv::reader) struct Match {
    start: usize,
    end: usize,
    /// Where what stands between the braces, or the bare name, starts and ends.
    expression: (usize, usize),
}

impl Match {
    /// A match from `start` to `end`, with its name or expression where the pair says.
    pub(in crate::dotenv::reader) fn new(start: usize, end: usize, expression: (usize, usize)) -> Self {
        Self { start, end, expression }
    }
}

/// What stands between the braces of a reference.
pub(in crate::dotenv::reader) struct Expression {
    pub(in crate::dotenv::reader) name: Vec<u8>,
    pub(in crate::dotenv::reader) operator: Option<Operator>,
    /// Where what follows the operator starts and ends in the text.
    pub(in crate::dotenv::reader) word: (usize, usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::dotenv::reader) enum Operator {
    /// `:-`
    ColonMinus,
    /// `-`
    Minus,
    /// `:+`
    ColonPlus,
    /// `+`
    Plus,
}

impl<'v> Template<'v> {
    pub(in crate::dotenv::reader) fn new(value: &'v Unquoted<'v>) -> Self {
        let text = value.bytes.to_vec();
        let origins = (0..u32::try_from(text.len()).unwrap_or(INSERTED)).collect();
        Self { value, text, origins, from: 0, opened: Vec::new(), steps: 0 }
    }

    /// `(?<!\\)\${([^{}]+)}` or `(?<!\\)\$([A-Za-z_][A-Za-z0-9_]*)`, whichever comes first.
    pub(in crate::dotenv::reader) fn first(&mut self) -> Option<Match> {
        let text = &*self.text;
        while let Some(found) = find(&text[self.from..], b'$') {
            let start = self.from + found;
            let end = match &text[start + 1..] {
                _ if start > 0 && text[start - 1] == b'\\' => None,
                [b'{', inside @ ..] => {
                    let close = find_any(inside, [b'{', b'}']).filter(|at| *at > 0 && inside[*at] == b'}');
                    if close.is_none() {
                        self.opened.push(start);
                    }
                    close.map(|length| (start + 2, start + 2 + length, 1))
                }
                rest @ [b'A'..=b'Z' | b'a'..=b'z' | b'_', ..] => {
                    Some((start + 1, start + 1 + word_length(rest), 0))
                }
                _ => None,
            };
            self.from = start;
            if let Some((name, end, brace)) = end {
                return Some(Match { start, end: end + brace, expression: (name, end) });
            }
            self.from += 1;
        }
        None
    }

    /// Splits at the first operator; without one, at `null`, which is what the JavaScript comes down to.
    pub(in crate::dotenv::reader) fn expression(&self, found: Match) -> Expression {
        let text = &self.text[found.expression.0..found.expression.1];
        let operator = (0..text.len()).find_map(|at| Some((at, operator(&text[at..])?)));
        let (name_end, word, operator) = match operator {
            Some((at, (operator, width))) => (at, at + width, Some(operator)),
            None => match text.windows(4).position(|part| part == b"null") {
                Some(at) => (at, at + 4, None),
                None => (text.len(), text.len(), None),
            },
        };
        let word = (found.expression.0 + word, found.expression.1);
        Expression { name: text[..name_end].to_vec(), operator, word }
    }

    /// The reference at `found`. If it does not stand in the file as it stands here, it stands for the whole value if
    /// something comes of it, and for nothing else.
    pub(in crate::dotenv::reader) fn reference(
        &self,
        found: Match,
        name: &[u8],
        target: Target,
    ) -> Option<Reference<'static>> {
        let (first, last) = (self.origins[found.start], self.origins[found.end - 1]);
        let is_written = first != INSERTED && last != INSERTED && first <= last;
        let span = match target {
            _ if is_written => self.value.span(first as usize, last as usize + 1),
            Target::Assignment(_) | Target::Environ => self.value.span(0, self.value.bytes.len()),
            Target::Default | Target::Undefined => return None,
        };
        Some(Reference {
            assignment: 0,
            name: Cow::Owned(name.to_vec()),
            span,
            braced: found.expression.0 > found.start + 1,
            used: true,
            target,
        })
    }

    /// The references to nothing in a `word` that is left out, as far as they stand in the file as they stand here.
    pub(in crate::dotenv::reader) fn left_out(
        &self,
        word: (usize, usize),
        scope: &Scope<'_>,
    ) -> Vec<Reference<'static>> {
        let mut found = Vec::new();
        let mut at = word.0;
        while let Some(dollar) = self.text.get(at..word.1).and_then(|rest| find(rest, b'$')) {
            let dollar = at + dollar;
            at = dollar + 1;
            let name = &self.text[at..at + word_length(&self.text[at..word.1])];
            let place = &self.origins[dollar..at + name.len()];
            let (Some(first), Some(last)) = (place.first(), place.last()) else { continue };
            let is_name = name.first().is_some_and(|first| !first.is_ascii_digit());
            let is_written = !place.contains(&INSERTED) && first <= last;
            if is_name && is_written && scope.lacks(name) {
                found.push(Reference {
                    assignment: 0,
                    name: Cow::Owned(name.to_vec()),
                    span: self.value.span(*first as usize, *last as usize + 1),
                    braced: false,
                    used: false,
                    target: Target::Undefined,
                });
            }
        }
        found
    }

    /// `text.replace(reference, replacement)`: the first text that equals the reference is replaced, even if it is
    /// another one, before a backslash, say.
    pub(in crate::dotenv::reader) fn replace(
        &mut self,
        found: Match,
        replacement: Replacement<'_>,
        budget: &mut Budget,
    ) -> Result<(), Failure> {
        self.steps += 1;
        budget.work(self.text.len())?;
        if self.steps > STEPS {
            return Err(Failure::Limit);
        }
        let reference = &self.text[found.start..found.end];
        let start = self.first_text(reference).unwrap_or(found.start);
        let place = (start, start + reference.len());
        let mut with = Vec::new();
        match replacement {
            Replacement::Text(text) => substitute(text, &self.text, place, budget, &mut with)?,
            Replacement::Word((start, end)) => {
                substitute(&self.text[start..end], &self.text, place, budget, &mut with)?;
            }
            Replacement::Inherited(property) => with.extend_from_slice(called(property, reference)?),
        }
        budget.work(with.len().saturating_mul(8))?;
        while self.opened.last().is_some_and(|open| *open >= start) {
            self.opened.pop();
        }
        self.from = self.opened.pop().unwrap_or(start.saturating_sub(1));
        let origins = match replacement {
            Replacement::Word((start, end)) if self.text[start..end] == with => {
                self.origins[start..end].to_vec()
            }
            _ => vec![INSERTED; with.len()],
        };
        self.origins.splice(place.0..place.1, origins);
        self.text.splice(place.0..place.1, with);
        Ok(())
    }
}

impl Template<'_> {
    /// Where `reference`, which starts with a dollar, stands for the first time.
    fn first_text(&self, reference: &[u8]) -> Option<usize> {
        let mut from = 0;
        loop {
            let start = from + find(&self.text[from..], b'$')?;
            if self.text[start..].starts_with(reference) {
                return Some(start);
            }
            from = start + 1;
        }
    }
}

/// What is put in the place of a reference.
#[derive(Clone, Copy)]
pub(in crate::dotenv::reader) enum Replacement<'a> {
    /// A text, in which `$&` and its like count.
    Text(&'a [u8]),
    /// As `Text`, the text being a part of the template.
    Word((usize, usize)),
    /// A function that is called for the text, or an object.
    Inherited(Inherited),
}

impl<'a> Property<'a> {
    /// What a reference to this is replaced by.
    pub(in crate::dotenv::reader) fn replacement(self) -> Replacement<'a> {
        match self {
            Self::Text(_, text) => Replacement::Text(text),
            Self::Inherited(property) => Replacement::Inherited(property),
            Self::Missing => Replacement::Text(b""),
        }
    }
}

/// What a function of every object returns when it is called with the `reference` it is to replace.
fn called(property: Inherited, reference: &[u8]) -> Result<&[u8], Failure> {
    match property {
        Inherited::Prototype => Ok(b"[object Object]"),
        Inherited::Constructor => Ok(reference),
        Inherited::ToString => Ok(b"[object Undefined]"),
        Inherited::IsPrototypeOf => Ok(b"false"),
        Inherited::Throwing => Err(Failure::Throws),
    }
}

/// The operator that `text` starts with, and its width.
fn operator(text: &[u8]) -> Option<(Operator, usize)> {
    match text {
        [b':', b'+', ..] => Some((Operator::ColonPlus, 2)),
        [b':', b'-', ..] => Some((Operator::ColonMinus, 2)),
        [b'+', ..] => Some((Operator::Plus, 1)),
        [b'-', ..] => Some((Operator::Minus, 1)),
        _ => None,
    }
}

/// `value.replace(/\\\$/g, '$')`
pub(in crate::dotenv::reader) fn without_escapes(mut text: Vec<u8>) -> Vec<u8> {
    let mut kept = 0;
    for at in 0..text.len() {
        let is_escape = text[at] == b'\\' && text.get(at + 1) == Some(&b'$');
        if !is_escape {
            text[kept] = text[at];
            kept += 1;
        }
    }
    text.truncate(kept);
    text
}
