//! `conflicting-attributes`: words of a schema that contradict each other or the kind.

use crate::constraint::broken_by;
use crate::diagnostic::Diagnostic;
use crate::element::{self, Element};
use crate::kind::Kind;
use crate::redact;
use crate::registry::{Check, Run};
use crate::rules;
use crate::schema::{Constraint, Presence, Text, Variable};
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
        check_conditions(table, id, row, report);
    }
}

/// Reports conditions on a value that a variable is never allowed to have: they never hold.
fn check_conditions(table: &Table<'_>, id: RowId, row: &Row<'_>, report: &mut Vec<Diagnostic>) {
    for (index, when) in (0..).zip(row.variable.when.iter()) {
        for (key, literals) in when.condition.values.iter() {
            let Some(other) = table.find_beside(row, key).map(|other| table.row(other)) else { continue };
            if literals.iter().any(|literal| is_excluded(other.variable, literal)) {
                let headline = format!(
                    "a condition of `{}` compares `{}` with a value that it can never have",
                    row.key, other.key
                );
                let help = "write one of the values it may have, or allow this one";
                report.push(error(id, row, VariablePart::When(index), headline).help(help));
            }
        }
    }
}

/// Whether no list of allowed values, whatever holds, has `text`.
fn is_excluded(variable: &Variable, text: &str) -> bool {
    fn allowed(constraints: &[Constraint]) -> Option<&[Text]> {
        constraints.iter().find_map(|constraint| match constraint {
            Constraint::OneOf(allowed) => Some(&**allowed),
            _ => None,
        })
    }
    let Some(own) = allowed(&variable.constraints).filter(|_| !element::has_items(&variable.kind)) else {
        return false;
    };
    let others = variable.when.iter().filter_map(|when| allowed(&when.constraints)).flatten();
    let beside = variable.when.iter().filter_map(|when| when.also.as_deref()).flatten();
    // What is no value of the kind is said elsewhere.
    let Ok(value) = variable.kind.parse(text) else { return false };
    let is_same =
        |other: &Text| other == text || variable.kind.parse(other).is_ok_and(|other| value.same(&other));
    !own.iter().chain(others).chain(beside).chain(variable.also.iter()).any(is_same)
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
        let part = rules::literal_part(part, index, constraint);
        match kind.parse(literal) {
            Err(mistake) => {
                let headline = if row.sensitive {
                    format!("a value in `{word}` of `{}` is not a valid `{}`", row.key, kind.name())
                } else {
                    let literal = redact::value(literal);
                    format!("a value in `{word}` of `{}` {}: {literal}", row.key, mistake.message)
                };
                report.push(error(id, row, part, headline).help(format!("write {}", kind.expected())));
            }
            Ok(value) => {
                let literal = Element { at: None, text: literal, value: Some(value), admitted: false };
                if row.variable.bounds.iter().any(|bound| is_beyond(constraint, kind, &literal, bound)) {
                    report.push(beyond_type(id, row, part, word));
                }
            }
        }
    }
    if row.variable.bounds.iter().any(|bound| is_longer(constraint, bound)) {
        report.push(beyond_type(id, row, part, word));
    }
}

/// Whether a literal that is allowed is one that the type of the field cannot hold.
fn is_beyond(constraint: &Constraint, kind: &Kind, literal: &Element<'_>, bound: &Constraint) -> bool {
    // A lower bound above all that the type holds allows nothing, which is said elsewhere.
    let applies = matches!(constraint, Constraint::OneOf(_)) || constraint.is_same_sort(bound);
    let applies = applies && !matches!(constraint, Constraint::NotOneOf(_));
    let mut is_broken = false;
    if applies {
        broken_by(bound, kind, std::slice::from_ref(literal), |_| is_broken = true);
    }
    is_broken
}

/// Whether a length is allowed that the type of the field cannot hold.
const fn is_longer(constraint: &Constraint, bound: &Constraint) -> bool {
    match (constraint, bound) {
        (Constraint::MinLength(length), Constraint::MinLength(bound)) => *length < *bound,
        (Constraint::MaxLength(length), Constraint::MaxLength(bound)) => *length > *bound,
        _ => false,
    }
}

fn beyond_type(id: RowId, row: &Row<'_>, part: VariablePart, word: &str) -> Diagnostic {
    let headline = format!("`{word}` of `{}` allows what its type cannot hold", row.key);
    error(id, row, part, headline).help("stay within the type, or take a wider one")
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

/// Whether a constraint can hold for values of the kind `whole` at all, whose items are of the kind `item`.
#[must_use]
pub const fn fits(constraint: &Constraint, whole: &Kind, item: &Kind) -> bool {
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

#[cfg(all(test, feature = "dotenv"))]
mod tests {
    use crate::kind::Kind;
    use crate::scalar;
    use crate::schema::{Constraint, Deprecation, Entry, Presence, Schema, Variable};
    use crate::table::Table;
    use crate::testing::{Scene, constrained, default, list, required, secret, texts};

    fn headlines(bounds: &'static [Constraint], kind: Kind, constraint: Constraint) -> Vec<String> {
        let constraints = vec![constraint].into();
        let variable = Variable { bounds: bounds.into(), constraints, ..Variable::new("COUNT".into(), kind) };
        let schema = Schema { entries: vec![Entry::Variable(variable)].into(), ..Schema::default() };
        let mut report = Vec::new();
        super::run(&Table::new(&schema), &mut report);
        report.into_iter().map(|diagnostic| diagnostic.headline).collect()
    }

    #[test]
    fn what_is_allowed_lies_within_the_type() {
        let one_of = |literal: &'static str| Constraint::OneOf(vec![literal.into()].into());
        let rows = [
            (scalar::U16, Kind::Integer, Constraint::Max("65536".into()), Some("max")),
            (scalar::U16, Kind::Integer, Constraint::Max("65535".into()), None),
            (scalar::U8, Kind::Integer, Constraint::Min("-1".into()), Some("min")),
            (scalar::U8, Kind::Integer, Constraint::Min("300".into()), None),
            (scalar::U8, Kind::Integer, Constraint::Max("-1".into()), None),
            (scalar::NON_ZERO_I8, Kind::Integer, Constraint::Min("0".into()), None),
            (scalar::NON_ZERO_I8, Kind::Integer, one_of("0"), Some("one_of")),
            (scalar::U8, Kind::Integer, Constraint::NotOneOf(vec!["256".into()].into()), None),
            (scalar::CHAR, Kind::String, Constraint::MaxLength(2), Some("max_length")),
            (scalar::CHAR, Kind::String, one_of("ab"), Some("one_of")),
        ];
        for (bounds, kind, constraint, word) in rows {
            let expected = word.map(|word| format!("`{word}` of `COUNT` allows what its type cannot hold"));
            assert_eq!(
                headlines(bounds, kind, constraint.clone()),
                Vec::from_iter(expected),
                "{constraint:?}"
            );
        }
    }

    fn found(variable: Variable) -> Vec<String> {
        Scene::new([variable]).schema_found()
    }

    #[test]
    fn a_constraint_has_to_fit_the_kind() {
        let code = "conflicting-attributes";
        assert_eq!(
            found(constrained("X", Kind::Boolean, [Constraint::Min("1".into())])),
            [format!("{code}: `min` means nothing for the kind `boolean` of `X`")]
        );
        assert_eq!(
            found(constrained(
                "X",
                list(Kind::Integer),
                [Constraint::MinLength(1), Constraint::Min("1".into())]
            )),
            [] as [&str; 0]
        );
        assert_eq!(found(constrained("X", Kind::Integer, [Constraint::MinLength(1)])).len(), 1);
        assert_eq!(found(constrained("X", Kind::String, [Constraint::Schemes(texts(&["http"]))])).len(), 1);
    }

    #[test]
    fn literals_have_to_be_values_of_the_kind() {
        let port = || constrained("X", Kind::Port, [Constraint::OneOf(texts(&["80", "http"]))]);
        assert_eq!(
            found(port()),
            [
                "conflicting-attributes: a value in `one_of` of `X` is not a whole number: it has letters: \"http\""
            ]
        );
        assert_eq!(
            found(secret(port())),
            ["conflicting-attributes: a value in `one_of` of `X` is not a valid `port`"]
        );
    }

    #[test]
    fn two_constraints_of_one_sort() {
        let bounds = [Constraint::Min("1".into()), Constraint::Above("0".into())];
        assert_eq!(
            found(constrained("X", Kind::Integer, bounds)),
            ["conflicting-attributes: `min` and `above` of `X` exclude each other"]
        );
    }

    #[test]
    fn presence_that_contradicts_itself() {
        assert_eq!(
            found(secret(default("X", Kind::String, "hunter2"))),
            [
                "conflicting-attributes: `X` is sensitive, but has a default that everybody can read in the schema"
            ]
        );
        let removed = Deprecation { removed: true, ..Deprecation::default() };
        let removed = Variable { deprecated: Some(removed), ..required("X", Kind::String) };
        assert_eq!(
            found(removed.clone()),
            ["conflicting-attributes: `X` is required, but no longer supported"]
        );
        assert_eq!(found(Variable { presence: Presence::Optional, ..removed }), [] as [&str; 0]);
    }
}
