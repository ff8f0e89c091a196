//! `conflicting-attributes`: words of a schema that contradict each other or the kind.

use crate::diagnostic::Diagnostic;
use crate::element;
use crate::kind::Kind;
use crate::redact;
use crate::registry::{Check, Run};
use crate::rules;
use crate::schema::{Constraint, Presence};
use crate::subject::{Subject, VariablePart};
use crate::table::{Row, RowId, Table};

/// The check.
pub static CHECK: Check = Check {
    code: "conflicting-attributes",
    summary: "words of a schema that contradict each other or the kind",
    page: include_str!("conflicting_attributes.md"),
    run: Run::Schema(run),
};

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    for (id, row) in table.iter() {
        for (part, constraint) in rules::constraints(row.variable) {
            check_constraint(id, row, part, constraint, report);
        }
        check_sorts(id, row, report);
        check_presence(id, row, report);
    }
}

fn check_constraint(
    id: RowId,
    row: &Row<'_>,
    part: VariablePart,
    constraint: &Constraint,
    report: &mut Vec<Diagnostic>,
) {
    let kind = element::kind_of_items(&row.variable.kind);
    let word = word(constraint);
    if !fits(constraint, &row.variable.kind, kind) {
        let headline = format!("`{word}` means nothing for the kind `{}` of `{}`", kind.name(), row.key);
        report.push(error(id, row, part, headline).help("remove it, or change the kind"));
        return;
    }
    for (index, literal) in (0..).zip(rules::literals(constraint)) {
        if let Err(mistake) = kind.parse(literal) {
            let part = rules::literal_part(part, index, constraint);
            let headline = if row.sensitive {
                format!("a value in `{word}` of `{}` is not a valid `{}`", row.key, kind.name())
            } else {
                let literal = redact::value(literal);
                format!("a value in `{word}` of `{}` {}: {literal}", row.key, mistake.message)
            };
            report.push(error(id, row, part, headline).help(format!("write {}", kind.expected())));
        }
    }
}

/// Of two constraints of one sort only the later one could hold.
fn check_sorts(id: RowId, row: &Row<'_>, report: &mut Vec<Diagnostic>) {
    let mut earlier: Vec<(VariablePart, &Constraint)> = Vec::new();
    for (part, constraint) in rules::constraints(row.variable) {
        let other = earlier
            .iter()
            .find(|(other, earlier)| is_beside(part, *other) && earlier.is_same_sort(constraint));
        if let Some((_, other)) = other {
            let headline =
                format!("`{}` and `{}` of `{}` exclude each other", word(other), word(constraint), row.key);
            report.push(error(id, row, part, headline).help("keep one of them"));
        }
        earlier.push((part, constraint));
    }
}

/// Whether two constraints stand in the same place: the variable, or one override.
fn is_beside(a: VariablePart, b: VariablePart) -> bool {
    match (a, b) {
        (VariablePart::Constraint(_), VariablePart::Constraint(_)) => true,
        (VariablePart::WhenConstraint(a, _), VariablePart::WhenConstraint(b, _)) => a == b,
        _ => false,
    }
}

fn check_presence(id: RowId, row: &Row<'_>, report: &mut Vec<Diagnostic>) {
    let variable = row.variable;
    let has_default = matches!(&variable.presence, Presence::Default(text) if !text.is_empty());
    if has_default && variable.sensitive == Some(true) {
        let headline =
            format!("`{}` is sensitive, but has a default that everybody can read in the schema", row.key);
        report.push(
            error(id, row, VariablePart::Default, headline)
                .help("remove the default, and make it required or optional"),
        );
    }
    let is_removed = variable.deprecated.as_ref().is_some_and(|deprecated| deprecated.removed);
    if is_removed && variable.presence == Presence::Required {
        let headline = format!("`{}` is required, but no longer supported", row.key);
        report.push(error(id, row, VariablePart::Deprecated, headline).help("make it optional"));
    }
}

fn error(id: RowId, row: &Row<'_>, part: VariablePart, headline: String) -> Diagnostic {
    Diagnostic::error(CHECK.code, Subject::variable(id, part), headline).key(row.key.as_ref())
}

/// Whether a constraint can hold for values of the kind at all.
const fn fits(constraint: &Constraint, whole: &Kind, item: &Kind) -> bool {
    match constraint {
        Constraint::Min(_) | Constraint::Max(_) | Constraint::Above(_) | Constraint::Below(_) => matches!(
            item,
            Kind::Integer
                | Kind::Number
                | Kind::Port
                | Kind::Duration
                | Kind::Size
                | Kind::Date
                | Kind::DateTime
                | Kind::Semver
        ),
        Constraint::MinLength(_) | Constraint::MaxLength(_) => {
            matches!(whole, Kind::List(_) | Kind::Map(_))
                || !matches!(item, Kind::Integer | Kind::Number | Kind::Boolean | Kind::Port)
        }
        Constraint::Schemes(_) => matches!(item, Kind::Url),
        Constraint::Pattern(_) | Constraint::OneOf(_) | Constraint::NotOneOf(_) => true,
    }
}

/// The word for a constraint in a schema file.
const fn word(constraint: &Constraint) -> &'static str {
    match constraint {
        Constraint::Min(_) => "min",
        Constraint::Max(_) => "max",
        Constraint::Above(_) => "above",
        Constraint::Below(_) => "below",
        Constraint::MinLength(_) => "min_length",
        Constraint::MaxLength(_) => "max_length",
        Constraint::Pattern(_) => "pattern",
        Constraint::OneOf(_) => "one_of",
        Constraint::NotOneOf(_) => "not_one_of",
        Constraint::Schemes(_) => "schemes",
    }
}
