//! Which overrides of a schema hold, what they change, and how to say why.

use super::{Circumstances, Judgement};
use crate::environment::{Environment, Occurrence, Spelling, Standing};
use crate::kind::Kind;
use crate::phrase;
use crate::raw::Raw;
use crate::redact;
use crate::schema::{Condition, Constraint, Presence, Text, Variable, When};
use crate::subject::{EntryId, VariablePart};
use crate::table::{Row, RowId};

/// The overrides that hold: row and index, in the order of the schema.
#[derive(Debug)]
pub(super) struct Conditions {
    active: Vec<(RowId, u32)>,
}

impl Conditions {
    pub(super) fn new(environment: &Environment<'_>, circumstances: &Circumstances) -> Self {
        let scene = Scene { environment, circumstances };
        let mut active = Vec::new();
        for (id, row) in environment.table.iter() {
            let numbered = (0..).zip(row.variable.when.iter());
            let holding = numbered.filter(|(_, when)| scene.holds(&when.condition, row));
            active.extend(holding.map(|(index, _)| (id, index)));
        }
        Self { active }
    }

    fn of(&self, row: RowId) -> &[(RowId, u32)] {
        let start = self.active.partition_point(|(other, _)| *other < row);
        let length = self.active[start..].partition_point(|(other, _)| *other == row);
        &self.active[start..start + length]
    }
}

impl<'e> Judgement<'e> {
    /// The presence of `row` under the conditions that hold, and where the schema says so.
    #[must_use]
    pub fn presence(&self, row: RowId) -> (&'e Presence, VariablePart) {
        let overridden =
            self.active(row).rev().find_map(|(index, when)| Some((index, when.presence.as_ref()?)));
        match overridden {
            Some((index, presence)) => (presence, VariablePart::When(index)),
            None => (&self.environment.table.row(row).variable.presence, VariablePart::Presence),
        }
    }

    /// Why `row` must be set, as a clause with a blank before it, and where the schema says so; `None` if it need not be.
    #[must_use]
    pub fn due(&self, row: RowId) -> Option<(String, VariablePart)> {
        let (presence, part) = self.presence(row);
        if *presence != Presence::Required
            || !self.applies(row)
            || self.forbidden(row).is_some()
            || self.is_in_absent_group(row)
        {
            return None;
        }
        let why = match part {
            VariablePart::When(index) => self.reason(row, index),
            _ => self.set_beside(row).map_or_else(String::new, |set| {
                format!(" because `{}` is set", self.environment.table.row(set).key)
            }),
        };
        Some((why, part))
    }

    /// The variables whose values make `row` due, as its reason names them.
    #[must_use]
    pub fn causes(&self, row: RowId, part: VariablePart) -> Vec<RowId> {
        let VariablePart::When(index) = part else { return self.set_beside(row).into_iter().collect() };
        let table = self.environment.table;
        let when = table.row(row).variable.when.get(index as usize);
        let keys = |when: &'e When| {
            when.condition.values.iter().map(|(key, _)| key).chain(when.condition.set.iter())
        };
        when.into_iter().flat_map(keys).filter_map(|key| table.find(key)).collect()
    }

    /// The override, by index, that forbids `row` under the conditions that hold.
    #[must_use]
    pub fn forbidden(&self, row: RowId) -> Option<u32> {
        self.active(row).find(|(_, when)| when.forbidden).map(|(index, _)| index)
    }

    /// The constraints of `row` under the conditions that hold, each with its place in the schema.
    #[must_use]
    pub fn constraints(&self, row: RowId) -> Vec<(&'e Constraint, VariablePart)> {
        constraints(self.environment.table.row(row).variable, self.active(row))
    }

    /// The constraints on one occurrence. What a higher layer replaces only has to hold to what always holds: a file for
    /// all profiles may well say what a file for production replaces.
    pub(super) fn constraints_on(&self, occurrence: &Occurrence) -> Vec<(&'e Constraint, VariablePart)> {
        constraints(self.environment.table.row(occurrence.row).variable, self.overrides(occurrence))
    }

    /// The overrides that hold for one occurrence.
    pub(super) fn overrides(
        &self,
        occurrence: &Occurrence,
    ) -> impl DoubleEndedIterator<Item = (u32, &'e When)> + use<'e, '_> {
        let is_replaced = matches!(occurrence.standing, Standing::Shadowed(_));
        self.active(occurrence.row).filter(move |_| !is_replaced)
    }

    fn active(&self, row: RowId) -> impl DoubleEndedIterator<Item = (u32, &'e When)> + use<'e, '_> {
        let when = &self.environment.table.row(row).variable.when;
        let active = if when.is_empty() { &[] } else { self.conditions.of(row) };
        active.iter().filter_map(move |(_, index)| Some((*index, when.get(*index as usize)?)))
    }

    /// The name of the profile, if it may be shown: what the caller says and what the schema lists may be; what the
    /// environment says may not, if its variable is secret or undeclared.
    #[must_use]
    pub fn shown_profile(&self) -> Option<&str> {
        let name = self.circumstances.profile.as_deref()?;
        let schema = self.environment.table.schema;
        let is_listed = schema.profiles.iter().any(|listed| listed.name == name)
            || schema.default_profile.as_deref() == Some(name);
        (is_listed || !self.is_profile_secret(name)).then_some(name)
    }

    fn is_profile_secret(&self, name: &str) -> bool {
        if selected_profile(self.environment).as_deref() != Some(name) {
            return false;
        }
        let key = self.environment.table.schema.profile.as_deref().unwrap_or_default();
        let winner = self.environment.table.find(key).map(|row| self.environment.winner(row));
        match winner {
            Some(Some(winner)) => self.is_secret(self.environment.occurrences[winner as usize].id),
            Some(None) => false,
            None => true,
        }
    }

    /// Why override number `when` of `row` holds, as a clause to put behind a verdict, with a blank before it.
    #[must_use]
    pub fn reason(&self, row: RowId, when: u32) -> String {
        let table = self.environment.table;
        let row = table.row(row);
        let when = row.variable.when.get(when as usize);
        let Some(When { condition, .. }) = when else { return String::new() };
        let Circumstances { profile, service, phase, .. } = &self.circumstances;
        let mut reason = String::new();
        // What is named is a literal of the schema, which the condition was compared with.
        let circumstances = [
            ("in the profile", &condition.profiles, profile),
            ("for the service", &condition.services, service),
            ("in the phase", &condition.phases, phase),
        ];
        for (what, names, actual) in circumstances {
            if let Some(name) = names.iter().find(|name| Some(name.as_ref()) == actual.as_deref()) {
                reason.push_str(&format!(" {what} `{}`", redact::escape(name)));
            }
        }
        let is_secret = |key: &str| {
            let found = table.find_beside(row, key);
            found.map_or_else(|| redact::looks_secret(key), |found| table.row(found).sensitive)
        };
        phrase::push_others(&mut reason, condition, "because", is_secret);
        reason
    }
}

/// The constraints of a variable with overrides: one of the same sort is replaced, and what the Rust type allows holds
/// where nothing else is said.
fn constraints<'e>(
    variable: &'e Variable,
    overrides: impl Iterator<Item = (u32, &'e When)>,
) -> Vec<(&'e Constraint, VariablePart)> {
    let own = (0..).map(VariablePart::Constraint);
    let mut constraints: Vec<_> = variable.constraints.iter().zip(own).collect();
    for (index, when) in overrides {
        let parts = (0..).map(|number| VariablePart::WhenConstraint(index, number));
        for (constraint, part) in when.constraints.iter().zip(parts) {
            constraints.retain(|(replaced, _): &(&Constraint, _)| !replaced.is_same_sort(constraint));
            constraints.push((constraint, part));
        }
    }
    for bound in variable.bounds.iter() {
        if !constraints.iter().any(|(constraint, _)| constraint.replaces_bound(bound)) {
            constraints.push((bound, VariablePart::Kind));
        }
    }
    constraints
}

/// The constraints of a variable without overrides.
pub(super) fn unconditional(variable: &Variable) -> impl Iterator<Item = (&Constraint, VariablePart)> {
    let own = variable.constraints.iter().zip((0..).map(VariablePart::Constraint));
    let is_replaced =
        |bound: &&Constraint| variable.constraints.iter().any(|constraint| constraint.replaces_bound(bound));
    let bounds = variable.bounds.iter().filter(move |bound| !is_replaced(bound));
    own.chain(bounds.map(|bound| (bound, VariablePart::Kind)))
}

/// What conditions are held against.
struct Scene<'s> {
    environment: &'s Environment<'s>,
    circumstances: &'s Circumstances,
}

impl Scene<'_> {
    fn holds(&self, condition: &Condition, row: &Row<'_>) -> bool {
        self.is_at_hand(condition)
            && condition.set.iter().all(|key| self.is_set(row, key))
            && condition.values.iter().all(|(key, values)| self.has_value(row, key, values))
    }

    /// Whether what a condition says of profile, service and phase holds.
    fn is_at_hand(&self, condition: &Condition) -> bool {
        let Circumstances { profile, service, phase, .. } = self.circumstances;
        let any = |names: &[Text], actual: &Option<String>| {
            names.is_empty() || actual.as_ref().is_some_and(|actual| names.iter().any(|name| name == actual))
        };
        any(&condition.profiles, profile)
            && any(&condition.services, service)
            && any(&condition.phases, phase)
    }

    fn is_set(&self, row: &Row<'_>, key: &str) -> bool {
        let found = self.environment.table.find_beside(row, key);
        found.is_some_and(|found| self.environment.winner(found).is_some())
    }

    fn has_value(&self, row: &Row<'_>, key: &str, values: &[Text]) -> bool {
        let Some(found) = self.environment.table.find_beside(row, key) else { return false };
        let variable = self.environment.table.row(found).variable;
        let actual = match self.environment.winner(found) {
            Some(winner) => winning_text(self.environment, winner),
            None => self.default(variable),
        };
        let Some(actual) = actual else { return false };
        values.iter().any(|literal| same_text(&variable.kind, literal, actual))
    }

    /// The default of a variable. An override that itself depends on other variables has no say in it: a condition could
    /// depend on itself.
    fn default<'v>(&self, variable: &'v Variable) -> Option<&'v str> {
        let is_plain = |when: &&When| {
            when.condition.set.is_empty()
                && when.condition.values.is_empty()
                && self.is_at_hand(&when.condition)
        };
        let mut overrides = variable.when.iter().rev().filter(is_plain);
        default_text(overrides.find_map(|when| when.presence.as_ref()).unwrap_or(&variable.presence))
    }
}

/// The profile that the environment itself selects, else the schema's default. The key that selects it need not be declared.
#[must_use]
pub fn selected_profile(environment: &Environment<'_>) -> Option<String> {
    let schema = environment.table.schema;
    let selected = schema.profile.as_ref().and_then(|key| match environment.table.find(key) {
        Some(row) => match environment.winner(row) {
            Some(winner) => winning_text(environment, winner),
            None => default_text(&environment.table.row(row).variable.presence),
        },
        None => undeclared_text(environment, key),
    });
    selected.or(schema.default_profile.as_deref()).map(str::to_owned)
}

impl Judgement<'_> {
    /// The entry that selects the profile; `None` if somebody gave it, or it is the schema's default.
    #[must_use]
    pub fn selects_profile(&self) -> Option<EntryId> {
        let key = self.environment.table.schema.profile.as_deref()?;
        self.selecting(key, self.circumstances.profile.as_deref()?)
    }

    /// The entry by which `key` selects `profile`.
    fn selecting(&self, key: &str, profile: &str) -> Option<EntryId> {
        let environment = self.environment;
        if let Some(row) = environment.table.find(key) {
            let winner = environment.winner(row)?;
            let selects = winning_text(environment, winner) == Some(profile);
            return selects.then(|| environment.occurrences[winner as usize].id);
        }
        let selects = |id: &&EntryId| {
            let entry = environment.entry(**id);
            entry.key == key && entry.raw.as_text() == Some(profile)
        };
        environment.undeclared.iter().rev().find(selects).copied()
    }
}

/// The text that the highest layer gives a key nobody declared, unless it is empty.
fn undeclared_text<'e>(environment: &'e Environment<'_>, key: &str) -> Option<&'e str> {
    let entries =
        environment.undeclared.iter().rev().map(|id| environment.entry(*id)).filter(|entry| entry.key == key);
    entries.filter_map(|entry| entry.raw.as_text()).find(|text| !text.is_empty())
}

/// The text of an occurrence that counts; the path in a `_FILE` is not one.
fn winning_text<'e>(environment: &'e Environment<'_>, winner: u32) -> Option<&'e str> {
    let is_file = environment.occurrences[winner as usize].spelling == Spelling::File;
    let raw = &environment.entry_of(winner).raw;
    raw.as_text().filter(|_| !is_file || matches!(raw, Raw::Content(_)))
}

fn default_text(presence: &Presence) -> Option<&str> {
    if let Presence::Default(text) = presence { Some(text) } else { None }
}

/// Whether two texts are one value of `kind`; texts that are not of the kind are compared as they are.
fn same_text(kind: &Kind, a: &str, b: &str) -> bool {
    a == b || matches!((kind.parse(a), kind.parse(b)), (Ok(a), Ok(b)) if a.same(&b))
}
