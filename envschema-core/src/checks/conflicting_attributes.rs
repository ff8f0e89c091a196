//! `conflicting-attributes`: words of a schema that contradict each other or the kind.

use crate::diagnostic::Diagnostic;
use crate::kind::Kind;
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
        let has_default = matches!(&row.variable.presence, Presence::Default(text) if !text.is_empty());
        if has_default && row.variable.sensitive == Some(true) {
            let headline = format!(
                "`{}` is sensitive and has a default, which everybody can read in the schema",
                row.key
            );
            report.push(
                error(id, row, VariablePart::Default, headline)
                    .help("remove the default and make it required, or optional"),
            );
        }
        if row.variable.deprecated.as_ref().is_some_and(|deprecated| deprecated.removed)
            && row.variable.presence == Presence::Required
        {
            let headline = format!("`{}` is required and removed at once", row.key);
            report.push(
                error(id, row, VariablePart::Deprecated, headline)
                    .help("make it optional, or do not call it removed"),
            );
        }
    }
}

fn check_constraint(
    id: RowId,
    row: &Row<'_>,
    part: VariablePart,
    constraint: &Constraint,
    report: &mut Vec<Diagnostic>,
) {
    let kind = rules::item_kind(&row.variable.kind);
    if !fits(constraint, &row.variable.kind, kind) {
        let headline =
            format!("`{}` means nothing for the kind `{}` of `{}`", word(constraint), kind.name(), row.key);
        report.push(error(id, row, part, headline).help("remove it, or change the kind"));
        return;
    }
    for (index, literal) in (0..).zip(rules::literals(constraint)) {
        if kind.parse(literal).is_err() {
            let part = rules::literal_part(part, index, constraint);
            let headline =
                format!("a literal in `{}` of `{}` is not {}", word(constraint), row.key, kind.expected());
            report.push(error(id, row, part, headline).help(format!("write {}", kind.expected())));
        }
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
