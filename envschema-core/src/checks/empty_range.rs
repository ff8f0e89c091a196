//! `empty-range`: bounds that no value can meet.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::element;
use crate::kind::Kind;
use crate::registry::{Check, Run};
use crate::rules::{self, Variant};
use crate::schema::{Constraint, Variable};
use crate::subject::{Subject, VariablePart};
use crate::table::Table;

/// The check.
pub static CHECK: Check = Check {
    code: "empty-range",
    summary: "bounds that no value can meet",
    page: include_str!("empty_range.md"),
    run: Run::Schema(run),
};

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    for (id, row) in table.iter() {
        for variant in rules::variants(row.variable) {
            for (part, why, help) in empty(row.variable, &variant) {
                let headline = format!("`{}` allows no value{}: {why}", row.key, variant.clause);
                report.push(
                    Diagnostic::error(CHECK.code, Subject::variable(id, part), headline)
                        .key(row.key.as_ref())
                        .help(help),
                );
            }
        }
    }
}

/// The constraints that leave no value, each with a clause that says why, and what to do. What does so without an override is not said
/// again for each override.
fn empty<'v>(
    variable: &'v Variable,
    variant: &'v Variant<'v>,
) -> impl Iterator<Item = (VariablePart, &'static str, &'static str)> {
    let is_new =
        |part: VariablePart| variant.when.is_none() || matches!(part, VariablePart::WhenConstraint(..));
    let kind = element::kind_of_items(&variable.kind);
    variant.constraints.iter().filter_map(move |(part, constraint)| {
        if matches!(constraint, Constraint::OneOf(literals) if literals.is_empty()) {
            return is_new(*part).then_some((*part, "the list of allowed values is empty", "list a value"));
        }
        let is_beyond = |own| excludes(kind, own, constraint) || excludes(kind, constraint, own);
        if own_bounds(kind).iter().any(is_beyond) {
            let help = "take a bound that values of its kind can meet";
            return is_new(*part).then_some((*part, "no value of its kind is within the bound", help));
        }
        let mut lower = variant.constraints.iter().filter(|(_, lower)| excludes(kind, lower, constraint));
        let (lower_part, _) = lower.next()?;
        // What the type allows is not what is to be changed.
        let parts = [*part, *lower_part].into_iter().filter(|part| is_new(*part));
        let part = parts.min_by_key(|part| *part == VariablePart::Kind)?;
        Some((
            part,
            "its bounds leave nothing between them",
            "make the lower bound smaller, or the upper one larger",
        ))
    })
}

/// The bounds that all values of a kind meet.
const fn own_bounds(kind: &Kind) -> &'static [Constraint] {
    match kind {
        Kind::Port => &[Constraint::Min(Cow::Borrowed("1")), Constraint::Max(Cow::Borrowed("65535"))],
        Kind::Size => &[Constraint::Min(Cow::Borrowed("0"))],
        Kind::Duration => &[Constraint::Min(Cow::Borrowed("0s"))],
        _ => &[],
    }
}

/// Whether nothing lies between two bounds. Bounds that are no values of the kind are reported elsewhere.
fn excludes(kind: &Kind, lower: &Constraint, upper: &Constraint) -> bool {
    let (low, high, may_be_equal) = match (lower, upper) {
        (Constraint::MinLength(low), Constraint::MaxLength(high)) => return low > high,
        (Constraint::Min(low), Constraint::Max(high)) => (low, high, true),
        (Constraint::Min(low) | Constraint::Above(low), Constraint::Max(high) | Constraint::Below(high)) => {
            (low, high, false)
        }
        _ => return false,
    };
    let (Ok(low), Ok(high)) = (kind.parse(low), kind.parse(high)) else { return false };
    low.compare(&high).is_some_and(|order| order.is_gt() || (order.is_eq() && !may_be_equal))
}

#[cfg(all(test, feature = "dotenv"))]
mod tests {
    use crate::kind::Kind;
    use crate::schema::{Constraint, Variable, When};
    use crate::testing::{Scene, constrained, if_, in_profile, texts, when};

    fn found(variable: Variable) -> Vec<String> {
        Scene::new([variable]).schema_found()
    }

    #[test]
    fn bounds_that_cross() {
        let nothing = "empty-range: `X` allows no value: its bounds leave nothing between them";
        let bounds = |low, high| constrained("X", Kind::Duration, [low, high]);
        assert_eq!(found(bounds(Constraint::Min("2m".into()), Constraint::Max("60s".into()))), [nothing]);
        assert_eq!(found(bounds(Constraint::Above("1m".into()), Constraint::Max("60s".into()))), [nothing]);
        assert_eq!(
            found(bounds(Constraint::Min("1m".into()), Constraint::Max("60s".into()))),
            [] as [&str; 0]
        );
        assert_eq!(
            found(constrained("X", Kind::String, [Constraint::MinLength(3), Constraint::MaxLength(2)])),
            [nothing]
        );
        assert_eq!(
            found(constrained("X", Kind::String, [Constraint::OneOf(texts(&[]))])),
            ["empty-range: `X` allows no value: the list of allowed values is empty"]
        );
    }

    #[test]
    fn bounds_that_no_value_of_the_kind_meets() {
        let nothing = "empty-range: `X` allows no value: no value of its kind is within the bound";
        for (kind, bound) in [
            (Kind::Size, Constraint::Below("0".into())),
            (Kind::Duration, Constraint::Below("0ms".into())),
            (Kind::Port, Constraint::Above("65535".into())),
            (Kind::Port, Constraint::Below("1".into())),
        ] {
            assert_eq!(found(constrained("X", kind, [bound])), [nothing]);
        }
        let least = Constraint::Max("0".into());
        assert_eq!(found(constrained("X", Kind::Size, [least])), [] as [&str; 0]);
    }

    #[test]
    fn an_override_is_held_against_what_it_leaves() {
        let own = constrained("X", Kind::Integer, [Constraint::Min("1".into()), Constraint::Max("9".into())]);
        let at_least = |least: &'static str| When {
            constraints: vec![Constraint::Min(least.into())].into(),
            ..if_(in_profile(&["production"]))
        };
        assert_eq!(
            found(when(own.clone(), at_least("10"))),
            [
                "empty-range: `X` allows no value in the profile `production`: its bounds leave nothing between them"
            ]
        );
        assert_eq!(found(when(own, at_least("9"))), [] as [&str; 0]);
        let wrong =
            constrained("X", Kind::Integer, [Constraint::Min("9".into()), Constraint::Max("1".into())]);
        let other = When { constraints: vec![Constraint::NotOneOf(texts(&["5"]))].into(), ..at_least("0") };
        assert_eq!(found(when(wrong, other)).len(), 1);
    }
}
