//! An object: its properties are variables, or groups of them.

use std::collections::HashMap;

use envschema_core::schema::Group;
use envschema_core::suggest;

use super::flat::Flat;
use super::key::upper_snake;
use super::property::{Property, given_key};
use super::{EXTENSION, Reader, Scope, doc};
use crate::format::concise::attribute::Row;
use crate::format::lower::draft::Draft;
use crate::format::lower::mistake::{KEY_HELP, Written, invalid, key_letters, rename, unknown};
use crate::format::lower::outline::Item;
use crate::format::lower::values::{Said, owned};
use crate::format::tree::{Data, Member, Node};

/// The words of the model that a group may have.
pub(crate) const GROUP: [&str; 5] = ["name", "description", "prefix", "path", "optional"];

/// The names that an object requires, with the place of each.
type Required<'n, 't> = HashMap<&'n str, &'n Node<'t>>;

/// A property that was read.
#[derive(Debug)]
pub(super) struct Named<'n> {
    /// Its name.
    pub(super) name: &'n str,
    /// What it is.
    pub(super) item: Item,
    /// The whole key, if it is a variable.
    pub(super) key: String,
}

impl Named<'_> {
    /// The variable, if it is one.
    pub(super) fn draft(&mut self) -> Option<&mut Draft> {
        match &mut self.item {
            Item::Variable(draft) => Some(draft),
            Item::Group(..) => None,
        }
    }
}

impl<'n, 't> Reader<'_, 'n, 't> {
    /// Reads what an object holds.
    pub(super) fn object(&mut self, flat: &Flat<'n, 't>, scope: &Scope) -> Vec<Item> {
        let required = self.required(flat);
        let mut named: Vec<Named<'n>> = Vec::new();
        for member in flat.all("properties") {
            let Data::Table(properties) = &member.value.value else {
                let at = Written::key(member).span;
                let said = Said { word: "properties", whose: "the schema", at, node: &member.value };
                said.wrong("an object of schemas", self.notes);
                continue;
            };
            for property in properties.iter().filter(|property| property.key != "$schema") {
                if let Some(read) = self.property(property, &required, scope) {
                    named.push(read);
                }
            }
        }
        self.check_required(required, &named);
        self.relations(flat, scope, &mut named);
        named.into_iter().map(|named| named.item).collect()
    }

    /// The names that an object requires, where they stand first.
    fn required(&mut self, flat: &Flat<'n, 't>) -> Required<'n, 't> {
        let mut required = Required::new();
        for member in flat.all("required") {
            let nodes = member.value.items().unwrap_or_default().iter();
            let texts = nodes.filter_map(|node| match &node.value {
                Data::Text(text) => Some((text.as_ref(), node)),
                _ => None,
            });
            let texts: Vec<_> = texts.collect();
            if member.value.items().is_none_or(|items| items.len() != texts.len()) {
                let at = Written::key(member).span;
                let said = Said { word: "required", whose: "an object", at, node: &member.value };
                said.wrong("a list of names", self.notes);
            }
            for (name, node) in texts {
                required.entry(name).or_insert(node);
            }
        }
        required
    }

    fn check_required(&mut self, mut required: Required<'_, '_>, named: &[Named<'_>]) {
        for named in named {
            required.remove(named.name);
        }
        let mut undeclared: Vec<_> = required.into_iter().collect();
        undeclared.sort_unstable_by_key(|(_, node)| node.span.start);
        for (name, node) in undeclared {
            let near = suggest::nearest(name, named.iter().map(|named| named.name));
            let diagnostic = invalid(node.span, "`required` names a property that is not declared");
            self.notes.push(match near {
                Some(near) => diagnostic
                    .help(format!("did you mean `{near}`?"))
                    .fix(node.letters().map(|letters| rename(letters, near))),
                None => diagnostic.help("declare it under `properties`, or remove it"),
            });
        }
    }

    fn property(
        &mut self,
        member: &'n Member<'t>,
        required: &Required<'n, 't>,
        scope: &Scope,
    ) -> Option<Named<'n>> {
        let flat = self.flatten(&member.value);
        let required = required.get(member.key.as_ref()).copied();
        let depth = self.follower.enter(&flat);
        let named = if flat.find("properties").is_some() {
            let item = self.group(member, &flat, required.is_none(), scope);
            Some(Named { name: &member.key, item, key: String::new() })
        } else if matches!(member.value.value, Data::Invalid) {
            None
        } else {
            let given = given_key(&flat);
            let key = given.clone().unwrap_or_else(|| self.key_of(&member.key));
            let is_whole = given.is_some();
            let whole = if is_whole { key.clone() } else { format!("{}{key}", scope.prefix) };
            let property = Property { member, flat: &flat, key, is_whole, required };
            let draft = self.variable(&property, scope);
            Some(Named { name: &member.key, item: Item::Variable(Box::new(draft)), key: whole })
        };
        self.follower.leave(depth);
        named
    }

    /// The key of a property without one of its own: in a flat schema its name, else made of it.
    fn key_of(&self, name: &str) -> String {
        if self.is_nested { upper_snake(name) } else { name.to_owned() }
    }

    fn group(&mut self, member: &'n Member<'t>, flat: &Flat<'n, 't>, optional: bool, scope: &Scope) -> Item {
        let title = match flat.value("title").map(|node| &node.value) {
            Some(Data::Text(title)) => owned(title),
            _ => owned(&member.key),
        };
        let mut group = Group {
            name: title,
            doc: doc(flat),
            prefix: format!("{}_", upper_snake(&member.key)).into(),
            path: owned(&member.key),
            optional,
            ..Group::default()
        };
        if let Some(words) = flat.find(EXTENSION) {
            self.group_words(&mut group, words);
        }
        let inner =
            Scope { prefix: format!("{}{}", scope.prefix, group.prefix), place: scope.place_of(&member.key) };
        if envschema_core::redact::key(inner.prefix.as_bytes()).is_none() && !inner.prefix.is_empty() {
            let headline = "the name of an object makes a prefix that no key can start with";
            self.notes.push(invalid(key_letters(member), headline).help(KEY_HELP));
        }
        let items = self.object(flat, &inner);
        Item::Group(group, items, Vec::new())
    }

    fn group_words(&mut self, group: &mut Group, words: &Member<'_>) {
        let Data::Table(members) = &words.value.value else {
            let at = Written::key(words).span;
            let said = Said { word: EXTENSION, whose: "an object", at, node: &words.value };
            said.wrong("an object of words such as `{\"prefix\": \"DB_\"}`", self.notes);
            return;
        };
        for member in members {
            let key = Written::key(member);
            let said = Said { word: key.text, whose: "an object", at: key.span, node: &member.value };
            let text = |notes| said.text(notes).map(|literal| literal.text).unwrap_or_default();
            match key.text {
                "name" => group.name = text(self.notes),
                "description" => group.doc = text(self.notes),
                "prefix" => group.prefix = text(self.notes),
                "path" => group.path = text(self.notes),
                "optional" => group.optional = said.flag(self.notes).unwrap_or(group.optional),
                word if Row::named(word).is_some() => {
                    let headline = format!("`{word}` of an object says something about a variable");
                    self.notes.push(invalid(key.span, headline).help("say it in a property of the object"));
                }
                _ => self.notes.push(unknown(key, "an object", GROUP)),
            }
        }
    }
}
