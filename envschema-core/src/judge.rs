//! The one judge of values, for the loader and the checker alike: secrecy, kinds, constraints and conditions.

use std::cell::OnceCell;
use std::fmt;
use std::ops::Range;

use crate::constraint;
use crate::dotenv::{Dialect, reader};
use crate::element::{self, Element};
use crate::environment::{Environment, Occurrence, Spelling, Standing};
use crate::kind::{Kind, Mistake};
use crate::layer::LayerKind;
use crate::raw::Raw;
use crate::redact;
use crate::schema::{Constraint, Presence, Text, Variable};
use crate::subject::{EntryId, Part, VariablePart};
use crate::table::{RowId, RuleRow};
use crate::value::Value;

mod condition;
mod group;
mod marks;
mod undeclared;

pub use condition::selected_profile;
pub use undeclared::Undeclaration;

/// What the caller knows about where the environment will be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// The profile; `None`: the value of the schema's profile variable, else its default.
    pub profile: Option<String>,
    /// The service; `None`: all of them.
    pub service: Option<String>,
    /// The phase; `None`: all of them.
    pub phase: Option<String>,
    /// The readers that must read `.env` files alike; `None`: those the schema names, if any.
    pub readers: Option<Vec<&'static Dialect>>,
}

/// Everything that is known about the values of an environment.
pub struct Judgement<'e> {
    /// The environment.
    pub environment: &'e Environment<'e>,
    /// Where it will be used; the profile is the one that holds, and may be secret (see [`Self::shown_profile`]).
    pub circumstances: Circumstances,
    /// Whether the profile is a deployed one.
    pub deployed: bool,
    /// The readers that must read `.env` files alike.
    pub readers: Vec<&'static Dialect>,
    /// What came of each occurrence, by its index.
    pub verdicts: Vec<Verdict>,
    /// Everything wrong with values, in the order of the sources.
    pub violations: Vec<Violation<'e>>,
    /// What the text of each occurrence is, by its index, if it was judged and its kind has no items.
    values: Vec<Option<Value<'e>>>,
    conditions: condition::Conditions,
    groups: group::Groups,
    marks: marks::Marks,
    undeclared: OnceCell<undeclared::Undeclared>,
}

/// What came of one occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was not judged: it is not set, it is not for this service or phase, its text is broken, or nobody needs it.
    Skipped,
    /// It is a placeholder that must not be deployed; nothing else is said about it.
    Placeholder,
    /// It was judged: what is wrong with it is among the violations.
    Judged,
}

/// Something wrong with a value.
pub struct Violation<'e> {
    /// The occurrence, by index.
    pub occurrence: u32,
    /// The item, by index, if an item of a list or a map is meant.
    pub element: Option<u32>,
    /// The text of the value or the item, as far as it has one.
    pub text: &'e str,
    /// The bytes of the whole value's text that are wrong; `None` where that is all of the value or the item.
    pub at: Option<Range<usize>>,
    /// What is wrong.
    pub broken: Broken<'e>,
    /// The part of the schema that says so.
    pub rule: VariablePart,
}

/// What a value breaks.
pub enum Broken<'e> {
    /// Its kind.
    Kind(Mistake),
    /// A constraint.
    Constraint(&'e Constraint),
}

impl<'e> Judgement<'e> {
    /// Judges every value of `environment`.
    #[must_use]
    pub fn new(environment: &'e Environment<'e>, circumstances: &Circumstances) -> Self {
        let mut circumstances = circumstances.clone();
        circumstances.profile = circumstances.profile.or_else(|| selected_profile(environment));
        let schema = environment.table.schema;
        let deployed = circumstances.profile.as_deref().is_some_and(|name| schema.is_deployed(name));
        let named = || schema.readers.iter().filter_map(|name| reader::find(name)).collect();
        let readers = circumstances.readers.take().unwrap_or_else(named);
        let conditions = condition::Conditions::new(environment, &circumstances);
        let marks = marks::Marks::new(environment, deployed, &readers);
        let mut judgement = Self {
            environment,
            deployed,
            readers,
            verdicts: Vec::with_capacity(environment.occurrences.len()),
            values: Vec::with_capacity(environment.occurrences.len()),
            violations: Vec::new(),
            conditions,
            groups: group::Groups::new(environment),
            marks,
            circumstances,
            undeclared: OnceCell::new(),
        };
        for (index, occurrence) in (0..).zip(&environment.occurrences) {
            let (verdict, value) = judgement.judge(index, occurrence);
            judgement.verdicts.push(verdict);
            judgement.values.push(value);
        }
        judgement
    }

    /// Whether `row` belongs to the service and the phase at hand.
    #[must_use]
    pub fn applies(&self, row: RowId) -> bool {
        let variable = self.environment.table.row(row).variable;
        // Nearly every variable belongs everywhere.
        (variable.services.is_empty() && variable.phases.is_empty())
            || (self.is_for_service(row) && names(&variable.phases, self.circumstances.phase.as_deref()))
    }

    /// Whether `row` belongs to the service at hand.
    #[must_use]
    pub fn is_for_service(&self, row: RowId) -> bool {
        names(&self.environment.table.row(row).variable.services, self.circumstances.service.as_deref())
    }

    /// Whether the value of an entry must not be shown.
    #[must_use]
    pub fn is_secret(&self, id: EntryId) -> bool {
        self.marks.is_secret(id)
    }

    /// Whether something is wrong with the text of an entry, or with what its value comes of, so that the value says nothing.
    pub(crate) fn is_broken(&self, id: EntryId) -> bool {
        self.marks.is_broken(id)
    }

    /// Whether an entry is an address put together of parts, or belongs to a variable that is not secret itself.
    #[must_use]
    pub fn has_public_parts(&self, id: EntryId) -> bool {
        let table = self.environment.table;
        let row = table.find(&self.environment.entry(id).key).map(|row| table.row(row));
        !self.is_uncertain(id) && row.is_some_and(|row| !row.sensitive || row.variable.kind == Kind::Url)
    }

    /// Whether an entry stands behind a quote that is never closed: what looks like a key there may be part of a value.
    #[must_use]
    pub fn is_uncertain(&self, id: EntryId) -> bool {
        self.marks.is_uncertain(id)
    }

    /// The key of an entry as its source spells it, if it may be shown: a declared one may, and an undeclared one that is
    /// shaped like a key.
    #[must_use]
    pub fn shown_key(&self, id: EntryId) -> Option<&'e str> {
        if self.marks.is_declared(id) {
            return Some(self.environment.entry(id).key.as_ref()).filter(|key| redact::is_plain(key));
        }
        self.environment.shown_key(id).filter(|_| !self.is_uncertain(id))
    }

    /// Whether `row` lies in an optional group of which nothing is set, so that nothing of it is due.
    #[must_use]
    pub fn is_in_absent_group(&self, row: RowId) -> bool {
        self.environment.table.row(row).group.is_some_and(|group| self.groups.is_absent(group))
    }

    /// The variable that makes `row` due by being set, if `row` lies in an optional group.
    #[must_use]
    pub fn set_beside(&self, row: RowId) -> Option<RowId> {
        let table = self.environment.table;
        let around = |group: &usize| table.groups[*group].parent;
        let mut groups = std::iter::successors(table.row(row).group, around);
        let optional = groups.find(|group| table.groups[*group].group.optional)?;
        self.groups.first_set(optional)
    }

    /// The row a rule means by `key`, and the occurrence that is its value, if it is set.
    #[must_use]
    pub fn set_in(&self, rule: &RuleRow<'_>, key: &str) -> Option<(RowId, u32)> {
        let row = self.environment.table.find_in_rule(rule, key).filter(|row| self.applies(*row))?;
        Some((row, self.environment.winner(row)?))
    }

    /// The row a rule means by `key`, and the default that is its value, if it is not set.
    #[must_use]
    pub fn defaulted_in(&self, rule: &RuleRow<'_>, key: &str) -> Option<(RowId, Vec<Element<'e>>)> {
        let row = self.environment.table.find_in_rule(rule, key).filter(|row| self.applies(*row))?;
        let (Presence::Default(text), None) = (self.presence(row).0, self.environment.winner(row)) else {
            return None;
        };
        let variable = self.environment.table.row(row).variable;
        let is_used = self.forbidden(row).is_none() && !self.is_in_absent_group(row);
        is_used.then(|| (row, element::of_literal(&variable.kind, text, &variable.also)))
    }

    /// The value of an occurrence, or each item of a list or map; `None` if it was not judged.
    #[must_use]
    pub fn elements(&self, occurrence: u32) -> Option<Vec<Element<'e>>> {
        let (kind, raw, literals) = self.judged(occurrence)?;
        Some(if raw.is_empty_text() { Vec::new() } else { element::items(kind, raw, literals).0 })
    }

    /// The value of an occurrence whose kind has no items; `None` if it was not judged, is empty, or is not of its kind. A
    /// literal that is admitted beside the kind is a text.
    #[must_use]
    pub fn value(&self, occurrence: u32) -> Option<&Value<'e>> {
        self.values.get(occurrence as usize)?.as_ref()
    }

    /// Whether an occurrence was judged and nothing is wrong with it.
    #[must_use]
    pub fn is_sound(&self, occurrence: u32) -> bool {
        let first = self.violations.partition_point(|violation| violation.occurrence < occurrence);
        let is_wrong = self.violations.get(first).is_some_and(|violation| violation.occurrence == occurrence);
        !is_wrong && self.verdicts.get(occurrence as usize) == Some(&Verdict::Judged)
    }

    /// What stands for item number `index` of an occurrence in a diagnostic: as narrow as may be told.
    #[must_use]
    pub fn item_part(&self, occurrence: u32, index: u32) -> Part {
        let is_secret = self
            .environment
            .occurrences
            .get(occurrence as usize)
            .is_none_or(|found| self.is_secret(found.id));
        let elements = if is_secret { None } else { self.elements(occurrence) };
        let at = elements.and_then(|elements| elements.get(index as usize)?.at.clone());
        if is_secret { Part::Value } else { at.map_or(Part::Item(index), |at| Part::within(&at)) }
    }

    /// The kind, the value and the literals admitted beside the kind, of an occurrence that was judged.
    fn judged(&self, occurrence: u32) -> Option<(&'e Kind, &'e Raw<'e>, &'e [Text])> {
        let verdict = self.verdicts.get(occurrence as usize)?;
        let found = self.environment.occurrences.get(occurrence as usize)?;
        let variable = self.environment.table.row(found.row).variable;
        let judged = (&variable.kind, &self.environment.entry(found.id).raw, self.literals(found));
        (*verdict == Verdict::Judged).then_some(judged)
    }

    fn judge(&mut self, index: u32, occurrence: &Occurrence) -> (Verdict, Option<Value<'e>>) {
        let variable = self.environment.table.row(occurrence.row).variable;
        let raw = &self.environment.entry(occurrence.id).raw;
        if !self.is_judgeable(occurrence, variable, raw) {
            if self.is_typed_nothing(occurrence, variable, raw) {
                self.examine(index, occurrence, variable, raw);
            }
            return (Verdict::Skipped, None);
        }
        if self.marks.is_placeholder(occurrence.id) {
            return (Verdict::Placeholder, None);
        }
        if raw.is_empty_text() {
            return (Verdict::Judged, None);
        }
        (Verdict::Judged, self.examine(index, occurrence, variable, raw))
    }

    fn is_judgeable(&self, occurrence: &Occurrence, variable: &Variable, raw: &Raw<'_>) -> bool {
        let is_set = !matches!(occurrence.standing, Standing::Void | Standing::Hides)
            && (variable.allow_empty || !raw.is_empty_text());
        let is_at_hand = occurrence.spelling != Spelling::File || matches!(raw, Raw::Content(_));
        let is_removed = variable.deprecated.as_ref().is_some_and(|deprecated| deprecated.removed);
        is_set
            && is_at_hand
            && !is_removed
            && !self.marks.is_broken(occurrence.id)
            && self.applies(occurrence.row)
    }

    /// Whether a typed file says that there is nothing, by `null` or an empty text: what sets the variable no less must be of
    /// its kind. That something must be there is said elsewhere.
    fn is_typed_nothing(&self, occurrence: &Occurrence, variable: &Variable, raw: &Raw<'_>) -> bool {
        let environment = self.environment;
        let is_idle = || {
            environment.table.schema.allow.iter().any(|allowed| allowed.code == "empty-value")
                || self.due(occurrence.row).is_some()
        };
        let is_empty = || {
            raw.is_empty_text()
                && !variable.allow_empty
                && occurrence.spelling != Spelling::File
                && !is_idle()
        };
        let is_removed = || variable.deprecated.as_ref().is_some_and(|deprecated| deprecated.removed);
        environment.layer(occurrence.id).kind == LayerKind::Document
            && (*raw == Raw::Null || is_empty())
            && !self.marks.is_broken(occurrence.id)
            && !is_removed()
            && self.applies(occurrence.row)
    }

    /// Notes what is wrong with a value; yields it if its kind has no items.
    fn examine(
        &mut self,
        index: u32,
        occurrence: &Occurrence,
        variable: &'e Variable,
        raw: &'e Raw<'e>,
    ) -> Option<Value<'e>> {
        let literals = self.literals(occurrence);
        if element::has_items(&variable.kind) {
            self.examine_items(index, occurrence, variable, raw);
            return None;
        }
        match element::single(&variable.kind, raw, literals) {
            Ok(element) => {
                self.constrain(index, occurrence, variable, raw, std::slice::from_ref(&element));
                Some(element.value.unwrap_or(Value::Text(element.text)))
            }
            Err(mistake) => {
                self.violations.push(Violation {
                    occurrence: index,
                    element: None,
                    text: raw.as_text().unwrap_or_default(),
                    at: Some(mistake.at.clone()).filter(|at| !at.is_empty()),
                    broken: Broken::Kind(mistake),
                    rule: VariablePart::Kind,
                });
                None
            }
        }
    }

    fn examine_items(
        &mut self,
        index: u32,
        occurrence: &Occurrence,
        variable: &'e Variable,
        raw: &'e Raw<'e>,
    ) {
        let literals = self.literals(occurrence);
        let (elements, misfits) = element::items(&variable.kind, raw, literals);
        for misfit in misfits {
            let element = misfit.element.and_then(|element| elements.get(element as usize));
            self.violations.push(Violation {
                occurrence: index,
                element: misfit.element,
                text: element.map_or("", |element| element.text),
                at: misfit.at.map(|at| widened(at, element, raw)),
                broken: Broken::Kind(misfit.mistake),
                rule: VariablePart::Kind,
            });
        }
        self.constrain(index, occurrence, variable, raw, &elements);
    }

    fn constrain(
        &mut self,
        index: u32,
        occurrence: &Occurrence,
        variable: &'e Variable,
        raw: &'e Raw<'e>,
        elements: &[Element<'e>],
    ) {
        let constraints = (!variable.when.is_empty()).then(|| self.constraints_on(occurrence));
        let whole = raw.as_text().unwrap_or_default();
        let mut judge = |constraint: &'e Constraint, rule| {
            constraint::broken_by(constraint, &variable.kind, elements, |element| {
                let item = element.and_then(|element| elements.get(element as usize));
                self.violations.push(Violation {
                    occurrence: index,
                    element,
                    text: item.map_or(whole, |item| item.text),
                    at: item.and_then(|item| item.at.clone()),
                    broken: Broken::Constraint(constraint),
                    rule,
                });
            });
        };
        match constraints {
            None => {
                for (constraint, rule) in condition::unconditional(variable) {
                    judge(constraint, rule);
                }
            }
            Some(constraints) => {
                for (constraint, rule) in constraints {
                    judge(constraint, rule);
                }
            }
        }
    }

    fn literals(&self, occurrence: &Occurrence) -> &'e [Text] {
        let variable = self.environment.table.row(occurrence.row).variable;
        if variable.when.is_empty() {
            return &variable.also;
        }
        let mut active = self.overrides(occurrence).rev();
        active.find_map(|(_, when)| when.also.as_deref()).unwrap_or(&variable.also)
    }
}

/// Shows the profile only if it is not secret.
impl fmt::Debug for Judgement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Judgement")
            .field("environment", &self.environment)
            .field("profile", &self.shown_profile())
            .field("service", &self.circumstances.service)
            .field("phase", &self.circumstances.phase)
            .field("deployed", &self.deployed)
            .field("verdicts", &self.verdicts)
            .field("violations", &self.violations)
            .finish_non_exhaustive()
    }
}

/// Shows what is broken by index and sort, not where and why: that would tell something of a secret.
impl fmt::Debug for Violation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Violation")
            .field("occurrence", &self.occurrence)
            .field("element", &self.element)
            .field("broken", &self.broken)
            .field("rule", &self.rule)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Broken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Of a constraint, the literals may be the secret.
        f.write_str(match self {
            Self::Kind(_) => "Kind",
            Self::Constraint(_) => "Constraint",
        })
    }
}

/// What to point at where something is missing: the item, or the separator it is missing beside.
fn widened(at: Range<usize>, element: Option<&Element<'_>>, raw: &Raw<'_>) -> Range<usize> {
    let text = raw.as_text().unwrap_or_default();
    let beside = || match (text.get(at.start..), text.get(..at.start)) {
        (Some(behind), _) if !behind.is_empty() => {
            at.start..at.start + behind.chars().next().map_or(0, char::len_utf8)
        }
        (_, Some(before)) => at.start - before.chars().next_back().map_or(0, char::len_utf8)..at.start,
        _ => at.clone(),
    };
    if !at.is_empty() {
        at
    } else {
        element.map_or_else(beside, |element| element.at.clone().unwrap_or_default())
    }
}

/// Whether a list of services or phases names `actual`; an empty list names all of them, and so does no answer.
fn names(listed: &[Text], actual: Option<&str>) -> bool {
    listed.is_empty() || actual.is_none_or(|actual| listed.iter().any(|name| name == actual))
}

#[cfg(test)]
mod tests;
