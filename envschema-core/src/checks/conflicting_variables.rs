//! `conflicting-variables`: variables that contradict each other.

use crate::diagnostic::Diagnostic;
use crate::element::Element;
use crate::environment::{Spelling, Standing};
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
    spelled_twice(judgement, report);
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

/// One layer that gives a variable under two names: as itself and as a `_FILE`, or by an alias.
fn spelled_twice(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    let environment = judgement.environment;
    for occurrence in &environment.occurrences {
        let Standing::Repeated(by) = occurrence.standing else { continue };
        let winner = environment.occurrences[by as usize];
        if winner.spelling == occurrence.spelling {
            continue;
        }
        let row = environment.table.row(occurrence.row);
        let (Some(other), Some(counts)) =
            (environment.shown_key(occurrence.id), environment.shown_key(winner.id))
        else {
            continue;
        };
        let what = if occurrence.spelling == Spelling::File {
            "give the same value"
        } else {
            "are the same variable"
        };
        report.push(
            Diagnostic::error(
                CHECK.code,
                Subject::entry(occurrence.id, Part::Key),
                format!("`{other}` and `{counts}` are both set, and they {what}"),
            )
            .key(other)
            .label(Subject::entry(winner.id, Part::Key), "set here too")
            .rule(Subject::variable(occurrence.row, VariablePart::Key))
            .help(format!("keep one of them; without a change `{counts}` counts for `{}`", row.key)),
        );
    }
}

fn too_many(judgement: &Judgement<'_>, rule: &RuleRow<'_>) -> Option<Diagnostic> {
    let table = judgement.environment.table;
    let rows = rule.rule.keys().into_iter().filter_map(|key| table.find_in_rule(rule, key));
    let set: Vec<(RowId, u32)> =
        rows.filter_map(|row| Some((row, judgement.environment.winner(row)?))).collect();
    let [(first, first_at), .., (last, last_at)] = set.as_slice() else { return None };
    let keys: Vec<&str> = set.iter().map(|(row, _)| table.row(*row).key.as_ref()).collect();
    let headline = format!("only one of {} may be set", phrase::all(&keys));
    Some(
        at(judgement, *last, *last_at, Part::Key, headline)
            .label(key_of(judgement, *first_at), format!("`{}` is set here", table.row(*first).key))
            .help("keep one of them"),
    )
}

fn not_contained(
    judgement: &Judgement<'_>,
    rule: &RuleRow<'_>,
    list: &str,
    value: &str,
) -> Option<Diagnostic> {
    let (list_row, list_at) = judgement.set_in(rule, list)?;
    let (value_row, value_at) = judgement.set_in(rule, value)?;
    let [value] = judgement.judged[value_at as usize].elements.as_slice() else { return None };
    if judgement.judged[list_at as usize].elements.iter().any(|item| same(item, value)) {
        return None;
    }
    let table = judgement.environment.table;
    let (list, value) = (&table.row(list_row).key, &table.row(value_row).key);
    Some(
        at(
            judgement,
            value_row,
            value_at,
            Part::Value,
            format!("`{value}` is not among the items of `{list}`"),
        )
        .label(key_of(judgement, list_at), format!("`{list}` is set here"))
        .help(format!("add the value of `{value}` to `{list}`")),
    )
}

fn compared(
    judgement: &Judgement<'_>,
    rule: &RuleRow<'_>,
    keys: [&str; 2],
    must_differ: bool,
) -> Option<Diagnostic> {
    let (row_a, at_a) = judgement.set_in(rule, keys[0])?;
    let (row_b, at_b) = judgement.set_in(rule, keys[1])?;
    let (a, b) = (&judgement.judged[at_a as usize].elements, &judgement.judged[at_b as usize].elements);
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let are_same = a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b));
    if are_same != must_differ {
        return None;
    }
    let table = judgement.environment.table;
    let (a, b) = (&table.row(row_a).key, &table.row(row_b).key);
    let must = if must_differ {
        "must be different, but are the same"
    } else {
        "must be the same, but are different"
    };
    Some(
        at(judgement, row_b, at_b, Part::Key, format!("`{a}` and `{b}` {must}"))
            .label(key_of(judgement, at_a), format!("`{a}` is set here")),
    )
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

fn key_of(judgement: &Judgement<'_>, occurrence: u32) -> Subject {
    Subject::entry(judgement.environment.occurrences[occurrence as usize].id, Part::Key)
}
