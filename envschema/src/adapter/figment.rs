//! [`figment`]: any `Provider` is a source, and a loader's layers are a `Provider` whose values are typed by their kinds.
//!
//! Figment's own `Env` is refused as a source: it turns `007` into 7 and a numeric password into a type error. Use
//! [`Process`](crate::source::Process) instead. Mind that errors of figment quote values, secret ones as well.

use std::borrow::Cow;

use envschema_core::judge::Judgement;
use envschema_core::kind::Kind;
use envschema_core::raw::Raw;
use envschema_core::schema::{Presence, Variable};
use envschema_core::span::Span;
use envschema_core::table::RowId;
use envschema_core::value::Value as Given;
use figment::value::{Dict, Map, Num, Value};
use figment::{Error, Metadata, Profile, Provider};

use crate::format::{Data, Member, Node};
use crate::source::document::entries;
use crate::source::{Content, Request, Source};

/// A figment provider as a source: its default profile, and the profile that is loaded above it.
pub struct FigmentSource<P> {
    provider: P,
}

impl<P: Provider> FigmentSource<P> {
    /// Takes the values of `provider`.
    pub const fn new(provider: P) -> Self {
        Self { provider }
    }
}

impl<P: Provider> Source for FigmentSource<P> {
    fn read(&self, request: &Request<'_>) -> Vec<Content<'_>> {
        let metadata = self.provider.metadata();
        let name = name(&metadata);
        if metadata.name.ends_with("environment variable(s)") {
            return vec![Content::Unreadable {
                path: name.into(),
                why: "guesses types: give the process environment as a source instead",
            }];
        }
        let Ok(data) = self.provider.data() else {
            // The error would quote values.
            return vec![Content::Unreadable { path: name.into(), why: "cannot be read" }];
        };
        let profiles = [Some(Profile::Default), request.profile.map(Profile::new), Some(Profile::Global)];
        let of_profile = |profile: Profile| {
            let entries = entries(members(data.get(&profile)?), request.table);
            let values = entries.into_iter().map(|entry| (entry.key.into_owned(), entry.raw)).collect();
            Some(Content::Values { name: Cow::Owned(name.clone()), values })
        };
        profiles.into_iter().flatten().filter_map(of_profile).collect()
    }

    fn depends_on_profile(&self) -> bool {
        true
    }
}

/// The path of a file, or what the provider calls itself.
fn name(metadata: &Metadata) -> String {
    match metadata.source.as_ref().and_then(figment::Source::file_path) {
        Some(path) => path.display().to_string(),
        None => metadata.name.clone().into_owned(),
    }
}

/// A tree that stands in no text.
fn node(value: &Value) -> Node<'static> {
    let value = match value {
        Value::String(_, text) => Data::Text(text.clone().into()),
        Value::Char(_, character) => Data::Text(character.to_string().into()),
        Value::Bool(_, value) => Data::Bool(*value),
        Value::Num(_, number) => Data::Number(written(*number).into()),
        Value::Array(_, items) => Data::Array(items.iter().map(node).collect()),
        Value::Dict(_, dict) => Data::Table(members(dict)),
        Value::Empty(..) => Data::Null,
    };
    Node { value, span: Span::default() }
}

fn members(dict: &Dict) -> Vec<Member<'static>> {
    let member = |(key, value): (&String, &Value)| Member {
        key: key.clone().into(),
        key_span: Span::default(),
        value: node(value),
    };
    // What a struct of defaults leaves open is not given.
    dict.iter().filter(|(_, value)| !matches!(value, Value::Empty(..))).map(member).collect()
}

/// A number as somebody would write it: a 32-bit float with its own digits, not those of the nearest 64-bit one.
fn written(number: Num) -> String {
    match (number.to_u128(), number.to_i128(), number) {
        (Some(number), ..) => number.to_string(),
        (None, Some(number), _) => number.to_string(),
        (None, None, Num::F32(number)) => number.to_string(),
        (None, None, number) => number.to_f64().unwrap_or_default().to_string(),
    }
}

/// A loaded environment as a figment provider: every variable that has a value, under its path, typed by its kind.
#[derive(Clone)]
pub struct FigmentValues {
    values: Dict,
}

impl FigmentValues {
    pub(crate) fn new(judgement: &Judgement<'_>) -> Self {
        let mut values = Dict::new();
        for (row, declared) in judgement.environment.table.iter() {
            if let Some(value) = value_of(judgement, row) {
                insert(&mut values, &declared.path, value);
            }
        }
        Self { values }
    }
}

fn value_of(judgement: &Judgement<'_>, row: RowId) -> Option<Value> {
    let environment = judgement.environment;
    let variable = environment.table.row(row).variable;
    if let Some(winner) = environment.winner(row) {
        let elements = judgement.elements(winner).unwrap_or_default();
        let mut typed = elements.iter().map(|element| typed(element.value.as_ref(), element.text));
        return match &variable.kind {
            Kind::List(_) => Some(Value::from(typed.collect::<Vec<_>>())),
            // The keys of a map are in its text alone.
            Kind::Map(_) => map_of(variable, &environment.entry_of(winner).raw),
            _ => typed.next(),
        };
    }
    match judgement.presence(row).0 {
        Presence::Default(text) => Some(of_text(&variable.kind, text)),
        Presence::Required | Presence::Optional => None,
    }
}

fn map_of(variable: &Variable, raw: &Raw<'_>) -> Option<Value> {
    match raw {
        Raw::Text(text) | Raw::Content(text) => Some(of_text(&variable.kind, text)),
        Raw::Table(members) => {
            let member =
                |(key, raw, _): &(Cow<'_, str>, Raw<'_>, _)| Some((key.to_string(), map_of(variable, raw)?));
            Some(Value::from(members.iter().filter_map(member).collect::<Dict>()))
        }
        Raw::Number(text) => Some(of_text(&Kind::Number, text)),
        Raw::Boolean(value) => Some(Value::from(*value)),
        Raw::List(_) | Raw::Bytes | Raw::Absent | Raw::Null => None,
    }
}

fn of_text(kind: &Kind, text: &str) -> Value {
    typed(kind.parse(text).ok().as_ref(), text)
}

/// Numbers, booleans, lists and maps have types in figment; everything else is its text.
fn typed(value: Option<&Given<'_>>, text: &str) -> Value {
    match value {
        Some(Given::Boolean(value)) => Value::from(*value),
        Some(Given::Number(number)) => Value::from(*number),
        Some(Given::Integer(integer)) => whole(integer.as_u128(), integer.as_i128(), text),
        Some(Given::List(items)) => {
            Value::from(items.iter().map(|item| typed(Some(&item.value), item.text)).collect::<Vec<_>>())
        }
        Some(Given::Map(pairs)) => Value::from(
            pairs
                .iter()
                .map(|(key, item)| (key.text.to_owned(), typed(Some(&item.value), item.text)))
                .collect::<Dict>(),
        ),
        _ => Value::from(text),
    }
}

/// A whole number as figment takes it: what it extracts is 64 bits wide at most.
fn whole(unsigned: Option<u128>, signed: Option<i128>, text: &str) -> Value {
    let narrow = unsigned.and_then(|number| u64::try_from(number).ok());
    let narrow_signed = signed.and_then(|number| i64::try_from(number).ok());
    match (narrow, narrow_signed, unsigned, signed) {
        (Some(number), ..) => Value::from(number),
        (None, Some(number), ..) => Value::from(number),
        (None, None, Some(number), _) => Value::from(number),
        (None, None, None, Some(number)) => Value::from(number),
        (None, None, None, None) => Value::from(text),
    }
}

fn insert(dict: &mut Dict, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            dict.insert(path.to_owned(), value);
        }
        Some((outer, inner)) => {
            let entry = dict.entry(outer.to_owned()).or_insert_with(|| Value::from(Dict::new()));
            if let Value::Dict(_, nested) = entry {
                insert(nested, inner, value);
            }
        }
    }
}

impl Provider for FigmentValues {
    fn metadata(&self) -> Metadata {
        Metadata::named("envschema")
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Ok(Profile::Default.collect(self.values.clone()))
    }
}
