//! Which variables must be set, which must not, and what changes under conditions.

use std::borrow::Cow;

use envschema_core::element::kind_of_items;
use envschema_core::schema::{Constraint, Presence, Variable, When};
use envschema_core::table::{Row, RowId};

use super::Form;
use super::condition::Test;
use super::loosest::loosest;
use super::place::Places;
use super::value::{Empty, Terms};
use crate::export::json::Object;

impl Places<'_> {
    /// Whether the schema switches a code off, so that what it is about is accepted.
    pub(super) fn allows(&self, code: &str) -> bool {
        self.schema().allow.iter().any(|allowance| allowance.code == code)
    }

    /// Whether the variable must be set, whatever the circumstances.
    pub(super) fn is_required(&self, id: RowId) -> bool {
        self.row(id).variable.presence == Presence::Required
            && self.base_holds(id) == Test::Always
            && !self.allows("missing-variable")
    }

    /// What holds for the value in any case.
    pub(super) fn terms(&self, id: RowId) -> Terms<'_> {
        let variable = self.row(id).variable;
        let kind = kind_of_items(&variable.kind);
        let constraints = standing(variable).filter_map(|constraint| {
            let others = variable.when.iter().flat_map(|when| when.constraints.iter());
            let others = others.filter(|other| other.is_same_sort(constraint));
            loosest(kind, std::iter::once(constraint).chain(others))
        });
        self.terms_with(id, constraints.collect())
    }

    /// Everything that depends on conditions, one schema each.
    pub(super) fn conditional(&self, id: RowId) -> Vec<Object> {
        let row = self.row(id);
        let is_due = !self.allows("missing-variable") && !self.allows("empty-value");
        let presence = self.presence(id, row).into_iter().filter(|_| is_due);
        let presence = presence.filter_map(|test| test.implies(self.set(&[id])));
        let forbidding = row.variable.when.iter().filter(|when| when.forbidden);
        let forbidden = forbidding.filter(|_| !self.allows("forbidden-variable")).filter_map(|when| {
            let unset = Object::new().with("not", self.set(&[id]));
            self.holds(row, &when.condition).implies(unset)
        });
        let is_judged = !self.allows("invalid-value");
        let constraints =
            self.constraints(row).into_iter().filter(|_| is_judged).filter_map(|(test, constraints)| {
                let constraints = constraints.into_iter().map(Cow::Borrowed).collect();
                let then = self.at(id, self.terms_with(id, constraints).schema(self.form));
                test.implies(then)
            });
        presence.chain(forbidden).chain(constraints).collect()
    }

    fn terms_with<'t>(&'t self, id: RowId, constraints: Vec<Cow<'t, Constraint>>) -> Terms<'t> {
        let row = self.row(id);
        let variable = row.variable;
        let overridden = variable.when.iter().filter_map(|when| when.also.as_ref());
        let also = std::iter::once(&variable.also).chain(overridden).flat_map(|also| also.iter());
        let empty = match () {
            () if variable.allow_empty || self.allows("empty-value") => Empty::Admitted,
            () if self.is_required(id) => Empty::Refused,
            () if self.form == Form::Env => Empty::Admitted,
            () => Empty::Open,
        };
        let also = also.collect();
        let mut constraints = constraints;
        constraints.retain(|constraint| !self.allows(code(constraint)));
        Terms { kind: &variable.kind, constraints, also, empty, is_secret: row.sensitive }
    }

    /// When the variable must be set, as far as that is not so in any case.
    fn presence(&self, id: RowId, row: &Row<'_>) -> Vec<Test> {
        let variable = row.variable;
        if self.may_be_left_out(id) {
            return Vec::new();
        }
        let base = (variable.presence == Presence::Required).then(|| self.base_holds(id));
        let base = base.filter(|test| *test != Test::Always);
        let overrides = (0..).zip(variable.when.iter());
        let overrides = overrides.filter(|(_, when)| when.presence == Some(Presence::Required));
        let overrides = overrides.map(|(index, when)| {
            let later = variable.when.iter().skip(index + 1).filter(|when| when.presence.is_some());
            let forbidding = variable.when.iter().filter(|when| when.forbidden);
            let others = later.chain(forbidding);
            let others = others.filter(|other| !self.exclude(row, &when.condition, &other.condition));
            let holds = self.holds(row, &when.condition);
            Test::all([holds, self.none(row, others), self.is_due(row.group)])
        });
        base.into_iter().chain(overrides).collect()
    }

    /// When the variable's own presence holds.
    fn base_holds(&self, id: RowId) -> Test {
        let row = self.row(id);
        if self.may_be_left_out(id) {
            return Test::Never;
        }
        let overrides = row.variable.when.iter().filter(|when| when.presence.is_some() || when.forbidden);
        Test::all([self.none(row, overrides), self.is_due(row.group)])
    }

    /// When surely none of these overrides holds.
    fn none<'w>(&self, row: &Row<'_>, overrides: impl Iterator<Item = &'w When>) -> Test {
        Test::all(overrides.map(|when| self.fails(row, &when.condition)))
    }

    /// When an entry of `group` is due: something of the innermost optional group around it is set.
    fn is_due(&self, group: Option<usize>) -> Test {
        let mut around = std::iter::successors(group, |group| self.table.groups[*group].parent);
        let Some(optional) = around.find(|group| self.table.groups[*group].group.optional) else {
            return Test::Always;
        };
        let members = self.table.iter().filter(|(_, row)| self.is_inside(row.group, optional));
        Test::any(members.map(|(id, _)| Test::If(self.set(&[id]))))
    }

    fn is_inside(&self, inner: Option<usize>, group: usize) -> bool {
        std::iter::successors(inner, |inner| self.table.groups[*inner].parent).any(|inner| inner == group)
    }

    /// The constraints that some override replaces, and those that replace them, each with when it surely is the one that
    /// holds.
    fn constraints<'r>(&self, row: &Row<'r>) -> Vec<(Test, Vec<&'r Constraint>)> {
        let variable = row.variable;
        let replaced = standing(variable).filter(|constraint| is_replaced(variable, constraint));
        let mut all: Vec<(Test, Vec<&Constraint>)> = Vec::new();
        let mut add = |test: Test, constraint| match all.last_mut() {
            Some((last, constraints)) if *last == test => constraints.push(constraint),
            _ => all.push((test, vec![constraint])),
        };
        for constraint in replaced {
            add(self.none(row, replacing(&variable.when, constraint)), constraint);
        }
        for (index, when) in (1..).zip(variable.when.iter()) {
            for constraint in when.constraints.iter() {
                let later = replacing(variable.when.get(index..).unwrap_or_default(), constraint);
                let later = later.filter(|other| !self.exclude(row, &when.condition, &other.condition));
                let holds = self.holds(row, &when.condition);
                add(Test::all([holds, self.none(row, later)]), constraint);
            }
        }
        all
    }
}

/// The code under which a check reports what breaks a constraint.
const fn code(constraint: &Constraint) -> &'static str {
    match constraint {
        Constraint::Min(_) | Constraint::Max(_) | Constraint::Above(_) | Constraint::Below(_) => {
            "out-of-range"
        }
        Constraint::MinLength(_) | Constraint::MaxLength(_) => "invalid-length",
        Constraint::Pattern(_) => "pattern-mismatch",
        Constraint::OneOf(_) | Constraint::NotOneOf(_) | Constraint::Schemes(_) => "value-not-allowed",
    }
}

/// The constraints that hold without overrides: the variable's own, and those of its Rust type it says nothing about.
fn standing(variable: &Variable) -> impl Iterator<Item = &Constraint> {
    let is_open =
        |bound: &&Constraint| !variable.constraints.iter().any(|constraint| constraint.is_same_sort(bound));
    variable.constraints.iter().chain(variable.bounds.iter().filter(is_open))
}

fn is_replaced(variable: &Variable, constraint: &Constraint) -> bool {
    replacing(&variable.when, constraint).next().is_some()
}

/// The overrides that replace a constraint.
fn replacing<'w>(overrides: &'w [When], constraint: &Constraint) -> impl Iterator<Item = &'w When> {
    overrides.iter().filter(move |when| when.constraints.iter().any(|other| other.is_same_sort(constraint)))
}
