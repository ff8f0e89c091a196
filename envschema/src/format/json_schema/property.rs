//! One property: a variable, with what its schema says about values, presence and people.

use envschema_core::diagnostic::{Diagnostic, Severity};
use envschema_core::kind::Kind;
use envschema_core::redact;
use envschema_core::schema::{Condition, Constraint, Deprecation};
use envschema_core::span::Span;
use envschema_core::subject::{Subject, VariablePart};

use super::constraint::{self, Read};
use super::flat::Flat;
use super::foreign::Place;
use super::kind::{self, Typed};
use super::{EXTENSION, Reader, Scope};
use crate::format::concise::variable as long_form;
use crate::format::lower::draft::Draft;
use crate::format::lower::mistake::{Written, invalid, key_letters};
use crate::format::lower::terms::{Terms, whole};
use crate::format::lower::values::{Literal, Said, owned, texts};
use crate::format::tree::{Data, Member, Node};

/// A property that is a variable.
pub(super) struct Property<'p, 'n, 't> {
    /// Its name and its schema, as they are written.
    pub(super) member: &'n Member<'t>,
    /// Its schema.
    pub(super) flat: &'p Flat<'n, 't>,
    /// Its key, without the prefix of the groups around it unless it is whole.
    pub(super) key: String,
    /// Whether the key is whole.
    pub(super) is_whole: bool,
    /// What its object requires it by.
    pub(super) required: Option<&'n Node<'t>>,
}

/// What a schema says about the values of a variable, while it is read.
struct Values<'v, 'n, 't> {
    kind: &'v Kind,
    flat: &'v Flat<'n, 't>,
    is_item: bool,
    place: Place,
    key: &'v str,
    /// How many constraints the words of the model have said: they stand instead of keywords.
    own: usize,
}

impl<'n, 't> Reader<'_, 'n, 't> {
    /// Reads a property as a variable.
    pub(super) fn variable(&mut self, property: &Property<'_, 'n, 't>, scope: &Scope) -> Draft {
        let Property { member, flat, key, .. } = property;
        let mut draft = Draft::new(key, key_letters(member));
        let whole_key = if property.is_whole { key.clone() } else { format!("{}{key}", scope.prefix) };
        draft.variable.prefixed = !property.is_whole;
        if member.key != key.as_str() {
            draft.variable.path = owned(&member.key);
        }
        let shown = Written { text: &whole_key, ..Written::key(member) };
        let whose = long_form::name(shown, self.notes);
        let typed = kind::of(flat, &mut self.follower, &whose, self.notes);
        draft.variable.kind = typed.kind.clone();
        draft.variable.sensitive = sensitive(flat, &typed);
        if let Some(span) = typed.span {
            draft.place(VariablePart::Kind, span);
        }
        let mut terms = self.own_words(&mut draft, flat, &whose);
        let kind = draft.variable.kind.clone();
        let place = scope.place_of(&member.key);
        let own = terms.constraints.len();
        let values = Values { kind: &kind, flat, is_item: false, place: place.clone(), key: &whole_key, own };
        self.values(&mut terms, &values, &whose);
        if let (Some(items), Kind::List(_) | Kind::Map(_)) = (&typed.items, &kind) {
            let kind = kind::of_items(&kind);
            let step = if matches!(typed.kind, Kind::Map(_)) { "additionalProperties" } else { "items" };
            let place = [place.clone(), vec![step.to_owned()]].concat();
            self.values(&mut terms, &Values { kind, flat: items, is_item: true, place, ..values }, &whose);
        }
        if let Some(format) = typed.foreign_format {
            self.foreign.add(&place, vec![format], Some(&whole_key));
        }
        also(&mut terms, flat, &kind, &typed);
        self.presence(&mut terms, property, &kind, &whose);
        bounds(&mut draft, &typed);
        self.tell(&mut draft, flat, &whose);
        if let Some(span) = flat.never {
            draft.take_when(span, Condition::default(), Terms::forbidden(span));
        }
        draft.take(terms);
        draft.literals.append(&mut self.notes.doubtful);
        draft.hide_unless_key(key, [key_letters(member), member.value.span]);
        draft
            .literals
            .extend(flat.members().filter(|member| may_quote(member)).map(|member| member.value.span));
        draft
    }

    /// Reads the words of the model beside the keywords: they say more, or stand instead.
    fn own_words(&mut self, draft: &mut Draft, flat: &Flat<'_, '_>, whose: &str) -> Terms {
        let Some(member) = flat.find(EXTENSION) else { return Terms::default() };
        let Data::Table(members) = &member.value.value else {
            let at = Written::key(member).span;
            let said = Said { word: EXTENSION, whose, at, node: &member.value };
            said.wrong("an object of words such as `{\"sensitive\": true}`", self.notes);
            return Terms::default();
        };
        let words: Vec<Member<'_>> =
            members.iter().filter(|member| member.key != super::KEY).cloned().collect();
        long_form::words(draft, whose, &words, self.notes)
    }

    /// Takes over what the keywords say about values; what the model cannot say goes to another engine.
    fn values(&mut self, terms: &mut Terms, values: &Values<'_, 'n, 't>, whose: &str) {
        for member in values.flat.members() {
            let word = member.key.as_ref();
            let said = Said { word, whose, at: Written::key(member).span, node: &member.value };
            let read = constraint::read(&said, values.kind, values.is_item, values.flat, self.notes);
            let is_foreign = match read {
                Read::Term(constraint, _) if is_own(terms, values.own, &constraint) => false,
                Read::Term(constraint, literals) => !terms.fill(constraint, &literals, &said),
                Read::Foreign => true,
                Read::Said => false,
                Read::Pointless => {
                    let kind = values.kind.name();
                    let headline = format!("`{word}` means nothing for the kind `{kind}` of {whose}");
                    let diagnostic =
                        Diagnostic::warning("conflicting-attributes", Subject::SchemaText(said.at), headline);
                    self.notes.push(diagnostic.help("remove it, or change the type"));
                    false
                }
                Read::No => match values.flat.alternatives(member).filter(|found| found.is_literals()) {
                    Some(found) => !literals(terms, values, &found.literals, &said),
                    None => is_foreign(member, values.kind, values.flat),
                },
            };
            if is_foreign {
                self.warn_of_types(&said, values);
                self.foreign.add(&values.place, together(values.flat, member), Some(values.key));
            }
        }
    }

    /// Warns of alternatives that a text is never read as: lists and objects, where the variable is neither.
    fn warn_of_types(&mut self, said: &Said<'_, '_>, values: &Values<'_, '_, '_>) {
        let is_compound = |node: &Node<'_>| matches!(node.get("type").map(|node| &node.value), Some(Data::Text(name)) if matches!(name.as_ref(), "array" | "object"));
        let alternatives = said.node.items().filter(|_| matches!(said.word, "anyOf" | "oneOf"));
        let is_untyped = values.flat.find("type").is_none();
        if is_untyped && alternatives.is_some_and(|alternatives| alternatives.iter().any(is_compound)) {
            let headline = format!(
                "`{}` of {} is judged over a text, which is no list and no object",
                said.word, said.whose
            );
            let diagnostic = invalid(said.at, headline).severity(Severity::Warning);
            self.notes.push(diagnostic.help("give the variable one `type`"));
        }
    }

    fn presence(&mut self, terms: &mut Terms, property: &Property<'_, 'n, 't>, kind: &Kind, whose: &str) {
        if terms.presence().is_some() {
            terms.settle(whose, self.notes);
            return;
        }
        let default = property.flat.find("default").filter(|member| member.value.value != Data::Null);
        if let Some(member) = default {
            let said = Said { word: "default", whose, at: Written::key(member).span, node: &member.value };
            if let Some(literal) = self.whole(kind, &said) {
                terms.default_to(literal, said.span());
            }
        } else if let Some(item) = property.required {
            terms.require(true, &Said { word: "required", whose, at: item.span, node: item }, self.notes);
        }
    }

    fn whole(&mut self, kind: &Kind, said: &Said<'_, '_>) -> Option<Literal> {
        constraint::literal(kind, said.node).or_else(|| whole(kind, said, self.notes))
    }

    /// What the keywords tell people.
    fn tell(&mut self, draft: &mut Draft, flat: &Flat<'_, '_>, whose: &str) {
        if draft.variable.doc.is_empty() {
            draft.variable.doc = super::doc(flat);
        }
        let kind = draft.variable.kind.clone();
        for member in flat.members() {
            let said = |node| Said { word: "examples", whose, at: Written::key(member).span, node };
            let nodes: &[Node<'_>] = match (member.key.as_ref(), &member.value.value) {
                ("examples", Data::Array(items)) => items,
                ("example", _) => std::slice::from_ref(&member.value),
                _ => continue,
            };
            let nodes = nodes.iter().filter(|node| node.value != Data::Null);
            let found: Vec<Literal> = nodes.filter_map(|node| self.whole(&kind, &said(node))).collect();
            draft.examples(&found);
        }
        deprecated(draft, flat);
    }
}

/// Whether a keyword that is no constraint has to be judged by another engine.
fn is_foreign(member: &Member<'_>, kind: &Kind, flat: &Flat<'_, '_>) -> bool {
    use super::keyword::{Role, role};
    match member.key.as_ref() {
        "anyOf" | "oneOf" => member.value.items().is_some() && flat.alternatives(member).is_none(),
        // Only the first of several was read.
        "type" | "items" | "additionalProperties" | "contentEncoding" | "format"
            if !is_first(member, flat) =>
        {
            true
        }
        "if" => flat.find("then").is_some() || flat.find("else").is_some(),
        // What is inside a value that is JSON is no concern of the model.
        "type"
        | "items"
        | "additionalItems"
        | "prefixItems"
        | "patternProperties"
        | "additionalProperties"
        | "properties"
        | "required"
        | "dependentRequired"
        | "dependencies" => *kind == Kind::Json,
        "unevaluatedProperties" | "unevaluatedItems" => false,
        name => role(name) == Some(Role::Foreign),
    }
}

/// Whether a keyword is the first of its name, or says the same as that.
fn is_first(member: &Member<'_>, flat: &Flat<'_, '_>) -> bool {
    flat.find(&member.key)
        .is_none_or(|first| first.key_span == member.key_span || first.value.value == member.value.value)
}

/// Whether a keyword may hold values of the variable: they are hidden if it is secret.
fn may_quote(member: &Member<'_>) -> bool {
    use super::keyword::{Role, role};
    let quotes =
        ["default", "const", "enum", "examples", "example", "anyOf", "oneOf", "allOf", "if", "then", "else"];
    let is_known = matches!(role(&member.key), Some(Role::Model | Role::Annotation | Role::Unsupported));
    quotes.contains(&member.key.as_ref()) || !is_known && !member.key.starts_with("x-")
}

/// The keywords that only mean something together.
fn together<'n, 't>(flat: &Flat<'n, 't>, member: &'n Member<'t>) -> Vec<&'n Member<'t>> {
    let others: &[&str] = match member.key.as_ref() {
        "if" => &["then", "else"],
        "contains" => &["minContains", "maxContains"],
        _ => &[],
    };
    std::iter::once(member).chain(others.iter().filter_map(|name| flat.find(name))).collect()
}

/// Whether the words of the model say a constraint of the same sort.
fn is_own(terms: &Terms, own: usize, constraint: &Constraint) -> bool {
    terms.constraints.iter().take(own).any(|placed| placed.constraint.is_same_sort(constraint))
}

fn sensitive(flat: &Flat<'_, '_>, typed: &Typed<'_, '_>) -> Option<bool> {
    let is_said = flat.says("writeOnly") || typed.secret || flat.says("x-envschema-secret");
    is_said.then_some(true)
}

/// Takes over the literals that are all there is; `false` if another engine has to judge them.
fn literals(
    terms: &mut Terms,
    values: &Values<'_, '_, '_>,
    nodes: &[&Node<'_>],
    said: &Said<'_, '_>,
) -> bool {
    if matches!(values.kind, Kind::List(_) | Kind::Map(_) | Kind::Json) {
        return false;
    }
    let is_typed = values.flat.find("type").is_some();
    let nodes = nodes.iter().filter(|node| !is_typed || constraint::is_of(values.kind, node));
    let found: Vec<Literal> = nodes.filter_map(|node| constraint::literal(values.kind, node)).collect();
    let one_of = Constraint::OneOf(texts(&found));
    !found.is_empty() && (is_own(terms, values.own, &one_of) || terms.fill(one_of, &found, said))
}

/// Takes over the literals that are admitted beside the kind.
fn also(terms: &mut Terms, flat: &Flat<'_, '_>, kind: &Kind, typed: &Typed<'_, '_>) {
    let beside = flat.literals_beside().filter_map(|node| constraint::literal(kind, node));
    let span = typed.span.unwrap_or_default();
    let further = typed.also.iter().filter(|text| is_allowed(flat, **text == "true"));
    let further = further.map(|text| Literal { text: (*text).into(), span });
    let found: Vec<Literal> = beside.chain(further).collect();
    if !found.is_empty() {
        terms.also.get_or_insert(found);
    }
}

/// Whether no list of literals leaves a truth value out.
fn is_allowed(flat: &Flat<'_, '_>, value: bool) -> bool {
    let is_it = |node: &Node<'_>| node.value == Data::Bool(value);
    let alternatives = flat.literals();
    (alternatives.is_empty() || alternatives.iter().any(|node| is_it(node)))
        && flat.all("enum").all(|member| member.value.items().is_some_and(|items| items.iter().any(is_it)))
        && flat.all("const").all(|member| is_it(&member.value))
}

/// What the width of a number allows holds where nothing narrower is said, as with a Rust type.
fn bounds(draft: &mut Draft, typed: &Typed<'_, '_>) {
    if let Some((least, most)) = typed.width.filter(|_| draft.variable.kind == Kind::Integer) {
        draft.variable.bounds = vec![Constraint::Min(least.into()), Constraint::Max(most.into())].into();
    }
}

fn deprecated(draft: &mut Draft, flat: &Flat<'_, '_>) {
    let message = flat.find("deprecationMessage");
    let said = flat.find("deprecated").filter(|_| flat.says("deprecated")).or(message);
    let Some(said) = said.filter(|_| draft.variable.deprecated.is_none()) else { return };
    let span: Span = Written::key(said).span.to(said.value.span);
    let note = match message.map(|member| &member.value.value) {
        Some(Data::Text(text)) => owned(text),
        _ => owned(""),
    };
    *draft.deprecation(span) = Deprecation { note, ..Deprecation::default() };
}

/// The key a property is given by name: `x-env`, or `key` among the words of the model.
pub(super) fn given_key(flat: &Flat<'_, '_>) -> Option<String> {
    let words = flat.value(EXTENSION).and_then(|words| words.get(super::KEY));
    let node = words.or_else(|| flat.value("x-env"))?;
    match &node.value {
        Data::Text(text) => Some(text.to_string()),
        Data::Array(items) => items.iter().find_map(|item| match &item.value {
            Data::Text(text) if redact::key(text.as_bytes()).is_some() => Some(text.to_string()),
            _ => None,
        }),
        _ => None,
    }
}
