//! The terms of a variable, or of what a condition changes about it: presence, constraints, literals beside the kind.

use envschema_core::kind::Kind;
use envschema_core::schema::{Constraint, Presence, Text, When};
use envschema_core::span::Span;

use super::Notes;
use super::mistake::{conflicting, invalid};
use super::values::{Literal, Said, owned, scalar, texts};
use crate::format::tree::{Data, Node};

/// Terms and where they stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    required: Option<(bool, Span)>,
    default: Option<(Literal, Span)>,
    /// Where the variable is forbidden.
    pub(crate) forbidden: Option<Span>,
    /// Its constraints, of each sort one at most.
    pub(crate) constraints: Vec<Placed>,
    /// Literals beside the kind.
    pub(crate) also: Option<Vec<Literal>>,
}

/// A constraint and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    /// The constraint.
    pub(crate) constraint: Constraint,
    /// Where it stands, with its word.
    pub(crate) span: Span,
    /// Where its literals stand.
    pub(crate) literals: Vec<Span>,
}

impl Terms {
    /// A variable that must not be set, said at `span`.
    pub(crate) fn forbidden(span: Span) -> Self {
        Self { forbidden: Some(span), ..Self::default() }
    }

    /// Says that the variable is required, or that it is not.
    pub(crate) fn require(&mut self, required: bool, said: &Said<'_, '_>, notes: &mut Notes) {
        match self.required {
            Some((before, other)) if before != required => {
                let headline = format!("{} is called required and optional at once", said.whose);
                notes.push(conflicting(said.span(), other, headline).help("keep one of the two"));
            }
            _ => self.required = Some((required, said.span())),
        }
    }

    /// Gives the variable a default, whose text depends on its kind where it is a list or a table.
    pub(crate) fn set_default(&mut self, kind: &Kind, said: &Said<'_, '_>, notes: &mut Notes) {
        if let Some(literal) = whole(kind, said, notes) {
            self.default = Some((literal, said.span()));
        }
    }

    /// Adds a constraint, unless there is one of its sort.
    pub(crate) fn add(
        &mut self,
        constraint: Constraint,
        literals: &[Literal],
        said: &Said<'_, '_>,
        notes: &mut Notes,
    ) {
        let same = self.constraints.iter().find(|other| other.constraint.is_same_sort(&constraint));
        if let Some(other) = same {
            let headline = format!("`{}` of {} is said already, in other words", said.word, said.whose);
            notes.push(conflicting(said.span(), other.span, headline).help("keep one of the two"));
            return;
        }
        let literals = literals.iter().map(|literal| literal.span).collect();
        self.constraints.push(Placed { constraint, span: said.span(), literals });
    }

    /// Adds a constraint unless one of its sort is said already: then `false`.
    pub(crate) fn fill(&mut self, constraint: Constraint, literals: &[Literal], said: &Said<'_, '_>) -> bool {
        let is_free = self.constraints.iter().all(|other| !other.constraint.is_same_sort(&constraint));
        if is_free {
            let literals = literals.iter().map(|literal| literal.span).collect();
            self.constraints.push(Placed { constraint, span: said.span(), literals });
        }
        is_free
    }

    /// Gives the variable the default `literal`, said at `span`.
    pub(crate) fn default_to(&mut self, literal: Literal, span: Span) {
        self.default = Some((literal, span));
    }

    /// Says that the variable is required, whatever was said before.
    pub(crate) fn demand(&mut self, said: &Said<'_, '_>) {
        self.required = Some((true, said.span()));
    }

    /// Reports a default beside `required`, which says that there is none.
    pub(crate) fn settle(&self, whose: &str, notes: &mut Notes) {
        if let (Some((true, required)), Some((_, default))) = (&self.required, &self.default) {
            let headline = format!("{whose} is required and has a default, so nothing would ever be missing");
            let (first, second) =
                if required.start < default.start { (required, default) } else { (default, required) };
            notes.push(conflicting(*second, *first, headline).help("keep one of the two"));
        }
    }

    /// What is said about presence.
    pub(crate) fn presence(&self) -> Option<Presence> {
        match (&self.default, self.required) {
            (Some((literal, _)), _) => Some(Presence::Default(literal.text.clone())),
            (None, Some((true, _))) => Some(Presence::Required),
            (None, Some((false, _))) => Some(Presence::Optional),
            (None, None) => None,
        }
    }

    /// Where presence is said.
    pub(crate) fn presence_span(&self) -> Option<Span> {
        let default = self.default.as_ref().map(|(_, span)| *span);
        default.or(self.required.map(|(_, span)| span))
    }

    /// The default's literal.
    pub(crate) fn default_literal(&self) -> Option<&Literal> {
        self.default.as_ref().map(|(literal, _)| literal)
    }

    /// Every literal: those that must be hidden if the variable is secret.
    pub(crate) fn literal_spans(&self) -> impl Iterator<Item = Span> {
        let constraints = self.constraints.iter().flat_map(|placed| placed.literals.iter().copied());
        let also = self.also.iter().flatten().map(|literal| literal.span);
        self.default_literal().map(|literal| literal.span).into_iter().chain(constraints).chain(also)
    }

    /// The terms as what changes under a condition.
    pub(crate) fn into_when(self, condition: envschema_core::schema::Condition) -> When {
        When {
            condition,
            presence: self.presence(),
            forbidden: self.forbidden.is_some(),
            also: self.also.as_deref().map(texts),
            constraints: self
                .constraints
                .into_iter()
                .map(|placed| placed.constraint)
                .collect::<Vec<_>>()
                .into(),
        }
    }
}

/// A whole value of `kind` as one text: a list joins its items, a map its pairs.
pub(crate) fn whole(kind: &Kind, said: &Said<'_, '_>, notes: &mut Notes) -> Option<Literal> {
    let joined = match (kind, &said.node.value) {
        (Kind::List(list), Data::Array(items)) => join(list.separator, items.iter().map(item)),
        (Kind::Map(map), Data::Table(members)) => {
            let pair = |key: &str, value: &Node<'_>| Some(format!("{key}{}{}", map.assign, item(value)?));
            join(map.separator, members.iter().map(|member| pair(&member.key, &member.value)))
        }
        (Kind::Json, Data::Array(_) | Data::Table(_)) => return Some(json_text(said.node)),
        _ => return said.literal(notes),
    };
    match joined {
        Some(text) => Some(Literal { text: text.into(), span: said.node.span }),
        None => {
            let headline =
                format!("`{}` of {} has an item that cannot stand between separators", said.word, said.whose);
            let help = "items are single values without the separator, and not empty";
            notes.push(invalid(said.node.span, headline).help(help));
            None
        }
    }
}

fn item(node: &Node<'_>) -> Option<String> {
    scalar(node).map(|literal| literal.text.into_owned()).filter(|text| !text.is_empty())
}

/// The items with `separator` between them; `None` if an item is none, or holds the separator.
fn join(separator: char, items: impl Iterator<Item = Option<String>>) -> Option<String> {
    let mut text = String::new();
    for item in items {
        let item = item.filter(|item| !item.contains(separator))?;
        if !text.is_empty() {
            text.push(separator);
        }
        text.push_str(&item);
    }
    Some(text)
}

fn json_text(node: &Node<'_>) -> Literal {
    let text: Text = owned(&crate::format::json::write(node));
    Literal { text, span: node.span }
}
