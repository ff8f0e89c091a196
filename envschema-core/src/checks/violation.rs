//! What the checks of values share: a violation becomes a diagnostic about the value or one of its items.

use crate::diagnostic::{Diagnostic, Severity};
use crate::element;
use crate::environment::{Occurrence, Standing};
use crate::judge::{Broken, Judgement, Violation};
use crate::kind::{Kind, Mistake};
use crate::phrase;
use crate::raw::Raw;
use crate::redact;
use crate::schema::{Constraint, Variable};
use crate::subject::{Part, Subject, VariablePart};

/// A violation with everything a message needs.
pub(super) struct Case<'c> {
    judgement: &'c Judgement<'c>,
    violation: &'c Violation<'c>,
    occurrence: &'c Occurrence,
    /// The variable.
    pub(super) variable: &'c Variable,
    /// The kind of the value, or of the item.
    pub(super) kind: &'c Kind,
    /// The text of the value or the item; `None` if it must not be shown.
    pub(super) text: Option<&'c str>,
    /// What the message is about: `` `PORT` ``, `` item 2 of `HOSTS` ``.
    pub(super) subject: String,
    /// Under which conditions the broken rule holds, as a clause with a blank before it; empty if it always does.
    pub(super) reason: String,
    key: &'c str,
}

/// Every violation of a constraint for which `pick` has an answer.
pub(super) fn constraints<'c, T>(
    judgement: &'c Judgement<'c>,
    pick: impl Fn(&'c Constraint) -> Option<T>,
) -> impl Iterator<Item = (Case<'c>, T)> {
    judgement.violations.iter().filter_map(move |violation| match &violation.broken {
        Broken::Constraint(constraint) => {
            let picked = pick(constraint)?;
            Some((Case::new(judgement, violation), picked))
        }
        Broken::Kind(_) => None,
    })
}

/// Every value that is not of its kind.
pub(super) fn mistakes<'c>(judgement: &'c Judgement<'c>) -> impl Iterator<Item = (Case<'c>, &'c Mistake)> {
    judgement.violations.iter().filter_map(move |violation| match &violation.broken {
        Broken::Kind(mistake) => Some((Case::new(judgement, violation), mistake)),
        Broken::Constraint(_) => None,
    })
}

impl<'c> Case<'c> {
    fn new(judgement: &'c Judgement<'c>, violation: &'c Violation<'c>) -> Self {
        let occurrence = &judgement.environment.occurrences[violation.occurrence as usize];
        let row = judgement.environment.table.row(occurrence.row);
        let kind = match violation.element {
            Some(_) => element::kind_of_items(&row.variable.kind),
            None => &row.variable.kind,
        };
        let name = phrase::name(judgement.shown_key(occurrence.id), &row.key);
        let subject = match violation.element {
            None => name,
            Some(index) => format!("item {} of {name}", index + 1),
        };
        let reason = match violation.rule {
            VariablePart::WhenConstraint(when, _) => judgement.reason(occurrence.row, when),
            _ => String::new(),
        };
        Self {
            judgement,
            violation,
            occurrence,
            variable: row.variable,
            kind,
            text: (!judgement.is_secret(occurrence.id)).then_some(violation.text),
            subject,
            reason,
            key: &row.key,
        }
    }

    /// Whether the variable is secret, and not just this value of it.
    pub(super) fn is_sensitive(&self) -> bool {
        self.judgement.environment.table.row(self.occurrence.row).sensitive
    }

    /// Whether a typed file has a list or a table there, of a variable that is not secret: that much may be told.
    pub(super) fn is_public_shape(&self) -> bool {
        let raw = &self.judgement.environment.entry(self.occurrence.id).raw;
        self.violation.element.is_none()
            && matches!(raw, Raw::List(_) | Raw::Table(_))
            && !self.is_sensitive()
    }

    /// The diagnostic: a warning if a higher layer replaces the value anyway.
    pub(super) fn diagnostic(&self, code: &'static str, headline: String) -> Diagnostic {
        let Occurrence { row, id, standing, .. } = *self.occurrence;
        let diagnostic = Diagnostic::error(code, Subject::entry(id, self.part()), headline)
            .key(self.key)
            .rule(Subject::variable(row, self.violation.rule));
        match standing {
            Standing::Repeated(by) => diagnostic.label(self.key_of(by), "this value counts"),
            Standing::Shadowed(by) => {
                diagnostic.severity(Severity::Warning).label(self.key_of(by), "this value is used instead")
            }
            Standing::Wins => {
                let lower = self.judgement.environment.occurrences_of(row);
                let lower = lower.filter(|(_, other)| matches!(other.standing, Standing::Shadowed(_)));
                lower.fold(diagnostic, |diagnostic, (_, other)| {
                    diagnostic.label(Subject::entry(other.id, Part::Key), "also set here")
                })
            }
            Standing::Hides | Standing::Void => diagnostic,
        }
    }

    /// What is wrong, as narrow as may be told.
    fn part(&self) -> Part {
        if self.text.is_none() {
            return Part::Value;
        }
        match (&self.violation.at, self.violation.element) {
            (Some(at), _) if !at.is_empty() => Part::within(at),
            (_, Some(index)) => Part::Item(index),
            _ => Part::Value,
        }
    }

    /// `: "maybe"`, or nothing for a secret or a text that has nothing to show.
    pub(super) fn found(&self) -> String {
        self.quoted().map(|quoted| format!(": {quoted}")).unwrap_or_default()
    }

    /// The text of the value or the item in quotes, if there is something to show.
    pub(super) fn quoted(&self) -> Option<String> {
        self.text.filter(|text| !text.is_empty()).map(redact::value)
    }

    /// That the limit holds under a condition only, as a clause behind the verdict.
    pub(super) fn under_condition(&self) -> String {
        if self.reason.is_empty() { String::new() } else { format!(", which is not allowed{}", self.reason) }
    }

    fn key_of(&self, occurrence: u32) -> Subject {
        Subject::entry(self.judgement.environment.occurrences[occurrence as usize].id, Part::Key)
    }
}
