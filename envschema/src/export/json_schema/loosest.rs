//! What is left of a constraint that overrides replace: what holds whichever of them counts.

use std::borrow::Cow;
use std::cmp::Ordering;

use envschema_core::kind::Kind;
use envschema_core::schema::{Constraint, Text};

/// A constraint that every value holds to which holds to one of `constraints`, all of one sort; `None` if there is none to be
/// said. `kind` is that of the values or items.
pub(super) fn loosest<'c>(
    kind: &Kind,
    mut constraints: impl Iterator<Item = &'c Constraint>,
) -> Option<Cow<'c, Constraint>> {
    let first = Cow::Borrowed(constraints.next()?);
    constraints.try_fold(first, |loosest, other| looser(kind, &loosest, other).map(Cow::Owned))
}

fn looser(kind: &Kind, a: &Constraint, b: &Constraint) -> Option<Constraint> {
    use Constraint::{Above, Below, Max, MaxLength, Min, MinLength, NotOneOf, OneOf, Pattern, Schemes};
    Some(match (a, b) {
        (OneOf(a), OneOf(b)) => OneOf(union(a, b)),
        (Schemes(a), Schemes(b)) => Schemes(union(a, b)),
        (NotOneOf(a), NotOneOf(b)) => {
            NotOneOf(a.iter().filter(|literal| b.contains(literal)).cloned().collect::<Vec<_>>().into())
        }
        (MinLength(a), MinLength(b)) => MinLength(*a.min(b)),
        (MaxLength(a), MaxLength(b)) => MaxLength(*a.max(b)),
        (Min(x) | Above(x), Min(y) | Above(y)) => match (compare(kind, x, y)?, a) {
            (Ordering::Less, _) | (Ordering::Equal, Min(_)) => a.clone(),
            _ => b.clone(),
        },
        (Max(x) | Below(x), Max(y) | Below(y)) => match (compare(kind, x, y)?, a) {
            (Ordering::Greater, _) | (Ordering::Equal, Max(_)) => a.clone(),
            _ => b.clone(),
        },
        (Pattern(a), Pattern(b)) if a == b => Pattern(a.clone()),
        _ => return None,
    })
}

fn union(a: &[Text], b: &[Text]) -> Cow<'static, [Text]> {
    let more = b.iter().filter(|literal| !a.contains(literal));
    a.iter().chain(more).cloned().collect::<Vec<_>>().into()
}

fn compare(kind: &Kind, a: &str, b: &str) -> Option<Ordering> {
    kind.parse(a).ok()?.compare(&kind.parse(b).ok()?)
}

#[cfg(test)]
mod tests {
    use envschema_core::kind::Kind;
    use envschema_core::schema::Constraint;

    use super::loosest;

    #[test]
    fn what_holds_for_all_is_kept() {
        let one_of =
            |words: &[&str]| Constraint::OneOf(words.iter().map(|word| (*word).to_owned().into()).collect());
        let (min, above) = (Constraint::Min("1m".into()), Constraint::Above("60s".into()));
        let rows = [
            (Kind::String, vec![one_of(&["a", "b"]), one_of(&["b", "c"])], Some(one_of(&["a", "b", "c"]))),
            (Kind::Duration, vec![above.clone(), min.clone()], Some(min.clone())),
            (Kind::Duration, vec![min.clone(), above, Constraint::Min("2m".into())], Some(min)),
            (
                Kind::String,
                vec![Constraint::MaxLength(3), Constraint::MaxLength(9)],
                Some(Constraint::MaxLength(9)),
            ),
            (Kind::String, vec![Constraint::Pattern("a".into()), Constraint::Pattern("b".into())], None),
        ];
        for (kind, constraints, expected) in rows {
            assert_eq!(loosest(&kind, constraints.iter()).map(std::borrow::Cow::into_owned), expected);
        }
    }
}
