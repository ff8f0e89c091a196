//! A schema with all that holds beside it: what it refers to, what `allOf` adds, the literals among its alternatives.

use envschema_core::span::Span;

use super::keyword::{self, Role};
use crate::format::lower::Notes;
use crate::format::lower::mistake::{Written, invalid, nearest, unknown};
use crate::format::tree::{Data, Member, Node};

/// How many subschemas are looked at behind references before a schema is given up: few lines can become many variables.
const BUDGET: usize = 20_000;

/// How many references may lead through one another, and how deep objects may lie in one another.
const DEPTH: usize = 32;

/// A schema and what holds beside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat<'n, 't> {
    /// The keywords of each part.
    parts: Vec<&'n [Member<'t>]>,
    /// The alternatives that were taken apart: what they come down to.
    alternatives: Vec<(&'n Member<'t>, Alternatives<'n, 't>)>,
    /// Where it says `false`: no value is right.
    pub(super) never: Option<Span>,
    /// What was referred to on the way.
    followed: Vec<Span>,
}

impl<'n, 't> Flat<'n, 't> {
    /// The keywords of each schema it is made of.
    pub(super) fn parts(&self) -> impl Iterator<Item = &'n [Member<'t>]> + use<'n, 't, '_> {
        self.parts.iter().copied()
    }

    /// Every keyword, in the order of the parts.
    pub(super) fn members(&self) -> impl Iterator<Item = &'n Member<'t>> + use<'n, 't, '_> {
        self.parts.iter().copied().flatten()
    }

    /// The first keyword called `name`.
    pub(super) fn find(&self, name: &str) -> Option<&'n Member<'t>> {
        self.members().find(|member| member.key == name)
    }

    /// Every keyword called `name`.
    pub(super) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'n Member<'t>> + use<'n, 't, 's> {
        self.members().filter(move |member| member.key == name)
    }

    /// The value of the first keyword called `name`.
    pub(super) fn value(&self, name: &str) -> Option<&'n Node<'t>> {
        self.find(name).map(|member| &member.value)
    }

    /// What alternatives come down to, if they were taken apart.
    pub(super) fn alternatives(&self, member: &Member<'_>) -> Option<&Alternatives<'n, 't>> {
        let mut all = self.alternatives.iter();
        all.find(|(other, _)| other.key_span == member.key_span).map(|(_, alternatives)| alternatives)
    }

    /// The literals that are admitted beside a schema.
    pub(super) fn literals_beside(&self) -> impl Iterator<Item = &'n Node<'t>> + use<'n, 't, '_> {
        let beside = self.alternatives.iter().filter(|(_, alternatives)| alternatives.schema.is_some());
        beside.flat_map(|(_, alternatives)| alternatives.literals.iter().copied())
    }

    /// The literals that are all there is, of the first alternatives that are literals.
    pub(super) fn literals(&self) -> Vec<&'n Node<'t>> {
        let mut alone = self.alternatives.iter().filter(|(_, alternatives)| alternatives.schema.is_none());
        alone.next().map(|(_, alternatives)| alternatives.literals.clone()).unwrap_or_default()
    }

    /// Whether a keyword `name` has the value `true`.
    pub(super) fn says(&self, name: &str) -> bool {
        self.value(name).is_some_and(|node| node.value == Data::Bool(true))
    }
}

/// Follows references within one document.
#[derive(Debug)]
pub(super) struct Follower<'n, 't> {
    root: &'n Node<'t>,
    /// The references that lead to what is read now.
    following: Vec<Span>,
    budget: usize,
    /// Where the schemas stand whose keywords were looked at, in order.
    checked: Vec<u32>,
}

impl<'n, 't> Follower<'n, 't> {
    pub(super) fn new(root: &'n Node<'t>) -> Self {
        Self { root, following: Vec::new(), budget: BUDGET, checked: Vec::new() }
    }

    /// The whole document.
    pub(super) fn root(&self) -> &'n Node<'t> {
        self.root
    }

    /// The schema `node` with what holds beside it.
    pub(super) fn flatten(&mut self, node: &'n Node<'t>, notes: &mut Notes) -> Flat<'n, 't> {
        let mut flat = Flat::default();
        self.add(&mut flat, node, notes);
        flat
    }

    /// Enters what `flat` holds; [`Self::leave`] leaves it again.
    pub(super) fn enter(&mut self, flat: &Flat<'n, 't>) -> usize {
        let depth = self.following.len();
        self.following.extend(&flat.followed);
        depth
    }

    /// Leaves what was entered.
    pub(super) fn leave(&mut self, depth: usize) {
        self.following.truncate(depth);
    }

    fn add(&mut self, flat: &mut Flat<'n, 't>, node: &'n Node<'t>, notes: &mut Notes) {
        let is_referred_to = !(self.following.is_empty() && flat.followed.is_empty());
        if is_referred_to && !self.afford(node, notes) {
            return;
        }
        match &node.value {
            Data::Bool(false) => flat.never = Some(node.span),
            Data::Bool(true) | Data::Invalid => {}
            Data::Table(members) => {
                flat.parts.push(members);
                self.check(members, notes);
                for member in members {
                    self.add_beside(flat, members, member, notes);
                }
            }
            _ => {
                let headline = "a schema that is neither an object of keywords nor `true` or `false`";
                notes.push(invalid(node.span, headline).help("write `{\"type\": \"string\"}`, for example"));
            }
        }
    }

    /// Whether one more subschema may be looked at behind a reference; reports the first that may not.
    fn afford(&mut self, node: &Node<'_>, notes: &mut Notes) -> bool {
        if self.budget == 1 {
            let headline = "the references of this schema make more of it than can be read";
            notes.push(invalid(node.span, headline).help("use fewer references that lead to others"));
        }
        self.budget = self.budget.saturating_sub(1);
        self.budget > 0
    }

    /// Reports keywords that are misspelt, or that cannot be followed, once in each schema.
    fn check(&mut self, members: &[Member<'_>], notes: &mut Notes) {
        let Some(first) = members.first() else { return };
        let Err(at) = self.checked.binary_search(&first.key_span.start) else { return };
        self.checked.insert(at, first.key_span.start);
        for member in members {
            check(member, notes);
            if let ("if" | "then" | "else" | "not", Data::Table(inner)) =
                (member.key.as_ref(), &member.value.value)
            {
                self.check(inner, notes);
            }
        }
    }

    /// Adds what a keyword says in another place.
    fn add_beside(
        &mut self,
        flat: &mut Flat<'n, 't>,
        members: &'n [Member<'t>],
        member: &'n Member<'t>,
        notes: &mut Notes,
    ) {
        match (member.key.as_ref(), &member.value.value) {
            ("$ref", _) => self.add_reference(flat, member, notes),
            ("allOf", Data::Array(items)) => {
                for item in items {
                    self.add(flat, item, notes);
                }
            }
            ("anyOf" | "oneOf", Data::Array(items)) => {
                // Beside other keywords, which hold for each alternative, a schema cannot stand for several.
                let is_alone =
                    flat.parts.len() == 1 && members.iter().all(|other| other == member || tells(other));
                let Some(alternatives) = alternatives(items, is_alone) else { return };
                let schema = alternatives.schema;
                flat.alternatives.push((member, alternatives));
                if let Some(schema) = schema {
                    self.add(flat, schema, notes);
                }
            }
            _ => {}
        }
    }

    fn add_reference(&mut self, flat: &mut Flat<'n, 't>, member: &'n Member<'t>, notes: &mut Notes) {
        let at = Written::key(member).span.to(member.value.span);
        let Data::Text(reference) = &member.value.value else {
            notes.push(invalid(at, "`$ref` is not a text").help("write a place such as `#/$defs/port`"));
            return;
        };
        let Some(pointer) = reference.strip_prefix('#') else {
            let headline = "`$ref` leads to another document, which is not read";
            notes.push(
                invalid(at, headline)
                    .help("copy the definition under `$defs` and refer to it by `#/$defs/…`"),
            );
            return;
        };
        let Some(target) = self.resolve(pointer) else {
            notes.push(invalid(at, "`$ref` leads nowhere").help("write a place such as `#/$defs/port`"));
            return;
        };
        if self.following.contains(&target.span) || flat.followed.contains(&target.span) {
            let help = "leave it out: an environment cannot hold values without end";
            notes.push(invalid(at, "`$ref` leads back to itself").help(help));
            return;
        }
        if self.following.len() + flat.followed.len() >= DEPTH {
            notes.push(
                invalid(at, "`$ref` leads through too many others").help("refer to the definition itself"),
            );
            return;
        }
        flat.followed.push(target.span);
        self.add(flat, target, notes);
    }

    /// What a JSON pointer (RFC 6901) leads to, or the anchor of that name.
    fn resolve(&self, pointer: &str) -> Option<&'n Node<'t>> {
        if pointer.is_empty() {
            return Some(self.root);
        }
        let Some(path) = pointer.strip_prefix('/') else { return anchor(self.root, pointer) };
        path.split('/').try_fold(self.root, |node, step| {
            let step = decode(step)?;
            match &node.value {
                Data::Table(members) => {
                    members.iter().find(|member| member.key == step).map(|member| &member.value)
                }
                Data::Array(items) => items.get(step.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }
}

/// Reports a keyword that is misspelt, or that cannot be followed.
fn check(member: &Member<'_>, notes: &mut Notes) {
    let key = Written::key(member);
    let wrong = match (key.text, &member.value.value) {
        ("required", Data::Bool(_)) => Some((
            "`required` is no list of names",
            "name the property in `required` of the object that it is a property of",
        )),
        ("enum", Data::Array(items)) if items.is_empty() => {
            Some(("`enum` allows no value at all", "list the values that are allowed"))
        }
        ("enum", Data::Array(_) | Data::Invalid) => None,
        ("enum", _) => {
            Some(("`enum` is no list", "list the values that are allowed, as in `[\"a\", \"b\"]`"))
        }
        _ => None,
    };
    if let Some((headline, help)) = wrong {
        notes.push(invalid(key.span, headline).help(help));
    }
    match keyword::role(key.text) {
        Some(Role::Unsupported) => {
            let headline = format!("`{}` cannot be followed", key.text);
            notes.push(invalid(key.span, headline).help("write `$ref` with a place such as `#/$defs/port`"));
        }
        Some(_) => {}
        None if key.text.starts_with("x-") || key.text.starts_with("X-") => {}
        None => {
            let known: Vec<&str> = keyword::candidates().collect();
            notes.hide(member);
            if nearest(key.text, &known).is_some() {
                notes.push(unknown(key, "JSON Schema", known));
            }
        }
    }
}

/// What `anyOf` or `oneOf` comes down to: allowed literals, one schema, or literals beside one schema.
#[derive(Clone, Debug, Default)]
pub(super) struct Alternatives<'n, 't> {
    /// The literals.
    pub(super) literals: Vec<&'n Node<'t>>,
    schema: Option<&'n Node<'t>>,
}

impl Alternatives<'_, '_> {
    /// Whether there are only literals.
    pub(super) fn is_literals(&self) -> bool {
        self.schema.is_none()
    }
}

/// What alternatives come down to; `None` if they are more than that. `null` is a value that may be left out.
fn alternatives<'n, 't>(items: &'n [Node<'t>], is_alone: bool) -> Option<Alternatives<'n, 't>> {
    if let Some(any) = items.iter().find(|item| is_bare(item, "string")).filter(|_| is_alone) {
        // A text may be any text, whatever else it may be.
        return Some(Alternatives { schema: Some(any), ..Alternatives::default() });
    }
    let mut found = Alternatives::default();
    for item in items.iter().filter(|item| !is_bare(item, "null")) {
        match literals(item) {
            Some(literals) => found.literals.extend(literals),
            None if found.schema.is_none() => found.schema = Some(item),
            None => return None,
        }
    }
    let is_mixed = found.schema.is_some() && !found.literals.is_empty();
    (!is_mixed || is_alone).then_some(found)
}

/// Whether a schema says its type and nothing else about values.
fn is_bare(item: &Node<'_>, name: &str) -> bool {
    let mut members = item.members().unwrap_or_default().iter().filter(|member| says_something(member));
    let first = members.next();
    let is_type = first.is_some_and(|member| {
        member.key == "type" && matches!(&member.value.value, Data::Text(text) if text == name)
    });
    is_type && members.next().is_none()
}

/// The literals of a schema that says nothing but `const` or `enum`.
fn literals<'n, 't>(item: &'n Node<'t>) -> Option<&'n [Node<'t>]> {
    let mut found = None;
    for member in item.members()?.iter().filter(|member| says_something(member)) {
        match member.key.as_ref() {
            "const" => found = Some(std::slice::from_ref(&member.value)),
            "enum" => found = Some(member.value.items()?),
            "type" => {}
            _ => return None,
        }
    }
    found
}

fn says_something(member: &Member<'_>) -> bool {
    !tells(member)
}

/// Whether a keyword says nothing about values.
fn tells(member: &Member<'_>) -> bool {
    let words = [
        "title",
        "description",
        "markdownDescription",
        "deprecated",
        "deprecationMessage",
        "default",
        "examples",
        "example",
        "writeOnly",
    ];
    words.contains(&member.key.as_ref())
        || keyword::role(&member.key).is_none_or(|role| role == Role::Annotation)
}

/// A definition with `$anchor: name`.
fn anchor<'n, 't>(root: &'n Node<'t>, name: &str) -> Option<&'n Node<'t>> {
    let definitions = ["$defs", "definitions"].into_iter().filter_map(|word| root.get(word)?.members());
    let is_named = |node: &&Node<'_>| matches!(node.get("$anchor").map(|node| &node.value), Some(Data::Text(anchor)) if anchor == name);
    definitions.flatten().map(|member| &member.value).find(is_named)
}

/// A step of a pointer in a URI: percent-encoded, with `~1` for `/` and `~0` for `~`.
fn decode(step: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(step.len());
    let mut rest = step.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = tail.get(2..)?;
    }
    let text = String::from_utf8(bytes).ok()?;
    Some(text.replace("~1", "/").replace("~0", "~"))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn steps_of_pointers() {
        let rows = [
            ("a", Some("a")),
            ("a~1b", Some("a/b")),
            ("~01", Some("~1")),
            ("%24defs", Some("$defs")),
            ("%C3%A9", Some("é")),
            ("%", None),
            ("%zz", None),
            ("%ff", None),
        ];
        for (step, expected) in rows {
            assert_eq!(decode(step).as_deref(), expected, "{step}");
        }
    }
}
