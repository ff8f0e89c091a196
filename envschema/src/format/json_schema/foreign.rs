//! The keywords that another engine has to judge, and the JSON Schema that holds nothing else.

use envschema_core::span::Span;
use envschema_core::table::Table;

use crate::format::json::write::{push, push_key, push_text};
use crate::format::lower::mistake::key_letters;
use crate::format::tree::{Data, Member, Node};
use crate::schema_file::{Foreign, ForeignKeyword};

/// Where a schema lies in the whole one: the steps of a JSON pointer, all of them `properties` with a name, `items` or
/// `additionalProperties`.
pub(super) type Place = Vec<String>;

/// Foreign keywords as they are found.
#[derive(Debug, Default)]
pub(crate) struct Collector<'n, 't> {
    found: Vec<Found<'n, 't>>,
}

/// Keywords that belong together.
#[derive(Debug)]
struct Found<'n, 't> {
    place: Place,
    members: Vec<&'n Member<'t>>,
    key: Option<String>,
}

impl<'n, 't> Collector<'n, 't> {
    /// Adds keywords of the schema at `place` that belong together. `key` is that of the variable they are about.
    pub(super) fn add(&mut self, place: &Place, members: Vec<&'n Member<'t>>, key: Option<&str>) {
        self.found.push(Found { place: place.clone(), members, key: key.map(str::to_owned) });
    }

    /// The schema with these keywords alone; `None` if there are none.
    pub(crate) fn finish(self, root: &Node<'t>, table: &Table<'_>) -> Option<Foreign> {
        if self.found.is_empty() {
            return None;
        }
        let mut tree = Level::default();
        let mut keywords = Vec::new();
        for found in self.found {
            let mut pointer: String = found.place.iter().map(|step| format!("/{}", escape(step))).collect();
            let row = found.key.as_ref().and_then(|key| table.find(key));
            let spans: Vec<(String, Span)> = found
                .members
                .iter()
                .map(|member| (member.key.to_string(), key_letters(member).to(member.value.span)))
                .collect();
            if let Some(index) = tree.at(&found.place).add(found.members) {
                pointer = format!("{pointer}/allOf/{index}");
            }
            keywords.extend(spans.into_iter().map(|(name, span)| {
                let pointer = format!("{pointer}/{}", escape(&name));
                ForeignKeyword { name, pointer, span, row }
            }));
        }
        keywords.sort_by_key(|keyword| keyword.span);
        Some(Foreign { schema: Writer::new(root).write(&tree), keywords })
    }
}

fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// A schema of the tree that is written.
#[derive(Debug, Default)]
struct Level<'n, 't> {
    keywords: Vec<&'n Member<'t>>,
    /// Keywords that stand at this place a second time.
    all_of: Vec<Vec<&'n Member<'t>>>,
    properties: Vec<(String, Self)>,
    /// The schema of items or of values, under its keyword.
    inner: Option<(String, Box<Self>)>,
}

impl<'n, 't> Level<'n, 't> {
    fn at(&mut self, place: &[String]) -> &mut Self {
        match place {
            [properties, name, rest @ ..] if properties == "properties" => {
                let index = self.properties.iter().position(|(known, _)| known == name);
                let index = index.unwrap_or_else(|| {
                    self.properties.push((name.clone(), Self::default()));
                    self.properties.len() - 1
                });
                self.properties[index].1.at(rest)
            }
            [word, rest @ ..] => self.inner.get_or_insert_with(|| (word.clone(), Box::default())).1.at(rest),
            [] => self,
        }
    }

    /// Adds keywords; the index in `allOf` if one of them stands here already.
    fn add(&mut self, members: Vec<&'n Member<'t>>) -> Option<usize> {
        let is_known = |member: &&Member<'_>| self.keywords.iter().any(|known| known.key == member.key);
        if members.iter().any(is_known) {
            self.all_of.push(members);
            return Some(self.all_of.len() - 1);
        }
        self.keywords.extend(members);
        None
    }
}

/// Where the whole document stands in the schema that is written, for what its references lead to.
const DOCUMENT: &str = "document";

struct Writer<'n, 't> {
    root: &'n Node<'t>,
    /// The word for definitions in the draft of the document.
    definitions: &'static str,
    out: String,
    refers: bool,
}

impl<'n, 't> Writer<'n, 't> {
    fn new(root: &'n Node<'t>) -> Self {
        let is_old = matches!(draft(root), Some(draft) if draft.contains("draft-0"));
        let definitions = if is_old { "definitions" } else { "$defs" };
        Self { root, definitions, out: String::new(), refers: false }
    }

    fn write(mut self, tree: &Level<'_, '_>) -> String {
        self.out.push('{');
        if let Some(draft) = draft(self.root) {
            push_key(&mut self.out, "$schema");
            push_text(&mut self.out, draft);
            self.out.push(',');
        }
        self.body(tree);
        if self.refers {
            let without = ["$schema", "$id", "id"];
            push_key(&mut self.out, self.definitions);
            self.out.push('{');
            push_key(&mut self.out, DOCUMENT);
            self.members(
                self.root
                    .members()
                    .unwrap_or_default()
                    .iter()
                    .filter(|member| !without.contains(&member.key.as_ref())),
            );
            self.out.push_str("},");
        }
        self.end('}');
        self.out
    }

    fn level(&mut self, level: &Level<'_, '_>) {
        self.out.push('{');
        self.body(level);
        self.end('}');
    }

    fn body(&mut self, level: &Level<'_, '_>) {
        for member in &level.keywords {
            self.member(member);
        }
        if !level.all_of.is_empty() {
            push_key(&mut self.out, "allOf");
            self.out.push('[');
            for members in &level.all_of {
                self.members(members.iter().copied());
                self.out.push(',');
            }
            self.end(']');
            self.out.push(',');
        }
        if !level.properties.is_empty() {
            push_key(&mut self.out, "properties");
            self.out.push('{');
            for (name, level) in &level.properties {
                push_key(&mut self.out, name);
                self.level(level);
                self.out.push(',');
            }
            self.end('}');
            self.out.push(',');
        }
        if let Some((word, inner)) = &level.inner {
            push_key(&mut self.out, word);
            self.level(inner);
            self.out.push(',');
        }
    }

    /// Closes a bracket behind items that each have a comma.
    fn end(&mut self, close: char) {
        if self.out.ends_with(',') {
            self.out.pop();
        }
        self.out.push(close);
    }

    fn members<'m, 'k: 'm>(&mut self, members: impl Iterator<Item = &'m Member<'k>>) {
        self.out.push('{');
        for member in members {
            self.member(member);
        }
        self.end('}');
    }

    /// A member and a comma; a reference into the document leads to where the document stands now.
    fn member(&mut self, member: &Member<'_>) {
        push_key(&mut self.out, &member.key);
        match &member.value.value {
            Data::Text(text) if member.key == "$ref" => {
                self.refers |= text.starts_with('#');
                match text.strip_prefix('#').filter(|rest| rest.is_empty() || rest.starts_with('/')) {
                    Some(rest) => {
                        push_text(&mut self.out, &format!("#/{}/{DOCUMENT}{rest}", self.definitions));
                    }
                    None => push_text(&mut self.out, text),
                }
            }
            _ => self.node(&member.value),
        }
        self.out.push(',');
    }

    fn node(&mut self, node: &Node<'_>) {
        match &node.value {
            Data::Table(members) => {
                self.out.push('{');
                for member in members {
                    self.member(member);
                }
                self.end('}');
            }
            Data::Array(items) => {
                self.out.push('[');
                for item in items {
                    self.node(item);
                    self.out.push(',');
                }
                self.end(']');
            }
            _ => push(&mut self.out, node),
        }
    }
}

/// The draft a document names, if it is one of JSON Schema.
fn draft<'n>(root: &'n Node<'_>) -> Option<&'n str> {
    match root.get("$schema").map(|node| &node.value) {
        Some(Data::Text(text)) if text.contains("json-schema.org") => Some(text),
        _ => None,
    }
}
