//! The words of the document form, which say something about the schema as a whole.

use envschema_core::registry;
use envschema_core::schema::{Allowance, Group, Policy, Profile, Schema, Text, Unknown};
use envschema_core::suggest;

use super::rules;
use crate::format::lower::Notes;
use crate::format::lower::mistake::{Written, invalid, rename, unknown};
use crate::format::lower::names::Named;
use crate::format::lower::outline::PlacedRule;
use crate::format::lower::values::{Literal, Said, owned, texts};
use crate::format::tree::{Data, Member};

/// The words of the document form, in the order of the documentation.
pub(crate) const WORDS: [&str; 16] = [
    "$schema",
    "name",
    "description",
    "extends",
    "profile",
    "default_profile",
    "profiles",
    "services",
    "phases",
    "dialect",
    "readers",
    "unknown",
    "allow",
    "variables",
    "groups",
    "rules",
];

/// The words of `unknown`.
pub(crate) const UNKNOWN: [&str; 3] = ["policy", "prefixes", "allow"];

/// What an undeclared key may be.
pub(crate) const POLICIES: [(&str, Policy); 3] =
    [("error", Policy::Error), ("warn", Policy::Warn), ("allow", Policy::Allow)];

/// The words of a group.
pub(crate) const GROUP: [&str; 2] = ["description", "optional"];

/// What the words of a document say.
#[derive(Debug, Default)]
pub(crate) struct Heading {
    /// The schema without its entries and rules.
    pub(crate) schema: Schema,
    /// The phases there are.
    pub(crate) phases: Vec<Text>,
    /// The groups that are described.
    pub(crate) groups: Vec<Group>,
    /// The rules.
    pub(crate) rules: Vec<PlacedRule>,
    /// The schema this one extends.
    pub(crate) extends: Option<Literal>,
}

/// Takes over one word; `variables` is for the caller.
pub(crate) fn word(heading: &mut Heading, member: &Member<'_>, notes: &mut Notes) {
    let key = Written::key(member);
    let said = Said { word: key.text, whose: "the schema", at: key.span, node: &member.value };
    let schema = &mut heading.schema;
    match key.text {
        "name" => schema.name = text(&said, notes),
        "description" => schema.doc = text(&said, notes),
        "extends" => heading.extends = said.text(notes),
        "profile" => schema.profile = said.text(notes).map(|key| key.text),
        "default_profile" => {
            let Some(profile) = said.text(notes) else { return };
            notes.mention(Named::Profile, &profile, "`default_profile` of the schema");
            schema.default_profile = Some(profile.text);
        }
        "profiles" => schema.profiles = profiles(&said, notes).into(),
        "services" => schema.services = texts(&said.literals(notes)),
        "phases" => heading.phases = texts(&said.literals(notes)).into_owned(),
        "dialect" => schema.dialect = dialect(said.text(notes), &said, notes),
        "readers" => {
            let readers = said.literals(notes);
            let known = readers.into_iter().filter_map(|reader| dialect(Some(reader), &said, notes));
            schema.readers = known.collect::<Vec<_>>().into();
        }
        "unknown" => schema.unknown = unknown_keys(&said, notes),
        "allow" => schema.allow = allowances(&said, notes).into(),
        "groups" => heading.groups = groups(&said, notes),
        "rules" => heading.rules = rules::read(&said, notes),
        _ => {}
    }
}

fn text(said: &Said<'_, '_>, notes: &mut Notes) -> Text {
    said.text(notes).map(|literal| literal.text).unwrap_or_default()
}

/// A list of names, or a mapping from names to what is said about each.
fn profiles(said: &Said<'_, '_>, notes: &mut Notes) -> Vec<Profile> {
    let Data::Table(members) = &said.node.value else {
        let names = said.literals(notes).into_iter();
        return names.map(|name| Profile { name: name.text, deployed: None }).collect();
    };
    let profile = |member: &Member<'_>, notes: &mut Notes| Profile {
        name: owned(&member.key),
        deployed: deployed(member, notes),
    };
    members.iter().map(|member| profile(member, notes)).collect()
}

fn deployed(member: &Member<'_>, notes: &mut Notes) -> Option<bool> {
    let members = match &member.value.value {
        Data::Null => return None,
        Data::Table(members) => members,
        _ => {
            let at = Written::key(member).span;
            let said = Said { word: "profiles", whose: "the schema", at, node: &member.value };
            said.wrong("a mapping such as `{deployed: true}`", notes);
            return None;
        }
    };
    let mut deployed = None;
    for member in members {
        let key = Written::key(member);
        if key.text == "deployed" {
            let said = Said { word: key.text, whose: "a profile", at: key.span, node: &member.value };
            deployed = said.flag(notes);
        } else {
            notes.push(unknown(key, "a profile", ["deployed"]));
        }
    }
    deployed
}

/// The name of a dialect that exists.
fn dialect(name: Option<Literal>, said: &Said<'_, '_>, notes: &mut Notes) -> Option<Text> {
    use envschema_core::dotenv::reader::{find, names};
    let name = name?;
    if find(&name.text).is_none() {
        let names: Vec<&str> = names().collect();
        let headline = format!("`{}` of {} names an unknown dialect", said.word, said.whose);
        notes.push(with_nearest(invalid(name.span, headline), &name, &names));
        return None;
    }
    Some(name.text)
}

fn with_nearest(
    diagnostic: envschema_core::diagnostic::Diagnostic,
    word: &Literal,
    words: &[&str],
) -> envschema_core::diagnostic::Diagnostic {
    match suggest::value(&word.text, words) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(Some(rename(word.span, near))),
        None => diagnostic.help(format!("write {}", envschema_core::phrase::alternatives(words))),
    }
}

fn unknown_keys(said: &Said<'_, '_>, notes: &mut Notes) -> Unknown {
    let Data::Table(members) = &said.node.value else {
        return Unknown { policy: policy(said, notes), ..Unknown::default() };
    };
    let mut found = Unknown::default();
    for member in members {
        let key = Written::key(member);
        let said = Said { word: key.text, whose: "`unknown`", at: key.span, node: &member.value };
        match key.text {
            "policy" => found.policy = policy(&said, notes),
            "prefixes" => found.prefixes = texts(&said.literals(notes)),
            "allow" => found.allow = texts(&said.literals(notes)),
            _ => notes.push(unknown(key, "`unknown`", UNKNOWN)),
        }
    }
    found
}

fn policy(said: &Said<'_, '_>, notes: &mut Notes) -> Option<Policy> {
    let word = said.text(notes)?;
    let known = POLICIES.iter().find(|(name, _)| *name == word.text);
    if known.is_none() {
        let names = POLICIES.map(|(name, _)| name);
        let headline = format!("`{}` of {} is unknown", said.word, said.whose);
        notes.push(with_nearest(invalid(word.span, headline), &word, &names));
    }
    known.map(|(_, policy)| *policy)
}

/// A mapping from codes to reasons.
fn allowances(said: &Said<'_, '_>, notes: &mut Notes) -> Vec<Allowance> {
    let Data::Table(members) = &said.node.value else {
        said.wrong("a mapping from codes to reasons, such as `{unportable-value: why}`", notes);
        return Vec::new();
    };
    members.iter().filter_map(|member| allowance(member, notes)).collect()
}

fn allowance(member: &Member<'_>, notes: &mut Notes) -> Option<Allowance> {
    let key = Written::key(member);
    let said = Said { word: "allow", whose: "the schema", at: key.span, node: &member.value };
    let Some(check) = registry::find(key.text) else {
        let codes: Vec<&str> = registry::checks().map(|check| check.code).collect();
        let code = Literal { text: owned(key.text), span: key.span };
        let headline = "`allow` of the schema names an unknown code";
        notes.push(with_nearest(invalid(key.span, headline), &code, &codes));
        return None;
    };
    let reason = said.text(notes)?.text;
    if reason.trim().is_empty() {
        let headline = format!("`{}` is switched off without a reason", check.code);
        notes.push(invalid(key.span, headline).help("say why it does not matter here"));
    }
    Some(Allowance { code: check.code.into(), reason })
}

/// A mapping from the titles of groups to what is said about each.
fn groups(said: &Said<'_, '_>, notes: &mut Notes) -> Vec<Group> {
    let Data::Table(members) = &said.node.value else {
        said.wrong("a mapping from titles, such as `{Database: {optional: true}}`", notes);
        return Vec::new();
    };
    members.iter().map(|member| group(member, notes)).collect()
}

fn group(member: &Member<'_>, notes: &mut Notes) -> Group {
    let mut group = Group { name: owned(&member.key), ..Group::default() };
    let key = Written::key(member);
    let said = Said { word: "groups", whose: "the schema", at: key.span, node: &member.value };
    let Data::Table(members) = &member.value.value else {
        said.wrong("a mapping such as `{description: what it is for}`", notes);
        return group;
    };
    for member in members {
        let key = Written::key(member);
        let said = Said { word: key.text, whose: "a group", at: key.span, node: &member.value };
        match key.text {
            "description" => group.doc = text(&said, notes),
            "optional" => group.optional = said.flag(notes).unwrap_or_default(),
            _ => notes.push(unknown(key, "a group", GROUP)),
        }
    }
    group
}
