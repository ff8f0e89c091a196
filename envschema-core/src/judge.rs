//! The one judge of values, for the loader and the checker alike: secrecy, kinds, constraints and conditions.

use std::collections::HashMap;

use crate::constraint;
use crate::dotenv::{Dialect, Target, reader};
use crate::element::{self, Element};
use crate::environment::{Environment, Spelling, Standing};
use crate::kind::{Kind, Mistake};
use crate::phrase;
use crate::placeholder;
use crate::raw::Raw;
use crate::redact;
use crate::schema::{Condition, Constraint, Presence, Text, Variable, When};
use crate::subject::{EntryId, VariablePart};
use crate::table::{Row, RowId, RuleRow};

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
#[derive(Debug)]
pub struct Judgement<'e> {
    /// The environment.
    pub environment: &'e Environment<'e>,
    /// Where it will be used; the profile is the one that holds.
    pub circumstances: Circumstances,
    /// Whether the profile is a deployed one.
    pub deployed: bool,
    /// The readers that must read `.env` files alike.
    pub readers: Vec<&'static Dialect>,
    /// What was made of each occurrence, by its index.
    pub judged: Vec<Judged<'e>>,
    /// Everything wrong with values, in the order of the sources.
    pub violations: Vec<Violation<'e>>,
    active: HashMap<RowId, Vec<u32>>,
    secret_entries: Vec<Vec<bool>>,
}

/// What was made of one occurrence.
#[derive(Debug, Default)]
pub struct Judged<'e> {
    /// Whether the value must not be shown.
    pub secret: bool,
    /// Whether the value is a placeholder that must not be deployed.
    pub placeholder: bool,
    /// The value, or each item of a list or map; empty where there was nothing to judge.
    pub elements: Vec<Element<'e>>,
}

/// Something wrong with a value.
#[derive(Debug)]
pub struct Violation<'e> {
    /// The occurrence, by index.
    pub occurrence: u32,
    /// The item, by index, if the variable is a list or a map.
    pub element: Option<u32>,
    /// What is wrong.
    pub broken: Broken<'e>,
    /// The part of the schema that says so.
    pub rule: VariablePart,
}

/// What a value breaks.
#[derive(Debug)]
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
        let deployed =
            circumstances.profile.as_deref().is_some_and(|name| environment.table.schema.is_deployed(name));
        let named =
            || environment.table.schema.readers.iter().filter_map(|name| reader::find(name)).collect();
        let readers = circumstances.readers.take().unwrap_or_else(named);
        let mut judgement = Self {
            readers,
            environment,
            circumstances,
            deployed,
            judged: Vec::with_capacity(environment.occurrences.len()),
            violations: Vec::new(),
            active: HashMap::new(),
            secret_entries: Vec::new(),
        };
        judgement.activate();
        let unjudgeable = judgement.mark();
        for (index, _) in (0..).zip(&environment.occurrences) {
            judgement.judge(index, &unjudgeable);
        }
        judgement
    }

    /// Whether `row` belongs to the service and the phase at hand.
    #[must_use]
    pub fn applies(&self, row: RowId) -> bool {
        let variable = self.environment.table.row(row).variable;
        self.is_for_service(row) && names(&variable.phases, self.circumstances.phase.as_deref())
    }

    /// Whether the value of an entry must not be shown.
    #[must_use]
    pub fn is_secret(&self, id: EntryId) -> bool {
        self.secret_entries[id.layer as usize][id.entry as usize]
    }

    /// The presence of `row` under the conditions that hold, and where the schema says so.
    #[must_use]
    pub fn presence(&self, row: RowId) -> (&'e Presence, VariablePart) {
        let variable = self.environment.table.row(row).variable;
        let overridden =
            self.active(row).rev().find_map(|(index, when)| Some((index, when.presence.as_ref()?)));
        match overridden {
            Some((index, presence)) => (presence, VariablePart::When(index)),
            None => (&variable.presence, VariablePart::Presence),
        }
    }

    /// Where the schema forbids `row` under the conditions that hold.
    #[must_use]
    pub fn forbidden(&self, row: RowId) -> Option<VariablePart> {
        self.active(row).find(|(_, when)| when.forbidden).map(|(index, _)| VariablePart::When(index))
    }

    /// The constraints of `row` under the conditions that hold, each with its place in the schema.
    #[must_use]
    pub fn constraints(&self, row: RowId) -> Vec<(&'e Constraint, VariablePart)> {
        let variable = self.environment.table.row(row).variable;
        let own =
            (0..).zip(variable.constraints.iter()).map(|(index, c)| (c, VariablePart::Constraint(index)));
        let mut constraints: Vec<_> = own.collect();
        let bounds = variable.bounds.iter().map(|bound| (bound, VariablePart::Kind));
        let is_open = |bound: &Constraint| {
            !variable.constraints.iter().any(|constraint| constraint.is_same_sort(bound))
        };
        constraints.extend(bounds.filter(|(bound, _)| is_open(bound)));
        for (index, when) in self.active(row) {
            for (number, constraint) in (0..).zip(when.constraints.iter()) {
                constraints.retain(|(replaced, _)| !replaced.is_same_sort(constraint));
                constraints.push((constraint, VariablePart::WhenConstraint(index, number)));
            }
        }
        constraints
    }

    /// Whether `row` lies in an optional group of which nothing is set, so that nothing of it is due.
    #[must_use]
    pub fn in_absent_group(&self, group: Option<usize>) -> bool {
        let table = self.environment.table;
        std::iter::successors(group, |group| table.groups[*group].parent)
            .any(|group| table.groups[group].group.optional && !self.is_group_set(group))
    }

    fn is_group_set(&self, group: usize) -> bool {
        let table = self.environment.table;
        let is_inside = |inner: Option<usize>| {
            std::iter::successors(inner, |inner| table.groups[*inner].parent).any(|inner| inner == group)
        };
        table.iter().any(|(id, row)| self.environment.winner(id).is_some() && is_inside(row.group))
    }

    /// The row a rule means by `key`, and the occurrence that is its value, if it is set.
    #[must_use]
    pub fn set_in(&self, rule: &RuleRow<'_>, key: &str) -> Option<(RowId, u32)> {
        let row = self.environment.table.find_in_rule(rule, key).filter(|row| self.applies(*row))?;
        Some((row, self.environment.winner(row)?))
    }

    /// Whether `row` belongs to the service at hand.
    #[must_use]
    pub fn is_for_service(&self, row: RowId) -> bool {
        names(&self.environment.table.row(row).variable.services, self.circumstances.service.as_deref())
    }

    /// Why override number `when` of `row` holds, as a clause to put behind a verdict.
    #[must_use]
    pub fn reason(&self, row: RowId, when: u32) -> String {
        let Some(when) = self.environment.table.row(row).variable.when.get(when as usize) else {
            return String::new();
        };
        let condition = &when.condition;
        let mut clauses = Vec::new();
        let mut named = |what: &str, names: &[Text], actual: &Option<String>| {
            if let (false, Some(actual)) = (names.is_empty(), actual) {
                clauses.push(format!("{what} `{}`", redact::escape(actual)));
            }
        };
        named("in the profile", &condition.profiles, &self.circumstances.profile);
        named("for the service", &condition.services, &self.circumstances.service);
        named("in the phase", &condition.phases, &self.circumstances.phase);
        let others: Vec<&str> = condition
            .values
            .iter()
            .map(|(key, _)| key.as_ref())
            .chain(condition.set.iter().map(AsRef::as_ref))
            .collect();
        if !others.is_empty() {
            clauses.push(format!("because of {}", phrase::all(&others)));
        }
        if clauses.is_empty() { String::new() } else { format!(" {}", clauses.join(" ")) }
    }

    /// Whether a condition holds for `row`.
    #[must_use]
    pub fn holds(&self, condition: &Condition, row: &Row<'_>) -> bool {
        let Circumstances { profile, service, phase, .. } = &self.circumstances;
        let any = |names: &[Text], actual: &Option<String>| {
            names.is_empty() || actual.as_ref().is_some_and(|actual| names.iter().any(|name| name == actual))
        };
        any(&condition.profiles, profile)
            && any(&condition.services, service)
            && any(&condition.phases, phase)
            && condition.set.iter().all(|key| self.is_set(row, key))
            && condition.values.iter().all(|(key, values)| self.has_value(row, key, values))
    }

    fn is_set(&self, row: &Row<'_>, key: &str) -> bool {
        let found = self.environment.table.find_beside(row, key);
        found.is_some_and(|found| self.environment.winner(found).is_some())
    }

    fn has_value(&self, row: &Row<'_>, key: &str, values: &[Text]) -> bool {
        let Some(found) = self.environment.table.find_beside(row, key) else { return false };
        let variable = self.environment.table.row(found).variable;
        let Some(actual) = current_text(self.environment, found) else { return false };
        values.iter().any(|literal| same_text(&variable.kind, literal, actual))
    }

    fn active(&self, row: RowId) -> impl DoubleEndedIterator<Item = (u32, &'e When)> + use<'e, '_> {
        let when = &self.environment.table.row(row).variable.when;
        let active = self.active.get(&row).map(Vec::as_slice).unwrap_or_default();
        active.iter().map(move |index| (*index, &when[*index as usize]))
    }

    fn activate(&mut self) {
        for (id, row) in self.environment.table.iter().filter(|(_, row)| !row.variable.when.is_empty()) {
            let numbered = (0..).zip(row.variable.when.iter());
            let active =
                numbered.filter(|(_, when)| self.holds(&when.condition, row)).map(|(index, _)| index);
            self.active.insert(id, active.collect());
        }
    }

    /// Marks every secret entry, and finds the entries whose value cannot be judged: their syntax is broken, or they
    /// refer to nothing or to a placeholder.
    fn mark(&mut self) -> Vec<Vec<bool>> {
        let layers = self.environment.layers;
        self.secret_entries = layers.iter().map(|layer| vec![true; layer.entries.len()]).collect();
        let mut unjudgeable: Vec<_> = layers.iter().map(|layer| vec![false; layer.entries.len()]).collect();
        for occurrence in &self.environment.occurrences {
            let row = self.environment.table.row(occurrence.row);
            let has_userinfo = matches!(&self.environment.entry(occurrence.id).raw, Raw::Text(text) if redact::has_userinfo(text));
            let EntryId { layer, entry } = occurrence.id;
            self.secret_entries[layer as usize][entry as usize] =
                row.sensitive || has_userinfo || occurrence.spelling == Spelling::File;
        }
        for (index, layer) in layers.iter().enumerate() {
            for problem in &layer.problems {
                if let Some(broken) =
                    problem.assignment.and_then(|entry| unjudgeable[index].get_mut(entry as usize))
                {
                    *broken = true;
                }
            }
            for reference in layer.references.iter().filter(|reference| reference.used) {
                let entry = reference.assignment as usize;
                let (secret, broken) =
                    self.inherits(index, reference.target, &reference.name, &unjudgeable[index]);
                self.secret_entries[index][entry] |= secret;
                unjudgeable[index][entry] |= broken;
            }
        }
        unjudgeable
    }

    /// Whether what a reference refers to is secret, and whether it makes the value impossible to judge.
    fn inherits(&self, layer: usize, target: Target, name: &[u8], unjudgeable: &[bool]) -> (bool, bool) {
        match target {
            Target::Assignment(entry) => {
                let is_placeholder = self.deployed
                    && matches!(&self.environment.layers[layer].entries[entry as usize].raw, Raw::Text(text) if placeholder::looks_like_one(text));
                (self.secret_entries[layer][entry as usize], unjudgeable[entry as usize] || is_placeholder)
            }
            Target::Environ => {
                let row = std::str::from_utf8(name).ok().and_then(|name| self.environment.table.find(name));
                (row.is_none_or(|row| self.environment.table.row(row).sensitive), false)
            }
            Target::Default => (false, false),
            Target::Undefined => (false, true),
        }
    }

    fn judge(&mut self, index: u32, unjudgeable: &[Vec<bool>]) {
        let occurrence = self.environment.occurrences[index as usize];
        let entry = self.environment.entry(occurrence.id);
        let secret = self.is_secret(occurrence.id);
        let mut judged = Judged { secret, ..Judged::default() };
        let is_void = occurrence.standing == Standing::Void || occurrence.standing == Standing::Hides;
        let skip = is_void
            || (occurrence.spelling == Spelling::File && !matches!(entry.raw, Raw::Content(_)))
            || unjudgeable[occurrence.id.layer as usize][occurrence.id.entry as usize]
            || !self.applies(occurrence.row)
            || (entry.raw.is_empty_text()
                && !self.environment.table.row(occurrence.row).variable.allow_empty);
        if !skip {
            let variable = self.environment.table.row(occurrence.row).variable;
            judged.placeholder = self.deployed
                && matches!(&entry.raw, Raw::Text(text) if placeholder::is_placeholder(text, variable));
            if !judged.placeholder {
                judged.elements = self.examine(index, occurrence.row, variable, &entry.raw);
            }
        }
        self.judged.push(judged);
    }

    fn examine(
        &mut self,
        index: u32,
        row: RowId,
        variable: &'e Variable,
        raw: &'e Raw<'e>,
    ) -> Vec<Element<'e>> {
        if variable.allow_empty && raw.is_empty_text() {
            return Vec::new();
        }
        let literals =
            self.active(row).rev().find_map(|(_, when)| when.also.as_deref()).unwrap_or(&variable.also);
        let (elements, mistakes) = element::split(&variable.kind, raw, literals);
        let is_many = matches!(variable.kind, Kind::List(_) | Kind::Map(_));
        for (element, mistake) in mistakes {
            let element = if is_many { element } else { None };
            let broken = Broken::Kind(mistake);
            self.violations.push(Violation { occurrence: index, element, broken, rule: VariablePart::Kind });
        }
        if variable.constraints.is_empty() && variable.bounds.is_empty() && variable.when.is_empty() {
            return elements;
        }
        for (constraint, rule) in self.constraints(row) {
            for element in constraint::broken_by(constraint, &variable.kind, &elements) {
                let broken = Broken::Constraint(constraint);
                self.violations.push(Violation { occurrence: index, element, broken, rule });
            }
        }
        elements
    }
}

/// The profile that the environment itself selects, else the schema's default. The key that selects it need not be declared.
#[must_use]
pub fn selected_profile(environment: &Environment<'_>) -> Option<String> {
    let schema = environment.table.schema;
    let selected = schema.profile.as_ref().and_then(|key| match environment.table.find(key) {
        Some(row) => current_text(environment, row),
        None => undeclared_text(environment, key),
    });
    selected.or(schema.default_profile.as_deref()).map(str::to_owned)
}

/// The text that the highest layer gives a key nobody declared, unless it is empty.
fn undeclared_text<'e>(environment: &'e Environment<'_>, key: &str) -> Option<&'e str> {
    let entries =
        environment.undeclared.iter().rev().map(|id| environment.entry(*id)).filter(|entry| entry.key == key);
    let texts =
        entries.filter_map(|entry| if let Raw::Text(text) = &entry.raw { Some(text.as_ref()) } else { None });
    texts.into_iter().find(|text| !text.is_empty())
}

/// The text of the value `row` has: the winner's, else the default.
fn current_text<'e>(environment: &'e Environment<'_>, row: RowId) -> Option<&'e str> {
    match environment.winner(row).map(|winner| &environment.entry_of(winner).raw) {
        Some(Raw::Text(text) | Raw::Number(text) | Raw::Content(text)) => Some(text),
        Some(Raw::Boolean(value)) => Some(if *value { "true" } else { "false" }),
        Some(_) => None,
        None => match &environment.table.row(row).variable.presence {
            Presence::Default(text) => Some(text),
            Presence::Required | Presence::Optional => None,
        },
    }
}

/// Whether two texts are one value of `kind`; texts that are not of the kind are compared as they are.
fn same_text(kind: &Kind, a: &str, b: &str) -> bool {
    a == b || matches!((kind.parse(a), kind.parse(b)), (Ok(a), Ok(b)) if a.same(&b))
}

fn names(listed: &[Text], actual: Option<&str>) -> bool {
    listed.is_empty() || actual.is_none_or(|actual| listed.iter().any(|name| name == actual))
}
