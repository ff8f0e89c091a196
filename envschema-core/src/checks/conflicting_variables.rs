//! `conflicting-variables`: variables that contradict each other.

use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::element::Element;
use crate::environment::{Occurrence, Spelling, Standing};
use crate::judge::Judgement;
use crate::phrase;
use crate::registry::{Check, Run};
use crate::schema::Rule;
use crate::subject::{Part, Subject, VariablePart};
use crate::table::{RowId, RuleRow};

/// The check.
pub static CHECK: Check = Check {
    code: "conflicting-variables",
    summary: "variables that contradict each other",
    page: include_str!("conflicting_variables.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    let occurrences = &judgement.environment.occurrences;
    report.extend(occurrences.iter().filter_map(|occurrence| spelled_twice(judgement, occurrence)));
    for (index, rule) in (0..).zip(&judgement.environment.table.rules) {
        let conflict = match rule.rule {
            Rule::ExactlyOne(_) | Rule::AtMostOne(_) => too_many(judgement, rule),
            Rule::Contains { list, value } => not_contained(judgement, rule, list, value),
            Rule::Equal(a, b) => compared(judgement, rule, [a, b], false),
            Rule::Different(a, b) => compared(judgement, rule, [a, b], true),
            Rule::AllOrNone(_) | Rule::AtLeastOne(_) => None,
        };
        report.extend(conflict.map(|diagnostic| diagnostic.rule(Subject::Rule(index))));
    }
}

/// One layer that gives a variable under two names: as itself and as a `_FILE`, or by an alias with another value.
fn spelled_twice(judgement: &Judgement<'_>, occurrence: &Occurrence) -> Option<Diagnostic> {
    let Standing::Repeated(by) = occurrence.standing else { return None };
    let environment = judgement.environment;
    let winner = environment.occurrences[by as usize];
    let [lost, counting] = [occurrence.id, winner.id].map(|id| environment.entry(id));
    let is_file = occurrence.spelling == Spelling::File || winner.spelling == Spelling::File;
    let is_harmless = lost.raw.is_empty_text() || (!is_file && lost.raw == counting.raw);
    if lost.key == counting.key || is_harmless {
        return None;
    }
    let (other, counts) = (judgement.shown_key(occurrence.id)?, judgement.shown_key(winner.id)?);
    let what = if is_file { "both give the value of" } else { "both stand for" };
    let key = &environment.table.row(occurrence.row).key;
    let headline = format!("`{other}` and `{counts}` are both set, and {what} `{key}`");
    Some(
        Diagnostic::error(CHECK.code, Subject::entry(occurrence.id, Part::Key), headline)
            .key(other)
            .label(Subject::entry(winner.id, Part::Key), format!("`{counts}` is set here"))
            .rule(Subject::variable(occurrence.row, VariablePart::Key))
            .help("keep one of them"),
    )
}

fn too_many(judgement: &Judgement<'_>, rule: &RuleRow<'_>) -> Option<Diagnostic> {
    let table = judgement.environment.table;
    let set: Vec<_> = rule.rule.keys().into_iter().filter_map(|key| judgement.set_in(rule, key)).collect();
    let [others @ .., (last, last_at)] = set.as_slice() else { return None };
    if others.is_empty() {
        return None;
    }
    let keys: Vec<&str> = set.iter().map(|(row, _)| table.row(*row).key.as_ref()).collect();
    let headline = format!("{} are set, but only one of them may be", phrase::all(&keys));
    let diagnostic = at(judgement, *last, *last_at, Part::Key, headline).help("keep one of them");
    Some(others.iter().fold(diagnostic, |diagnostic, other| set_here(judgement, diagnostic, *other)))
}

fn not_contained(
    judgement: &Judgement<'_>,
    rule: &RuleRow<'_>,
    list: &str,
    value: &str,
) -> Option<Diagnostic> {
    let (list, value) = (judgement.set_in(rule, list)?, judgement.set_in(rule, value)?);
    let wanted = judgement.elements(value.1)?;
    let items = judgement.elements(list.1)?;
    let texts: HashSet<&str> = items.iter().map(|item| item.text).collect();
    let is_among =
        |wanted: &Element<'_>| texts.contains(wanted.text) || items.iter().any(|item| same(item, wanted));
    // A `*` that the schema admits stands for every other item.
    if wanted.iter().all(is_among) || items.iter().any(|item| item.admitted && item.text == "*") {
        return None;
    }
    let table = judgement.environment.table;
    let [list_key, value_key] = [list.0, value.0].map(|row| &table.row(row).key);
    let headline = format!("the value of `{value_key}` is not among the items of `{list_key}`");
    let diagnostic = at(judgement, value.0, value.1, Part::Value, headline);
    Some(
        set_here(judgement, diagnostic, list)
            .help(format!("add the value of `{value_key}` to `{list_key}`, or change it")),
    )
}

fn compared(
    judgement: &Judgement<'_>,
    rule: &RuleRow<'_>,
    keys: [&str; 2],
    must_differ: bool,
) -> Option<Diagnostic> {
    let [a, b] = keys.map(|key| judgement.set_in(rule, key));
    let (a, b) = (a?, b?);
    let (items_a, items_b) = (judgement.elements(a.1)?, judgement.elements(b.1)?);
    let are_same = items_a.len() == items_b.len() && items_a.iter().zip(&items_b).all(|(a, b)| same(a, b));
    if are_same != must_differ {
        return None;
    }
    let table = judgement.environment.table;
    let [key_a, key_b] = [a.0, b.0].map(|row| &table.row(row).key);
    let (verdict, help) = if must_differ {
        ("have the same value, but must differ", format!("give `{key_b}` a value of its own"))
    } else {
        ("have different values, but must be the same", format!("give `{key_b}` the value of `{key_a}`"))
    };
    let diagnostic = at(judgement, b.0, b.1, Part::Key, format!("`{key_a}` and `{key_b}` {verdict}"));
    Some(set_here(judgement, diagnostic, a).help(help))
}

/// Whether two elements are one value, by kind where they have one.
fn same(a: &Element<'_>, b: &Element<'_>) -> bool {
    a.text == b.text || matches!((&a.value, &b.value), (Some(a), Some(b)) if a.same(b))
}

fn at(judgement: &Judgement<'_>, row: RowId, occurrence: u32, part: Part, headline: String) -> Diagnostic {
    let id = judgement.environment.occurrences[occurrence as usize].id;
    let key = judgement.environment.table.row(row).key.as_ref();
    Diagnostic::error(CHECK.code, Subject::entry(id, part), headline).key(key)
}

/// Points at the key of another variable of the rule.
fn set_here(
    judgement: &Judgement<'_>,
    diagnostic: Diagnostic,
    (row, occurrence): (RowId, u32),
) -> Diagnostic {
    let id = judgement.environment.occurrences[occurrence as usize].id;
    let key = &judgement.environment.table.row(row).key;
    diagnostic.label(Subject::entry(id, Part::Key), format!("`{key}` is set here"))
}
