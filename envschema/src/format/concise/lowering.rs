//! The concise form to the model: the flat form is a mapping of variables, the document form says more around them.

use std::borrow::Cow;
use std::collections::HashSet;

use super::document::{self, Heading, WORDS};
use super::heading::Headings;
use super::variable;
use crate::format::lower::Notes;
use crate::format::lower::mistake::{Written, invalid, unknown};
use crate::format::lower::outline::{self, Item};
use crate::format::lower::values::{Said, owned};
use crate::format::tree::{Data, Member, Node};

/// What a concise schema says.
#[derive(Debug, Default)]
pub(crate) struct Lowered {
    /// What it says about the schema as a whole.
    pub(crate) heading: Heading,
    /// Its variables in their groups.
    pub(crate) items: Vec<Item>,
}

/// Lowers the document `root`. `headings` are those of its comments, where its format has any.
pub(crate) fn lower(root: &Node<'_>, headings: Option<&Headings<'_>>, notes: &mut Notes) -> Lowered {
    let mut lowered = Lowered::default();
    let Data::Table(members) = &root.value else {
        if root.value != Data::Invalid {
            notes.secrets.push(root.span);
            let headline = "the schema is not a mapping of variables";
            notes.push(invalid(root.span, headline).help("write `KEY: string (required)`, for example"));
        }
        return lowered;
    };
    let items = if is_document(members) {
        document(&mut lowered.heading, members, headings, notes)
    } else {
        let variables = members.iter().filter(|member| member.key != "$schema");
        variables.map(|member| variable(member, headings, notes)).collect()
    };
    if items.is_empty() && lowered.heading.extends.is_none() && notes.report.is_empty() {
        notes.push(invalid(root.span, "the schema declares no variable").help("declare at least one"));
    }
    describe(&mut lowered.heading, &items, headings);
    lowered.items = outline::group(items, &lowered.heading.groups);
    lowered
}

/// Whether a mapping is of the document form: it has one of its words.
fn is_document(members: &[Member<'_>]) -> bool {
    members.iter().any(|member| member.key != "$schema" && WORDS.contains(&member.key.as_ref()))
}

fn document(
    heading: &mut Heading,
    members: &[Member<'_>],
    headings: Option<&Headings<'_>>,
    notes: &mut Notes,
) -> Vec<Item> {
    let mut items = Vec::new();
    for member in members {
        let key = Written::key(member);
        if !WORDS.contains(&key.text) {
            // It may have slipped out of a variable, and nobody knows which.
            notes.secrets.push(member.value.span);
            notes.hide_in(&member.value);
        }
        match key.text {
            "variables" => items = variables(member, headings, notes),
            word if WORDS.contains(&word) => document::word(heading, member, notes),
            word if word.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                let diagnostic = unknown(key, "the schema", WORDS);
                notes.push(diagnostic.help("a variable beside words of the schema stands under `variables`"));
            }
            _ => notes.push(unknown(key, "the schema", WORDS)),
        }
    }
    items
}

fn variables(member: &Member<'_>, headings: Option<&Headings<'_>>, notes: &mut Notes) -> Vec<Item> {
    let said =
        Said { word: "variables", whose: "the schema", at: Written::key(member).span, node: &member.value };
    match &member.value.value {
        Data::Table(members) => members.iter().map(|member| variable(member, headings, notes)).collect(),
        _ => {
            said.wrong("a mapping from keys to kinds", notes);
            Vec::new()
        }
    }
}

fn variable(member: &Member<'_>, headings: Option<&Headings<'_>>, notes: &mut Notes) -> Item {
    let mut draft = variable::read(member, notes);
    let heading = headings.and_then(|headings| headings.covering(member.key_span));
    if let Some(heading) = heading.filter(|_| draft.groups.is_empty()) {
        draft.groups.push(owned(heading.title));
    }
    Item::Variable(Box::new(draft))
}

/// Gives the groups of comments what stands below their titles.
fn describe(heading: &mut Heading, items: &[Item], headings: Option<&Headings<'_>>) {
    let Some(headings) = headings else { return };
    let mut undescribed: HashSet<&str> = items.iter().filter_map(Item::group).map(AsRef::as_ref).collect();
    for group in &heading.groups {
        undescribed.remove(group.name.as_ref());
    }
    for comment in headings.all().iter().filter(|comment| !comment.notes.is_empty()) {
        if undescribed.remove(comment.title) {
            heading.groups.push(envschema_core::schema::Group {
                name: owned(comment.title),
                doc: Cow::Owned(comment.notes.join(" ")),
                ..Default::default()
            });
        }
    }
}
