//! JSON Schema (draft-07 and 2020-12) to the model.
//!
//! # Keys
//!
//! A property is a variable, a property with `properties` a group. In a flat schema (no property of the root is a group) the
//! name of a property is its key as it stands. In a nested one the key is made of the names: `database.poolSize` is
//! `DATABASE_POOL_SIZE`. A property may name its whole key itself: `"x-env": "DB_POOL"`, or `"x-envschema": {"key": "DB_POOL"}`.
//! In typed files (TOML, YAML, JSON) a variable is called by the names of the properties.
//!
//! # What the keywords mean
//!
//! * In an environment every value is text. `integer`, `number` and `boolean` are read by those kinds. An `array` is a list with
//!   commas; an object with `additionalProperties: {…}` of single values is a map `a=1,b=2`; arrays and objects of others are
//!   JSON. `null` among the types, or as an alternative, is a value that is left out.
//! * `format`: `uri` (which must have a host), `email`, `hostname` (which may be an address), `ipv4`, `ipv6`, `date`, `date-time`,
//!   `uuid` and `regex` are kinds; so is every other kind's name, but for `duration`, which is ISO 8601 here. `contentEncoding` of `base64`
//!   and `base16` are kinds.
//! * `minimum`, `maximum`, `exclusive…`, `minLength`, `maxLength`, `minItems`, `maxItems`, `enum`, `const` and `pattern` (as far as it means
//!   the same without look-around) are constraints; those of `items` hold for each item. `oneOf` and `anyOf` of literals are allowed values.
//! * A `default` makes a variable defaulted, even where `required` names it: what has a default is never missing.
//! * `writeOnly: true` and `format: password` make it sensitive. `description` (else `markdownDescription`, else `title`), `examples`,
//!   `deprecated` and `deprecationMessage` tell what they tell.
//! * `if` with `then`, `dependentRequired`, `anyOf` and `oneOf` of `required`, and `not` of `required` are conditions and rules where they
//!   are simple. Root `additionalProperties: false` makes an undeclared key an error, `true` allows it.
//! * Every other keyword that says something about values is *foreign*: an engine for JSON Schema judges it, over one object that
//!   holds every value at its path, typed by its kind. Keywords that tell people something, unknown ones and `x-…` are passed
//!   over; a misspelt one is an error.
//!
//! # `x-envschema`
//!
//! The model says more than JSON Schema. Its words, those of the long form of a concise schema, stand in `x-envschema`: in a property
//! those of a variable (and `key`), in an object `name`, `description`, `prefix`, `path` and `optional`, in the root those of a document but for
//! `variables`. They stand instead of keywords that say the same.
//!
//! An exported schema says everything in the root's `x-envschema`, under `entries`: a list of variables, each its long form with its
//! `key`, `prefixed: false` where the prefixes of its groups do not stand before it, and `bounds`, what a Rust type allows; and of
//! groups, which have `entries` and `rules` themselves. Where there are `entries`, no keyword beside them is read: they were
//! made from the entries, for other programs.

use envschema_core::diagnostic::Severity;
use envschema_core::schema::{Policy, Text};

use crate::format::concise::document::Heading;
use crate::format::lower::Notes;
use crate::format::lower::mistake::{Written, invalid};
use crate::format::lower::outline::{Item, PlacedRule, group};
use crate::format::lower::values::{Said, owned};
use crate::format::tree::{Data, Node};
use flat::{Flat, Follower};
use foreign::{Collector, Place};

mod constraint;
mod flat;
pub(crate) mod foreign;
mod key;
mod keyword;
mod kind;
mod model;
mod narrow;
mod object;
mod property;
mod relation;

/// The keyword that holds words of the model.
pub(crate) const EXTENSION: &str = "x-envschema";

/// The word of a property's `x-envschema` for its whole key.
pub(crate) const KEY: &str = "key";

/// The word of the root's `x-envschema` for the whole model.
pub(crate) const ENTRIES: &str = "entries";

/// What `$schema` may be, without the start and a `#` at the end.
const DRAFTS: [&str; 6] = [
    "json-schema.org/schema",
    "json-schema.org/draft-04/schema",
    "json-schema.org/draft-06/schema",
    "json-schema.org/draft-07/schema",
    "json-schema.org/draft/2019-09/schema",
    "json-schema.org/draft/2020-12/schema",
];

/// What a JSON Schema says.
#[derive(Debug, Default)]
pub(crate) struct Lowered<'n, 't> {
    /// What it says about the schema as a whole.
    pub(crate) heading: Heading,
    /// Its variables in their groups.
    pub(crate) items: Vec<Item>,
    /// What another engine has to judge.
    pub(crate) foreign: Collector<'n, 't>,
}

/// Whether a document is a JSON Schema, and no concise schema.
pub(crate) fn is_one(root: &Node<'_>) -> bool {
    let text = |name| match root.get(name).map(|node| &node.value) {
        Some(Data::Text(text)) => Some(text.as_ref()),
        _ => None,
    };
    let has_table = |name| root.get(name).is_some_and(|node| node.members().is_some());
    text("$schema").is_some_and(|schema| schema.contains("json-schema.org"))
        || (has_table("properties") && !has_table("variables"))
        || (text("$ref").is_some() && (has_table("$defs") || has_table("definitions")))
        || root.get(EXTENSION).is_some_and(|node| node.get(ENTRIES).is_some())
}

/// Lowers the JSON Schema `root`.
pub(crate) fn lower<'n, 't>(root: &'n Node<'t>, notes: &mut Notes) -> Lowered<'n, 't> {
    let mut lowered = Lowered::default();
    let words = root.get(EXTENSION).and_then(Node::members).unwrap_or_default();
    if let Some(entries) = words.iter().find(|word| word.key == ENTRIES) {
        model::words(&mut lowered.heading, words, notes);
        lowered.items = model::entries(entries, notes);
        return lowered;
    }
    let mut reader = Reader {
        follower: Follower::new(root),
        foreign: Collector::default(),
        rules: Vec::new(),
        is_nested: false,
        notes,
    };
    reader.check_draft();
    let flat = reader.flatten(root);
    reader.is_nested = reader.has_groups(&flat);
    let depth = reader.follower.enter(&flat);
    reader.root(&mut lowered.heading, &flat);
    let items = reader.object(&flat, &Scope::default());
    lowered.items = group(items, &lowered.heading.groups);
    reader.follower.leave(depth);
    lowered.heading.rules.append(&mut reader.rules);
    lowered.foreign = reader.foreign;
    notes.forget_repeated();
    if lowered.items.is_empty() && notes.report.is_empty() {
        notes.push(
            invalid(root.span, "the schema declares no property")
                .help("declare at least one under `properties`"),
        );
    }
    lowered
}

/// Where an object lies.
#[derive(Clone, Debug, Default)]
struct Scope {
    /// What stands before the keys of its variables.
    prefix: String,
    /// Its place in the schema of foreign keywords.
    place: Place,
}

impl Scope {
    /// The place of the property `name`.
    fn place_of(&self, name: &str) -> Place {
        let mut place = self.place.clone();
        place.extend(["properties".to_owned(), name.to_owned()]);
        place
    }
}

/// A JSON Schema while it is read.
struct Reader<'r, 'n, 't> {
    follower: Follower<'n, 't>,
    foreign: Collector<'n, 't>,
    rules: Vec<PlacedRule>,
    is_nested: bool,
    notes: &'r mut Notes,
}

impl<'n, 't> Reader<'_, 'n, 't> {
    /// Warns of a `$schema` that is no draft of JSON Schema: what the keywords mean there is not known.
    fn check_draft(&mut self) {
        let named = self.follower.root().members().unwrap_or_default().iter();
        let Some(member) = named.into_iter().find(|member| member.key == "$schema") else { return };
        let Data::Text(written) = &member.value.value else { return };
        let bare = written.trim_end_matches('#').trim_start_matches("https://").trim_start_matches("http://");
        if !DRAFTS.contains(&bare) {
            let headline = "`$schema` names no draft of JSON Schema that is known here";
            let diagnostic = invalid(member.value.span, headline).severity(Severity::Warning);
            self.notes.push(diagnostic.help("write `https://json-schema.org/draft/2020-12/schema`"));
        }
    }

    /// A schema with what holds beside it.
    fn flatten(&mut self, node: &'n Node<'t>) -> Flat<'n, 't> {
        self.follower.flatten(node, self.notes)
    }

    /// Whether a property of the root holds properties itself.
    fn has_groups(&mut self, flat: &Flat<'n, 't>) -> bool {
        let properties = flat.all("properties").filter_map(|member| member.value.members()).flatten();
        let properties: Vec<_> = properties.collect();
        properties.iter().any(|member| self.flatten(&member.value).find("properties").is_some())
    }

    /// What the root says about the schema as a whole.
    fn root(&mut self, heading: &mut Heading, flat: &Flat<'n, 't>) {
        if let Some(Data::Text(title)) = flat.value("title").map(|node| &node.value) {
            heading.schema.name = owned(title);
        }
        if flat.find("description").or(flat.find("markdownDescription")).is_some() {
            heading.schema.doc = doc(flat);
        }
        for name in ["additionalProperties", "unevaluatedProperties"] {
            heading.schema.unknown.policy = match flat.value(name).map(|node| &node.value) {
                Some(Data::Bool(false)) => Some(Policy::Error),
                Some(Data::Bool(true) | Data::Table(_)) => Some(Policy::Allow),
                _ => heading.schema.unknown.policy,
            };
        }
        for member in flat.all("patternProperties") {
            let members = member.value.members().unwrap_or_default();
            heading
                .schema
                .unknown
                .allow
                .to_mut()
                .extend(members.iter().filter_map(|member| prefix(&member.key)));
        }
        let Some(words) = flat.find(EXTENSION) else { return };
        match &words.value.value {
            Data::Table(members) => model::words(heading, members, self.notes),
            _ => {
                let at = Written::key(words).span;
                let said = Said { word: EXTENSION, whose: "the schema", at, node: &words.value };
                said.wrong("an object of words such as `{\"profile\": \"APP_ENV\"}`", self.notes);
            }
        }
    }
}

/// The keys that a pattern of `patternProperties` takes, if it is a mere beginning: `^APP_` is `APP_*`.
fn prefix(pattern: &str) -> Option<Text> {
    let start = pattern.strip_prefix('^')?;
    let start = start.strip_suffix(".*").or_else(|| start.strip_suffix(".+")).unwrap_or(start);
    let (start, rest) = start.strip_suffix('$').map_or((start, "*"), |start| (start, ""));
    start
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        .then(|| format!("{start}{rest}").into())
}

/// What a schema says it is for.
fn doc(flat: &Flat<'_, '_>) -> Text {
    let said = ["description", "markdownDescription", "title"].into_iter().find_map(|name| {
        match flat.value(name).map(|node| &node.value) {
            Some(Data::Text(text)) => Some(owned(text)),
            _ => None,
        }
    });
    said.unwrap_or_default()
}
