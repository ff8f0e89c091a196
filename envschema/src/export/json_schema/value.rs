//! One value as JSON Schema sees it: what its kind and its constraints take, and hardly more.
//!
//! In the `env` form every value is a string. In the `config` form it has its JSON type, or is the string that a kind reads, as
//! in the typed files themselves.

use std::borrow::Cow;

use envschema_core::kind::Kind;
use envschema_core::schema::{Constraint, Text};

use super::Form;
use super::number::Number;
use super::strings::{Strings, unique};
use crate::export::json::{Json, Object};

/// What an empty text is to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Empty {
    /// It may stand there: it is a value, or no value need be there.
    Admitted,
    /// Nothing is said about it.
    Open,
    /// Some value must be there.
    Refused,
}

/// What holds for a value.
#[derive(Clone, Debug)]
pub(super) struct Terms<'s> {
    pub(super) kind: &'s Kind,
    pub(super) constraints: Vec<Cow<'s, Constraint>>,
    /// Literals admitted beside the kind.
    pub(super) also: Vec<&'s Text>,
    pub(super) empty: Empty,
    /// Whether its literals must not be told.
    pub(super) is_secret: bool,
}

/// What a schema says about numbers, booleans, arrays or objects.
struct Typed {
    name: &'static str,
    keywords: Object,
    literals: Option<Vec<Json>>,
    not: Vec<Json>,
}

impl Typed {
    const fn new(name: &'static str, keywords: Object) -> Self {
        Self { name, keywords, literals: None, not: Vec::new() }
    }
}

impl Terms<'_> {
    /// The keywords for the value.
    pub(super) fn schema(&self, form: Form) -> Object {
        let mut strings = self.strings(form);
        if self.empty == Empty::Refused {
            strings.refuse_empty();
        }
        let typed = if form == Form::Config { self.typed() } else { None };
        let extras = unique(self.extras(form));
        let mut admitted = strings.clone();
        let is_folded = extras.iter().all(|extra| match extra {
            Json::Text(text) => admitted.admit(text).is_ok(),
            _ => false,
        });
        let any = form == Form::Config && *self.kind == Kind::Json;
        if is_folded {
            return join(typed, &admitted, any);
        }
        let alternatives = vec![join(typed, &strings, any), Object::new().with("enum", extras)];
        Object::new().with("anyOf", alternatives)
    }

    fn is_many(&self) -> bool {
        matches!(self.kind, Kind::List(_) | Kind::Map(_))
    }

    fn strings(&self, form: Form) -> Strings {
        let Self { kind, is_secret, .. } = self;
        let constraints: &[&Constraint] = &self.constraints.iter().map(AsRef::as_ref).collect::<Vec<_>>();
        if !self.also.is_empty() && (*is_secret || self.is_many()) {
            return Strings::default();
        }
        match kind {
            Kind::List(list) => Strings::list(list, constraints, *is_secret),
            Kind::Map(map) => Strings::map(map),
            _ => {
                let strings = Strings::scalar(kind, constraints, *is_secret);
                let has_format =
                    form == Form::Config && self.also.is_empty() && self.empty != Empty::Admitted;
                if has_format { strings.with_format(kind, constraints) } else { strings }
            }
        }
    }

    /// What is admitted beside the kind and its constraints.
    fn extras(&self, form: Form) -> Vec<Json> {
        let mut extras = Vec::new();
        if !self.is_many() && !self.is_secret {
            extras.extend(self.also.iter().map(|literal| Json::Text((*literal).clone())));
            let numbers = self.also.iter().flat_map(|literal| numbers_as_written(self.kind, literal));
            extras.extend(numbers.filter(|_| form == Form::Config));
        }
        if self.empty == Empty::Admitted {
            extras.push("".into());
        }
        extras
    }

    fn typed(&self) -> Option<Typed> {
        Some(match self.kind {
            Kind::Integer | Kind::Port | Kind::Size => self.numbers("integer"),
            Kind::Number => self.numbers("number"),
            Kind::Boolean => self.booleans(),
            Kind::List(list) => {
                let keywords = Object::new().with("items", self.items(&list.items).schema(Form::Config));
                Typed::new("array", self.counted(keywords, "minItems", "maxItems"))
            }
            Kind::Map(map) => {
                let values = self.items(&map.values).schema(Form::Config);
                let keywords = Object::new().with("additionalProperties", values);
                Typed::new("object", self.counted(keywords, "minProperties", "maxProperties"))
            }
            _ => return None,
        })
    }

    /// What holds for each item of a list or a map.
    fn items<'t>(&'t self, kind: &'t Kind) -> Terms<'t> {
        let is_length = |constraint: &&Constraint| {
            matches!(constraint, Constraint::MinLength(_) | Constraint::MaxLength(_))
        };
        let constraints =
            self.constraints.iter().map(AsRef::as_ref).filter(|constraint| !is_length(constraint));
        let constraints = constraints.map(Cow::Borrowed).collect();
        Terms { kind, constraints, also: self.also.clone(), empty: Empty::Open, is_secret: self.is_secret }
    }

    fn counted(&self, mut keywords: Object, least: &'static str, most: &'static str) -> Object {
        for constraint in &self.constraints {
            match constraint.as_ref() {
                Constraint::MinLength(count) => keywords.push(least, *count),
                Constraint::MaxLength(count) => keywords.push(most, *count),
                _ => {}
            }
        }
        keywords
    }

    fn numbers(&self, name: &'static str) -> Typed {
        if self.is_secret && !self.also.is_empty() {
            // What is admitted besides must not be told, so nothing can be ruled out.
            return Typed::new(name, Object::new());
        }
        let mut typed = Typed::new(name, self.range());
        let numbers = |literals: &[Text]| -> Vec<Number> {
            literals.iter().flat_map(|literal| Number::all_of(self.kind, literal)).collect()
        };
        for constraint in self.constraints.iter().filter(|_| !self.is_secret) {
            match constraint.as_ref() {
                Constraint::OneOf(literals) => {
                    typed.literals = Some(unique(numbers(literals).into_iter().map(Json::from).collect()));
                }
                Constraint::NotOneOf(literals) => {
                    let exact = numbers(literals).into_iter().filter(|number| number.is_exact());
                    typed.not = unique(exact.map(Json::from).collect());
                }
                _ => {}
            }
        }
        typed
    }

    fn range(&self) -> Object {
        let (mut least, mut most) = match self.kind {
            Kind::Port => (Some(("minimum", Json::from(1))), Some(("maximum", Json::from(65535)))),
            Kind::Size => (Some(("minimum", Json::from(0))), None),
            _ => (None, None),
        };
        for constraint in &self.constraints {
            let number = |bound: &Text| Number::of(self.kind, bound);
            match constraint.as_ref() {
                Constraint::Min(bound) => least = number(bound).map(|n| ("minimum", n.into())).or(least),
                Constraint::Max(bound) => most = number(bound).map(|n| ("maximum", n.into())).or(most),
                Constraint::Above(bound) => least = number(bound).map(above).or(least),
                Constraint::Below(bound) => most = number(bound).map(below).or(most),
                _ => {}
            }
        }
        least.into_iter().chain(most).fold(Object::new(), |all, (keyword, bound)| all.with(keyword, bound))
    }

    fn booleans(&self) -> Typed {
        let mut typed = Typed::new("boolean", Object::new());
        let boolean = |literal: &Text| match self.kind.parse(literal) {
            Ok(envschema_core::value::Value::Boolean(value)) => Some(Json::Bool(value)),
            _ => None,
        };
        for constraint in self.constraints.iter().filter(|_| !self.is_secret) {
            match constraint.as_ref() {
                Constraint::OneOf(literals) => {
                    typed.literals = Some(unique(literals.iter().filter_map(boolean).collect()));
                }
                Constraint::NotOneOf(literals) => {
                    typed.not = unique(literals.iter().filter_map(boolean).collect());
                }
                _ => {}
            }
        }
        typed
    }
}

/// Above a number, in a way that rounding does not turn into more.
fn above(number: Number) -> (&'static str, Json) {
    match number.next() {
        Some(next) => ("minimum", next.into()),
        None => ("exclusiveMinimum", number.into()),
    }
}

fn below(number: Number) -> (&'static str, Json) {
    match number.previous() {
        Some(previous) => ("maximum", previous.into()),
        None => ("exclusiveMaximum", number.into()),
    }
}

/// A literal that a typed file may also write as a number.
fn numbers_as_written(kind: &Kind, literal: &Text) -> impl Iterator<Item = Json> {
    let is_numeric = matches!(kind, Kind::Integer | Kind::Number | Kind::Port | Kind::Size);
    Number::all_of(&Kind::Number, literal).filter(move |_| is_numeric).map(Json::from)
}

/// One schema for values of a type and for texts; of two if a list of literals would speak for both.
fn join(typed: Option<Typed>, strings: &Strings, any: bool) -> Object {
    let text_literals = strings.literals.clone().filter(|_| !any).map(|literals| Json::texts(&literals));
    let Some(typed) = typed else {
        let mut schema = Object::new();
        if !any {
            schema.push("type", "string");
        }
        push_literals(&mut schema, text_literals, strings.not.iter().cloned().map(Json::Text).collect());
        schema.append(strings.keywords());
        return schema;
    };
    let Typed { name, keywords, literals, not } = typed;
    let text_not = strings.not.iter().cloned().map(Json::Text);
    let mut schema = Object::new();
    if literals.is_none() && text_literals.is_none() {
        schema.push("type", vec![name, "string"]);
        push_literals(&mut schema, None, not.into_iter().chain(text_not).collect());
        schema.append(keywords);
        schema.append(strings.keywords());
        return schema;
    }
    let mut one = Object::new().with("type", name);
    push_literals(&mut one, literals.map(Json::Array), not);
    one.append(keywords);
    let mut other = Object::new().with("type", "string");
    push_literals(&mut other, text_literals, text_not.collect());
    other.append(strings.keywords());
    schema.push("anyOf", vec![one, other]);
    schema
}

fn push_literals(schema: &mut Object, literals: Option<Json>, not: Vec<Json>) {
    if let Some(literals) = literals {
        schema.push("enum", literals);
    }
    if !not.is_empty() {
        schema.push("not", Object::new().with("enum", not));
    }
}
