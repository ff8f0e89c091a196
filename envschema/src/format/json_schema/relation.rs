//! What an object says about several of its properties at once: `if` and `then`, `dependentRequired`, `not`, alternatives.

use envschema_core::schema::{Condition, Presence, Rule, Text};
use envschema_core::span::Span;

use super::constraint::{self, Read};
use super::flat::Flat;
use super::keyword::{Role, role};
use super::object::Named;
use super::{Reader, Scope, narrow};
use crate::format::lower::draft::Draft;
use crate::format::lower::mistake::key_letters;
use crate::format::lower::terms::Terms;
use crate::format::lower::values::{Literal, Said, owned, texts};
use crate::format::tree::{Data, Member, Node};

/// What changes about one property, and where that is said.
struct Effect {
    /// The property, by index.
    index: usize,
    span: Span,
    terms: Terms,
}

impl<'n, 't> Reader<'_, 'n, 't> {
    /// Reads what an object says about several properties; what the model cannot say goes to another engine.
    pub(super) fn relations(&mut self, flat: &Flat<'n, 't>, scope: &Scope, named: &mut [Named<'n>]) {
        for part in flat.parts() {
            for member in part {
                let is_said = match member.key.as_ref() {
                    "if" => self.if_then(part, member, named),
                    "dependentRequired" | "dependencies" => dependent(member, named),
                    "anyOf" | "oneOf" => {
                        flat.alternatives(member).is_some() || self.one_or_more(member, scope, named)
                    }
                    "not" => self.not(member, scope, named),
                    "unevaluatedItems" => true,
                    name => role(name) != Some(Role::Foreign),
                };
                if !is_said {
                    hide(&member.value, named);
                    let others = ["then", "else"].into_iter().filter(|_| member.key == "if");
                    let others = others.filter_map(|name| part.iter().find(|member| member.key == name));
                    self.foreign.add(&scope.place, std::iter::once(member).chain(others).collect(), None);
                }
            }
        }
    }

    /// `if` with `then`: says whether the model has taken it over.
    fn if_then(&mut self, part: &'n [Member<'t>], member: &Member<'_>, named: &mut [Named<'n>]) -> bool {
        let find = |name| part.iter().find(|member| member.key == name);
        let (Some(then), None) = (find("then"), find("else")) else {
            return find("then").is_none() && find("else").is_none();
        };
        let Some(condition) = condition(&member.value, named) else { return false };
        let Some(effects) = self.effects(&then.value, named) else { return false };
        for Effect { index, span, terms } in effects {
            if let Some(draft) = named.get_mut(index).and_then(Named::draft) {
                draft.take_when(span, condition.clone(), terms);
            }
        }
        true
    }

    /// What `then` says, property by property; `None` if it says more than the model can.
    fn effects(&mut self, node: &Node<'_>, named: &mut [Named<'_>]) -> Option<Vec<Effect>> {
        let mut effects: Vec<Effect> = Vec::new();
        for member in node.members()? {
            match member.key.as_ref() {
                "required" => {
                    for (name, node) in names(&member.value)? {
                        let terms = effect(&mut effects, name, node.span, named)?;
                        terms.require(
                            true,
                            &Said { word: "required", whose: "", at: node.span, node },
                            self.notes,
                        );
                    }
                }
                "not" => {
                    let [required] = member.value.members()? else { return None };
                    let [(name, node)] = names(&required.value)?[..] else { return None };
                    may_be_forbidden(named, name)?;
                    effect(&mut effects, name, node.span, named)?.forbidden = Some(node.span);
                }
                "properties" => {
                    for property in member.value.members()? {
                        self.effect_of(property, &mut effects, named)?;
                    }
                }
                name if role(name) == Some(Role::Annotation) || tells(name) => {}
                _ => return None,
            }
        }
        Some(effects)
    }

    fn effect_of(
        &mut self,
        property: &Member<'_>,
        effects: &mut Vec<Effect>,
        named: &mut [Named<'_>],
    ) -> Option<()> {
        let kind = find(named, &property.key)?.1.draft()?.variable.kind.clone();
        if property.value.value == Data::Bool(false) {
            may_be_forbidden(named, &property.key)?;
        }
        let span = key_letters(property);
        let terms = effect(effects, &property.key, span, named)?;
        let members = match &property.value.value {
            Data::Table(members) => members,
            Data::Bool(false) => {
                terms.forbidden = Some(property.value.span);
                return Some(());
            }
            _ => return None,
        };
        for member in members.iter().filter(|member| member.key != "type" && !tells(&member.key)) {
            if let Some(nodes) = literals(member) {
                nodes.iter().all(|node| constraint::is_of(&kind, node)).then_some(())?;
            }
            let said = Said { word: &member.key, whose: "", at: key_letters(member), node: &member.value };
            let read = constraint::read(&said, &kind, false, &Flat::default(), self.notes);
            let Read::Term(constraint, literals) = read else { return None };
            let draft = find(named, &property.key)?.1.draft()?;
            narrow::all_that_is_said(draft, &kind, &constraint).then_some(())?;
            let terms = effect(effects, &property.key, span, named)?;
            terms.fill(constraint, &literals, &said).then_some(())?;
        }
        Some(())
    }

    /// Alternatives that each require one property are a rule.
    fn one_or_more(&mut self, member: &Member<'_>, scope: &Scope, named: &mut [Named<'_>]) -> bool {
        let Some(items) = member.value.items() else { return true };
        let single = |item: &Node<'_>| match item.members()? {
            [required] if required.key == "required" => match names(&required.value)?[..] {
                [(name, _)] => Some(name.to_owned()),
                _ => None,
            },
            _ => None,
        };
        let keys: Option<Vec<Text>> = items
            .iter()
            .map(|item| single(item).and_then(|name| Some(owned(&find(named, &name)?.1.key))))
            .collect();
        let rule = if member.key == "oneOf" { Rule::ExactlyOne } else { Rule::AtLeastOne };
        match keys {
            Some(keys) if keys.len() > 1 && scope.place.is_empty() => {
                self.rules.push((rule(keys.into()), key_letters(member).to(member.value.span)));
                true
            }
            _ => false,
        }
    }

    /// `not` with names that are not required together, or one that is forbidden.
    fn not(&mut self, member: &Member<'_>, scope: &Scope, named: &mut [Named<'_>]) -> bool {
        let span = key_letters(member).to(member.value.span);
        let Some([required]) =
            member.value.members().filter(|members| members.iter().all(|m| m.key == "required"))
        else {
            return false;
        };
        match names(&required.value).as_deref() {
            Some([(name, _)]) => {
                if may_be_forbidden(named, name).is_none() {
                    return false;
                }
                let Some(draft) = find(named, name).and_then(|(_, named)| named.draft()) else {
                    return false;
                };
                draft.take_when(span, Condition::default(), Terms::forbidden(span));
                true
            }
            Some([(a, _), (b, _)]) if scope.place.is_empty() => {
                let key = |name: &str, named: &mut [Named<'_>]| Some(owned(&find(named, name)?.1.key));
                let (Some(a), Some(b)) = (key(a, named), key(b, named)) else { return false };
                self.rules.push((Rule::AtMostOne(vec![a, b].into()), span));
                true
            }
            _ => false,
        }
    }
}

/// Hides what is said about secret properties.
fn hide(node: &Node<'_>, named: &mut [Named<'_>]) {
    match &node.value {
        Data::Array(items) => items.iter().for_each(|item| hide(item, named)),
        Data::Table(members) => {
            for member in members {
                if let Some(draft) = find(named, &member.key).and_then(|(_, named)| named.draft()) {
                    draft.literals.push(member.value.span);
                }
                hide(&member.value, named);
            }
        }
        _ => {}
    }
}

/// Keywords that tell people something.
fn tells(name: &str) -> bool {
    matches!(name, "title" | "description" | "markdownDescription" | "deprecationMessage")
        || name.starts_with("x-")
}

/// A variable among the properties, and its index.
fn find<'a, 'n>(named: &'a mut [Named<'n>], name: &str) -> Option<(usize, &'a mut Named<'n>)> {
    named.iter_mut().enumerate().find(|(_, named)| named.name == name && !named.key.is_empty())
}

/// Whether a variable may be forbidden under a condition: one that is required anyway makes the condition impossible, which the
/// model would not say.
fn may_be_forbidden(named: &mut [Named<'_>], name: &str) -> Option<()> {
    let draft = find(named, name)?.1.draft()?;
    (draft.variable.presence != Presence::Required).then_some(())
}

/// The terms of the effect on the property `name`.
fn effect<'e>(
    effects: &'e mut Vec<Effect>,
    name: &str,
    span: Span,
    named: &mut [Named<'_>],
) -> Option<&'e mut Terms> {
    let (index, _) = find(named, name)?;
    let at = effects.iter().position(|effect| effect.index == index).unwrap_or(effects.len());
    if at == effects.len() {
        effects.push(Effect { index, span, terms: Terms::default() });
    }
    effects.get_mut(at).map(|effect| &mut effect.terms)
}

/// A list of names, each where it stands.
fn names<'a, 't>(node: &'a Node<'t>) -> Option<Vec<(&'a str, &'a Node<'t>)>> {
    let name = |node: &'a Node<'t>| match &node.value {
        Data::Text(text) => Some((text.as_ref(), node)),
        _ => None,
    };
    node.items()?.iter().map(name).collect()
}

/// The condition that an `if` says; `None` if it says more than the model can.
///
/// An `if` about a property that may be absent holds where it is absent. So it must be required there, or have a value
/// always.
fn condition(node: &Node<'_>, named: &mut [Named<'_>]) -> Option<Condition> {
    let mut condition = Condition::default();
    let members = node.members()?;
    let required = match members.iter().find(|member| member.key == "required") {
        Some(member) => names(&member.value)?,
        None => Vec::new(),
    };
    let mut compared = Vec::new();
    for member in members {
        match member.key.as_ref() {
            "properties" => {
                for property in member.value.members()? {
                    let (_, found) = find(named, &property.key)?;
                    let key = owned(&found.key);
                    let draft = found.draft()?;
                    let is_present = draft.variable.presence != Presence::Optional;
                    if !is_present && required.iter().all(|(name, _)| *name != property.key) {
                        return None;
                    }
                    let values = allowed(&property.value, draft)?;
                    condition.values.to_mut().push((key, texts(&values)));
                    compared.push(property.key.as_ref());
                }
            }
            "required" | "type" => {}
            name if tells(name) => {}
            _ => return None,
        }
    }
    for (name, _) in required.iter().filter(|(name, _)| !compared.contains(name)) {
        condition.set.to_mut().push(owned(&find(named, name)?.1.key));
    }
    (condition != Condition::default()).then_some(condition)
}

/// The values that `const` or `enum` allows; `None` if the model cannot compare with them.
fn allowed(node: &Node<'_>, draft: &Draft) -> Option<Vec<Literal>> {
    let kind = &draft.variable.kind;
    let mut found = None;
    for member in node.members()?.iter().filter(|member| member.key != "type" && !tells(&member.key)) {
        let nodes = literals(member)?;
        let literal = |node| constraint::literal(kind, node).filter(|_| constraint::is_of(kind, node));
        found = nodes.iter().map(literal).collect();
    }
    found
}

/// The literals of `const` or `enum`.
fn literals<'a, 't>(member: &'a Member<'t>) -> Option<&'a [Node<'t>]> {
    match member.key.as_ref() {
        "const" => Some(std::slice::from_ref(&member.value)),
        "enum" => member.value.items(),
        _ => None,
    }
}

/// `dependentRequired`, or `dependencies` of names: says whether the model has taken it over.
fn dependent(member: &Member<'_>, named: &mut [Named<'_>]) -> bool {
    let Some(members) = member.value.members() else { return false };
    let mut found = Vec::new();
    for member in members {
        let Some((_, other)) = find(named, &member.key) else { return false };
        let set: Text = owned(&other.key);
        let Some(names) = names(&member.value) else { return false };
        for (name, node) in names {
            let Some((index, _)) = find(named, name) else { return false };
            found.push((index, node.span, set.clone()));
        }
    }
    for (index, span, set) in found {
        let condition = Condition { set: vec![set].into(), ..Condition::default() };
        let node = Node { value: Data::Null, span };
        let mut terms = Terms::default();
        terms.demand(&Said { word: "required", whose: "", at: span, node: &node });
        if let Some(draft) = named.get_mut(index).and_then(Named::draft) {
            draft.take_when(span, condition, terms);
        }
    }
    true
}
