//! A schema as the Rust struct that says the same, to be compiled and compared.

use std::fmt::Write as _;

use envschema::core::kind::{IpVersion, Kind};
use envschema::core::schema::{
    Condition, Constraint, Deprecation, Entry, Group, Policy, Presence, Rule, Schema, Text, Variable, When,
};

/// The source of a module with the struct `Root`, and a struct for each group.
pub fn module(schema: &Schema, from: &str) -> String {
    let mut writer = Writer::default();
    writer.structure("Root", &schema.name, &schema.doc, &container(schema), &schema.entries);
    let start = format!("//! `{from}` as a struct. Written by the test `the_structs_are_current`.");
    let uses = "use envschema::EnvSchema;";
    format!("{start}\n\n{uses}\n{}", writer.done.into_iter().rev().collect::<String>())
}

#[derive(Default)]
struct Writer {
    /// Structs that are written, inner ones first.
    done: Vec<String>,
    groups: usize,
}

impl Writer {
    fn structure(&mut self, ident: &str, name: &str, doc: &str, words: &[String], entries: &[Entry]) {
        let mut text = format!("\n{}#[derive(EnvSchema)]\n#[env(name = {name:?})]\n", docs("", doc));
        for word in words {
            writeln!(text, "#[env({word})]").unwrap();
        }
        writeln!(text, "pub struct {ident} {{").unwrap();
        for (index, entry) in entries.iter().enumerate() {
            match entry {
                Entry::Variable(variable) => text.push_str(&field(&format!("f{index}"), variable)),
                Entry::Group(group) => text.push_str(&self.group(&format!("g{index}"), group)),
            }
        }
        text.push_str("}\n");
        self.done.push(text);
    }

    fn group(&mut self, name: &str, group: &Group) -> String {
        self.groups += 1;
        let ident = format!("Group{}", self.groups);
        self.structure(&ident, &ident, &group.doc, &rules(&group.rules), &group.entries);
        let ty = if group.optional { format!("Option<{ident}>") } else { ident };
        let words = format!("name = {:?}, prefix = {:?}, path = {:?}", group.name, group.prefix, group.path);
        format!("    #[env(nested, {words})]\n    pub {name}: {ty},\n")
    }
}

fn docs(indent: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{indent}#[doc = {text:?}]\n") }
}

fn list(word: &str, texts: &[Text]) -> Option<String> {
    let texts: Vec<_> = texts.iter().map(|text| format!("{text:?}")).collect();
    (!texts.is_empty()).then(|| format!("{word}({})", texts.join(", ")))
}

fn text(word: &str, text: Option<&Text>) -> Option<String> {
    text.map(|text| format!("{word} = {text:?}"))
}

/// What is said of the struct itself.
fn container(schema: &Schema) -> Vec<String> {
    let names = |deployed: bool| -> Vec<Text> {
        let wanted = schema.profiles.iter().filter(|profile| !deployed || profile.deployed == Some(true));
        wanted.map(|profile| profile.name.clone()).collect()
    };
    let policy = schema.unknown.policy.map(|policy| match policy {
        Policy::Error => "unknown = \"error\"".to_owned(),
        Policy::Warn => "unknown = \"warn\"".to_owned(),
        Policy::Allow => "unknown = \"allow\"".to_owned(),
    });
    let allow =
        schema.allow.iter().map(|allowance| format!("allow({:?} = {:?})", allowance.code, allowance.reason));
    [
        text("profile", schema.profile.as_ref()),
        text("default_profile", schema.default_profile.as_ref()),
        list("profiles", &names(false)),
        list("deployed", &names(true)),
        list("services", &schema.services),
        text("dialect", schema.dialect.as_ref()),
        list("readers", &schema.readers),
        policy,
        list("owned_prefixes", &schema.unknown.prefixes),
        list("foreign_keys", &schema.unknown.allow),
    ]
    .into_iter()
    .flatten()
    .chain(allow)
    .chain(rules(&schema.rules))
    .collect()
}

fn rules(rules: &[Rule]) -> Vec<String> {
    rules.iter().filter_map(rule).collect()
}

fn rule(rule: &Rule) -> Option<String> {
    match rule {
        Rule::AllOrNone(keys) => list("all_or_none", keys),
        Rule::ExactlyOne(keys) => list("exactly_one", keys),
        Rule::AtLeastOne(keys) => list("at_least_one", keys),
        Rule::AtMostOne(keys) => list("at_most_one", keys),
        Rule::Contains { list, value } => Some(format!("contains(list = {list:?}, value = {value:?})")),
        Rule::Equal(a, b) => Some(format!("equal({a:?}, {b:?})")),
        Rule::Different(a, b) => Some(format!("different({a:?}, {b:?})")),
    }
}

fn field(name: &str, variable: &Variable) -> String {
    let mut source = docs("    ", &variable.doc);
    for word in words(variable) {
        writeln!(source, "    #[env({word})]").unwrap();
    }
    writeln!(source, "    pub {name}: {},", type_of(variable)).unwrap();
    source
}

/// What is said of a field.
fn words(variable: &Variable) -> Vec<String> {
    let name = if variable.prefixed { "rename" } else { "key" };
    let path = if variable.path.is_empty() { &variable.key } else { &variable.path };
    let default = match &variable.presence {
        Presence::Default(default) => Some(format!("default = {default:?}")),
        Presence::Required if may_be_left_out(variable) => Some("required".to_owned()),
        Presence::Required | Presence::Optional => None,
    };
    let mut all = vec![format!("{name} = {:?}, path = {path:?}", variable.key)];
    all.extend(kind(&variable.kind));
    all.extend(default);
    all.extend(list("aliases", &variable.aliases));
    all.extend(limits(&variable.constraints));
    all.extend(list("also", &variable.also));
    all.extend(
        variable
            .sensitive
            .filter(|sensitive| !sensitive || !is_secret_type(variable))
            .map(|sensitive| format!("sensitive = {sensitive}")),
    );
    all.extend(variable.allow_empty.then(|| "allow_empty".to_owned()));
    all.extend(list("examples", &variable.examples));
    all.extend(variable.deprecated.as_ref().map(deprecation));
    all.extend(list("services", &variable.services));
    all.extend(list("phases", &variable.phases));
    all.extend(variable.when.iter().map(when));
    all
}

fn limits(constraints: &[Constraint]) -> Vec<String> {
    let limit = |constraint: &Constraint| match constraint {
        Constraint::Min(bound) => Some(format!("min = {bound:?}")),
        Constraint::Max(bound) => Some(format!("max = {bound:?}")),
        Constraint::Above(bound) => Some(format!("above = {bound:?}")),
        Constraint::Below(bound) => Some(format!("below = {bound:?}")),
        Constraint::MinLength(length) => Some(format!("min_length = {length}")),
        Constraint::MaxLength(length) => Some(format!("max_length = {length}")),
        Constraint::Pattern(pattern) => Some(format!("pattern = {pattern:?}")),
        Constraint::OneOf(texts) => list("one_of", texts),
        Constraint::NotOneOf(texts) => list("not_one_of", texts),
        Constraint::Schemes(schemes) => list("schemes", schemes),
    };
    constraints.iter().filter_map(limit).collect()
}

fn deprecation(deprecated: &Deprecation) -> String {
    let word = if deprecated.removed { "removed" } else { "deprecated" };
    let said =
        if deprecated.note.is_empty() { word.to_owned() } else { format!("{word} = {:?}", deprecated.note) };
    match &deprecated.replaced_by {
        Some(key) => format!("{said}, replaced_by = {key:?}"),
        None => said,
    }
}

fn when(when: &When) -> String {
    let presence = match &when.presence {
        _ if when.forbidden => Some("forbidden".to_owned()),
        Some(Presence::Required) => Some("required".to_owned()),
        Some(Presence::Optional) => Some("optional".to_owned()),
        Some(Presence::Default(default)) => Some(format!("default = {default:?}")),
        None => None,
    };
    let also = when.also.as_ref().and_then(|also| list("also", also));
    let changes: Vec<_> = presence.into_iter().chain(limits(&when.constraints)).chain(also).collect();
    format!("when(if({}), {})", condition(&when.condition), changes.join(", "))
}

fn condition(condition: &Condition) -> String {
    let Condition { profiles, services, phases, values, set } = condition;
    let alternatives = |texts: &[Text]| {
        format!("[{}]", texts.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", "))
    };
    let named = [("profile", profiles), ("service", services), ("phase", phases)];
    let named = named
        .into_iter()
        .filter(|(_, texts)| !texts.is_empty())
        .map(|(word, texts)| format!("{word} = {}", alternatives(texts)));
    let values = values.iter().map(|(key, texts)| format!("{key:?} = {}", alternatives(texts)));
    named.chain(values).chain(list("set", set)).collect::<Vec<_>>().join(", ")
}

/// Whether there is something under which the variable is not there although it is required otherwise.
fn may_be_left_out(variable: &Variable) -> bool {
    let is_forbidden = variable.when.iter().any(|when| when.forbidden);
    let belongs_elsewhere = !variable.services.is_empty() || !variable.phases.is_empty();
    belongs_elsewhere || is_forbidden || is_made_optional(variable)
}

/// Whether it need not be set under some condition, and has no default there.
fn is_made_optional(variable: &Variable) -> bool {
    variable.when.iter().any(|when| when.presence == Some(Presence::Optional))
}

/// `kind`, `separator` and `assign`, where the type does not say them.
fn kind(kind: &Kind) -> Vec<String> {
    let named = |kind: &Kind| format!("kind = {:?}", kind.name());
    match kind {
        Kind::List(list) => vec![named(&list.items), format!("separator = {:?}", list.separator)],
        Kind::Map(map) => {
            vec![named(&map.values), format!("separator = {:?}, assign = {:?}", map.separator, map.assign)]
        }
        kind => vec![named(kind)],
    }
}

/// Every other secret is one by its type.
fn is_secret_type(variable: &Variable) -> bool {
    variable.sensitive == Some(true) && variable.key.len().is_multiple_of(2)
}

fn type_of(variable: &Variable) -> String {
    let plain = match &variable.kind {
        Kind::List(list) => format!("Vec<{}>", scalar(&list.items, variable)),
        Kind::Map(map) => format!("std::collections::BTreeMap<String, {}>", scalar(&map.values, variable)),
        kind => scalar(kind, variable).to_owned(),
    };
    let secret = if is_secret_type(variable) { format!("envschema::Secret<{plain}>") } else { plain };
    let is_optional = match variable.presence {
        Presence::Default(_) => is_made_optional(variable),
        Presence::Optional => true,
        Presence::Required => may_be_left_out(variable),
    };
    if is_optional { format!("Option<{secret}>") } else { secret }
}

/// The type whose kind this is; text where it must hold something beside its kind.
fn scalar(kind: &Kind, variable: &Variable) -> &'static str {
    let admits = !variable.also.is_empty() || variable.when.iter().any(|when| when.also.is_some());
    if admits || variable.allow_empty {
        return "String";
    }
    match kind {
        Kind::Integer => "i128",
        Kind::Number => "f64",
        Kind::Boolean => "bool",
        Kind::Port => "u16",
        Kind::Size => "u128",
        Kind::Url => "url::Url",
        Kind::Ip(IpVersion::Any) => "std::net::IpAddr",
        Kind::Ip(IpVersion::V4) => "std::net::Ipv4Addr",
        Kind::Ip(IpVersion::V6) => "std::net::Ipv6Addr",
        Kind::SocketAddress => "std::net::SocketAddr",
        Kind::Path => "std::path::PathBuf",
        Kind::Duration => "std::time::Duration",
        _ => "String",
    }
}
