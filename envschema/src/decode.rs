//! From a judged environment to a typed configuration: field by field, in the order of the schema.

use std::borrow::Cow;
use std::fmt::Display;

use envschema_core::diagnostic::Diagnostic;
use envschema_core::element::Element;
use envschema_core::judge::Judgement;
use envschema_core::kind::{Kind, Mistake};
use envschema_core::raw::Raw;
use envschema_core::rules::{self, Variant};
use envschema_core::schema::{Presence, Variable};
use envschema_core::subject::{Part, Subject, VariablePart};
use envschema_core::table::RowId;
use envschema_core::value::{Item, Value};

use crate::leaf::{Foreign, Given, Leaf};
use crate::load::EnvSchema;

/// Hands out the values of an environment, one row after the other.
///
/// What the checks found wrong is left out, so what can still fail are rules that exist as Rust functions alone.
pub struct Decoder<'d> {
    judgement: &'d Judgement<'d>,
    /// Whether no check found an error.
    is_clean: bool,
    next: u32,
    problems: Vec<Diagnostic>,
}

/// The value of a row and the text it was made of.
type Found<'d> = (Cow<'d, Value<'d>>, &'d str);

impl<'d> Decoder<'d> {
    /// A decoder at the first row. Where the checks found an error it only looks for more of them.
    #[must_use]
    pub const fn new(judgement: &'d Judgement<'d>, is_clean: bool) -> Self {
        Self { judgement, is_clean, next: 0, problems: Vec::new() }
    }

    /// What could not be decoded.
    #[must_use]
    pub fn into_problems(self) -> Vec<Diagnostic> {
        self.problems
    }

    /// The next field; `None` after a problem, which is noted.
    #[inline(never)]
    pub fn field<T: Leaf>(&mut self) -> Option<T> {
        let (row, found) = self.take()?;
        let decoded = match &found {
            Some((value, text)) => T::decode(Given { value, text }),
            None => T::absent().ok_or(UNSET),
        };
        decoded.map_err(|mistake| self.note(row, mistake.message)).ok()
    }

    /// The next field, whose type is called `name` and knows no kinds.
    pub fn foreign<T: Foreign + Leaf>(&mut self, name: &str) -> Option<T::Type> {
        let (row, found) = self.take()?;
        let decoded = match &found {
            Some((value, text)) => T::decode(Given { value, text })
                .map_err(|_| self.note(row, format_args!("is not a `{name}`"))),
            None => T::absent().ok_or(UNSET).map_err(|mistake| self.note(row, mistake.message)),
        };
        decoded.map(Foreign::into_type).ok()
    }

    /// The next field, read from its text by a function called `name`.
    pub fn read<T, E>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        let (row, found) = self.take()?;
        let Some((_, text)) = found else {
            self.note(row, UNSET.message);
            return None;
        };
        read(text).map_err(|_| self.note(row, format_args!("is not accepted by `{name}`"))).ok()
    }

    /// The next field, read from its text by a function called `name`; `None` inside if it is not set.
    pub fn read_optional<T, E>(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Option<T>> {
        if self.find(RowId(self.next)).is_some() {
            return self.read(name, read).map(Some);
        }
        self.next += 1;
        Some(None)
    }

    /// The next rows, as an optional group: `None` inside if none of them is set.
    pub fn group<T: EnvSchema>(&mut self) -> Option<Option<T>> {
        let rows = self.next..self.next + T::ROWS;
        if rows.clone().any(|row| self.is_set(RowId(row))) {
            return T::decode(self).map(Some);
        }
        self.next = rows.end;
        Some(None)
    }

    /// The next row and its value; `None` where it is known already that there is no good one.
    fn take(&mut self) -> Option<(RowId, Option<Found<'d>>)> {
        let row = RowId(self.next);
        self.next += 1;
        (self.is_clean || self.is_sound(row)).then(|| (row, self.find(row)))
    }

    /// Whether `row` has what it must have, and nothing is wrong with it.
    fn is_sound(&self, row: RowId) -> bool {
        match self.judgement.environment.winner(row) {
            Some(winner) => self.judgement.is_sound(winner),
            None => match self.judgement.presence(row).0 {
                Presence::Default(text) => {
                    is_good_default(self.judgement.environment.table.row(row).variable, text)
                }
                Presence::Required | Presence::Optional => false,
            },
        }
    }

    /// Whether `row` has a value of its own that counts where the configuration is used.
    fn is_set(&self, row: RowId) -> bool {
        self.judgement.environment.winner(row).is_some() && self.judgement.applies(row)
    }

    /// The value of `row`: its own, else its default.
    fn find(&self, row: RowId) -> Option<Found<'d>> {
        let environment = self.judgement.environment;
        let variable = environment.table.row(row).variable;
        if let Some(winner) = environment.winner(row).filter(|_| self.judgement.applies(row)) {
            let raw = &environment.entry_of(winner).raw;
            return Some(self.value_of(winner, &variable.kind, raw));
        }
        match self.judgement.presence(row).0 {
            Presence::Default(text) => Some((Cow::Owned(default_of(variable, text)), text)),
            Presence::Required | Presence::Optional => None,
        }
    }

    fn value_of(&self, winner: u32, kind: &Kind, raw: &'d Raw<'_>) -> Found<'d> {
        let text = raw.as_text().unwrap_or_default();
        let items = || self.judgement.elements(winner).into_iter().flatten().map(item);
        let value = match (kind, raw) {
            (Kind::List(_), _) => Value::List(items().collect()),
            (Kind::Map(_), Raw::Table(members)) => {
                let key = |key: &'d str| Item { value: Value::Text(key), text: key, at: 0..0 };
                let pairs = members.iter().zip(items()).map(|((name, ..), item)| (key(name), item));
                Value::Map(pairs.collect())
            }
            (Kind::Map(_), _) => kind.parse(text).unwrap_or(Value::Text(text)),
            // Nothing is there if it is an empty value that the variable allows.
            _ => {
                return self
                    .judgement
                    .value(winner)
                    .map_or((Cow::Owned(Value::Text("")), ""), |value| (Cow::Borrowed(value), text));
            }
        };
        (Cow::Owned(value), text)
    }

    /// Notes a problem with `row`, in words that show nothing of a secret.
    fn note(&mut self, row: RowId, clause: impl Display) {
        let environment = self.judgement.environment;
        let key = environment.table.row(row).key.as_ref();
        let winner = environment.winner(row).filter(|_| self.judgement.applies(row));
        let Some(winner) = winner.map(|winner| environment.occurrences[winner as usize]) else {
            let subject = Subject::variable(row, VariablePart::Default);
            let is_default = matches!(self.judgement.presence(row).0, Presence::Default(_));
            let (code, headline) = if is_default {
                ("invalid-default", format!("the default of `{key}` {clause}"))
            } else {
                ("invalid-value", format!("`{key}` {clause}"))
            };
            self.problems.push(Diagnostic::error(code, subject, headline).key(key));
            return;
        };
        let subject = Subject::entry(winner.id, Part::Value);
        let headline = format!("`{key}` {clause}");
        self.problems.push(Diagnostic::error("invalid-value", subject, headline).key(key));
    }
}

/// What is wrong with a field that has no value and must have one.
const UNSET: Mistake = Mistake::new("is not set, and its type cannot be absent", 0..0);

/// Whether no check of the schema has found anything wrong with a default.
fn is_good_default(variable: &Variable, text: &str) -> bool {
    let is_it = |variant: &Variant<'_>| matches!(variant.presence, Presence::Default(own) if own == text);
    rules::variants(variable).filter(is_it).all(|variant| variant.why_not(variable, text).is_none())
}

fn item(element: Element<'_>) -> Item<'_> {
    let value = element.value.unwrap_or(Value::Text(element.text));
    Item { value, text: element.text, at: element.at.unwrap_or_default() }
}

/// The value of a default; literals that are admitted beside the kind are text.
fn default_of<'d>(variable: &'d Variable, text: &'d str) -> Value<'d> {
    let parse = |kind: &Kind, text: &'d str| {
        let is_literal = variable.also.iter().any(|literal| literal == text);
        if is_literal { Value::Text(text) } else { kind.parse(text).unwrap_or(Value::Text(text)) }
    };
    let Kind::List(list) = &variable.kind else { return parse(&variable.kind, text) };
    let items = list.split(text).filter_map(Result::ok);
    Value::List(items.map(|(at, text)| Item { value: parse(&list.items, text), text, at }).collect())
}
