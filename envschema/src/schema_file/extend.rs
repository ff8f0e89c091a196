//! A schema that extends another: what it declares itself stands instead of what the other declares under the same key.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use envschema_core::redact;
use envschema_core::schema::{Entry, Group, Many, Schema};
use envschema_core::table::{RowId, Table};

use super::{Load, Model, SchemaFile};
use crate::format::lower::Notes;
use crate::format::lower::mistake::invalid;
use crate::format::lower::values::Literal;

/// Why a schema is not read that has been found: its own mistakes are said where they are.
pub const UNUSABLE: &str = "cannot be used";

/// Why a schema is not read that leads back to this one.
pub const CIRCULAR: &str = "extends this one in turn";

/// Adds the schema that `base` names to `model`, behind what the model declares itself.
pub(super) fn extend(model: &mut Model, base: &Literal, load: &mut Load<'_>, notes: &mut Notes) {
    let file = match load(&base.text) {
        Ok(file) => file,
        Err(why) => {
            let headline = format!("the schema that this one extends {}", redact::escape(&why));
            let help = match why.as_str() {
                UNUSABLE => "mend that file first",
                CIRCULAR => "extend a schema that does not extend this one",
                _ => "write a path relative to this file",
            };
            notes.push(invalid(base.span, headline).help(help));
            return;
        }
    };
    if let Some((headline, help)) = unusable(&file) {
        notes.push(invalid(base.span, headline).help(help));
        return;
    }
    let inherited = merge(&mut model.schema, file.schema);
    inherited.into_iter().for_each(|(row, base)| model.outline.inherit(row, base));
}

/// Why a schema cannot be extended.
fn unusable(file: &SchemaFile) -> Option<(&'static str, &'static str)> {
    if file.has_errors() {
        return Some(("the schema that this one extends has mistakes itself", "check that file by itself"));
    }
    let foreign =
        "the schema that this one extends has JSON Schema keywords that another schema cannot take over";
    file.foreign.is_some().then_some((foreign, "extend a concise schema, or remove those keywords"))
}

/// Adds `base` behind `own`; yields the rows that are taken over, and which rows of `base` they are.
fn merge(own: &mut Schema, base: Schema) -> Vec<(RowId, RowId)> {
    let table = Table::new(own);
    let keys: HashSet<String> = table.rows.iter().map(|row| row.key.to_string()).collect();
    let count = table.rows.len();
    let known: HashMap<String, RowId> =
        Table::new(&base).iter().map(|(row, declared)| (declared.key.to_string(), row)).collect();
    let inherited = without(&base.entries, &keys, "");
    own.entries.to_mut().extend(inherited);
    own.rules.to_mut().extend(base.rules.into_owned());
    own.allow.to_mut().extend(base.allow.into_owned());
    own.unknown.policy = own.unknown.policy.or(base.unknown.policy);
    own.unknown.prefixes.to_mut().extend(base.unknown.prefixes.into_owned());
    own.unknown.allow.to_mut().extend(base.unknown.allow.into_owned());
    own.profile = own.profile.take().or(base.profile);
    own.default_profile = own.default_profile.take().or(base.default_profile);
    own.dialect = own.dialect.take().or(base.dialect);
    inherit(&mut own.profiles, base.profiles);
    inherit(&mut own.services, base.services);
    inherit(&mut own.readers, base.readers);
    let table = Table::new(own);
    let taken = table.iter().skip(count);
    taken.filter_map(|(row, declared)| Some((row, *known.get(declared.key.as_ref())?))).collect()
}

fn inherit<T: Clone>(own: &mut Many<T>, base: Many<T>) {
    if own.is_empty() {
        *own = base;
    }
}

/// The entries without the variables of these keys.
fn without(entries: &[Entry], keys: &HashSet<String>, prefix: &str) -> Vec<Entry> {
    let keep = |entry: &Entry| match entry {
        Entry::Variable(variable) => {
            let key: Cow<'_, str> = if variable.prefixed && !prefix.is_empty() {
                format!("{prefix}{}", variable.key).into()
            } else {
                variable.key.as_ref().into()
            };
            (!keys.contains(key.as_ref())).then(|| entry.clone())
        }
        Entry::Group(group) => {
            let prefix = format!("{prefix}{}", group.prefix);
            let inner = without(&group.entries, keys, &prefix);
            (!inner.is_empty()).then(|| Entry::Group(Group { entries: inner.into(), ..group.clone() }))
        }
    };
    entries.iter().filter_map(keep).collect()
}
