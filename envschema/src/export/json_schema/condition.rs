//! Conditions as JSON Schema can test them, and only where the test cannot be wrong.
//!
//! Services and phases stand in no instance, and neither does the profile: `--profile` decides whatever the variable says. So a
//! condition has two readings: when it *surely* holds, and when it *surely does not*. In between, nothing is said.

use envschema_core::kind::Kind;
use envschema_core::schema::{Condition, Many, Presence, Text, Variable, When};
use envschema_core::table::{Row, RowId};

use super::number::Number;
use super::place::{Places, Said, nested};
use super::strings::unique;
use super::{Form, text};
use crate::export::json::{Json, Object};

/// When something is known to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Test {
    Always,
    /// Nothing in an instance tells.
    Never,
    /// Where this schema accepts the instance.
    If(Object),
}

impl Test {
    pub(super) fn not(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::If(schema) => Self::If(Object::new().with("not", schema)),
        }
    }

    pub(super) fn all(tests: impl IntoIterator<Item = Self>) -> Self {
        let mut schemas = Vec::new();
        for test in tests {
            match test {
                Self::Always => {}
                Self::Never => return Self::Never,
                Self::If(schema) if schemas.contains(&schema) => {}
                Self::If(schema) => schemas.push(schema),
            }
        }
        Self::of(schemas, "allOf", Self::Always)
    }

    pub(super) fn any(tests: impl IntoIterator<Item = Self>) -> Self {
        let mut schemas = Vec::new();
        for test in tests {
            match test {
                Self::Always => return Self::Always,
                Self::Never => {}
                Self::If(schema) => schemas.push(schema),
            }
        }
        Self::of(schemas, "anyOf", Self::Never)
    }

    fn of(mut schemas: Vec<Object>, keyword: &'static str, otherwise: Self) -> Self {
        match (schemas.pop(), schemas.is_empty()) {
            (None, _) => otherwise,
            (Some(schema), true) => Self::If(schema),
            (Some(last), false) => {
                schemas.push(last);
                Self::If(Object::new().with(keyword, schemas))
            }
        }
    }

    /// `then` where the test says so; `None` where it never does.
    pub(super) fn implies(self, then: Object) -> Option<Object> {
        match self {
            Self::Always => Some(then),
            Self::Never => None,
            Self::If(schema) => Some(Object::new().with("if", schema).with("then", then)),
        }
    }
}

/// The two readings of something: when it surely holds, and when it surely does not.
struct Readings {
    holds: Test,
    fails: Test,
}

impl Readings {
    const UNTOLD: Self = Self { holds: Test::Never, fails: Test::Never };
    const FALSE: Self = Self { holds: Test::Never, fails: Test::Always };
}

impl Places<'_> {
    /// When a condition of `row` surely holds.
    pub(super) fn holds(&self, row: &Row<'_>, condition: &Condition) -> Test {
        Test::all(self.parts(row, condition).into_iter().map(|part| part.holds))
    }

    /// When a condition of `row` surely does not hold.
    pub(super) fn fails(&self, row: &Row<'_>, condition: &Condition) -> Test {
        Test::any(self.parts(row, condition).into_iter().map(|part| part.fails))
    }

    fn parts(&self, row: &Row<'_>, condition: &Condition) -> Vec<Readings> {
        let Condition { profiles, services, phases, values, set } = condition;
        let untold = [profiles, services, phases].into_iter().filter(|names| !names.is_empty());
        let untold = untold.map(|_| Readings::UNTOLD);
        let set = set.iter().map(|key| self.is_set(row, key));
        let values = values.iter().map(|(key, values)| self.has_value(row, key, values));
        untold.chain(set).chain(values).collect()
    }

    fn is_set(&self, row: &Row<'_>, key: &str) -> Readings {
        let Some(id) = self.table.find_beside(row, key) else { return Readings::FALSE };
        let set = Test::If(self.set(&[id]));
        let fails = if self.may_be_left_out(id) { Test::Never } else { set.clone().not() };
        Readings { holds: set, fails }
    }

    fn has_value(&self, row: &Row<'_>, key: &str, values: &[Text]) -> Readings {
        let Some(id) = self.table.find_beside(row, key) else { return Readings::FALSE };
        if self.row(id).sensitive {
            return Readings::UNTOLD;
        }
        let variable = self.row(id).variable;
        let (matching, is_exact) = self.matching(id, variable, values);
        let set = || Test::If(self.set(&[id]));
        if self.may_be_left_out(id) {
            return Readings { holds: matching, fails: Test::Never };
        }
        // Unset, the variable has its default.
        let by_default = default_matches(variable, values);
        let holds = match by_default {
            Some(true) => Test::any([set().not(), matching.clone()]),
            _ => matching.clone(),
        };
        let fails = match (is_exact, by_default) {
            (true, None) => Test::all([set(), matching.not()]),
            (true, Some(_)) => holds.clone().not(),
            (false, Some(false)) => set().not(),
            (false, _) => Test::Never,
        };
        Readings { holds, fails }
    }

    /// When the variable is set to one of `values`, and whether that is told exactly: a value may have many spellings.
    fn matching(&self, id: RowId, variable: &Variable, values: &[Text]) -> (Test, bool) {
        let values: Vec<Text> =
            values.iter().filter(|value| variable.allow_empty || !value.is_empty()).cloned().collect();
        if values.is_empty() {
            return (Test::Never, true);
        }
        let (value, is_exact) = self.one_of(&variable.kind, &values);
        let said = Said { segments: self.segments(id), value: Some(value), required: true };
        (Test::If(nested(vec![said])), is_exact)
    }

    /// A schema for values of `kind` that are one of `values`, and whether it accepts all of them.
    fn one_of(&self, kind: &Kind, values: &[Text]) -> (Object, bool) {
        let texts = Object::new().with("enum", Json::texts(&unique(values.to_vec())));
        if text::is_its_text(kind) {
            return (texts, true);
        }
        let spelled = text::one_of(kind, values)
            .map(|shape| Object::new().with("type", "string").with("pattern", shape.pattern()));
        let is_exact = spelled.is_some();
        let spelled = spelled.unwrap_or(texts);
        let typed = unique(values.iter().filter_map(|value| as_typed(kind, value)).collect());
        if self.form == Form::Env || typed.is_empty() {
            return (spelled, is_exact);
        }
        let is_exact =
            is_exact && values.iter().all(|value| Number::of(kind, value).is_none_or(Number::is_exact));
        let alternatives = vec![spelled, Object::new().with("enum", typed)];
        (Object::new().with("anyOf", alternatives), is_exact)
    }

    /// Whether of two conditions of `row` at most one can hold, because they want different values of one variable, or
    /// different circumstances.
    pub(super) fn exclude(&self, row: &Row<'_>, a: &Condition, b: &Condition) -> bool {
        let apart =
            |a: &[Text], b: &[Text]| !a.is_empty() && !b.is_empty() && !a.iter().any(|name| b.contains(name));
        let different = |(key, values): &(Text, Many<Text>)| {
            let Some(id) = self.table.find_beside(row, key) else { return false };
            let kind = &self.row(id).variable.kind;
            b.values.iter().any(|(other, others)| {
                self.table.find_beside(row, other) == Some(id)
                    && !values.iter().any(|value| others.iter().any(|other| is_same(kind, value, other)))
            })
        };
        apart(&a.profiles, &b.profiles)
            || apart(&a.services, &b.services)
            || apart(&a.phases, &b.phases)
            || a.values.iter().any(different)
    }
}

/// Whether the default of a variable is one of `values`; `None` where it depends on the profile, the service or the phase.
fn default_matches(variable: &Variable, values: &[Text]) -> Option<bool> {
    let is_plain = |when: &&When| when.condition.set.is_empty() && when.condition.values.is_empty();
    let overrides = variable.when.iter().filter(is_plain).filter_map(|when| when.presence.as_ref());
    let mut matches = overrides.chain([&variable.presence]).map(|presence| match presence {
        Presence::Default(text) => values.iter().any(|value| is_same(&variable.kind, value, text)),
        Presence::Required | Presence::Optional => false,
    });
    let first = matches.next()?;
    matches.all(|other| other == first).then_some(first)
}

/// A value as a typed file writes it.
fn as_typed(kind: &Kind, value: &str) -> Option<Json> {
    match kind.parse(value) {
        Ok(envschema_core::value::Value::Boolean(value)) => Some(Json::Bool(value)),
        _ => Number::of(kind, value).map(Json::from),
    }
}

/// Whether two texts are one value of the kind, as the judge compares them.
fn is_same(kind: &Kind, a: &str, b: &str) -> bool {
    a == b || matches!((kind.parse(a), kind.parse(b)), (Ok(a), Ok(b)) if a.same(&b))
}
