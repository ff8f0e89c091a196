//! The words that may stand in a variable and in its overrides alike: presence, constraints, literals beside the kind.

use envschema_core::kind::Kind;
use envschema_core::schema::Constraint;

use super::attribute::Attribute;
use crate::format::lower::Notes;
use crate::format::lower::terms::Terms;
use crate::format::lower::values::{Literal, Said, owned, texts};

/// Adds what `attribute` says to `terms`; `false` if it is none of these words.
pub(crate) fn apply(
    terms: &mut Terms,
    attribute: Attribute,
    kind: &Kind,
    said: &Said<'_, '_>,
    notes: &mut Notes,
) -> bool {
    match attribute {
        Attribute::Required | Attribute::Optional => {
            if let Some(flag) = said.flag(notes) {
                terms.require(flag == (attribute == Attribute::Required), said, notes);
            }
        }
        Attribute::Default => terms.set_default(kind, said, notes),
        Attribute::Forbidden => {
            terms.forbidden = said.flag(notes).filter(|flag| *flag).map(|_| said.span());
        }
        Attribute::Also => terms.also = said.some_literals(notes),
        _ => {
            let Some(read) = constraint(attribute) else { return false };
            if let Some((constraint, literals)) = read(said, notes) {
                terms.add(constraint, &literals, said, notes);
            }
        }
    }
    true
}

type Read = fn(&Said<'_, '_>, &mut Notes) -> Option<(Constraint, Vec<Literal>)>;

/// How the value of a constraint's word is read.
fn constraint(attribute: Attribute) -> Option<Read> {
    Some(match attribute {
        Attribute::Min => |said, notes| bound(said, notes, Constraint::Min),
        Attribute::Max => |said, notes| bound(said, notes, Constraint::Max),
        Attribute::Above => |said, notes| bound(said, notes, Constraint::Above),
        Attribute::Below => |said, notes| bound(said, notes, Constraint::Below),
        Attribute::MinLength => |said, notes| Some((Constraint::MinLength(said.length(notes)?), Vec::new())),
        Attribute::MaxLength => |said, notes| Some((Constraint::MaxLength(said.length(notes)?), Vec::new())),
        Attribute::Pattern => {
            |said, notes| Some((Constraint::Pattern(owned(&said.text(notes)?.text)), Vec::new()))
        }
        Attribute::OneOf => |said, notes| several(said, notes, Constraint::OneOf),
        Attribute::NotOneOf => |said, notes| several(said, notes, Constraint::NotOneOf),
        Attribute::Schemes => |said, notes| {
            let (constraint, _) = several(said, notes, Constraint::Schemes)?;
            Some((constraint, Vec::new()))
        },
        _ => return None,
    })
}

fn bound(
    said: &Said<'_, '_>,
    notes: &mut Notes,
    make: fn(envschema_core::schema::Text) -> Constraint,
) -> Option<(Constraint, Vec<Literal>)> {
    let literal = said.literal(notes)?;
    Some((make(literal.text.clone()), vec![literal]))
}

fn several(
    said: &Said<'_, '_>,
    notes: &mut Notes,
    make: fn(envschema_core::schema::Many<envschema_core::schema::Text>) -> Constraint,
) -> Option<(Constraint, Vec<Literal>)> {
    let literals = said.some_literals(notes)?;
    Some((make(texts(&literals)), literals))
}
