//! Random texts of a kind, drawn from the tables of what it accepts and rejects.

use std::sync::LazyLock;

use envschema::core::kind::Kind;
use envschema::core::schema::Text;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy};
use proptest::sample::select;
use proptest::strategy::BoxedStrategy;

use crate::tables::{self, Table};

/// Patterns that all readers understand, and some that only ours does.
pub const PATTERNS: [&str; 8] =
    ["^[a-z]", "[0-9]+$", r"^\w+$", "^.{2,}$", r"^[^\s]*$", "(?i)a", r"\bx", r"^(?P<x>[\w.:/-]+)?$"];

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(scalars);

/// The tables of kinds without items.
pub fn scalars() -> Vec<Table> {
    let mut tables = tables::all();
    tables.retain(|table| !matches!(table.kind, Kind::List(_) | Kind::Map(_)));
    tables
}

/// The kind of the items, or the kind itself.
pub fn item_kind(kind: &Kind) -> Kind {
    match kind {
        Kind::List(list) => (*list.items).clone(),
        Kind::Map(map) => (*map.values).clone(),
        kind => kind.clone(),
    }
}

/// Whether values of the kind compare.
pub const fn is_ordered(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Integer
            | Kind::Number
            | Kind::Port
            | Kind::Duration
            | Kind::Size
            | Kind::Date
            | Kind::DateTime
            | Kind::Semver
    )
}

fn table(kind: &Kind) -> &'static Table {
    TABLES.iter().find(|table| table.kind == *kind).unwrap()
}

/// Texts that the kind accepts; none is empty.
pub fn accepted(kind: &Kind) -> BoxedStrategy<String> {
    let scalars = |kind: &Kind| {
        let texts: Vec<String> =
            table(kind).accepted.iter().filter(|text| !text.is_empty()).cloned().collect();
        select(texts)
    };
    match kind {
        Kind::List(list) => {
            let separator = list.separator.to_string();
            let items = vec(scalars(&list.items), 1..4);
            fitting(items.prop_map(move |items| items.join(&separator)).boxed(), kind)
        }
        Kind::Map(map) => {
            let (separator, assign) = (map.separator.to_string(), map.assign);
            let pairs = vec(scalars(&map.values), 1..3).prop_map(move |values| {
                let pairs =
                    values.iter().enumerate().map(|(index, value)| format!("k{index}{assign}{value}"));
                pairs.collect::<Vec<_>>().join(&separator)
            });
            fitting(pairs.boxed(), kind)
        }
        kind => scalars(kind).boxed(),
    }
}

/// The same texts, and a plain one in place of those that are wrong: an item may hold the separator.
fn fitting(texts: BoxedStrategy<String>, kind: &Kind) -> BoxedStrategy<String> {
    let kind = kind.clone();
    texts.prop_map(move |text| if kind.parse(&text).is_ok() { text } else { " ".to_owned() }).boxed()
}

/// Texts that the kind rejects, if there are any.
pub fn rejected(kind: &Kind) -> BoxedStrategy<String> {
    let rejected = &table(&item_kind(kind)).rejected;
    if rejected.is_empty() { Just("x".to_owned()).boxed() } else { select(rejected.clone()).boxed() }
}

/// Two values for conditions, always the same.
pub fn samples(kind: &Kind) -> Vec<Text> {
    let item = item_kind(kind);
    let texts = table(&item).accepted.iter().filter(|text| !text.is_empty() && kind.parse(text).is_ok());
    let mut samples: Vec<Text> = texts.take(2).map(|text| Text::from(text.clone())).collect();
    if samples.is_empty() {
        samples.push(" ".into());
    }
    samples
}
