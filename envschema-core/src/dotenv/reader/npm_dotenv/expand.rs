//! dotenv-expand since version 12: the values of an object of names are expanded, one after the other.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::template::{Failure, Operator, Property, Replacement, Scope, Template, without_escapes};
use crate::dotenv::entries::{Entries, Entry};
use crate::dotenv::expansion::Budget;
use crate::dotenv::javascript::array_index;
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::scan::{find, find_pair};
use crate::dotenv::{Problem, Reading, Reference, SideEffect, Target};
use crate::span::Span;

/// The values of the entries of a text once they are expanded, and what came up on the way.
pub(in crate::dotenv::reader) struct Expanded<'t> {
    pub(in crate::dotenv::reader) entries: Entries<'t>,
    /// The values that differ from what was cut out, by entry.
    values: Vec<Option<Vec<u8>>>,
    references: Vec<Reference<'t>>,
    side_effects: Vec<SideEffect>,
}

impl<'t> Expanded<'t> {
    pub(in crate::dotenv::reader) fn new(entries: Entries<'t>) -> Self {
        let values = entries.list.iter().map(|_| None).collect();
        Self { entries, values, references: Vec::new(), side_effects: Vec::new() }
    }

    /// Expands the entry number `index` by `expand`, and then removes the escapes.
    pub(in crate::dotenv::reader) fn expand(
        &mut self,
        index: usize,
        expand: impl FnOnce(&Unquoted<'t>, &mut Vec<Reference<'t>>) -> Result<Vec<u8>, Failure>,
    ) -> Result<&[u8], Failure> {
        self.resolve(index, |value, references| expand(value, references).map(without_escapes))
    }

    /// Gives the entry number `index` the value that `resolve` makes of what is written.
    pub(in crate::dotenv::reader) fn resolve(
        &mut self,
        index: usize,
        resolve: impl FnOnce(&Unquoted<'t>, &mut Vec<Reference<'t>>) -> Result<Vec<u8>, Failure>,
    ) -> Result<&[u8], Failure> {
        let before = self.references.len();
        let Some(entry) = self.entries.list.get(index) else { return Ok(b"") };
        let assignment = Span::at(index).start;
        let result = resolve(&entry.value, &mut self.references);
        self.references[before..].iter_mut().for_each(|reference| reference.assignment = assignment);
        match result {
            Ok(value) => Ok(self.values[index].insert(value)),
            Err(failure) => {
                self.fail(index, failure);
                Err(failure)
            }
        }
    }

    /// Notes that `name`, the one of the entry number `index`, is given `value`, if the environment has another one for it.
    pub(in crate::dotenv::reader) fn overwrite(
        &mut self,
        index: usize,
        name: &[u8],
        outside: Option<&[u8]>,
        value: &[u8],
    ) {
        if outside.is_some_and(|outside| outside != value) {
            self.set_besides(index, name, value);
        }
    }

    /// Notes that the entry number `index` makes the reader set the variable `key`, too.
    pub(in crate::dotenv::reader) fn set_besides(&mut self, index: usize, key: &[u8], value: &[u8]) {
        let (key, value) = (key.to_vec(), value.to_vec());
        self.side_effects.push(SideEffect { assignment: Span::at(index).start, key, value });
    }

    /// Reports that the entry number `index` has no value.
    pub(in crate::dotenv::reader) fn fail(&mut self, index: usize, failure: Failure) {
        if let Some(entry) = self.entries.list.get(index) {
            let bytes = &*entry.value.bytes;
            let place = match find_pair(bytes, *b"$(") {
                Some(start) if failure == Failure::Command => entry.value.span(start, bytes.len()),
                _ => entry.key,
            };
            self.report(index, [failure.problem(place)]);
        }
    }

    /// Reports problems of the entry number `index`.
    pub(in crate::dotenv::reader) fn report(
        &mut self,
        index: usize,
        problems: impl IntoIterator<Item = Problem>,
    ) {
        let assignment = Some(Span::at(index).start);
        let problems = problems.into_iter().map(|problem| Problem { assignment, ..problem });
        self.entries.problems.extend(problems);
    }

    /// The name of the entry number `index`.
    pub(in crate::dotenv::reader) fn key(&self, text: &'t [u8], index: usize) -> &'t [u8] {
        self.entries.list.get(index).map(|entry| entry.key.of(text)).unwrap_or_default()
    }

    /// The value of the entry number `index` as far as it is expanded.
    pub(in crate::dotenv::reader) fn value(&self, index: usize) -> &[u8] {
        self.values.get(index).and_then(Option::as_deref).unwrap_or(self.written(index))
    }

    /// The value of the entry number `index` as it was cut out.
    pub(in crate::dotenv::reader) fn written(&self, index: usize) -> &[u8] {
        self.entries.list.get(index).map(|entry| &*entry.value.bytes).unwrap_or_default()
    }

    /// Takes back what the expansion of the entry number `index` yielded.
    pub(in crate::dotenv::reader) fn leave_as_written(&mut self, index: usize) {
        if let Some(value) = self.values.get_mut(index) {
            *value = None;
        }
    }

    /// The reading of `text`.
    pub(in crate::dotenv::reader) fn reading(self, text: &'t [u8]) -> Reading<'t> {
        let Self { entries: Entries { list, problems }, values, references, side_effects } = self;
        let mut reading = Reading { problems, references, side_effects, ..Reading::default() };
        for (entry, value) in list.into_iter().zip(values) {
            let assignment = entry.resolved(text, |written| value.map_or(written.bytes, Cow::Owned));
            reading.assign(text, assignment);
        }
        reading
    }
}

/// The names of an object made from `entries`, each with the index of the entry that counts: integers first.
pub(in crate::dotenv::reader) fn object<'t>(text: &'t [u8], entries: &[Entry<'t>]) -> Vec<(&'t [u8], usize)> {
    let mut names = names(text, entries);
    names.retain(|(key, _)| *key != b"__proto__");
    names.sort_by_key(|(key, _)| array_index(key).map_or(u64::MAX, u64::from));
    names
}

/// The names of `entries` in the order in which they come up, each with the index of the entry that counts: the last.
pub(in crate::dotenv::reader) fn names<'t>(text: &'t [u8], entries: &[Entry<'t>]) -> Vec<(&'t [u8], usize)> {
    let mut places: HashMap<&[u8], usize> = HashMap::new();
    let mut names: Vec<(&[u8], usize)> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let key = entry.key.of(text);
        let place = *places.entry(key).or_insert(names.len());
        match names.get_mut(place) {
            Some(name) => name.1 = index,
            None => names.push((key, index)),
        }
    }
    names
}

/// dotenv-expand 12 and 13. What was inserted is expanded again, unless the value has been equal to it before.
pub(in crate::dotenv::reader) fn expand_12<'t>(
    value: &Unquoted<'t>,
    scope: &Scope<'_>,
    running: &HashMap<&[u8], Vec<u8>>,
    budget: &mut Budget,
    references: &mut Vec<Reference<'t>>,
) -> Result<Vec<u8>, Failure> {
    let mut template = Template::new(value);
    let mut seen = Seen::default();
    while let Some(found) = template.first() {
        seen.add(&template.text)?;
        let expression = template.expression(found);
        let property = scope.get(&expression.name);
        let is_seen = matches!(property, Property::Text(_, text) if seen.contains(text));
        let replacement = match (expression.operator, property.is_truthy()) {
            (None | Some(Operator::ColonMinus | Operator::Minus), true) if !is_seen => property.replacement(),
            (None | Some(Operator::ColonMinus | Operator::Minus), _)
            | (Some(Operator::ColonPlus | Operator::Plus), true) => Replacement::Word(expression.word),
            (Some(Operator::ColonPlus | Operator::Plus), false) => Replacement::Text(b""),
        };
        let target = target(property, expression.operator, property.is_truthy());
        references.extend(template.reference(found, &expression.name, target));
        if matches!(expression.operator, Some(Operator::ColonMinus | Operator::Minus)) && property.is_truthy()
        {
            references.extend(template.left_out(expression.word, scope));
        }
        template.replace(found, replacement, budget)?;
        if running.get(&*expression.name) == Some(&template.text) {
            break;
        }
    }
    Ok(template.text)
}

/// dotenv-expand 1000 and dotenvx. What was inserted is expanded again, unless the value has become equal to it, or it
/// came from one of the `literals`.
pub(in crate::dotenv::reader) fn expand_1000<'t>(
    value: &Unquoted<'t>,
    scope: &Scope<'_>,
    literals: &HashMap<&[u8], Vec<u8>>,
    budget: &mut Budget,
    references: &mut Vec<Reference<'t>>,
) -> Result<Vec<u8>, Failure> {
    let mut template = Template::new(value);
    let mut seen = Seen::default();
    while let Some(found) = template.first() {
        if !seen.add(&template.text)? {
            return Err(Failure::Endless);
        }
        let expression = template.expression(found);
        let property = scope.get(&expression.name);
        let is_own = matches!(property, Property::Text(..));
        let is_set = match expression.operator {
            Some(Operator::Minus | Operator::Plus) => is_own,
            Some(Operator::ColonMinus | Operator::ColonPlus) | None => property.is_truthy(),
        };
        let replacement = match (expression.operator, is_set) {
            (None | Some(Operator::ColonMinus | Operator::Minus), true) => property.replacement(),
            (Some(Operator::ColonMinus | Operator::Minus), false)
            | (Some(Operator::ColonPlus | Operator::Plus), true) => Replacement::Word(expression.word),
            (None | Some(Operator::ColonPlus | Operator::Plus), false) => Replacement::Text(b""),
        };
        let target = target(property, expression.operator, is_set);
        references.extend(template.reference(found, &expression.name, target));
        if matches!(expression.operator, Some(Operator::ColonMinus | Operator::Minus)) && is_set {
            references.extend(template.left_out(expression.word, scope));
        }
        template.replace(found, replacement, budget)?;
        let is_literal = literals.get(&*expression.name).is_some_and(|literal| has_reference(literal));
        if property.is(&template.text) || is_literal {
            break;
        }
    }
    Ok(template.text)
}

/// `/\$\{[^}]+\}|\$[A-Za-z_][A-Za-z0-9_]*/`
fn has_reference(text: &[u8]) -> bool {
    let mut from = 0;
    let mut braced = true;
    while let Some(found) = find(&text[from..], b'$') {
        from += found + 1;
        match text.get(from) {
            Some(b'{') if braced => match find(&text[from + 1..], b'}') {
                Some(0) => {}
                Some(_) => return true,
                None => braced = false,
            },
            Some(first) if first.is_ascii_alphabetic() || *first == b'_' => return true,
            _ => {}
        }
    }
    false
}

/// What a reference is resolved to: a default stands for what is not `used`, if there is one.
fn target(property: Property<'_>, operator: Option<Operator>, is_used: bool) -> Target {
    if is_used || operator.is_none() { property.target() } else { Target::Default }
}

/// The texts a value has been, by their hashes.
#[derive(Default)]
pub(in crate::dotenv::reader) struct Seen {
    hashes: HashSet<u64>,
    /// How many texts in a row had been there before.
    repeated: usize,
}

impl Seen {
    /// Adds a text; false if it was there before, and an error if the same texts come round for good.
    pub(in crate::dotenv::reader) fn add(&mut self, text: &[u8]) -> Result<bool, Failure> {
        if self.hashes.insert(hash(text)) {
            self.repeated = 0;
            return Ok(true);
        }
        self.repeated += 1;
        if self.repeated > self.hashes.len() { Err(Failure::Endless) } else { Ok(false) }
    }

    fn contains(&self, text: &[u8]) -> bool {
        self.hashes.contains(&hash(text))
    }
}

fn hash(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
