//! TOML, YAML and JSON files as layers: every leaf of the tree is an entry under its dotted path.

use std::borrow::Cow;

use envschema_core::dotenv::{Effect, Problem, Syntax};
use envschema_core::kind::Kind;
use envschema_core::layer::{Entry, Layer, LayerKind};
use envschema_core::raw::Raw;
use envschema_core::span::Span;
use envschema_core::table::Table;

use crate::format::Format;
use crate::format::tree::decimal;
use crate::format::{Cause, Data, Document, Fault, Member, Node, json};

/// The layer of a document. Reading never fails: what is wrong with the text is among the layer's problems.
#[must_use]
pub fn layer<'t>(name: &'t str, bytes: &'t [u8], format: Format, table: &Table<'_>) -> Layer<'t> {
    let mut layer = Layer::empty(Cow::Borrowed(name), LayerKind::Document, bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            layer.problems.push(problem(
                Syntax::InvalidEncoding,
                "holds bytes that are not UTF-8",
                Span::at(error.valid_up_to()),
                None,
            ));
            return layer;
        }
    };
    let Document { root, faults } = format.read(text);
    let (repeated, faults): (Vec<_>, Vec<_>) =
        faults.into_iter().partition(|fault| fault.cause == Cause::DuplicateKey);
    layer.problems.extend(faults.iter().map(of_fault));
    match root {
        Some(Node { value: Data::Table(mut members), .. }) => {
            members.retain(|member| !names_schema(member));
            layer.entries = entries(members, table);
        }
        Some(Node { value: Data::Null | Data::Invalid, .. }) | None => {}
        Some(node) => {
            let message = "the file holds a single value and no keys";
            layer.problems.push(problem(
                Syntax::InvalidSyntax,
                message,
                node.span,
                Some("write one key and value a line"),
            ));
        }
    }
    // What looks like a key behind a fault may be the rest of a secret.
    let fault = layer.problems.iter().map(|problem| problem.span.start).min().unwrap_or(u32::MAX);
    let is_declared = |key: &str| table.find_path(key).or_else(|| table.find(key)).is_some();
    layer.entries.retain(|entry| entry.key_span.start < fault || is_declared(&entry.key));
    layer.entries.sort_by_key(|entry| entry.key_span.start);
    keep_apart(&mut layer.entries);
    let repeated = repeated.iter().filter(|fault| !is_of_values(fault, &layer.entries));
    layer.problems.extend(repeated.map(of_repetition));
    layer
}

/// The leaves of a tree, each under its dotted path.
pub(crate) fn entries<'t>(members: Vec<Member<'t>>, table: &Table<'_>) -> Vec<Entry<'t>> {
    let mut flat = Flat { table, entries: Vec::new() };
    flat.members("", members);
    flat.entries
}

/// Whether a member of the root tells editors where the schema of the file is. It is no value of any variable: no key has a
/// `$`.
fn names_schema(member: &Member<'_>) -> bool {
    member.key == "$schema" && matches!(member.value.value, Data::Text(_))
}

/// Ends each entry before the next: what a table holds may stand in several places.
fn keep_apart(entries: &mut [Entry<'_>]) {
    let mut next = u32::MAX;
    for entry in entries.iter_mut().rev() {
        entry.span.end = entry.span.end.min(next.max(entry.key_span.end));
        next = entry.span.start;
    }
}

/// Whether both places of a key that stands twice have values: then the entries tell.
fn is_of_values(fault: &Fault, entries: &[Entry<'_>]) -> bool {
    let has_value = |place: Span| {
        let at = entries.partition_point(|entry| entry.key_span.start < place.start);
        entries.get(at).is_some_and(|entry| entry.key_span == place && entry.raw != Raw::Absent)
    };
    has_value(fault.span) && fault.other.is_some_and(has_value)
}

/// A table that stands twice, or a table and a value under one key.
const fn of_repetition(fault: &Fault) -> Problem {
    let message = "this key stands in the same table already";
    problem(Syntax::DuplicateAssignment, message, fault.span, Some("write all of it in one place"))
}

fn of_fault(fault: &Fault) -> Problem {
    let message = match &fault.message {
        Cow::Borrowed(message) => *message,
        Cow::Owned(_) => "is not well-formed",
    };
    problem(Syntax::InvalidSyntax, message, fault.span, fault.help)
}

const fn problem(code: Syntax, message: &'static str, span: Span, help: Option<&'static str>) -> Problem {
    Problem { code, span, message, help, effect: Effect::Refuse, assignment: None }
}

/// Entries gathered from a tree.
struct Flat<'t, 's> {
    table: &'s Table<'s>,
    entries: Vec<Entry<'t>>,
}

impl<'t> Flat<'t, '_> {
    fn members(&mut self, path: &str, members: Vec<Member<'t>>) {
        for Member { key, key_span, value } in members {
            let path = if path.is_empty() { key } else { Cow::Owned(format!("{path}.{key}")) };
            self.member(path, key_span, value);
        }
    }

    fn member(&mut self, path: Cow<'t, str>, key_span: Span, node: Node<'t>) {
        let kind = self.kind(&path);
        let is_value = || match kind {
            Some(Kind::Map(_) | Kind::Json) => true,
            // A variable in whose place there is a table.
            Some(_) => self.table.first_below(&path).is_none(),
            None => false,
        };
        match node.value {
            Data::Table(members) if !is_value() => {
                self.members(&path, members);
            }
            _ => {
                let value_span = node.letters().unwrap_or(node.span);
                let span = key_span.to(node.span).to(Span::at(node.reach()));
                let raw = if kind == Some(&Kind::Json) { raw_json(node) } else { raw(node) };
                self.entries.push(Entry { key: path, raw, key_span, value_span, span });
            }
        }
    }

    /// The kind of the variable at `path`; a table is a group of others if there is none.
    fn kind(&self, path: &str) -> Option<&Kind> {
        let row = self.table.find_path(path).or_else(|| self.table.find(path))?;
        Some(&self.table.row(row).variable.kind)
    }
}

/// JSON is text; what the file has as a table or an array is the JSON that says the same. `null` leaves it unset.
fn raw_json(node: Node<'_>) -> Raw<'_> {
    match node.value {
        Data::Null => Raw::Absent,
        Data::Table(_) | Data::Array(_) => Raw::Text(Cow::Owned(json::write(&node))),
        _ => raw(node),
    }
}

fn raw(node: Node<'_>) -> Raw<'_> {
    match node.value {
        Data::Null => Raw::Null,
        Data::Invalid => Raw::Absent,
        Data::Bool(value) => Raw::Boolean(value),
        Data::Number(written) => Raw::Number(match decimal(&written) {
            Cow::Borrowed(same) if same.len() == written.len() => written,
            levelled => Cow::Owned(levelled.into_owned()),
        }),
        Data::Text(text) | Data::Time(text) => Raw::Text(text),
        Data::Array(items) => Raw::List(
            items.into_iter().map(|item| (item.span, item)).map(|(span, item)| (raw(item), span)).collect(),
        ),
        Data::Table(members) => Raw::Table(
            members
                .into_iter()
                .map(|member| (member.key, member.value.span, member.value))
                .map(|(key, span, value)| (key, raw(value), span))
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use envschema_core::kind::Kind;
    use envschema_core::schema::{Entry as SchemaEntry, Group, Schema, Variable};
    use envschema_core::table::Table;

    #[cfg(feature = "toml")]
    use std::collections::{BTreeMap, BTreeSet};
    #[cfg(feature = "toml")]
    use toml::de::{DeTable, DeValue};

    #[cfg(feature = "toml")]
    use super::Raw;
    use super::layer;
    use crate::format::Format;

    fn keys(text: &str, format: Format) -> Vec<String> {
        let labels = Kind::Json;
        let url = Variable { path: "url".into(), ..Variable::new("URL".into(), Kind::Url) };
        let labels = Variable { path: "labels".into(), ..Variable::new("LABELS".into(), labels) };
        let database = Group {
            prefix: "DATABASE_".into(),
            path: "database".into(),
            entries: vec![SchemaEntry::Variable(url), SchemaEntry::Variable(labels)].into(),
            ..Group::default()
        };
        let schema = Schema { entries: vec![SchemaEntry::Group(database)].into(), ..Schema::default() };
        let table = Table::new(&schema);
        let layer = layer("file", text.as_bytes(), format, &table);
        let shown =
            |span: envschema_core::span::Span| String::from_utf8_lossy(span.of(text.as_bytes())).into_owned();
        layer.entries.iter().map(|entry| format!("{}@{}", entry.key, shown(entry.value_span))).collect()
    }

    #[test]
    fn leaves_are_entries_under_their_path() {
        let expected = ["database.url@postgres://db/app", "database.labels@{\"a\": 1}", "PORT@80"];
        let text = "{\"database\": {\"url\": \"postgres://db/app\", \"labels\": {\"a\": 1}}, \"PORT\": 80}";
        assert_eq!(keys(text, Format::Json), expected);
    }

    #[test]
    fn a_table_is_the_json_that_says_the_same() {
        let variable = |key: &'static str, kind| {
            SchemaEntry::Variable(Variable { path: key.into(), ..Variable::new(key.into(), kind) })
        };
        let entries = vec![variable("a", Kind::Json), variable("b", Kind::Json), variable("c", Kind::Json)];
        let schema = Schema { entries: entries.into(), ..Schema::default() };
        let table = Table::new(&schema);
        let text = r#"{"a": {"x": [1, "\u00e4", null]}, "b": [true, {}], "c": "[1]"}"#;
        let layer = layer("file", text.as_bytes(), Format::Json, &table);
        let read: Vec<_> = layer.entries.iter().map(|entry| entry.raw.as_text().unwrap()).collect();
        assert_eq!(read, [r#"{"x":[1,"ä",null]}"#, "[true,{}]", "[1]"]);
    }

    #[test]
    fn what_names_the_schema_of_the_file_is_no_entry() {
        let text = r#"{"$schema": "app.schema.json", "PORT": 80, "database": {"$schema": "x"}}"#;
        assert_eq!(keys(text, Format::Json), ["PORT@80", "database.$schema@x"]);
        assert_eq!(keys(r#"{"$schema": 5}"#, Format::Json), ["$schema@5"]);
    }

    #[test]
    fn a_table_that_stands_twice_is_a_problem() {
        let schema = Schema::default();
        let table = Table::new(&schema);
        let count = |text: &str, format| layer("file", text.as_bytes(), format, &table).problems.len();
        assert_eq!(count(r#"{"a": {"x": 1}, "a": {"y": 2}}"#, Format::Json), 1);
        assert_eq!(count(r#"{"a": {"x": 1}, "a": 2}"#, Format::Json), 1);
        assert_eq!(count(r#"{"a": {}, "a": {}}"#, Format::Json), 1);
        assert_eq!(count(r#"{"a": 1, "a": 2}"#, Format::Json), 0, "the entries tell");
    }

    #[cfg(feature = "toml")]
    proptest::proptest! {
        /// What the judge of TOML refuses is reported, be it as a problem or as a key with two values; what it accepts is
        /// read as the same values.
        #[test]
        fn toml_is_refused_where_its_judge_refuses_it(lines in proptest::collection::vec(line(), 0..8)) {
            let text = lines.concat();
            let schema = Schema::default();
            let table = Table::new(&schema);
            let layer = layer("file", text.as_bytes(), Format::Toml, &table);
            let keys: BTreeSet<_> = layer.entries.iter().map(|entry| &entry.key).collect();
            let is_sound = layer.problems.is_empty() && keys.len() == layer.entries.len();
            match DeTable::parse(&text) {
                Ok(judged) => {
                    proptest::prop_assert!(is_sound, "{text}");
                    let mut expected = BTreeMap::new();
                    leaves("", judged.get_ref(), &mut expected);
                    let read = layer.entries.iter().map(|entry| (entry.key.to_string(), shown(&entry.raw)));
                    proptest::prop_assert_eq!(read.collect::<BTreeMap<_, _>>(), expected, "{}", text);
                }
                Err(_) => proptest::prop_assert!(!is_sound, "{text}"),
            }
        }
    }

    /// A line of TOML, or nearly.
    #[cfg(feature = "toml")]
    fn line() -> impl proptest::strategy::Strategy<Value = String> {
        use proptest::strategy::Strategy as _;
        let key = || proptest::sample::select(vec!["a", "b", "'a'", "a.b", "a.c", "b.a", "a.b.c"]);
        let value = proptest::sample::select(vec![
            "1",
            "'x'",
            "true",
            "{}",
            "{b = 1}",
            "{b.c = 1, b.d = 2}",
            "[1, 2]",
            "",
        ]);
        let form = proptest::sample::select(vec!["KEY = VALUE", "KEY = VALUE", "[KEY]", "[[KEY]]"]);
        (form, key(), value)
            .prop_map(|(form, key, value)| form.replace("KEY", key).replace("VALUE", value) + "\n")
    }

    #[cfg(feature = "toml")]
    fn leaves(path: &str, table: &DeTable<'_>, all: &mut BTreeMap<String, String>) {
        for (key, value) in table {
            let key = key.get_ref();
            let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
            match value.get_ref() {
                DeValue::Table(inner) => leaves(&path, inner, all),
                value => _ = all.insert(path, judged(value)),
            }
        }
    }

    #[cfg(feature = "toml")]
    fn judged(value: &DeValue<'_>) -> String {
        match value {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Boolean(value) => value.to_string(),
            DeValue::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| judged(item.get_ref())).collect();
                format!("[{}]", items.join(", "))
            }
            DeValue::Table(members) => {
                // Both sides in the order of the keys.
                let member = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue<'_>>)| {
                    let key: &std::borrow::Cow<'_, str> = key.get_ref();
                    format!("{key} = {}", judged(value.get_ref()))
                };
                let mut members: Vec<_> = members.iter().map(member).collect();
                members.sort();
                format!("{{{}}}", members.join(", "))
            }
            DeValue::Float(_) | DeValue::Datetime(_) => "neither is written here".to_owned(),
        }
    }

    #[cfg(feature = "toml")]
    fn shown(raw: &Raw<'_>) -> String {
        match raw {
            Raw::List(items) => {
                let items: Vec<_> = items.iter().map(|(item, _)| shown(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Raw::Table(members) => {
                let mut members: Vec<_> =
                    members.iter().map(|(key, value, _)| format!("{key} = {}", shown(value))).collect();
                members.sort();
                format!("{{{}}}", members.join(", "))
            }
            other => other.as_text().unwrap_or("nothing").to_owned(),
        }
    }

    #[cfg(feature = "toml")]
    #[test]
    fn toml_tables_are_paths() {
        let text = "PORT = 80\n[database]\nurl = 'postgres://db/app'\n";
        assert_eq!(keys(text, Format::Toml), ["PORT@80", "database.url@postgres://db/app"]);
    }
}
