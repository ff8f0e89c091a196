//! What the checks of values share: a violation becomes a diagnostic about the value or one of its items.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Severity};
use crate::environment::{Occurrence, Standing};
use crate::judge::{Broken, Judgement, Violation};
use crate::kind::{Kind, Mistake};
use crate::redact;
use crate::schema::{Constraint, Variable};
use crate::subject::{Part, Subject};

/// A violation with everything a message needs.
pub(super) struct Case<'c> {
    /// The violation.
    pub(super) violation: &'c Violation<'c>,
    /// The variable.
    pub(super) variable: &'c Variable,
    /// The kind of the value, or of the item.
    pub(super) kind: &'c Kind,
    /// Its key.
    pub(super) key: &'c str,
    /// The text of the value or the item; `None` if it must not be shown.
    pub(super) text: Option<&'c str>,
    /// Where it stands in the text of the whole value; empty in typed sources.
    at: Range<usize>,
    /// What the message is about: `` `PORT` ``, `` an item of `HOSTS` ``.
    pub(super) subject: String,
}

/// Every violation of a constraint for which `pick` has an answer.
pub(super) fn constraints<'c, T>(
    judgement: &'c Judgement<'c>,
    pick: impl Fn(&'c Constraint) -> Option<T>,
) -> impl Iterator<Item = (Case<'c>, T)> {
    judgement.violations.iter().filter_map(move |violation| match &violation.broken {
        Broken::Constraint(constraint) => Some((case(judgement, violation), pick(constraint)?)),
        Broken::Kind(_) => None,
    })
}

/// Every value that is not of its kind.
pub(super) fn mistakes<'c>(judgement: &'c Judgement<'c>) -> impl Iterator<Item = (Case<'c>, &'c Mistake)> {
    judgement.violations.iter().filter_map(move |violation| match &violation.broken {
        Broken::Kind(mistake) => Some((case(judgement, violation), mistake)),
        Broken::Constraint(_) => None,
    })
}

fn case<'c>(judgement: &'c Judgement<'c>, violation: &'c Violation<'c>) -> Case<'c> {
    let occurrence = occurrence(judgement, violation);
    let row = judgement.environment.table.row(occurrence.row);
    let judged = &judgement.judged[violation.occurrence as usize];
    let element = judged.elements.get(violation.element.unwrap_or(0) as usize);
    let kind = match (&row.variable.kind, violation.element) {
        (Kind::List(list), Some(_)) => &*list.items,
        (Kind::Map(map), Some(_)) => &*map.values,
        (kind, _) => kind,
    };
    let text = element.map(|element| element.text).filter(|_| !judged.secret);
    let subject = match violation.element {
        None => format!("`{}`", row.key),
        Some(index) => format!("item {} of `{}`", index + 1, row.key),
    };
    let at = element.map_or(0..0, |element| element.at.clone());
    Case { violation, variable: row.variable, kind, key: &row.key, text, at, subject }
}

fn occurrence<'c>(judgement: &'c Judgement<'c>, violation: &Violation<'_>) -> &'c Occurrence {
    &judgement.environment.occurrences[violation.occurrence as usize]
}

impl Case<'_> {
    /// The diagnostic: a warning if a higher layer replaces the value anyway.
    pub(super) fn diagnostic(
        &self,
        judgement: &Judgement<'_>,
        code: &'static str,
        part: Part,
        headline: String,
    ) -> Diagnostic {
        let occurrence = occurrence(judgement, self.violation);
        let rule = Subject::variable(occurrence.row, self.violation.rule);
        let diagnostic =
            Diagnostic::error(code, Subject::entry(occurrence.id, part), headline).key(self.key).rule(rule);
        match occurrence.standing {
            Standing::Repeated(by) => {
                diagnostic.label(entry_of(judgement, by), "this is the value that counts")
            }
            Standing::Shadowed(by) => diagnostic
                .severity(Severity::Warning)
                .label(entry_of(judgement, by), "this value is used instead"),
            Standing::Wins | Standing::Hides | Standing::Void => diagnostic,
        }
    }

    /// The value or the item as a whole.
    pub(super) fn part(&self) -> Part {
        match (self.violation.element, &self.at) {
            (None, _) => Part::Value,
            (Some(index), at) if at.is_empty() => Part::Item(index),
            (Some(_), at) => within(at),
        }
    }

    /// ` (found "x")`, or nothing for a secret or a text that would be in the way.
    pub(super) fn found(&self) -> String {
        self.text
            .filter(|text| !text.is_empty())
            .map(|text| format!(": {}", redact::value(text)))
            .unwrap_or_default()
    }
}

/// These bytes of a value.
pub(super) fn within(at: &Range<usize>) -> Part {
    let offset = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
    Part::Within(offset(at.start)..offset(at.end))
}

fn entry_of(judgement: &Judgement<'_>, occurrence: u32) -> Subject {
    Subject::entry(judgement.environment.occurrences[occurrence as usize].id, Part::Key)
}
