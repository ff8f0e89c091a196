//! From drafts to the table: entries in their groups, rows numbered in the order of the table, every place noted.

use std::borrow::Cow;

use envschema_core::outline::Outline;
use envschema_core::redact;
use envschema_core::schema::{Entry, Group, Many, Rule, Text};
use envschema_core::span::Span;
use envschema_core::table::RowId;

use super::draft::Draft;

/// An entry on its way to the model.
#[derive(Debug)]
pub(crate) enum Item {
    /// A variable.
    Variable(Box<Draft>),
    /// A group: its words and what it holds.
    Group(Group, Vec<Self>, Vec<PlacedRule>),
}

impl Item {
    /// The outermost group it names.
    pub(crate) fn group(&self) -> Option<&Text> {
        match self {
            Self::Variable(draft) => draft.groups.first(),
            Self::Group(group, ..) => Some(&group.name),
        }
    }
}

/// A rule and where it stands.
pub(crate) type PlacedRule = (Rule, Span);

/// Entries and rules of the model with their places.
#[derive(Debug, Default)]
pub(crate) struct Assembled {
    /// The entries.
    pub(crate) entries: Many<Entry>,
    /// The rules.
    pub(crate) rules: Many<Rule>,
    /// The places.
    pub(crate) outline: Outline,
}

/// Puts variables into the groups they name: `groups` are described ones, and a group comes where its first variable does.
pub(crate) fn group(items: impl IntoIterator<Item = Item>, groups: &[Group]) -> Vec<Item> {
    let mut grouped = Vec::new();
    for item in items {
        match item {
            Item::Variable(mut draft) => {
                let path = std::mem::take(&mut draft.groups);
                insert(&mut grouped, &path, draft, groups);
            }
            group @ Item::Group(..) => grouped.push(group),
        }
    }
    grouped
}

fn insert(items: &mut Vec<Item>, path: &[Text], draft: Box<Draft>, groups: &[Group]) {
    let Some((name, rest)) = path.split_first() else {
        items.push(Item::Variable(draft));
        return;
    };
    // Most variables stand beside those of their group.
    for item in items.iter_mut().rev() {
        if let Item::Group(group, inner, _) = item
            && group.name == *name
        {
            insert(inner, rest, draft, groups);
            return;
        }
    }
    let described = groups.iter().find(|group| group.name == *name).cloned();
    let group = described.unwrap_or_else(|| Group { name: name.clone(), ..Group::default() });
    let mut inner = Vec::new();
    insert(&mut inner, rest, draft, groups);
    items.push(Item::Group(group, inner, Vec::new()));
}

/// Makes the model's entries of items and rules.
pub(crate) fn assemble(items: Vec<Item>, rules: Vec<PlacedRule>) -> Assembled {
    let mut walk = Walk { outline: Outline::default(), next: 0 };
    let (entries, rules) = walk.scope(items, rules, "");
    Assembled { entries: entries.into(), rules: rules.into(), outline: walk.outline }
}

/// The walk of the table: rules of a scope first, then its entries.
struct Walk {
    outline: Outline,
    next: u32,
}

impl Walk {
    fn scope(&mut self, items: Vec<Item>, rules: Vec<PlacedRule>, prefix: &str) -> (Vec<Entry>, Vec<Rule>) {
        let rules = rules.into_iter().map(|(rule, span)| {
            self.outline.add_rule(span);
            rule
        });
        let rules = rules.collect();
        let mut entries = Vec::with_capacity(items.len());
        entries.extend(items.into_iter().filter_map(|item| match item {
            Item::Variable(draft) => self.variable(*draft, prefix),
            Item::Group(group, items, rules) => {
                let prefix = format!("{prefix}{}", group.prefix);
                let (entries, rules) = self.scope(items, rules, &prefix);
                Some(Entry::Group(Group { entries: entries.into(), rules: rules.into(), ..group }))
            }
        }));
        (entries, rules)
    }

    /// The variable as an entry; none if its key, which is reported, may not be shown.
    fn variable(&mut self, draft: Draft, prefix: &str) -> Option<Entry> {
        let variable = draft.variable;
        let key = if variable.prefixed && !prefix.is_empty() {
            Cow::Owned(format!("{prefix}{}", variable.key))
        } else {
            Cow::Borrowed(variable.key.as_ref())
        };
        let is_secret = variable.sensitive.unwrap_or_else(|| redact::looks_secret(&key));
        let literals = draft.literals.into_iter().filter(|_| is_secret);
        for span in draft.secrets.into_iter().chain(literals) {
            self.outline.add_secret(span);
        }
        redact::key(key.as_bytes())?;
        let row = RowId(self.next);
        self.next = self.next.saturating_add(1);
        for (part, span) in draft.places {
            self.outline.add(row, part, span);
        }
        Some(Entry::Variable(variable))
    }
}
