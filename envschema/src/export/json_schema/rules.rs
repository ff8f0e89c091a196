//! The rules between variables, as far as JSON Schema can say them. It cannot compare values: `equal`, `different` and
//! `contains` stand in the model only.

use envschema_core::schema::Rule;
use envschema_core::table::{RowId, RuleRow};

use super::place::{Places, Said, nested};
use super::{Draft, Form};
use crate::export::json::{Json, Object};

impl Places<'_> {
    /// What the rules of the schema say, one schema each.
    pub(super) fn rules(&self, draft: Draft) -> Vec<Object> {
        self.table.rules.iter().filter_map(|rule| self.rule(rule, draft)).collect()
    }

    fn rule(&self, rule: &RuleRow<'_>, draft: Draft) -> Option<Object> {
        let rows: Vec<RowId> =
            rule.rule.keys().into_iter().filter_map(|key| self.table.find_in_rule(rule, key)).collect();
        // Some service has to do without the others, so that nothing can be asked of them.
        let lasting: Vec<RowId> = rows.iter().copied().filter(|id| !self.may_be_left_out(*id)).collect();
        let (may_miss, may_conflict) =
            (self.allows("missing-variable"), self.allows("conflicting-variables"));
        match rule.rule {
            Rule::AllOrNone(_) | Rule::AtLeastOne(_) if may_miss => None,
            Rule::AtMostOne(_) if may_conflict => None,
            Rule::AllOrNone(_) => (lasting.len() > 1).then(|| self.all_or_none(&lasting, draft)),
            Rule::AtLeastOne(_) if lasting.is_empty() => None,
            Rule::AtLeastOne(_) => Some(Object::new().with("anyOf", self.each(&rows))),
            Rule::ExactlyOne(_) if may_conflict => {
                (!lasting.is_empty() && !may_miss).then(|| Object::new().with("anyOf", self.each(&rows)))
            }
            Rule::ExactlyOne(_) if !lasting.is_empty() && !may_miss => {
                Some(Object::new().with("oneOf", self.each(&rows)))
            }
            Rule::ExactlyOne(_) | Rule::AtMostOne(_) => {
                let none = Object::new().with("not", Object::new().with("anyOf", self.each(&rows)));
                let alternatives = self.each(&rows).into_iter().chain([none]);
                (rows.len() > 1).then(|| Object::new().with("oneOf", alternatives.collect::<Json>()))
            }
            Rule::Contains { .. } | Rule::Equal(..) | Rule::Different(..) => None,
        }
    }

    fn each(&self, rows: &[RowId]) -> Vec<Object> {
        rows.iter().map(|id| self.set(&[*id])).collect()
    }

    /// In one object of a typed file this has a keyword of its own, which editors understand.
    fn all_or_none(&self, rows: &[RowId], draft: Draft) -> Object {
        let places: Vec<Vec<&str>> = rows.iter().map(|id| self.segments(*id)).collect();
        if let Some(together) = around(&places).filter(|_| self.form == Form::Config) {
            let names: Vec<&str> = places.iter().filter_map(|place| place.last().copied()).collect();
            let keyword = if draft == Draft::Draft7 { "dependencies" } else { "dependentRequired" };
            let object = Object::new().with(keyword, dependencies(&names));
            if together.is_empty() {
                return object;
            }
            return nested(vec![Said { segments: together.to_vec(), value: Some(object), required: false }]);
        }
        let none = Object::new().with("not", Object::new().with("anyOf", self.each(rows)));
        Object::new().with("anyOf", vec![self.set(rows), none])
    }
}

/// The object that all of these places lie in.
fn around<'p, 's>(places: &'p [Vec<&'s str>]) -> Option<&'p [&'s str]> {
    let (_, first) = places.first()?.split_last()?;
    let is_there = |place: &Vec<&str>| place.split_last().is_some_and(|(_, around)| around == first);
    places.iter().all(is_there).then_some(first)
}

/// Each name with all others.
fn dependencies(names: &[&str]) -> Object {
    names.iter().fold(Object::new(), |all, name| {
        let others: Vec<&str> = names.iter().copied().filter(|other| other != name).collect();
        all.with((*name).to_owned(), others)
    })
}
