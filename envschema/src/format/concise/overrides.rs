//! What changes under a condition: `in`, `when`, `required_when`, `forbidden_when`.

use envschema_core::kind::Kind;
use envschema_core::schema::{Condition, Text};
use envschema_core::span::Span;

use super::attribute::{Attribute, Row, override_names};
use super::{condition, term};
use crate::format::lower::Notes;
use crate::format::lower::draft::Draft;
use crate::format::lower::mistake::{Written, invalid, unknown};
use crate::format::lower::names::Named;
use crate::format::lower::terms::Terms;
use crate::format::lower::values::{Literal, Said, owned};
use crate::format::tree::{Data, Member, Node};

/// The word of `when` that holds the condition.
pub(crate) const IF: &str = "if";

/// `required_when` and `forbidden_when`: one condition, or several of which any may hold.
pub(super) fn required_or_forbidden(
    draft: &mut Draft,
    attribute: Attribute,
    said: &Said<'_, '_>,
    notes: &mut Notes,
) {
    for (condition, said) in condition::read_several(said, notes) {
        let mut terms = Terms::default();
        if attribute == Attribute::ForbiddenWhen {
            terms.forbidden = Some(said.span());
        } else {
            terms.require(true, &said, notes);
        }
        draft.take_when(said.span(), condition, terms);
    }
}

/// `in`: overrides by the names of profiles, several of them joined by `|`.
pub(super) fn in_profiles(draft: &mut Draft, said: &Said<'_, '_>, notes: &mut Notes) {
    let Data::Table(profiles) = &said.node.value else {
        said.wrong("overrides by profile, such as `{production: {required: true}}`", notes);
        return;
    };
    for member in profiles {
        let span = Written::key(member).span;
        let names: Vec<Text> = member.key.split('|').map(|name| owned(name.trim())).collect();
        let by = format!("`in` of {}", said.whose);
        for name in &names {
            notes.mention(Named::Profile, &Literal { text: name.clone(), span }, by.as_str());
        }
        let condition = Condition { profiles: names.into(), ..Condition::default() };
        let inner = said.of(&member.value);
        if let Some(terms) = overrides(&draft.variable.kind, &inner, notes) {
            draft.take_when(span, condition, terms);
        }
    }
}

/// `when`: a list of overrides, each with its condition under `if`.
pub(super) fn when(draft: &mut Draft, said: &Said<'_, '_>, notes: &mut Notes) {
    let nodes: &[Node<'_>] = match &said.node.value {
        Data::Array(items) => items,
        _ => std::slice::from_ref(said.node),
    };
    for node in nodes {
        let said = said.of(node);
        let Some(member) = node.members().into_iter().flatten().find(|member| member.key == IF) else {
            said.wrong(
                "overrides with a condition, such as `{if: {profile: production}, required: true}`",
                notes,
            );
            continue;
        };
        let at = Written::key(member).span;
        let condition = condition::read(&Said { word: IF, at, node: &member.value, ..said }, notes);
        let terms = overrides(&draft.variable.kind, &said, notes);
        if let (Some(condition), Some(terms)) = (condition, terms) {
            draft.take_when(at.to(member.value.span), condition, terms);
        }
    }
}

fn overrides(kind: &Kind, said: &Said<'_, '_>, notes: &mut Notes) -> Option<Terms> {
    let Data::Table(members) = &said.node.value else {
        said.wrong("overrides such as `{required: true}`", notes);
        return None;
    };
    let mut terms = Terms::default();
    for member in members.iter().filter(|member| member.key != IF) {
        one(&mut terms, kind, member, said.whose, notes);
    }
    terms.settle(said.whose, notes);
    settle_forbidden(&terms, said, notes);
    Some(terms)
}

fn one(terms: &mut Terms, kind: &Kind, member: &Member<'_>, whose: &str, notes: &mut Notes) {
    let key = Written::key(member);
    match Row::named(key.text) {
        Some(row) if row.overrides => {
            let said = Said { word: row.name, whose, at: key.span, node: &member.value };
            term::apply(terms, row.attribute, kind, &said, notes);
        }
        Some(row) => {
            let headline = format!("`{}` of {whose} cannot change under a condition", row.name);
            notes.push(invalid(key.span, headline).help("only presence and constraints can: say it outside"));
        }
        None => {
            notes.doubtful.push(member.value.span);
            let key = Written { shown: false, ..key };
            notes.push(unknown(key, &format!("an override of {whose}"), override_names()));
        }
    }
}

fn settle_forbidden(terms: &Terms, said: &Said<'_, '_>, notes: &mut Notes) {
    let presence: Option<Span> = terms.presence_span();
    if let (Some(forbidden), Some(presence)) = (terms.forbidden, presence) {
        let headline = format!("{} is forbidden and present under one condition", said.whose);
        let diagnostic = crate::format::lower::mistake::conflicting(presence, forbidden, headline);
        notes.push(diagnostic.help("keep one of the two"));
    }
}
