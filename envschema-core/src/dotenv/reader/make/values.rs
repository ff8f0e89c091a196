//! Assignments: what they do to make's variables at once, and what their values are when the whole file is read.

use std::borrow::Cow;

use super::definition::Flavor;
use super::expand::{Failure, Place};
use super::variables::{Origin, State, is_exportable};
use super::{Limit, Maker};
use crate::dotenv::quoting::Unquoted;
use crate::dotenv::scan::find;
use crate::dotenv::{Assignment, Effect, Problem, Reference, Syntax, Target, Value};
use crate::span::Span;

/// What is still to do for an assignment at the end of the file.
pub(super) enum Pending<'t> {
    /// Nothing.
    Done,
    /// To expand its text.
    Expand(Own<'t>),
    /// To expand its text, and the text of the variable it is appended to.
    Append(Own<'t>),
    /// To take the value of the variable, which it leaves as it is.
    Existing,
}

/// The text of a value: all of `line` from `start` on.
pub(super) struct Own<'t> {
    pub(super) line: Unquoted<'t>,
    pub(super) start: usize,
}

impl<'t> Maker<'t, '_> {
    /// Records `assignment`, whose value is still as written, and gives its variable that value.
    pub(super) fn assign(&mut self, mut assignment: Assignment<'t>, flavor: Flavor, own: Own<'t>) {
        let index = self.reading.next_index();
        let key = assignment.key.clone();
        let Value::Set(raw) = &assignment.value else { return };
        let raw = raw.clone();
        let pending = match flavor {
            Flavor::Recursive => self.recursive(key, raw, own),
            Flavor::Define => {
                self.variables.define(key, raw, true, index);
                Pending::Append(own)
            }
            Flavor::Simple | Flavor::Immediate => {
                let value = self.expand_now(&raw, &own).unwrap_or_else(|failure| {
                    self.failed(failure, index, &assignment, None, Effect::Refuse);
                    raw.to_vec()
                });
                assignment.value = Value::Set(Cow::Owned(value.clone()));
                self.variables.define(key, Cow::Owned(value), false, index);
                Pending::Done
            }
            Flavor::Conditional => match self.variables.get(&key).map(|variable| variable.origin) {
                None => self.recursive(key, raw, own),
                Some(origin) => {
                    if origin == Origin::Default {
                        self.keeps_default(index, &assignment);
                    }
                    Pending::Existing
                }
            },
            Flavor::Append => {
                self.inherit(index, &assignment);
                self.append(key, raw, own)
            }
            Flavor::Shell => {
                self.command(index, &assignment);
                assignment.value = Value::Set(Cow::Owned(Vec::new()));
                self.variables.define(key, Cow::Borrowed(b""), true, index);
                Pending::Done
            }
            Flavor::Undefine => {
                assignment.value = Value::Unset;
                self.variables.undefine(&key);
                Pending::Done
            }
        };
        self.pending.push(pending);
        self.reading.assign(self.cursor.text(), assignment);
    }

    fn recursive(&mut self, key: Cow<'t, [u8]>, raw: Cow<'t, [u8]>, own: Own<'t>) -> Pending<'t> {
        self.variables.define(key, raw, true, self.reading.next_index());
        Pending::Expand(own)
    }

    /// `+=` expands at once what it adds to a variable set by `:=`.
    fn append(&mut self, key: Cow<'t, [u8]>, raw: Cow<'t, [u8]>, own: Own<'t>) -> Pending<'t> {
        let Some(recursive) = self.variables.get(&key).map(|variable| variable.recursive) else {
            return self.recursive(key, raw, own);
        };
        let added = if recursive { raw } else { self.expand_now(&raw, &own).map_or(raw, Cow::Owned) };
        let origin = Origin::Assignment(self.reading.next_index());
        let Some(variable) = self.variables.get(&key).filter(|_| !added.is_empty()) else {
            return Pending::Existing;
        };
        variable.origin = origin;
        let value = variable.value.to_mut();
        if !value.is_empty() {
            value.push(b' ');
        }
        value.extend_from_slice(&added);
        Pending::Append(own)
    }

    /// Lets the assignment number `index` refer to what gave its variable the value that it adds to, or leaves.
    fn inherit(&mut self, index: u32, assignment: &Assignment<'t>) {
        let origin = self.variables.get(&assignment.key).map(|variable| variable.origin);
        let target = match origin {
            Some(Origin::Assignment(origin)) if origin != index => Target::Assignment(origin),
            Some(Origin::Environ) => Target::Environ,
            _ => return,
        };
        self.reading.references.push(Reference {
            assignment: index,
            name: assignment.key.clone(),
            span: assignment.value_span,
            braced: false,
            used: true,
            target,
        });
    }

    fn expand_now(&mut self, raw: &[u8], own: &Own<'t>) -> Result<Vec<u8>, Failure> {
        let assignment = self.reading.next_index();
        let place = Place { text: &own.line, start: own.start, assignment, used: true };
        self.expander(false).expand(raw, Some(place), 0)
    }

    /// Computes every value that waits for the end of the file.
    pub(super) fn values(&mut self) {
        for (index, pending) in (0..).zip(std::mem::take(&mut self.pending)) {
            let Some(assignment) = self.reading.assignments.get(index as usize) else { return };
            let (assignment, key) = (assignment.clone(), assignment.key.clone());
            if matches!(assignment.value, Value::Set(_)) {
                self.export_problem(index, &assignment);
            }
            let value = match pending {
                Pending::Done => match &assignment.value {
                    Value::Set(value) if *key == *b"IFS" || find(&key, b'=').is_some() => Ok(value.to_vec()),
                    _ => continue,
                },
                Pending::Existing => {
                    self.inherit(index, &assignment);
                    self.expander(true).variable(&key, 0).map_err(|failure| (failure, None))
                }
                Pending::Expand(own) => self.expand_last(index, &key, &own, false),
                Pending::Append(own) => self.expand_last(index, &key, &own, true),
            };
            match value {
                Ok(value) if *key == *b"IFS" && !value.iter().all(|byte| b" \t\n".contains(byte)) => {
                    self.set_by_shell(index, &assignment);
                }
                Ok(value) => self.set(index, &assignment, value),
                Err((failure, place)) if self.is_last(index, &key) => {
                    let effect = if self.is_passed_on(&key) { Effect::Refuse } else { Effect::Misread };
                    self.failed(failure, index, &assignment, place, effect);
                }
                Err(_) => {}
            }
            if let Some(equals) = find(&key, b'=') {
                self.split_name(index, equals);
            }
        }
    }

    /// A variable called `A=1` gets into the environment as `A=1=…`, which sets `A`, unless there is one.
    fn split_name(&mut self, index: u32, equals: usize) {
        let Some(assignment) = self.reading.assignments.get_mut(index as usize) else { return };
        let Value::Set(value) = &assignment.value else { return };
        let (name, rest) = assignment.key.split_at(equals);
        assignment.value = match self.variables.get(name) {
            Some(_) => Value::Absent,
            None => Value::Set(Cow::Owned([&rest[1..], b"=", value].concat())),
        };
        assignment.key.to_mut().truncate(equals);
    }

    fn set(&mut self, index: u32, assignment: &Assignment<'t>, value: Vec<u8>) {
        let written = assignment.value_span.of(self.cursor.text());
        let value = if value == written { Cow::Borrowed(written) } else { Cow::Owned(value) };
        if let Some(assignment) = self.reading.assignments.get_mut(index as usize) {
            assignment.value = Value::Set(value);
        }
    }

    /// The value of the assignment, or of the variable it was appended to.
    fn expand_last(
        &mut self,
        index: u32,
        key: &[u8],
        own: &Own<'t>,
        is_appended: bool,
    ) -> Result<Vec<u8>, (Failure, Option<Span>)> {
        let used = self.is_last(index, key);
        let place = Place { text: &own.line, start: own.start, assignment: index, used };
        let is_whole = used && !is_appended;
        if is_whole && let Some(variable) = self.variables.get(key) {
            variable.state = State::Expanding;
        }
        let mut expander = self.expander(true);
        let raw = own.line.bytes.get(own.start..).unwrap_or_default();
        let value = expander.expand(raw, Some(place), 0).map_err(|failure| (failure, expander.last));
        if is_whole {
            expander.keep(key, value.as_ref().ok());
        }
        if used && is_appended {
            let last = expander.last;
            return value.and_then(|_| expander.variable(key, 0).map_err(|failure| (failure, last)));
        }
        value
    }

    /// Whether the variable called `key` has its value from this assignment.
    fn is_last(&mut self, index: u32, key: &[u8]) -> bool {
        self.variables.get(key).is_some_and(|variable| variable.origin == Origin::Assignment(index))
    }

    /// Reports why a value cannot be expanded. make gives up when it has to be: at once for `:=`, else if it is passed on.
    fn failed(
        &mut self,
        failure: Failure,
        index: u32,
        assignment: &Assignment<'_>,
        place: Option<Span>,
        effect: Effect,
    ) {
        let span = place.unwrap_or(assignment.value_span);
        let (code, message, help) = match failure {
            Failure::Limit => {
                self.reading.problems.push(Limit.problem(index, assignment.key_span));
                return;
            }
            Failure::Unterminated => (
                Syntax::InvalidSyntax,
                "the reference has no closing brace",
                "write `$(NAME)`; write `$$` for a dollar sign",
            ),
            Failure::Recursive => (
                Syntax::ExpansionLimit,
                "the variable refers to itself",
                "use `:=` to take the value from before; write `$$` for a dollar sign",
            ),
        };
        self.report(index, Problem::new(code, span, message, effect), help);
    }

    fn is_passed_on(&mut self, key: &[u8]) -> bool {
        let export = self.variables.get(key).and_then(|variable| variable.export);
        export.unwrap_or(is_exportable(key) && key != b"SHELL")
    }

    /// Reports an assignment whose variable does not get into the environment.
    fn export_problem(&mut self, index: u32, assignment: &Assignment<'_>) {
        let key = &*assignment.key;
        let (message, help) = match self.variables.get(key).and_then(|variable| variable.export) {
            _ if key == b"MAKEFLAGS" => return self.acts_on_make(index, assignment),
            Some(true) => return,
            Some(false) => ("`unexport` keeps this variable from the recipes", "remove the `unexport`"),
            None if key == b"SHELL" => (
                "make runs its recipes with this shell, and does not pass the variable on",
                "use another name",
            ),
            None if key.is_empty() || is_exportable(key) => return,
            None => (
                "make does not pass on a variable of this name",
                "use letters, digits and `_`, and start with no digit",
            ),
        };
        let problem = Problem::new(Syntax::InvalidKey, assignment.key_span, message, Effect::Skip);
        self.report(index, problem, help);
    }

    /// `IFS`: with more in it than blanks, make leaves every recipe to the shell, and no shell takes it from its
    /// environment.
    fn set_by_shell(&mut self, index: u32, assignment: &Assignment<'t>) {
        self.set(index, assignment, b" \t\n".to_vec());
        let message = "the shell of the recipes sets this variable itself";
        let problem = Problem::new(Syntax::InvalidKey, assignment.key_span, message, Effect::Misread);
        self.report(index, problem, "use another name");
    }

    fn acts_on_make(&mut self, index: u32, assignment: &Assignment<'_>) {
        let message = "make takes this variable for its own options";
        let problem = Problem::new(Syntax::InvalidKey, assignment.key_span, message, Effect::Misread);
        self.report(index, problem, "use another name");
    }

    fn keeps_default(&mut self, index: u32, assignment: &Assignment<'_>) {
        let message = "make has a value of its own for this variable, so `?=` does nothing";
        let problem = Problem::new(Syntax::UnsupportedSyntax, assignment.key_span, message, Effect::Skip);
        self.report(index, problem, "write `=`");
    }

    fn command(&mut self, index: u32, assignment: &Assignment<'_>) {
        let message = "make would run a command here, which is never done while checking";
        let problem = Problem::new(Syntax::UnsupportedSyntax, assignment.value_span, message, Effect::Act);
        self.report(index, problem, "write the value out");
    }

    fn report(&mut self, index: u32, problem: Problem, help: &'static str) {
        self.reading.problems.push(Problem { help: Some(help), assignment: Some(index), ..problem });
    }
}
