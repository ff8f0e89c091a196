//! The whole model in the words of `x-envschema`, as an export writes it: nothing beside it has to be read.

use envschema_core::schema::{Constraint, Group, Many};

use super::{ENTRIES, KEY};
use crate::format::concise::attribute::{Attribute, Row};
use crate::format::concise::document::{self, Heading};
use crate::format::concise::{rules, term, variable};
use crate::format::lower::Notes;
use crate::format::lower::draft::Draft;
use crate::format::lower::mistake::{Written, invalid, unknown};
use crate::format::lower::outline::Item;
use crate::format::lower::terms::Terms;
use crate::format::lower::values::Said;
use crate::format::tree::{Data, Member, Node};

/// Words of an entry that concise schema files do not have.
const PREFIXED: &str = "prefixed";
const BOUNDS: &str = "bounds";

/// The words of a group.
const GROUP: [&str; 7] = ["name", "description", "prefix", "path", "optional", "rules", ENTRIES];

/// Reads the entries of the model.
pub(super) fn entries(member: &Member<'_>, notes: &mut Notes) -> Vec<Item> {
    let at = Written::key(member).span;
    let said = Said { word: ENTRIES, whose: "the schema", at, node: &member.value };
    let Data::Array(items) = &member.value.value else {
        said.wrong("a list of variables and groups", notes);
        return Vec::new();
    };
    items.iter().filter_map(|item| entry(item, &said, notes)).collect()
}

fn entry(node: &Node<'_>, outer: &Said<'_, '_>, notes: &mut Notes) -> Option<Item> {
    let members = node.members().unwrap_or_default();
    let find = |word| members.iter().find(|member| member.key == word);
    match (find(ENTRIES), find(KEY)) {
        (Some(_), _) => Some(group(members, notes)),
        (None, Some(key)) => Some(Item::Variable(Box::new(variable(members, key, notes)?))),
        (None, None) => {
            let headline = format!("an entry of {} has neither a `key` nor `entries`", outer.whose);
            notes.push(invalid(node.span, headline).help("write an object such as `{\"key\": \"PORT\"}`"));
            None
        }
    }
}

fn group(members: &[Member<'_>], notes: &mut Notes) -> Item {
    let mut group = Group::default();
    let (mut items, mut placed) = (Vec::new(), Vec::new());
    let prefix = members.iter().find(|member| member.key == "prefix");
    let inner = match prefix.map(|member| &member.value.value) {
        Some(Data::Text(prefix)) => format!("{}{prefix}", notes.prefix),
        _ => notes.prefix.clone(),
    };
    let outer = std::mem::replace(&mut notes.prefix, inner);
    for member in members {
        let key = Written::key(member);
        let said = Said { word: key.text, whose: "a group", at: key.span, node: &member.value };
        let text = |notes: &mut Notes| said.text(notes).map(|literal| literal.text).unwrap_or_default();
        match key.text {
            "name" => group.name = text(notes),
            "description" => group.doc = text(notes),
            "prefix" => group.prefix = text(notes),
            "path" => group.path = text(notes),
            "optional" => group.optional = said.flag(notes).unwrap_or_default(),
            "rules" => placed = rules::read(&said, notes),
            ENTRIES => items = entries(member, notes),
            _ => notes.push(unknown(key, "a group", GROUP)),
        }
    }
    notes.prefix = outer;
    Item::Group(group, items, placed)
}

fn variable(members: &[Member<'_>], key: &Member<'_>, notes: &mut Notes) -> Option<Draft> {
    let said = Said { word: KEY, whose: "an entry", at: Written::key(key).span, node: &key.value };
    let literal = said.text(notes)?;
    let span = key.value.letters().unwrap_or(literal.span);
    let mut draft = Draft::new(&literal.text, span);
    let find = |word| members.iter().find(|member| member.key == word);
    let whose = variable::name(Written { text: &literal.text, span, shown: true }, notes);
    if let Some(member) = find(PREFIXED) {
        let at = Written::key(member).span;
        let said = Said { word: PREFIXED, whose: &whose, at, node: &member.value };
        draft.variable.prefixed = said.flag(notes).unwrap_or(true);
    }
    let own = |member: &&Member<'_>| ![KEY, PREFIXED, BOUNDS].contains(&member.key.as_ref());
    let words: Vec<Member<'_>> = members.iter().filter(own).cloned().collect();
    let terms = variable::words(&mut draft, &whose, &words, notes);
    if let Some(member) = find(BOUNDS) {
        draft.variable.bounds = bounds(member, &draft, &whose, notes);
    }
    terms.settle(&whose, notes);
    draft.take(terms);
    draft.literals.append(&mut notes.doubtful);
    draft.hide_unless_key(&literal.text, [literal.span; 2]);
    Some(draft)
}

/// What the Rust type of a field allows.
fn bounds(member: &Member<'_>, draft: &Draft, whose: &str, notes: &mut Notes) -> Many<Constraint> {
    let at = Written::key(member).span;
    let said = Said { word: BOUNDS, whose, at, node: &member.value };
    let Data::Table(members) = &member.value.value else {
        said.wrong("an object of constraints", notes);
        return Many::default();
    };
    let mut terms = Terms::default();
    for member in members {
        let key = Written::key(member);
        let said = Said { word: key.text, whose, at: key.span, node: &member.value };
        match Row::named(key.text).filter(|row| is_constraint(row.attribute)) {
            Some(row) => {
                term::apply(&mut terms, row.attribute, &draft.variable.kind, &said, notes);
            }
            None => {
                let headline = format!("`bounds` of {whose} has something that is no constraint");
                notes.push(invalid(key.span, headline).help("remove it"));
            }
        }
    }
    terms.constraints.into_iter().map(|placed| placed.constraint).collect::<Vec<_>>().into()
}

fn is_constraint(attribute: Attribute) -> bool {
    !matches!(
        attribute,
        Attribute::Required
            | Attribute::Optional
            | Attribute::Default
            | Attribute::Forbidden
            | Attribute::Also
    )
}

/// Reads the words about the schema as a whole.
pub(super) fn words(heading: &mut Heading, members: &[Member<'_>], notes: &mut Notes) {
    const LEFT_OUT: [&str; 3] = ["$schema", "extends", "variables"];
    for member in members.iter().filter(|member| member.key != ENTRIES) {
        let key = Written::key(member);
        let known = document::WORDS.iter().copied().filter(|word| !LEFT_OUT.contains(word));
        if known.clone().any(|word| word == key.text) {
            document::word(heading, member, notes);
        } else {
            notes.push(unknown(key, "the schema", known.chain([ENTRIES])));
        }
    }
}
