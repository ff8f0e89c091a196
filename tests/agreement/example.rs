//! What is exported as `.env.example` reads the same in every reader, and lacks nothing but what is required.

use envschema::core::check::check;
use envschema::core::diagnostic::Severity;
use envschema::core::dotenv::reader::DIALECTS;
use envschema::core::dotenv::{Dialect, Environ, Reading, Value};
use envschema::core::judge::Circumstances;
use envschema::core::layer::Layer;
use envschema::core::registry;
use envschema::core::schema::Schema;
use envschema::core::table::Table;
use envschema::export::env_example;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

use crate::schemas::schemas;

/// Readers that cannot read a file such as this one: those of CI systems have no comments, honcho has no empty values, and
/// foreman takes nothing but ASCII.
const NARROW: [&str; 4] = ["github-env-model", "gitlab-dotenv-model", "honcho", "foreman"];

/// The readers of files such as this one.
fn readers(text: &str) -> impl Iterator<Item = &'static Dialect> {
    let is_ascii = text.is_ascii();
    let reads = move |name: &str| !NARROW.contains(&name) || (name == "foreman" && is_ascii);
    DIALECTS.iter().copied().filter(move |dialect| reads(dialect.name))
}

fn names_a_narrow_reader(schema: &Schema) -> bool {
    schema.readers.iter().any(|reader| NARROW.contains(&reader.as_ref()))
}

/// The lines of a file that assign something.
fn assignments(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| line.split_once('=').unwrap())
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

fn read(reading: &Reading<'_>) -> Vec<(String, String)> {
    let utf8 = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let value = |value: &Value<'_>| match value {
        Value::Set(bytes) => utf8(bytes),
        _ => "not set".to_owned(),
    };
    reading.assignments.iter().map(|assignment| (utf8(&assignment.key), value(&assignment.value))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_reader_reads_an_example_alike(schema in schemas()) {
        let text = env_example(&schema);
        for dialect in readers(&text) {
            let reading = (dialect.read)(text.as_bytes(), &Environ::empty());
            prop_assert!(reading.problems.is_empty(), "{}: {:?}\n{}", dialect.name, reading.problems, text);
            prop_assert_eq!(read(&reading), assignments(&text), "{}\n{}", dialect.name, text);
        }
    }

    #[test]
    fn an_example_lacks_nothing_but_what_is_required(schema in schemas()) {
        let table = Table::new(&schema);
        let is_sound = registry::check_schema(&table).iter().all(|found| found.severity != Severity::Error);
        let text = env_example(&schema);
        for dialect in readers(&text).filter(|_| is_sound) {
            let reading = (dialect.read)(text.as_bytes(), &Environ::empty());
            let layers = [Layer::dotenv(".env.example".into(), text.as_bytes(), dialect, reading)];
            let report = check(&table, &layers, &Circumstances::default(), None);
            for located in &report.diagnostics {
                let code = located.diagnostic.code;
                // Defaults that contradict a rule contradict it whatever stands in the file.
                let is_of_defaults = code == "conflicting-variables" && located.place.line.is_none();
                let is_due = matches!(code, "missing-variable" | "empty-value")
                    || is_of_defaults
                    || (code == "unportable-value" && names_a_narrow_reader(&schema));
                prop_assert!(is_due, "{:?}\n{}", located, text);
            }
        }
    }
}
