//! A variable on its way to the model: what is said about it, and where.

use envschema_core::kind::Kind;
use envschema_core::redact;
use envschema_core::schema::{Deprecation, Presence, Text, Variable};
use envschema_core::span::Span;
use envschema_core::subject::VariablePart;

use super::terms::Terms;
use super::values::{Literal, owned, texts};
use crate::format::concise::attribute::Row;

/// A variable and the places of its parts.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The variable as far as it is known.
    pub(crate) variable: Variable,
    /// The names of the groups around it, outermost first.
    pub(crate) groups: Vec<Text>,
    /// Its parts, the key first.
    pub(crate) places: Vec<(VariablePart, Span)>,
    /// What must be hidden if the variable is secret.
    pub(crate) literals: Vec<Span>,
    /// What must be hidden anyway.
    pub(crate) secrets: Vec<Span>,
}

impl Draft {
    /// A variable of which only the key is known.
    pub(crate) fn new(key: &str, span: Span) -> Self {
        Self {
            variable: Variable::new(owned(key), Kind::String),
            groups: Vec::new(),
            places: vec![(VariablePart::Key, span)],
            literals: Vec::new(),
            secrets: Vec::new(),
        }
    }

    /// Notes where a part stands.
    pub(crate) fn place(&mut self, part: VariablePart, span: Span) {
        self.places.push((part, span));
    }

    /// Notes where several parts of one sort stand.
    pub(crate) fn place_all(&mut self, part: fn(u32) -> VariablePart, literals: &[Literal]) {
        self.places.extend((0..).map(part).zip(literals.iter().map(|literal| literal.span)));
    }

    /// Notes literals that must be hidden if the variable is secret, or if they have a user and a password.
    pub(crate) fn hide(&mut self, literals: &[Literal]) {
        for Literal { text, span } in literals {
            self.literals.push(*span);
            if redact::has_userinfo(text) {
                self.secrets.push(*span);
            }
        }
    }

    /// Whether the variable may be secret, as far as it is known: then nothing unknown beside its key is shown.
    pub(crate) fn may_be_secret(&self) -> bool {
        let Variable { sensitive, key, .. } = &self.variable;
        sensitive.unwrap_or_else(|| redact::looks_secret(key))
    }

    /// Hides a declaration whose key is none, or a word that slipped out of another one: nobody knows what stands there.
    pub(crate) fn hide_unless_key(&mut self, key: &str, spans: [Span; 2]) {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        let is_key = key.len() <= 64 && key.bytes().all(is_plain);
        // Our words are small letters; keys hardly ever are.
        let is_word = key.starts_with(|first: char| first.is_ascii_lowercase()) && Row::named(key).is_some();
        if !is_key || is_word {
            self.secrets.extend(spans);
        }
    }

    /// Takes over further examples.
    pub(crate) fn examples(&mut self, examples: &[Literal]) {
        let known = self.variable.examples.to_mut();
        for literal in examples {
            let index = u32::try_from(known.len()).unwrap_or(u32::MAX);
            self.places.push((VariablePart::Example(index), literal.span));
            known.push(literal.text.clone());
        }
        self.hide(examples);
    }

    /// Takes over presence, constraints and literals beside the kind.
    pub(crate) fn take(&mut self, terms: Terms) {
        if let Some(span) = terms.presence_span() {
            self.place(VariablePart::Presence, span);
        }
        if let Some(default) = terms.default_literal() {
            self.place(VariablePart::Default, default.span);
            self.hide(std::slice::from_ref(default));
        }
        self.literals.extend(terms.literal_spans());
        self.variable.presence = terms.presence().unwrap_or(Presence::Optional);
        for (number, placed) in (0..).zip(&terms.constraints) {
            self.place(VariablePart::Constraint(number), placed.span);
            for (index, literal) in (0..).zip(&placed.literals) {
                self.place(VariablePart::Literal(number, index), *literal);
            }
        }
        if let Some(also) = &terms.also {
            self.place_all(VariablePart::Also, also);
            self.variable.also = texts(also);
        }
        let constraints = terms.constraints.into_iter().map(|placed| placed.constraint);
        self.variable.constraints = constraints.collect::<Vec<_>>().into();
    }

    /// Takes over what changes under a condition, said at `span`.
    pub(crate) fn take_when(
        &mut self,
        span: Span,
        condition: envschema_core::schema::Condition,
        terms: Terms,
    ) {
        let number = u32::try_from(self.variable.when.len()).unwrap_or(u32::MAX);
        self.place(VariablePart::When(number), span);
        for (index, placed) in (0..).zip(&terms.constraints) {
            self.place(VariablePart::WhenConstraint(number, index), placed.span);
        }
        if let Some(default) = terms.default_literal() {
            self.hide(std::slice::from_ref(default));
        }
        self.literals.extend(terms.literal_spans());
        self.variable.when.to_mut().push(terms.into_when(condition));
    }

    /// The deprecation, made if there is none.
    pub(crate) fn deprecation(&mut self, span: Span) -> &mut Deprecation {
        if self.variable.deprecated.is_none() {
            self.place(VariablePart::Deprecated, span);
        }
        self.variable.deprecated.get_or_insert_with(Deprecation::default)
    }
}
