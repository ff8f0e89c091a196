//! `missing-variable`: a required variable that is not set.

use crate::diagnostic::Diagnostic;
use crate::judge::Judgement;
use crate::phrase;
use crate::registry::{Check, Run};
use crate::schema::{Presence, Rule};
use crate::subject::{Subject, VariablePart};
use crate::suggest;
use crate::table::{RowId, RuleRow};

/// The check.
pub static CHECK: Check = Check {
    code: "missing-variable",
    summary: "a required variable that is not set",
    page: include_str!("missing_variable.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    for (id, row) in judgement.environment.table.iter() {
        let (presence, part) = judgement.presence(id);
        if *presence == Presence::Required
            && judgement.environment.top(id).is_none()
            && judgement.applies(id)
            && judgement.forbidden(id).is_none()
            && !judgement.in_absent_group(row.group)
        {
            let why = if let VariablePart::When(index) = part {
                judgement.reason(id, index)
            } else {
                String::new()
            };
            let headline = format!("`{}` is required{why} but not set", row.key);
            let mut help = format!("set `{}` to {}", row.key, row.variable.kind.expected());
            if let Some(unused) = near_undeclared(judgement, &row.key) {
                help = format!("rename `{unused}` to `{}`", row.key);
            }
            report.push(missing(&row.key, headline).rule(Subject::variable(id, part)).help(help));
        }
    }
    for (index, rule) in (0..).zip(&judgement.environment.table.rules) {
        check_rule(judgement, index, rule, report);
    }
}

fn missing(key: &str, headline: String) -> Diagnostic {
    Diagnostic::error(CHECK.code, Subject::Environment, headline).key(key)
}

/// The undeclared key that is most likely this one, misspelt.
fn near_undeclared<'j>(judgement: &'j Judgement<'_>, key: &str) -> Option<&'j str> {
    let environment = judgement.environment;
    let files = environment.undeclared.iter().filter(|id| environment.layer(**id).has_places());
    suggest::nearest(key, files.filter_map(|id| environment.shown_key(*id)))
}

fn check_rule(judgement: &Judgement<'_>, index: u32, rule: &RuleRow<'_>, report: &mut Vec<Diagnostic>) {
    let table = judgement.environment.table;
    let rows: Vec<RowId> =
        rule.rule.keys().into_iter().filter_map(|key| table.find_in_rule(rule, key)).collect();
    let rows: Vec<RowId> = rows.into_iter().filter(|row| judgement.applies(*row)).collect();
    let keys: Vec<&str> = rows.iter().map(|row| table.row(*row).key.as_ref()).collect();
    let is_set = |row: &&RowId| judgement.environment.winner(**row).is_some();
    let set = rows.iter().find(is_set);
    match (rule.rule, set) {
        (Rule::AllOrNone(_), Some(set)) => {
            let set_key = table.row(*set).key.as_ref();
            for (_, key) in rows.iter().zip(&keys).filter(|(row, _)| !is_set(row)) {
                let headline = format!("`{key}` is not set, but `{set_key}` is, and they belong together");
                let help = format!("set all of {}, or none", phrase::all(&keys));
                report.push(missing(key, headline).rule(Subject::Rule(index)).help(help));
            }
        }
        (Rule::ExactlyOne(_) | Rule::AtLeastOne(_), None) => {
            let Some(key) = keys.first() else { return };
            let many = if matches!(rule.rule, Rule::ExactlyOne(_)) { "exactly one" } else { "at least one" };
            let headline = format!("{many} of {} is required, but none is set", phrase::all(&keys));
            let help = format!("set {}", phrase::alternatives(&keys));
            report.push(missing(key, headline).rule(Subject::Rule(index)).help(help));
        }
        _ => {}
    }
}
