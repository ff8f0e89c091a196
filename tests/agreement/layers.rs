//! Random layers for a schema: what people write into `.env` files, TOML, YAML and JSON, secrets folders and environments.

use envschema::core::dotenv::{Environ, reader};
use envschema::core::judge::Circumstances;
use envschema::core::kind::Kind;
use envschema::core::layer::{Layer, LayerKind};
use envschema::core::rules;
use envschema::core::schema::{Presence, Schema, Variable};
use envschema::core::table::Table;
use envschema::format::Format;
use envschema::source::{Content, Extent};
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::{Index, select};
use proptest::strategy::BoxedStrategy;
use serde_json::{Map, Value, json};

use crate::schemas::{PHASES, PROFILES, SERVICES};
use crate::{tables, values};

/// What a layer says about a variable.
#[derive(Clone, Debug)]
struct Said {
    text: String,
    /// Whether a typed file gives it its type.
    is_typed: bool,
    /// Which of its names it goes by.
    name: Index,
    /// Whether it is given at all.
    is_there: bool,
}

/// Where a layer comes from.
#[derive(Clone, Copy, Debug)]
enum Sort {
    Dotenv,
    Document(Format),
    Pairs(LayerKind),
}

/// One to three layers, lowest precedence first, as their sources yield them. `KEY_FILE`, which a loader opens and a check does
/// not, is among them if `files`.
pub fn contents(schema: &Schema, files: bool) -> BoxedStrategy<Vec<Recipe>> {
    let table = Table::new(schema);
    let rows: Vec<(Names, Variable)> =
        table.rows.iter().map(|row| (Names::of(row), row.variable.clone())).collect();
    let one = proptest::bool::weighted(0.35).prop_flat_map(move |is_wild| recipe(&rows, is_wild, files));
    proptest::collection::vec(one, 1..4).boxed()
}

/// A layer as text, and nothing that borrows.
#[derive(Clone, Debug)]
pub struct Recipe {
    name: &'static str,
    sort: Sort,
    text: Vec<u8>,
    pairs: Vec<(String, String)>,
}

/// Where a layer is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file with this at the end of its name.
    File(&'static str),
    /// In a folder with a file for each key.
    Secrets,
    /// In the process environment.
    Process,
}

impl Recipe {
    /// Where it is kept.
    pub const fn place(&self) -> Place {
        match self.sort {
            Sort::Dotenv => Place::File("env"),
            Sort::Document(Format::Toml) => Place::File("toml"),
            Sort::Document(Format::Yaml) => Place::File("yaml"),
            Sort::Document(Format::Json) => Place::File("json"),
            Sort::Pairs(LayerKind::Secrets) => Place::Secrets,
            Sort::Pairs(_) => Place::Process,
        }
    }

    /// What stands in its file.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Its keys and values, where it has no text.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// What the source of the layer yields.
    pub fn content(&self) -> Content<'_> {
        let name = self.name.into();
        match self.sort {
            Sort::Dotenv => {
                Content::Dotenv { name, dialect: reader::DEFAULT, text: self.text.as_slice().into() }
            }
            Sort::Document(format) => Content::Document { name, format, text: self.text.as_slice().into() },
            Sort::Pairs(kind) => {
                let pairs = self.pairs.iter().map(|(key, value)| (key.clone(), value.clone().into_bytes()));
                Content::Pairs { name, kind, pairs: pairs.collect() }
            }
        }
    }
}

/// The layers of what sources yielded.
pub fn layers<'c>(contents: &'c [Content<'_>], table: &Table<'_>) -> Vec<Layer<'c>> {
    contents
        .iter()
        .filter_map(|content| content.layer(table, &Environ::empty(), Extent::Everything))
        .collect()
}

/// Where the environment will be used.
pub fn circumstances() -> impl Strategy<Value = Circumstances> {
    let of = |names: Vec<&'static str>| option::weighted(0.3, select(names).prop_map(str::to_owned));
    (of(PROFILES.to_vec()), of(SERVICES.to_vec()), of(PHASES.to_vec()))
        .prop_map(|(profile, service, phase)| Circumstances { profile, service, phase, readers: None })
}

/// The names of a variable.
#[derive(Clone, Debug)]
struct Names {
    key: String,
    path: String,
    aliases: Vec<String>,
}

impl Names {
    fn of(row: &envschema::core::table::Row<'_>) -> Self {
        let aliases = row.variable.aliases.iter().map(|alias| alias.to_string()).collect();
        Self { key: row.key.to_string(), path: row.path.to_string(), aliases }
    }
}

fn recipe(rows: &[(Names, Variable)], is_wild: bool, files: bool) -> BoxedStrategy<Recipe> {
    let names: Vec<Names> = rows.iter().map(|(names, _)| names.clone()).collect();
    let kinds: Vec<Kind> = rows.iter().map(|(_, variable)| variable.kind.clone()).collect();
    let said: Vec<BoxedStrategy<Said>> = rows.iter().map(|(_, variable)| said(variable, is_wild)).collect();
    let sort = prop_oneof![
        Just(Sort::Dotenv),
        Just(Sort::Document(Format::Toml)),
        Just(Sort::Document(Format::Yaml)),
        Just(Sort::Document(Format::Json)),
        Just(Sort::Pairs(LayerKind::Process)),
        Just(Sort::Pairs(LayerKind::Secrets)),
        Just(Sort::Pairs(LayerKind::Map)),
    ];
    let profile = option::weighted(0.3, select(PROFILES.to_vec()));
    // A table of variables may be set like a variable, and a variable like a table of them.
    let tables = names.iter().filter_map(|names| Some(names.path.rsplit_once('.')?.0.to_owned()));
    let below = names.first().map(|names| format!("{}.x", names.path));
    let keys: Vec<String> = ["OTHER", "V00", "X_Y"]
        .map(str::to_owned)
        .into_iter()
        .chain(tables.take(usize::from(is_wild)))
        .chain(below.filter(|_| is_wild))
        .collect();
    let undeclared = option::weighted(if is_wild { 0.3 } else { 0.05 }, select(keys));
    (sort, said, profile, undeclared)
        .prop_map(move |(sort, said, profile, undeclared)| {
            let more = profile
                .map(|profile| ("APP_ENV", profile))
                .into_iter()
                .chain(undeclared.as_deref().map(|key| (key, "x")));
            write(sort, &names, &kinds, &said, more.collect(), files)
        })
        .boxed()
}

fn said(variable: &Variable, is_wild: bool) -> BoxedStrategy<Said> {
    let good = good(variable);
    let any_accepted = values::accepted(&variable.kind);
    let text = if is_wild {
        let also = variable.also.first().map_or("x".to_owned(), ToString::to_string);
        prop_oneof![
            4 => good,
            2 => any_accepted,
            2 => values::rejected(&variable.kind),
            1 => Just(String::new()),
            1 => Just(also),
        ]
        .boxed()
    } else {
        prop_oneof![40 => good, 1 => Just(String::new())].boxed()
    };
    let is_due = variable.presence == Presence::Required;
    let is_there = proptest::bool::weighted(if is_due { 0.95 } else { 0.5 });
    (text, any::<bool>(), any::<Index>(), is_there)
        .prop_map(|(text, is_typed, name, is_there)| Said { text, is_typed, name, is_there })
        .boxed()
}

/// Texts that hold to the constraints of a variable, if the tables have any.
fn good(variable: &Variable) -> BoxedStrategy<String> {
    let plain = rules::variants(variable).next().unwrap();
    let literals = plain.constraints.iter().flat_map(|(_, constraint)| rules::literals(constraint));
    let own = literals.chain(variable.also.iter().map(AsRef::as_ref)).map(str::to_owned);
    let tables = tables::all();
    let table = tables.iter().find(|table| table.kind == variable.kind);
    let texts = own.chain(table.iter().flat_map(|table| table.accepted.clone()));
    let texts: Vec<String> = texts.filter(|text| plain.why_not(variable, text).is_none()).collect();
    if texts.is_empty() { values::accepted(&variable.kind) } else { select(texts).boxed() }
}

fn write(
    sort: Sort,
    names: &[Names],
    kinds: &[Kind],
    said: &[Said],
    more: Vec<(&str, &str)>,
    files: bool,
) -> Recipe {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut document = json!({});
    for ((names, kind), said) in names.iter().zip(kinds).zip(said).filter(|(_, said)| said.is_there) {
        match sort {
            Sort::Document(_) => insert(&mut document, &names.path, value(kind, said)),
            _ => pairs.push((name(names, said, files), said.text.clone())),
        }
    }
    for (key, value) in more {
        match sort {
            Sort::Document(_) => insert(&mut document, key, value.into()),
            _ => pairs.push((key.to_owned(), value.to_owned())),
        }
    }
    let (sort, text) = match sort {
        Sort::Dotenv => (sort, dotenv(&pairs)),
        Sort::Document(Format::Toml) => match toml::to_string(&document) {
            Ok(text) => (sort, text),
            Err(_) => (Sort::Document(Format::Json), document.to_string()),
        },
        // JSON is YAML.
        Sort::Document(_) => (sort, document.to_string()),
        Sort::Pairs(_) => (sort, String::new()),
    };
    Recipe { name: "layer", sort, text: text.into_bytes(), pairs }
}

/// The key, sometimes an alias, and now and then the name of a file that holds the value.
fn name(names: &Names, said: &Said, files: bool) -> String {
    match said.name.index(20) {
        0 if files => format!("{}_FILE", names.key),
        1..=4 => names.aliases.first().unwrap_or(&names.key).clone(),
        _ => names.key.clone(),
    }
}

fn dotenv(pairs: &[(String, String)]) -> String {
    let lines = pairs.iter().filter(|(_, value)| !value.contains(['\'', '\n', '\r', '\\', '\0']));
    lines.map(|(key, value)| format!("{key}='{value}'\n")).collect()
}

/// A text as a typed file gives it.
fn value(kind: &Kind, said: &Said) -> Value {
    let text = said.text.as_str();
    if text.is_empty() && said.name.index(2) == 0 {
        return Value::Null;
    }
    if !said.is_typed {
        return text.into();
    }
    match kind {
        Kind::List(list) => {
            let items = list.split(text).filter_map(Result::ok);
            items.map(|(_, item)| scalar(&list.items, item)).collect()
        }
        Kind::Map(map) => {
            let values = map.split(text).filter_map(Result::ok);
            let members = values
                .enumerate()
                .map(|(index, (_, value))| (format!("k{index}"), scalar(&map.values, value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        kind => scalar(kind, text),
    }
}

/// A single text with its JSON type, where it has one.
pub fn scalar(kind: &Kind, text: &str) -> Value {
    let typed = match kind {
        Kind::Integer | Kind::Port | Kind::Number | Kind::Size => {
            let number: Option<Value> = serde_json::from_str(text).ok();
            number.filter(Value::is_number)
        }
        Kind::Boolean if text.eq_ignore_ascii_case("true") => Some(true.into()),
        Kind::Boolean if text.eq_ignore_ascii_case("false") => Some(false.into()),
        _ => None,
    };
    typed.unwrap_or_else(|| text.into())
}

/// Puts a value at a dotted path, unless something else is there.
pub fn insert(document: &mut Value, path: &str, value: Value) {
    let Some(object) = document.as_object_mut() else { return };
    match path.split_once('.') {
        None => _ = object.insert(path.to_owned(), value),
        Some((name, rest)) => insert(object.entry(name).or_insert_with(|| json!({})), rest, value),
    }
}
