//! Assignments: alone on a line, before a command, and as arguments of `export` and its kin.

use std::borrow::Cow;

use super::run::PERHAPS;
use super::special::{self, contains};
use super::variables::{Form, Held, Variable};
use super::word::{Target, Word};
use super::{Abort, After, Mode, Shell};
use crate::dotenv::{Assignment, Effect, Problem, Quote, Reference, Syntax, Target as Referred, Value};
use crate::span::Span;

/// What `declare` and its kin say about a variable.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Declaration {
    /// Whether it is exported, whatever it was before.
    pub(super) export: Option<bool>,
    pub(super) read_only: bool,
    pub(super) form: Option<Form>,
    pub(super) is_array: bool,
    /// Whether a command does it, which goes on after an error.
    pub(super) by_command: bool,
}

/// An assignment as it is written.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) key: Vec<u8>,
    pub(super) key_span: Span,
    pub(super) value_span: Span,
    /// Where its statement starts.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) quote: Quote,
}

/// The number zsh finds before a character that no arithmetic knows.
fn leading_number(text: &[u8]) -> i64 {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let is_illegal = text.get(digits).is_some_and(|byte| byte.is_ascii_control() || !byte.is_ascii());
    let number = str::from_utf8(&text[..digits]).ok().filter(|_| is_illegal);
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

impl<'t> Shell<'t, '_> {
    /// Makes the assignment that `word` is; `start` is where its statement starts.
    pub(super) fn assign(
        &mut self,
        word: &Word,
        start: usize,
        declaration: Declaration,
    ) -> Result<(), Abort> {
        let Some(target) = word.target else { return Ok(()) };
        let written = self.written(word, &target, start);
        let index = self.reading.next_index();
        self.assigning = Some(index);
        let value = self.value(word, target.value);
        let result = match value {
            Ok(value) if target.is_array || declaration.is_array => {
                self.array(&written, word, &target, value)
            }
            Ok(value) => self.set(&written, value, target.appends, declaration),
            Err(abort) => {
                self.push(&written, Value::Set(Cow::Owned(Vec::new())));
                self.keep_unknown(&written, index);
                Err(abort)
            }
        };
        self.assigning = None;
        self.origin = Some(index);
        self.flush(written.end, Some(&written.key));
        self.origin = None;
        result
    }

    fn written(&self, word: &Word, target: &Target, start: usize) -> Written {
        let value = Span { start: Span::at(target.value).start, ..word.span };
        let is_whole = |inside: Span| inside.start == value.start + 1 && inside.end + 1 == value.end;
        let (quote, value_span) = match word.quoted {
            Some((quote, inside)) if is_whole(inside) => (quote, inside),
            _ => (Quote::None, value),
        };
        let mut key = self.name_of(target.name);
        if self.switches.zsh
            && let Some(tied) = special::tied(&key)
        {
            key = tied.to_vec();
        }
        Written { key, key_span: target.name, value_span, start, end: word.span.end as usize, quote }
    }

    /// Gives a variable a value and records that.
    pub(super) fn set(
        &mut self,
        written: &Written,
        value: Vec<u8>,
        appends: bool,
        declaration: Declaration,
    ) -> Result<(), Abort> {
        let key = &written.key[..];
        let before = self.variables.get_late(&self.reading.assignments, key);
        if before.read_only || contains(self.switches.read_only, key) {
            let error = self.read_only(written, declaration);
            self.push(written, Value::Set(Cow::Owned(value)));
            return Err(error);
        }
        let mut form = declaration.form.unwrap_or(before.form);
        if contains(self.switches.integers, key) {
            form = Form::Integer;
        }
        if self.refuses_number(key, &value) {
            self.push(written, Value::Set(Cow::Owned(value)));
            return Err(self.no_number(written.value_span, self.switches.builtin_error));
        }
        let value = match self.formed(key, &value, appends, form, written.value_span) {
            Ok(value) => value,
            Err(abort) => {
                // zsh makes the assignment all the same.
                let number = if self.switches.zsh { leading_number(&value) } else { 0 };
                let value = self.in_range(key, number.to_string().into_bytes());
                self.push(written, Value::Set(Cow::Owned(value)));
                return Err(abort);
            }
        };
        let value = self.in_range(key, value);
        let index = self.push(written, Value::Set(Cow::Owned(value)));
        if !self.lost(written, index)
            && let Some(message) = self.ignores(key)
        {
            self.left_out(written, index, message, Effect::Skip);
            return Ok(());
        }
        let exported = declaration.export.unwrap_or(before.exported || self.options.all_export);
        let exported = exported && (form != Form::Array || self.switches.zsh);
        if !exported && self.mode == Mode::Run {
            self.left_out(written, index, "the shell does not export this variable", Effect::Skip);
        }
        let variable =
            Variable { held: Held::Assignment(index), exported, read_only: declaration.read_only, form };
        self.variables.put_late(&self.reading.assignments, Cow::Owned(written.key.clone()), variable);
        Ok(())
    }

    /// The value after `+=` and after what `declare -i`, `-u` or `-l` said.
    fn formed(
        &mut self,
        key: &[u8],
        value: &[u8],
        appends: bool,
        form: Form,
        span: Span,
    ) -> Result<Vec<u8>, Abort> {
        let mut whole = Vec::new();
        if appends {
            self.variables.put_delayed(&self.reading.assignments);
            let (target, old) = self.variables.look_up(&self.reading.assignments, key);
            let old = old.unwrap_or_default();
            if self.budget.spend(old.len()).is_err() {
                return Err(self.limit(span));
            }
            whole = old.into_owned();
            self.refer_to(key, target, span);
        }
        if form == Form::Integer {
            // What zsh refuses it sets all the same.
            let assigning = self.assigning.take_if(|_| self.switches.zsh);
            let after = self.switches.number_error;
            let added = self.number(value, span, after);
            let before = self.number(&whole, span, after);
            self.assigning = self.assigning.or(assigning);
            let (added, before) = (added?, before?);
            return Ok(added.wrapping_add(before).to_string().into_bytes());
        }
        whole.extend_from_slice(value);
        Ok(match form {
            Form::Upper => whole.to_ascii_uppercase(),
            Form::Lower => whole.to_ascii_lowercase(),
            Form::Text | Form::Integer | Form::Array => whole,
        })
    }

    fn number(&mut self, text: &[u8], span: Span, after: After) -> Result<i64, Abort> {
        // zsh knows numbers with a point.
        let number = str::from_utf8(text)
            .ok()
            .filter(|_| self.switches.zsh)
            .map(|text| text.trim_matches([' ', '\t', '\n']));
        match number.and_then(|number| number.parse::<f64>().ok()).filter(|number| number.is_finite()) {
            Some(number) if number.abs() < 1e15 => Ok(number as i64),
            _ => self.evaluate(text, span, after),
        }
    }

    /// Whether dash refuses `value` for `OPTIND`: what is no number that it can hold.
    fn refuses_number(&self, key: &[u8], value: &[u8]) -> bool {
        let is_number = str::from_utf8(value)
            .is_ok_and(|text| text.trim().parse::<i32>().is_ok_and(|number| number >= 0));
        key == b"OPTIND" && self.switches.argument_zero == b"dash" && !is_number
    }

    fn no_number(&mut self, span: Span, after: After) -> Abort {
        let (message, help) = ("the shell wants a number here", "write a number, or use another name");
        self.abort(Syntax::UnsupportedSyntax, span, message, help, after)
    }

    /// zsh remembers at least one command.
    fn in_range(&self, key: &[u8], value: Vec<u8>) -> Vec<u8> {
        let is_none = self.switches.zsh && key == b"HISTSIZE" && (value == b"0" || value.starts_with(b"-"));
        if is_none { b"1".to_vec() } else { value }
    }

    /// An array, or an element of one: programs see neither.
    fn array(
        &mut self,
        written: &Written,
        word: &Word,
        target: &Target,
        value: Vec<u8>,
    ) -> Result<(), Abort> {
        let is_element = target.name.end as usize + usize::from(target.appends) + 1 < target.value;
        let subscript = word.span.of(self.text).get(target.name.len() + 1).copied().unwrap_or(b'0');
        let is_new = self.variables.get(&self.reading.assignments, &written.key).held == Held::Nothing;
        if self.switches.zsh && is_element && !(is_new && matches!(subscript, b'1'..=b'9' | b'-')) {
            self.push(written, Value::Set(Cow::Owned(value)));
            return Err(self.abort(
                Syntax::UnsupportedSyntax,
                word.span,
                "zsh takes this for a part of the variable's text",
                "write `NAME=value`",
                self.switches.expansion_error,
            ));
        }
        if !self.switches.zsh && is_element {
            let end = target.value - 2 - usize::from(target.appends);
            let subscript = Span::new(target.name.end as usize + 1, end);
            if let Err(abort) = self.subscript(subscript) {
                self.push(written, Value::Set(Cow::Owned(value)));
                return Err(abort);
            }
        }
        let index = self.push(written, Value::Unset);
        self.lost(written, index);
        self.report(Problem {
            help: Some("put the value in quotes"),
            assignment: Some(index),
            ..Problem::new(
                Syntax::UnsupportedSyntax,
                word.span,
                "this makes an array, which no program gets to see",
                Effect::Misread,
            )
        });
        let before = self.variables.get(&self.reading.assignments, &written.key);
        let form = if self.switches.zsh { before.form } else { Form::Array };
        let variable = Variable { held: Held::Array, exported: false, form, ..before };
        self.variables.put(&self.reading.assignments, Cow::Owned(written.key.clone()), variable);
        Ok(())
    }

    /// Refuses a subscript that is no place in an array of bash.
    fn subscript(&mut self, span: Span) -> Result<(), Abort> {
        let text = span.of(self.text);
        let plain: Vec<u8> = text.iter().copied().filter(|byte| *byte != b'"').collect();
        if text.contains(&b'$') || text.contains(&b'`') {
            return Ok(());
        }
        if plain.is_empty() {
            return Err(self.no_number(span, After::Discard));
        }
        match self.evaluate(&plain, span, self.switches.number_error)? {
            ..0 => Err(self.no_number(span, After::Discard)),
            _ => Ok(()),
        }
    }

    /// Records an assignment whose variable is given its value elsewhere, or never.
    pub(super) fn push(&mut self, written: &Written, value: Value<'t>) -> u32 {
        self.variables.catch_up(&self.reading.assignments);
        let index = self.reading.next_index();
        if self.assigning.is_none() {
            self.inherit(written, index);
        }
        let written_key = written.key_span.of(self.text);
        let key = if written.key == written_key {
            Cow::Borrowed(written_key)
        } else {
            Cow::Owned(written.key.clone())
        };
        self.reading.assign(
            self.text,
            Assignment {
                key,
                value,
                key_span: written.key_span,
                value_span: written.value_span,
                span: Span::new(written.start, written.end),
                quote: written.quote,
            },
        );
        self.variables.pass_over(&self.reading.assignments);
        index
    }

    /// Lets the assignment number `index` refer to what its value may come from: what the command refers to, and what it
    /// assigned before.
    fn inherit(&mut self, written: &Written, index: u32) {
        let pending = self.pending.drain(..);
        self.reading.references.extend(pending.map(|reference| Reference { assignment: index, ..reference }));
        if let Some(origin) = self.origin.replace(index) {
            self.reading.references.push(Reference {
                assignment: index,
                name: Cow::Owned(written.key.clone()),
                span: written.value_span,
                braced: false,
                used: false,
                target: Referred::Assignment(origin),
            });
        }
    }

    /// Records an assignment that only the command behind it sees.
    pub(super) fn assign_for_command(&mut self, word: &Word) -> Result<u32, Abort> {
        let Some(target) = word.target else { return Err(Abort(After::Next)) };
        let written = self.written(word, &target, word.span.start as usize);
        let index = self.reading.next_index();
        self.assigning = Some(index);
        let value = self.value(word, target.value);
        self.assigning = None;
        let (value, result) = match value {
            Ok(value) => (value, Ok(index)),
            Err(abort) => (Vec::new(), Err(abort)),
        };
        self.push(&written, Value::Set(Cow::Owned(value)));
        self.origin = Some(index);
        self.flush(written.end, None);
        self.origin = None;
        result
    }

    /// Lets the variable come from the assignment number `index`, whose value is not known here, if that is why it was given up:
    /// so is the value of whatever refers to it.
    fn keep_unknown(&mut self, written: &Written, index: u32) {
        let is_unknown =
            |problem: &Problem| problem.effect == Effect::Act && problem.assignment == Some(index);
        if self.reading.problems.last().is_some_and(is_unknown) {
            let before = self.variables.get(&self.reading.assignments, &written.key);
            let variable = Variable { held: Held::Assignment(index), ..before };
            self.variables.put(&self.reading.assignments, Cow::Owned(written.key.clone()), variable);
        }
    }

    /// Records what `${NAME:=word}` and arithmetic assigned: where it is written, or in no place at all behind `end`.
    /// `made` is the variable that was assigned last.
    pub(super) fn flush(&mut self, end: usize, made: Option<&[u8]>) {
        let mut deferred = std::mem::take(&mut self.deferred);
        deferred.sort_by_key(|(_, _, place)| place.map(|place| place.start));
        for (key, value, place) in deferred {
            let last = self.reading.assignments.last();
            let behind = last.map_or(0, |last| last.span.end as usize);
            // `A=${A:=x}` assigns twice, and the second time counts.
            if made == Some(&key) {
                continue;
            }
            let place = place.filter(|place| place.start as usize >= behind);
            let span = place.unwrap_or_else(|| Span::at(end.max(behind)));
            let written = Written {
                key: key.clone(),
                key_span: span,
                value_span: Span { start: span.end, ..span },
                start: span.start as usize,
                end: span.end as usize,
                quote: Quote::None,
            };
            let index = self.push(&written, Value::Set(Cow::Owned(value)));
            let before = self.variables.get(&self.reading.assignments, &key);
            if !self.lost(&written, index) && !before.exported {
                self.left_out(&written, index, "the shell does not export this variable", Effect::Skip);
            }
            let variable = Variable { held: Held::Assignment(index), ..before };
            self.variables.put(&self.reading.assignments, Cow::Owned(key), variable);
        }
    }

    /// Reports an assignment in code whose assignments do not count; whether this is such code.
    pub(super) fn lost(&mut self, written: &Written, index: u32) -> bool {
        let Mode::Lost { reason, .. } = self.mode else { return false };
        let effect = if reason == PERHAPS { Effect::Unknown } else { Effect::Skip };
        self.left_out(written, index, reason, effect);
        true
    }

    /// Reports that an assignment does not count.
    pub(super) fn left_out(&mut self, written: &Written, index: u32, message: &'static str, effect: Effect) {
        self.report(Problem {
            assignment: Some(index),
            ..Problem::new(Syntax::UnsupportedSyntax, written.key_span, message, effect)
        });
    }

    /// Why the shell does nothing when `key` is assigned, if it does not.
    fn ignores(&self, key: &[u8]) -> Option<&'static str> {
        match key {
            b"_" if self.switches.sets_underscore => {
                Some("the shell sets this variable anew for every command")
            }
            _ if contains(self.switches.ignored, key) => Some("the shell does not let this variable be set"),
            _ => None,
        }
    }

    fn read_only(&mut self, written: &Written, declaration: Declaration) -> Abort {
        let after = match declaration.by_command {
            true if self.switches.builtin_error == After::Next => After::Next,
            _ => self.switches.read_only_error,
        };
        let problem = Problem {
            help: Some("use another name"),
            assignment: Some(self.reading.next_index()),
            ..Problem::new(
                Syntax::InvalidKey,
                written.key_span,
                "this variable is read-only in the shell",
                Effect::Fail,
            )
        };
        self.end(problem, after)
    }
}
