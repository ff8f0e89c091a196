//! Readings compared: each statement on which readers differ, each line that only some of them read, and what each of them
//! makes of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::outcome;
use super::{Assignment, Dialect, Duplicates, Effect, Environ, Problem, Reading, Target, Value};
use crate::redact;
use crate::span::{Lines, Span};

/// In what readers differ from the reader of a file.
#[derive(Clone, Default)]
pub struct Comparison {
    /// The statements that one of them reads differently, in the order of the file.
    pub differences: Vec<Difference>,
    /// The lines without a statement that one of them does not pass over, in the order of the file.
    pub strays: Vec<Stray>,
}

/// A statement that readers read differently.
#[derive(Clone)]
pub struct Difference {
    /// The assignment, by index in the reading it is compared with.
    pub assignment: u32,
    /// What each reader that differs makes of it.
    pub seen: Vec<(&'static Dialect, Seen)>,
}

/// A line that the file's own reader passes over and others do not.
#[derive(Clone)]
pub struct Stray {
    /// The line, from 1.
    pub line: u32,
    /// What each reader that differs makes of it.
    pub seen: Vec<(&'static Dialect, Seen)>,
}

/// What a reader makes of a statement or a line.
#[derive(Clone, PartialEq, Eq)]
pub enum Seen {
    /// This value.
    Value {
        /// The value.
        value: Vec<u8>,
        /// Whether it is made of nothing but the statement: no comment, no other line, no reference is in it.
        is_own: bool,
    },
    /// The same here, but of several assignments to this key it keeps the first, and so another value.
    First,
    /// The same here, but of several assignments to this key it takes the last, and so another value.
    Last,
    /// The same here, but another value where the process environment sets what a `~` stands for.
    Home,
    /// The same here, but another value where the process environment sets what the statement refers to.
    Environ,
    /// What comes of a command, which is never run here, or of a value that never ends.
    Act,
    /// A value that is not known here: only the running reader knows it, or it refers to one that is not known.
    Unknown,
    /// No assignment to this key.
    Nothing,
    /// An assignment that the file's own reader does not see.
    More,
    /// An error that changes no value.
    Complaint,
    /// It refuses the file because of it, or drops what follows.
    Refusal,
}

/// Compares `reading`, which is what `own` reads where no variable is set, with what each of `readers` reads: there, where
/// what a `~` can stand for is set, and where the process environment sets whatever is referred to and not set in the file.
#[must_use]
pub fn compare(
    text: &[u8],
    own: &Dialect,
    reading: &Reading<'_>,
    readers: &[&'static Dialect],
) -> Comparison {
    let read = |environ: &Environ| {
        let others = readers.iter().map(|dialect| (*dialect, (dialect.read)(text, environ)));
        others.collect::<Vec<_>>()
    };
    let others = read(&Environ::empty());
    let all: Vec<_> = others.iter().map(|(_, other)| other).chain([reading]).collect();
    let outside = outside(&all);
    let mut comparison = compare_readings(text, (own, reading), others);
    let keys = |reading: &Reading<'_>| reading.assignments.iter().map(|own| own.key_span).collect::<Vec<_>>();
    let mut add = |environ: &Environ, seen: &Seen| {
        let there = (own.read)(text, environ);
        if keys(reading) == keys(&there) {
            comparison.add(compare_readings(text, (own, &there), read(environ)), seen);
        }
    };
    if text.contains(&b'~') {
        let folders = [("HOME", "/home/user"), ("PWD", "/home/user/now"), ("OLDPWD", "/home/user/before")];
        add(&folders.into_iter().collect(), &Seen::Home);
    }
    if !outside.is_empty() {
        // Numbers, so that a shell can compute with them.
        let values = (0..).zip(outside).map(|(number, name)| (name, (47_110_000 + number).to_string()));
        add(&values.collect(), &Seen::Environ);
    }
    comparison
}

/// The names that any of the readings refers to and none of them sets.
fn outside<'r>(readings: &[&'r Reading<'r>]) -> Vec<Vec<u8>> {
    let references = readings.iter().flat_map(|reading| &reading.references);
    let elsewhere = references.filter(|found| !matches!(found.target, Target::Assignment(_)));
    let names = elsewhere.map(|found| &*found.name).filter(|name| redact::key(name).is_some());
    let mut names: BTreeSet<&[u8]> = names.collect();
    if !names.is_empty() {
        let assignments = readings.iter().flat_map(|reading| &reading.assignments);
        assignments.for_each(|found| {
            names.remove(&*found.key);
        });
    }
    names.into_iter().map(<[u8]>::to_vec).collect()
}

impl Comparison {
    /// Adds what only differs in another environment, as `seen` says.
    fn add(&mut self, there: Self, elsewhere: &Seen) {
        for difference in there.differences {
            let found =
                self.differences.binary_search_by_key(&difference.assignment, |known| known.assignment);
            let at = found.unwrap_or_else(|at| {
                let none = Difference { assignment: difference.assignment, seen: Vec::new() };
                self.differences.insert(at, none);
                at
            });
            let known = &mut self.differences[at].seen;
            for (dialect, seen) in difference.seen {
                let seen = if matches!(seen, Seen::Value { .. }) { elsewhere.clone() } else { seen };
                match known.iter_mut().find(|(other, _)| *other == dialect) {
                    None => known.push((dialect, seen)),
                    Some((_, known)) if *known == Seen::Unknown && *elsewhere == Seen::Home => *known = seen,
                    Some(_) => {}
                }
            }
        }
    }
}

/// Compares what a reader of a file reads with what `others` read.
pub(crate) fn compare_readings<'t>(
    text: &'t [u8],
    (dialect, reading): (&Dialect, &Reading<'_>),
    others: impl IntoIterator<Item = (&'static Dialect, Reading<'t>)>,
) -> Comparison {
    let own = Own::new(text, dialect, reading);
    let mut seen: Vec<Vec<(&'static Dialect, Seen)>> = vec![Vec::new(); reading.assignments.len()];
    let mut strays: BTreeMap<Span, Vec<(&'static Dialect, Seen)>> = BTreeMap::new();
    for (dialect, other) in others {
        let view = own.compare(dialect, &other);
        for (seen, found) in seen.iter_mut().zip(view.statements) {
            seen.extend(found.map(|found| (dialect, found)));
        }
        for (line, found) in view.strays {
            strays.entry(line).or_default().push((dialect, found));
        }
    }
    let differences = (0..).zip(seen).map(|(assignment, seen)| Difference { assignment, seen });
    Comparison {
        differences: differences.filter(|found| !found.seen.is_empty()).collect(),
        strays: numbered(text, strays),
    }
}

/// Lines by their numbers.
fn numbered(text: &[u8], strays: BTreeMap<Span, Vec<(&'static Dialect, Seen)>>) -> Vec<Stray> {
    if strays.is_empty() {
        return Vec::new();
    }
    let lines = Lines::new(text);
    strays.into_iter().map(|(line, seen)| Stray { line: lines.line_of(line.start), seen }).collect()
}

/// The whole lines that `span` stands on, without the LF behind them.
#[must_use]
pub fn lines_of(text: &[u8], span: Span) -> Span {
    let range = span.range();
    let before = text.get(..range.start).unwrap_or_default();
    let behind = text.get(range.end..).unwrap_or_default();
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let length = behind.iter().position(|byte| *byte == b'\n').unwrap_or(behind.len());
    Span::new(start, range.end + length)
}

/// The lines that each assignment of `reading` stands on.
#[must_use]
pub fn lines_of_assignments(text: &[u8], reading: &Reading<'_>) -> Vec<Span> {
    let feeds = Feeds::new(text);
    reading.assignments.iter().map(|assignment| feeds.lines_of(assignment.span)).collect()
}

/// The line feeds of a text, found once and asked often.
pub(crate) struct Feeds {
    at: Vec<u32>,
    end: u32,
}

impl Feeds {
    /// Finds every LF of `text`.
    pub(crate) fn new(text: &[u8]) -> Self {
        let feeds = (0..).zip(text).filter(|(_, byte)| **byte == b'\n');
        Self { at: feeds.map(|(at, _)| at).collect(), end: Span::at(text.len()).start }
    }

    /// What [`lines_of`] says.
    pub(crate) fn lines_of(&self, span: Span) -> Span {
        let before = self.at.partition_point(|feed| *feed < span.start).checked_sub(1);
        let behind = self.at.partition_point(|feed| *feed < span.end);
        Span {
            start: before.map_or(0, |before| self.at[before] + 1),
            end: self.at.get(behind).copied().unwrap_or(self.end),
        }
    }
}

/// The file as its own reader reads it.
struct Own<'o, 't> {
    feeds: Feeds,
    dialect: &'o Dialect,
    reading: &'o Reading<'t>,
    /// The lines of each statement.
    lines: Vec<Span>,
    /// The statements whose values are not known here.
    unknown: BTreeSet<u32>,
}

/// In what one reader differs.
struct View {
    /// What it makes of each statement, where it differs.
    statements: Vec<Option<Seen>>,
    /// What it makes of lines without a statement.
    strays: BTreeMap<Span, Seen>,
}

impl<'o, 't> Own<'o, 't> {
    fn new(text: &[u8], dialect: &'o Dialect, reading: &'o Reading<'t>) -> Self {
        let feeds = Feeds::new(text);
        let lines = reading.assignments.iter().map(|assignment| feeds.lines_of(assignment.span)).collect();
        Self { feeds, dialect, reading, lines, unknown: outcome::unknown(reading) }
    }

    fn compare(&self, dialect: &Dialect, other: &Reading<'_>) -> View {
        let mut matching = Matching::new(other);
        let statements = (0..).zip(&self.reading.assignments).zip(&self.lines);
        let statements = statements.map(|((index, own), lines)| {
            let found = matching.find(own, *lines);
            let seen = found.map_or(Seen::Nothing, |found| matching.seen(found, own));
            let is_unknown = self.unknown.contains(&index);
            let is_same = match seen {
                Seen::Act | Seen::Unknown => is_unknown,
                Seen::Value { .. } if is_unknown => false,
                _ => is_same(own, &seen),
            };
            (!is_same).then_some(seen)
        });
        let mut view = View { statements: statements.collect(), strays: BTreeMap::new() };
        for problem in &other.problems {
            match problem.effect {
                Effect::Refuse | Effect::Stop | Effect::Truncate => self.refuse(&mut view, problem),
                Effect::Fail => self.complain(&mut view, problem.span.start),
                Effect::Skip | Effect::Misread | Effect::Unknown | Effect::Act => {}
            }
        }
        let lost_from = lost_from(other);
        for assignment in matching.rest().filter(|assignment| assignment.span.start < lost_from) {
            self.add_more(&mut view, assignment.key_span.start);
        }
        if dialect.duplicates != self.dialect.duplicates {
            self.compare_repeated(&mut view, dialect.duplicates, other);
        }
        view
    }

    /// Notes at the last assignment to each key if another one counts for a reader, so that it ends up with another value.
    fn compare_repeated(&self, view: &mut View, duplicates: Duplicates, other: &Reading<'_>) {
        let seen = match duplicates {
            Duplicates::First => Seen::First,
            Duplicates::Last => Seen::Last,
        };
        let theirs = finals(other, duplicates);
        let own = finals(self.reading, self.dialect.duplicates);
        for (key, last) in finals(self.reading, Duplicates::Last) {
            let own = own.get(key).map(|index| &self.reading.assignments[*index].value);
            let is_other = theirs.get(key).is_some_and(|index| Some(&other.assignments[*index].value) != own);
            if view.statements[last].is_none() && is_other {
                view.statements[last] = Some(seen.clone());
            }
        }
    }

    /// The statements that stand on the line at `offset`.
    fn statements_at(&self, offset: u32) -> std::ops::Range<usize> {
        let first = self.lines.partition_point(|lines| lines.end < offset);
        let behind = self.lines.partition_point(|lines| lines.start <= offset);
        first..behind.max(first)
    }

    fn refuse(&self, view: &mut View, problem: &Problem) {
        let here = self.statements_at(problem.span.start);
        if here.is_empty() {
            self.stray(view, problem.span.start, Seen::Refusal);
        }
        view.statements[here].fill(Some(Seen::Refusal));
    }

    /// Notes an error at the statement on whose lines it is, unless more is known of it, or else at the line.
    fn complain(&self, view: &mut View, offset: u32) {
        let here = self.statements_at(offset);
        if here.is_empty() {
            self.stray(view, offset, Seen::Complaint);
        } else if let [first, ..] = &mut view.statements[here]
            && first.is_none()
            && !self.is_known(self.line_at(offset))
        {
            *first = Some(Seen::Complaint);
        }
    }

    fn add_more(&self, view: &mut View, offset: u32) {
        let here = self.statements_at(offset);
        match view.statements[here.clone()].iter().position(Option::is_some) {
            Some(_) => {}
            None if here.is_empty() => self.stray(view, offset, Seen::More),
            None => view.statements[here.start] = Some(Seen::More),
        }
    }

    fn line_at(&self, offset: u32) -> Span {
        self.feeds.lines_of(Span { start: offset, end: offset })
    }

    /// Whether the file's own reader stumbles over `line`.
    fn is_known(&self, line: Span) -> bool {
        let known = &self.reading.problems;
        let first = known.partition_point(|problem| problem.span.start < line.start);
        known.get(first).is_some_and(|problem| problem.span.start <= line.end)
    }

    /// Notes what a reader makes of a line without a statement, unless the file's own reader stumbles over it, too.
    fn stray(&self, view: &mut View, offset: u32, seen: Seen) {
        let line = self.line_at(offset);
        if !self.is_known(line) && self.statements_at(offset).is_empty() {
            view.strays.entry(line).or_insert(seen);
        }
    }
}

/// The assignments of another reader, and which of them belong to a statement of the file's own.
struct Matching<'m, 't> {
    other: &'m Reading<'t>,
    skipped: Vec<u32>,
    /// Those whose values are not known here.
    unknown: BTreeSet<u32>,
    /// Those for which a command is run, or which never end.
    acting: BTreeSet<u32>,
    /// Whether the value of each assignment refers to anything.
    refers: Vec<bool>,
    used: Vec<bool>,
}

impl<'m, 't> Matching<'m, 't> {
    fn new(other: &'m Reading<'t>) -> Self {
        let count = other.assignments.len();
        let mut refers = vec![false; count];
        for reference in &other.references {
            if let Some(refers) = refers.get_mut(reference.assignment as usize) {
                *refers = true;
            }
        }
        let (skipped, unknown) = (outcome::skipped(other), outcome::unknown(other));
        let acting = other.problems.iter().filter(|problem| problem.effect == Effect::Act);
        let acting = acting.filter_map(|problem| problem.assignment).collect();
        Self { other, skipped, unknown, acting, refers, used: vec![false; count] }
    }

    fn is_free(&self, index: usize) -> bool {
        let is_skipped =
            |index: usize| u32::try_from(index).is_ok_and(|index| self.skipped.binary_search(&index).is_ok());
        !self.used[index] && !is_skipped(index)
    }

    /// The assignment to the key of `own` on the same lines, at the same place if there are several.
    fn find(&mut self, own: &Assignment<'_>, lines: Span) -> Option<usize> {
        let all = &self.other.assignments;
        let same = all.partition_point(|found| found.key_span.start < own.key_span.start);
        let is_same = |found: &Assignment<'_>| found.key == own.key && found.key_span == own.key_span;
        if all.get(same).is_some_and(is_same) && self.is_free(same) {
            self.used[same] = true;
            return Some(same);
        }
        let first = all.partition_point(|found| found.span.start < lines.start);
        let here = all.iter().enumerate().skip(first).take_while(|(_, found)| found.span.start <= lines.end);
        let mut same_key = here.filter(|(index, found)| found.key == own.key && self.is_free(*index));
        let (found, _) = same_key.next()?;
        self.used[found] = true;
        Some(found)
    }

    /// What the other reader makes of the statement `own` by its assignment number `index`.
    fn seen(&self, index: usize, own: &Assignment<'_>) -> Seen {
        let number = Span::at(index).start;
        match &self.other.assignments[index].value {
            Value::Absent | Value::Unset => Seen::Nothing,
            Value::Set(_) if self.acting.contains(&number) => Seen::Act,
            Value::Set(_) if self.unknown.contains(&number) => Seen::Unknown,
            Value::Set(value) => Seen::Value { value: value.to_vec(), is_own: self.is_own(index, own) },
        }
    }

    /// Whether what the other reader makes of its assignment number `index` is made of nothing but the statement `own`.
    fn is_own(&self, index: usize, own: &Assignment<'_>) -> bool {
        let Span { start, end } = self.other.assignments[index].value_span;
        own.span.start <= start && end <= own.span.end && !self.refers[index]
    }

    /// What sets or removes a variable and belongs to no statement.
    fn rest(&self) -> impl Iterator<Item = &'m Assignment<'t>> {
        let all = self.other.assignments.iter().enumerate();
        all.filter(|(index, found)| self.is_free(*index) && found.value != Value::Absent)
            .map(|(_, found)| found)
    }
}

/// The assignment to each key that counts, by index, as if nothing that the reader stumbles over ended the file.
pub(crate) fn finals<'r>(reading: &'r Reading<'_>, duplicates: Duplicates) -> HashMap<&'r [u8], usize> {
    let skipped = outcome::skipped(reading);
    let mut finals = HashMap::new();
    for ((index, assignment), number) in reading.assignments.iter().enumerate().zip(0_u32..) {
        if assignment.value == Value::Absent || skipped.binary_search(&number).is_ok() {
            continue;
        }
        let counts = finals.entry(&*assignment.key).or_insert(index);
        if duplicates == Duplicates::Last {
            *counts = index;
        }
    }
    finals
}

/// From where on a reader reads nothing any more.
fn lost_from(reading: &Reading<'_>) -> u32 {
    let is_refused = reading.problems.iter().any(|problem| problem.effect == Effect::Refuse);
    let mut problems = reading.problems.iter();
    let stop = problems.find(|problem| matches!(problem.effect, Effect::Stop | Effect::Truncate));
    if is_refused { 0 } else { stop.map_or(u32::MAX, |problem| problem.span.start) }
}

fn is_same(own: &Assignment<'_>, seen: &Seen) -> bool {
    match (&own.value, seen) {
        (Value::Set(own), Seen::Value { value, .. }) => **own == **value,
        (Value::Absent | Value::Unset, Seen::Nothing) => true,
        _ => false,
    }
}
