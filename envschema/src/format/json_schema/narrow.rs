//! Where two constraints hold at once, the model has the later one stand instead of the earlier: it must say as much.

use std::cmp::Ordering;

use envschema_core::kind::Kind;
use envschema_core::schema::Constraint;

use crate::format::lower::draft::Draft;

/// Whether `new` may stand instead of everything a variable says already, always or under conditions.
pub(super) fn all_that_is_said(draft: &Draft, kind: &Kind, new: &Constraint) -> bool {
    let under_conditions = draft.variable.when.iter().flat_map(|when| when.constraints.iter());
    draft.variable.constraints.iter().chain(under_conditions).all(|known| narrows(kind, known, new))
}

/// Whether `new` may stand instead of `known` where both hold: it is of another sort, or allows nothing that `known` does not.
fn narrows(kind: &Kind, known: &Constraint, new: &Constraint) -> bool {
    use Constraint::{Above, Below, Max, MaxLength, Min, MinLength, OneOf};
    let order = |new: &str, known: &str| match (kind.parse(new), kind.parse(known)) {
        (Ok(new), Ok(known)) => new.compare(&known),
        _ => None,
    };
    match (known, new) {
        _ if !known.is_same_sort(new) => true,
        (OneOf(known), OneOf(new)) => new.iter().all(|literal| known.contains(literal)),
        (MinLength(known), MinLength(new)) => new >= known,
        (MaxLength(known), MaxLength(new)) => new <= known,
        (Min(known), Min(new) | Above(new)) | (Above(known), Above(new)) => {
            order(new, known).is_some_and(Ordering::is_ge)
        }
        (Above(known), Min(new)) => order(new, known).is_some_and(Ordering::is_gt),
        (Max(known), Max(new) | Below(new)) | (Below(known), Below(new)) => {
            order(new, known).is_some_and(Ordering::is_le)
        }
        (Below(known), Max(new)) => order(new, known).is_some_and(Ordering::is_lt),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use envschema_core::kind::Kind;
    use envschema_core::schema::Constraint::{
        self, Above, Below, Max, MaxLength, Min, MinLength, OneOf, Pattern,
    };

    use super::narrows;

    #[test]
    fn narrower_constraints() {
        let one_of =
            |words: &'static [&'static str]| OneOf(words.iter().map(|word| (*word).into()).collect());
        let rows: [(Constraint, Constraint, bool); 16] = [
            (Min("1".into()), Min("2".into()), true),
            (Min("2".into()), Min("1".into()), false),
            (Min("2".into()), Above("2".into()), true),
            (Above("2".into()), Min("2".into()), false),
            (Above("2".into()), Min("3".into()), true),
            (Max("2".into()), Below("2".into()), true),
            (Below("2".into()), Max("2".into()), false),
            (Max("2".into()), Max("3".into()), false),
            (Min("1".into()), Max("0".into()), true),
            (MinLength(2), MinLength(3), true),
            (MaxLength(2), MaxLength(3), false),
            (one_of(&["a", "b"]), one_of(&["b"]), true),
            (one_of(&["a"]), one_of(&["b"]), false),
            (Pattern("a".into()), Pattern("a".into()), false),
            (Pattern("a".into()), MinLength(2), true),
            (Min("x".into()), Min("1".into()), false),
        ];
        for (known, new, expected) in rows {
            assert_eq!(narrows(&Kind::Integer, &known, &new), expected, "{known:?} {new:?}");
        }
    }
}
