//! What references yield: `$NAME`, `${NAME:-word}` and all its kin.

use std::borrow::Cow;

use super::expand::Context;
use super::fields::{Fields, Splitting};
use super::grammar::is_name;
use super::pattern::Pattern;
use super::run::Status;
use super::special::{self, Special};
use super::word::{Kind, Operator, Parameter, Part, Where};
use super::{Abort, After, Shell};
use crate::dotenv::expansion::Limit;
use crate::dotenv::{Effect, Problem, Reference, Syntax, Target};
use crate::span::Span;

/// How many references `$_` may come from: each use of it repeats them.
const MOST_REFERENCES: usize = 4;

impl<'t> Shell<'t, '_> {
    /// Adds what a reference yields.
    pub(super) fn parameter(
        &mut self,
        parameter: &Parameter,
        part: &Part,
        fields: &mut Fields,
    ) -> Result<(), Abort> {
        if parameter.operator == Operator::Bad {
            return Err(self.abort(
                Syntax::UnsupportedSyntax,
                part.span,
                "this shell knows no such reference",
                "write `${NAME}` or `${NAME:-default}`, or put the value in single quotes",
                self.switches.expansion_error,
            ));
        }
        let name = self.name_of(parameter.name);
        let (target, value) = self.look_up(&name, part.span)?;
        let is_default = matches!(
            parameter.operator,
            Operator::Default { .. }
                | Operator::Assign { .. }
                | Operator::Require { .. }
                | Operator::Alternative { .. }
        );
        let target = if value.is_none() && is_default { Target::Default } else { target };
        self.record(parameter, &name, target, part.span);
        let is_argument = name.first().is_some_and(u8::is_ascii_digit);
        let is_refused = self.options.refuse_unset && (is_argument || !special::is_special(&name));
        if value.is_none() && !is_default && is_refused {
            return Err(self.unset(part.span));
        }
        self.operate(parameter, &name, value, part, fields)
    }

    fn operate(
        &mut self,
        parameter: &Parameter,
        name: &[u8],
        value: Option<Vec<u8>>,
        part: &Part,
        fields: &mut Fields,
    ) -> Result<(), Abort> {
        let quoted = part.quoted;
        let is_set = |colon: bool| value.as_ref().is_some_and(|value| !colon || !value.is_empty());
        match parameter.operator {
            Operator::Default { colon } if !is_set(colon) => self.word(&parameter.word, quoted, fields),
            Operator::Assign { colon } if !is_set(colon) => {
                self.assign_default(parameter, name, quoted, fields)
            }
            Operator::Require { colon } if !is_set(colon) => Err(self.required(part.span)),
            Operator::Alternative { colon } if is_set(colon) => self.word(&parameter.word, quoted, fields),
            Operator::Alternative { .. } => Ok(()),
            Operator::Default { .. } => {
                self.leave_out(&parameter.word);
                fields.inserted(&value.unwrap_or_default(), quoted);
                Ok(())
            }
            Operator::IsSet => {
                fields.inserted(if value.is_some() { b"1" } else { b"0" }, quoted);
                Ok(())
            }
            Operator::Other => self.other(value.as_deref(), part, fields),
            // Offset and length are computed only where there is something to cut.
            Operator::Substring if value.is_none() && !self.switches.zsh && !matches!(name, b"@" | b"*") => {
                fields.inserted(b"", quoted);
                Ok(())
            }
            _ => {
                let value = value.unwrap_or_default();
                let changed = self.changed(parameter, value, part.span)?;
                fields.inserted(&changed, quoted);
                Ok(())
            }
        }
    }

    /// Records the references to nothing in the word of a default that does not apply.
    fn leave_out(&mut self, word: &[Part]) {
        let Some(assignment) = self.assigning else { return };
        for part in word {
            let Kind::Parameter(parameter) = &part.kind else { continue };
            let name = self.name_of(parameter.name);
            let is_known = special::is_special(&name) || special::own(&name, self.switches) != Special::No;
            if is_known || !is_name(&name) || !matches!(parameter.operator, Operator::None) {
                continue;
            }
            let (target, _) = self.variables.look_up(&self.reading.assignments, &name);
            if target == Target::Undefined {
                let (name, braced, span) = (Cow::Owned(name), parameter.braced, part.span);
                self.reading.references.push(Reference {
                    assignment,
                    name,
                    span,
                    braced,
                    used: false,
                    target,
                });
            }
        }
    }

    /// What the operators that change a value make of it.
    fn changed(&mut self, parameter: &Parameter, value: Vec<u8>, span: Span) -> Result<Vec<u8>, Abort> {
        let limit = |shell: &mut Self, _: Limit| shell.limit(span);
        Ok(match parameter.operator {
            Operator::Length => {
                let is_all = matches!(self.name_of(parameter.name)[..], [b'@' | b'*']);
                let length = if is_all { 0 } else { value.len() };
                length.to_string().into_bytes()
            }
            Operator::RemovePrefix { longest } => {
                let pattern = self.pattern(&parameter.word)?;
                let cut =
                    pattern.prefix(&value, longest, &mut self.budget).map_err(|error| limit(self, error))?;
                value[cut.unwrap_or(0)..].to_vec()
            }
            Operator::RemoveSuffix { longest } => {
                let pattern = self.pattern(&parameter.word)?;
                let cut =
                    pattern.suffix(&value, longest, &mut self.budget).map_err(|error| limit(self, error))?;
                value[..value.len() - cut.unwrap_or(0)].to_vec()
            }
            Operator::Substring => self.substring(parameter, &value, span)?,
            Operator::Replace(place) => {
                let pattern = self.pattern(&parameter.word)?;
                let with = self.text_of(parameter.second.as_deref().unwrap_or_default())?;
                self.replace(&pattern, place, &with, &value).map_err(|error| limit(self, error))?
            }
            Operator::Case { upper, all } => change_case(value, upper, all),
            _ => value,
        })
    }

    /// The word of an operator: its unquoted text falls apart like a reference.
    fn word(&mut self, word: &[Part], quoted: bool, fields: &mut Fields) -> Result<(), Abort> {
        let mut inside = Fields::new(Splitting::No);
        let has_quotes = word.iter().any(|part| part.quoted);
        if quoted || has_quotes {
            return self.parts(word, 0, Context::Inside, fields);
        }
        self.parts(word, 0, Context::Argument, &mut inside)?;
        fields.inserted(&inside.text(), quoted);
        Ok(())
    }

    fn text_of(&mut self, word: &[Part]) -> Result<Vec<u8>, Abort> {
        let mut fields = Fields::new(Splitting::No);
        self.parts(word, 0, Context::Inside, &mut fields)?;
        Ok(fields.text())
    }

    fn pattern(&mut self, word: &[Part]) -> Result<Pattern, Abort> {
        let mut fields = Fields::new(Splitting::Pattern);
        self.parts(word, 0, Context::Inside, &mut fields)?;
        Ok(Pattern::new(&fields.text()))
    }

    /// `${NAME:=word}`
    fn assign_default(
        &mut self,
        parameter: &Parameter,
        name: &[u8],
        quoted: bool,
        fields: &mut Fields,
    ) -> Result<(), Abort> {
        let mut inside = Fields::new(Splitting::No);
        self.parts(&parameter.word, 0, Context::Argument, &mut inside)?;
        let value = inside.text();
        if special::is_special(name) {
            return Err(self.abort(
                Syntax::UnsupportedSyntax,
                parameter.name,
                "the shell cannot assign to this",
                "write `${NAME:-default}`",
                self.switches.expansion_error,
            ));
        }
        self.defer(name, value.clone(), Some(parameter.name));
        fields.inserted(&value, quoted);
        Ok(())
    }

    /// `${NAME:offset:length}`
    fn substring(&mut self, parameter: &Parameter, value: &[u8], span: Span) -> Result<Vec<u8>, Abort> {
        let offset = self.text_of(&parameter.word)?;
        let offset = self.evaluate(&offset, span, self.switches.expansion_error)?;
        let length = i64::try_from(value.len()).unwrap_or(i64::MAX);
        let start = if offset < 0 { length.saturating_add(offset) } else { offset };
        if start < 0 || start > length {
            return Ok(Vec::new());
        }
        let end = match &parameter.second {
            None => length,
            Some(second) => {
                let count = self.text_of(second)?;
                let count = self.evaluate(&count, span, self.switches.expansion_error)?;
                if count < 0 { length.saturating_add(count) } else { start.saturating_add(count).min(length) }
            }
        };
        if end < start {
            return Err(self.abort(
                Syntax::InvalidSyntax,
                span,
                "the part taken ends before it starts",
                "use a smaller offset",
                self.switches.expansion_error,
            ));
        }
        let at = |offset| usize::try_from(offset).unwrap_or(0);
        Ok(value[at(start)..at(end)].to_vec())
    }

    fn replace(
        &mut self,
        pattern: &Pattern,
        place: Where,
        with: &[u8],
        value: &[u8],
    ) -> Result<Vec<u8>, Limit> {
        if place == Where::End {
            let cut = pattern.suffix(value, true, &mut self.budget)?;
            return Ok(cut.map_or(value.to_vec(), |cut| [&value[..value.len() - cut], with].concat()));
        }
        let mut out = Vec::with_capacity(value.len());
        let mut at = 0;
        while at < value.len() {
            let found = pattern.prefix(&value[at..], true, &mut self.budget)?.filter(|length| *length > 0);
            match found {
                Some(length) => {
                    self.budget.spend(with.len())?;
                    out.extend_from_slice(with);
                    at += length;
                    if place != Where::All {
                        break;
                    }
                }
                None if place == Where::Start => break,
                None => {
                    out.push(value[at]);
                    at += 1;
                }
            }
        }
        out.extend_from_slice(&value[at..]);
        Ok(out)
    }

    /// What only one shell has: modifiers in zsh are computed, anything else is not.
    fn other(&mut self, value: Option<&[u8]>, part: &Part, fields: &mut Fields) -> Result<(), Abort> {
        let (text, set) = (part.span.of(self.text), value);
        let value = value.unwrap_or_default();
        if self.switches.zsh {
            match special::modified(text, value) {
                Some(Ok(changed)) => {
                    fields.inserted(&changed, part.quoted);
                    return Ok(());
                }
                Some(Err(())) => {
                    return Err(self.abort(
                        Syntax::UnsupportedSyntax,
                        part.span,
                        "zsh takes the text behind `:` for a modifier that it does not understand",
                        "write `${NAME}`",
                        self.switches.expansion_error,
                    ));
                }
                None => {}
            }
        }
        if text.ends_with(b"[0]}") {
            // zsh counts the characters of a text from 1.
            fields.inserted(if self.switches.zsh { b"" } else { value }, part.quoted);
            return Ok(());
        }
        let indirect = text.strip_prefix(b"${!").and_then(|rest| rest.strip_suffix(b"}"));
        if let Some(name) = indirect.filter(|name| !self.switches.zsh && is_name(name)) {
            return self.indirect(name, part, fields);
        }
        let transformed = match set {
            Some(value) => special::transformed(text, value),
            None => (text.contains(&b'@') && !text.starts_with(b"${!")).then(Vec::new),
        };
        if let Some(changed) = transformed {
            fields.inserted(&changed, part.quoted);
            return Ok(());
        }
        self.unknown(part.span, "what this yields is not known here");
        Ok(())
    }

    /// `${!NAME}`: the value of the variable whose name NAME holds.
    fn indirect(&mut self, name: &[u8], part: &Part, fields: &mut Fields) -> Result<(), Abort> {
        let (target, meant) = self.look_up(name, part.span)?;
        let is_valid = |meant: &Vec<u8>| match &meant[..] {
            [first, rest @ ..] if special::is_special(meant) => {
                rest.is_empty() || (first.is_ascii_digit() && rest.iter().all(u8::is_ascii_digit))
            }
            _ => is_name(meant),
        };
        let Some(meant) = meant.filter(is_valid) else {
            return Err(self.abort(
                Syntax::UnsupportedSyntax,
                part.span,
                "the variable holds no name of a variable",
                "write `${NAME}`, or put the value in single quotes",
                self.switches.expansion_error,
            ));
        };
        self.refer_to(name, target, part.span);
        let (target, value) = self.look_up(&meant, part.span)?;
        self.refer_to(&meant, target, part.span);
        fields.inserted(&value.unwrap_or_default(), part.quoted);
        Ok(())
    }

    /// The value of a variable or special parameter.
    fn look_up(&mut self, name: &[u8], span: Span) -> Result<(Target, Option<Vec<u8>>), Abort> {
        let special = match name {
            b"?" => match self.status {
                Status::Zero => Special::Text(b"0"),
                Status::Failed(code) => return Ok((Target::Environ, Some(code.to_string().into_bytes()))),
                Status::Unknown => Special::Unknown("only the command before decides this"),
            },
            b"_" if self.switches.sets_underscore && self.last_references.len() > MOST_REFERENCES => {
                Special::Unknown("too much is referred to before for this to be followed")
            }
            b"_" if self.switches.sets_underscore => {
                return Ok((Target::Environ, Some(self.last_argument.clone())));
            }
            _ => special::parameter(name, self.switches),
        };
        match special {
            Special::Text(text) => Ok((Target::Environ, Some(text.to_vec()))),
            Special::Unset => Ok((Target::Environ, None)),
            Special::Unknown(message) => {
                self.unknown(span, message);
                Ok((Target::Environ, Some(Vec::new())))
            }
            Special::No => {
                let (target, value) = self.variables.look_up(&self.reading.assignments, name);
                let Some(value) = value else { return Ok(self.own(name, span)) };
                if self.budget.spend(1 + value.len()).is_err() {
                    return Err(self.limit(span));
                }
                Ok((target, Some(value.into_owned())))
            }
        }
    }

    /// A variable the shell itself sets.
    fn own(&mut self, name: &[u8], span: Span) -> (Target, Option<Vec<u8>>) {
        match special::own(name, self.switches) {
            Special::Text(text) => (Target::Environ, Some(text.to_vec())),
            Special::Unknown(message) => {
                self.unknown(span, message);
                (Target::Environ, Some(Vec::new()))
            }
            Special::Unset | Special::No => (Target::Undefined, None),
        }
    }

    /// A name without continued line ends.
    pub(super) fn name_of(&self, span: Span) -> Vec<u8> {
        let name = span.of(self.text);
        name.iter().copied().filter(|byte| !matches!(byte, b'\\' | b'\n')).collect()
    }

    fn record(&mut self, parameter: &Parameter, name: &[u8], target: Target, span: Span) {
        if name == b"_" && self.switches.sets_underscore {
            for number in 0..self.last_references.len().min(MOST_REFERENCES) {
                self.refer(Reference { span, ..self.last_references[number].clone() });
            }
        }
        if special::is_special(name) || name.is_empty() {
            return;
        }
        let name = Cow::Owned(name.to_vec());
        let braced = parameter.braced;
        self.refer(Reference { assignment: 0, name, span, braced, used: true, target });
    }

    /// Records a reference of the assignment that is being made, or else of the next one that the command makes.
    pub(super) fn refer(&mut self, reference: Reference<'t>) {
        match self.assigning {
            Some(assignment) => self.reading.references.push(Reference { assignment, ..reference }),
            // Nothing is said of these, but what comes of them is as secret as they are.
            None if matches!(reference.target, Target::Assignment(_) | Target::Environ) => {
                self.pending.push(Reference { used: false, ..reference });
            }
            None => {}
        }
    }

    /// Records that the value of a variable is asked for without a reference, at `span`.
    pub(super) fn refer_to(&mut self, name: &[u8], target: Target, span: Span) {
        if matches!(target, Target::Assignment(_) | Target::Environ) {
            let name = Cow::Owned(name.to_vec());
            self.refer(Reference { assignment: 0, name, span, braced: false, used: true, target });
        }
    }

    fn required(&mut self, span: Span) -> Abort {
        let problem = Problem {
            assignment: self.assigning,
            ..Problem::new(
                Syntax::UndefinedReference,
                span,
                "a variable is required here that is not set",
                Effect::Refuse,
            )
        };
        self.end(problem, After::Exit)
    }

    fn unset(&mut self, span: Span) -> Abort {
        self.abort(
            Syntax::UndefinedReference,
            span,
            "the variable is not set, which `set -u` makes an error",
            "set it above, or write `${NAME:-default}`",
            self.switches.unset_error,
        )
    }

    pub(super) fn limit(&mut self, span: Span) -> Abort {
        let index = self.assigning.unwrap_or_default();
        let problem = Limit.problem(index, span);
        self.report(Problem { assignment: self.assigning, ..problem });
        Abort(After::Next)
    }
}

fn change_case(mut value: Vec<u8>, upper: bool, all: bool) -> Vec<u8> {
    let end = if all { value.len() } else { value.len().min(1) };
    for byte in &mut value[..end] {
        *byte = if upper { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() };
    }
    value
}
