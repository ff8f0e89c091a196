//! Structs that say what schemas say: those of the stacks, and schemas once drawn at random and kept. The sources in
//! `structs/` are written by a test: `ENVSCHEMA_UPDATE=1 cargo test -p envschema-tests --test agreement structs`.

#![expect(clippy::disallowed_methods, reason = "tests read the examples")]

use std::fs;
use std::iter;
use std::path::{Path, PathBuf};

use envschema::EnvSchema;
use envschema::core::diagnostic::Severity;
use envschema::core::registry;
use envschema::core::schema::{Entry, Group, Presence, Schema, Variable, When};
use envschema::core::table::Table;
use envschema::export::{Form, json_schema};
use envschema::format::Format;
use envschema::schema_file;
use proptest::prelude::{ProptestConfig, Strategy};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::rust;
use crate::schemas::schemas;

macro_rules! structs {
    ($($module:ident $file:literal)*) => {
        $(#[rustfmt::skip] #[allow(dead_code)] mod $module;)*

        /// The struct and the file of the schema that it says.
        pub fn each(visit: &mut impl Visit) {
            $(visit.visit::<$module::Root>(stringify!($module), $file);)*
        }
    };
}

structs! {
    artparty "examples/artparty/envschema.yaml"
    dashboard "examples/dashboard/envschema.yaml"
    magmon "examples/magmon/envschema.yaml"
    planted "examples/planted/envschema.yaml"
    yoshikosan "examples/yoshikosan/envschema.yaml"
    zamio "examples/zamio/schema.yaml"
    zamio_full "examples/zamio/schema.full.yaml"
    drawn_00 "tests/agreement/structs/drawn_00.schema.json"
    drawn_01 "tests/agreement/structs/drawn_01.schema.json"
    drawn_02 "tests/agreement/structs/drawn_02.schema.json"
    drawn_03 "tests/agreement/structs/drawn_03.schema.json"
    drawn_04 "tests/agreement/structs/drawn_04.schema.json"
    drawn_05 "tests/agreement/structs/drawn_05.schema.json"
    drawn_06 "tests/agreement/structs/drawn_06.schema.json"
    drawn_07 "tests/agreement/structs/drawn_07.schema.json"
    drawn_08 "tests/agreement/structs/drawn_08.schema.json"
    drawn_09 "tests/agreement/structs/drawn_09.schema.json"
    drawn_10 "tests/agreement/structs/drawn_10.schema.json"
    drawn_11 "tests/agreement/structs/drawn_11.schema.json"
    drawn_12 "tests/agreement/structs/drawn_12.schema.json"
    drawn_13 "tests/agreement/structs/drawn_13.schema.json"
    drawn_14 "tests/agreement/structs/drawn_14.schema.json"
    drawn_15 "tests/agreement/structs/drawn_15.schema.json"
    drawn_16 "tests/agreement/structs/drawn_16.schema.json"
    drawn_17 "tests/agreement/structs/drawn_17.schema.json"
    drawn_18 "tests/agreement/structs/drawn_18.schema.json"
    drawn_19 "tests/agreement/structs/drawn_19.schema.json"
    drawn_20 "tests/agreement/structs/drawn_20.schema.json"
    drawn_21 "tests/agreement/structs/drawn_21.schema.json"
    drawn_22 "tests/agreement/structs/drawn_22.schema.json"
    drawn_23 "tests/agreement/structs/drawn_23.schema.json"
}

/// What is done with each struct.
pub trait Visit {
    fn visit<C: EnvSchema>(&mut self, module: &str, file: &str);
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Whether the schema of a file was drawn.
pub fn is_drawn(file: &str) -> bool {
    file.starts_with("tests/")
}

/// The schema of a file.
fn schema(file: &str) -> Schema {
    let read = schema_file::read(&fs::read_to_string(root().join(file)).unwrap(), Format::Yaml);
    assert!(!read.has_errors(), "{file}");
    read.schema
}

/// Draws other schemas in place of those that are kept; `the_structs_are_current` writes their structs then.
#[test]
#[ignore = "it replaces the schemas that are kept"]
fn draw() {
    let mut runner = TestRunner::new(ProptestConfig::default());
    let drawn = iter::repeat_with(|| schemas().new_tree(&mut runner).unwrap().current());
    for (index, schema) in drawn.filter(can_be_a_struct).take(24).enumerate() {
        let path = root().join(format!("tests/agreement/structs/drawn_{index:02}.schema.json"));
        fs::write(path, json_schema(&schema, Form::Env)).unwrap();
    }
}

/// Whether a struct that says the same compiles: the derive refuses what contradicts itself, and what a loader cannot do without.
fn can_be_a_struct(schema: &Schema) -> bool {
    let table = Table::new(schema);
    let is_sound = registry::check_schema(&table).iter().all(|found| found.severity != Severity::Error);
    let needed = ["empty-value", "invalid-value", "missing-variable"];
    let allows_needed = schema.allow.iter().any(|allowance| needed.contains(&allowance.code.as_ref()));
    // The first number that no type of Rust holds, and the last one, below which there is none.
    let text = json_schema(schema, Form::Env);
    let is_too_large =
        ["340282366920938463463374607431768211455", "-170141183460469231731687303715884105728"]
            .iter()
            .any(|number| text.contains(number));
    let mut overrides =
        table.rows.iter().flat_map(|row| row.variable.when.iter().map(move |when| (row, when)));
    is_sound
        && !allows_needed
        && !is_too_large
        && overrides.all(|(row, when)| says_something(row.variable, when))
}

/// An override that changes nothing does not compile.
fn says_something(variable: &Variable, when: &When) -> bool {
    let is_required_anyway =
        when.presence == Some(Presence::Required) && variable.presence == Presence::Required;
    let changes =
        when.presence.is_some() || when.forbidden || !when.constraints.is_empty() || when.also.is_some();
    changes && !is_required_anyway
}

struct Current;

impl Visit for Current {
    fn visit<C: EnvSchema>(&mut self, module: &str, file: &str) {
        let path = root().join(format!("tests/agreement/structs/{module}.rs"));
        let source = rust::module(&schema(file), file);
        if std::env::var_os("ENVSCHEMA_UPDATE").is_some() {
            fs::write(&path, &source).unwrap();
        }
        assert!(
            fs::read_to_string(&path).unwrap() == source,
            "{module}.rs is out of date: run with ENVSCHEMA_UPDATE=1"
        );
    }
}

#[test]
fn the_structs_are_current() {
    each(&mut Current);
}

struct Same;

impl Visit for Same {
    fn visit<C: EnvSchema>(&mut self, module: &str, file: &str) {
        let (written, derived) = (plain(&schema(file)), plain(C::SCHEMA));
        let [said, meant] = [&derived, &written].map(|schema| json_schema(schema, Form::Env));
        let difference = said.lines().zip(meant.lines()).find(|(said, meant)| said != meant);
        assert!(derived == written, "{module}: {difference:?}");
    }
}

/// Whatever a schema says, attributes can say.
#[test]
fn a_struct_says_what_its_schema_says() {
    each(&mut Same);
}

/// A schema without the bounds of types, and with the paths that are the keys anyway.
fn plain(schema: &Schema) -> Schema {
    Schema { entries: schema.entries.iter().map(plain_entry).collect(), ..schema.clone() }
}

fn plain_entry(entry: &Entry) -> Entry {
    match entry {
        Entry::Variable(variable) => Entry::Variable(Variable {
            bounds: vec![].into(),
            path: if variable.path.is_empty() { variable.key.clone() } else { variable.path.clone() },
            ..variable.clone()
        }),
        Entry::Group(group) => {
            Entry::Group(Group { entries: group.entries.iter().map(plain_entry).collect(), ..group.clone() })
        }
    }
}
