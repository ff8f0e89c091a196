//! No leak: two scenes that differ only in their secrets, which have the same outcome, are told apart by nothing that is ever
//! shown, and no secret is in it.

use std::borrow::Cow;
use std::fmt::Write as _;

use envschema::core::dotenv::{DIALECTS, Dialect, Document, Environ, Outcome};
use envschema::core::environment::Environment;
use envschema::core::judge::{Circumstances, Judgement};
use envschema::core::layer::{Layer, LayerKind};
use envschema::core::raw::Raw;
use envschema::core::registry;
use envschema::core::render::{self, Colour};
use envschema::core::report::locate::{self, SchemaSource};
use envschema::core::report::{Report, Source};
use envschema::core::table::Table;
use envschema::schema_file::{Format, SchemaFile, read};
use envschema::source::document;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

mod scenes;

use scenes::{Scenes, Twin, scenes, wrong_schemas};

fn shown_report(report: &Report) -> String {
    let concise: Vec<_> = report.diagnostics.iter().map(render::concise).collect();
    format!("{}\n{}\n{report:#?}", render::full(report, Colour::Never), concise.join("\n"))
}

fn shown_schema(twin: &Twin, which: usize) -> String {
    let text = &twin.texts[which];
    let file = read(text, Format::Yaml);
    let source = source(twin.name, text, &file);
    let report = locate::report_schema(file.diagnostics.clone(), &source);
    format!("{}\n{:?}\n{source:?}", shown_report(&report), file.schema)
}

fn source<'s>(name: &str, text: &'s str, file: &'s SchemaFile) -> SchemaSource<'s> {
    SchemaSource { source: Source::new(name, text.as_bytes()), outline: &file.outline }
}

/// Everything that could ever be shown of one scene, in one dialect.
fn shown(scenes: &Scenes, which: usize, dialect: &'static Dialect, readers: &[&'static Dialect]) -> String {
    let file = read(&scenes.schema.texts[which], Format::Yaml);
    assert!(!file.has_errors(), "{}\n{:#?}", scenes.schema.texts[which], file.diagnostics);
    let table = Table::new(&file.schema);
    let pairs = || scenes.process.iter().map(|(key, values)| (*key, values[which].as_str()));
    let environ: Environ = pairs().collect();
    let mut layers: Vec<Layer<'_>> = Vec::new();
    if let Some(json) = &scenes.json {
        layers.push(document::layer(json.name, json.texts[which].as_bytes(), Format::Json, &table));
    }
    let mut out = String::new();
    for twin in &scenes.files {
        let text = twin.texts[which].as_bytes();
        let reading = (dialect.read)(text, &environ);
        write!(out, "{reading:?}\n{:?}\n", Document::new(text, &reading)).unwrap();
        writeln!(out, "{:?}", Outcome::new(dialect, &reading, &environ)).unwrap();
        layers.push(Layer::dotenv(Cow::Borrowed(twin.name), text, dialect, reading));
    }
    let process = pairs().map(|(key, value)| (Cow::Borrowed(key), Raw::Text(Cow::Borrowed(value))));
    layers.push(Layer::of_pairs("process environment".into(), LayerKind::Process, process));
    let environment = Environment::resolve(&table, &layers);
    let circumstances = Circumstances {
        profile: scenes.profile.map(str::to_owned),
        service: scenes.service.map(str::to_owned),
        phase: None,
        readers: Some(readers.to_vec()),
    };
    let judgement = Judgement::new(&environment, &circumstances);
    let diagnostics = registry::check_environment(&judgement);
    let source = source(scenes.schema.name, &scenes.schema.texts[which], &file);
    let report = locate::report(&judgement, diagnostics, Some(&source));
    let lines = (0..).zip(&layers).map(|(layer, _)| locate::shown_lines(&judgement, layer).join("\n"));
    let lines: Vec<_> = lines.collect();
    write!(out, "{}\n{}\n{judgement:#?}\n{table:#?}", lines.join("\n"), shown_report(&report)).unwrap();
    out
}

fn compare(what: &str, texts: [String; 2], secrets: &[[String; 4]; 2]) -> Result<(), TestCaseError> {
    for (text, secrets) in texts.iter().zip(secrets) {
        if let Some(secret) = secrets.iter().find(|secret| text.contains(secret.as_str())) {
            let line = text.lines().find(|line| line.contains(secret.as_str()));
            return Err(TestCaseError::fail(format!("{what}: {line:?} shows a secret")));
        }
    }
    let [first, second] = texts;
    if first == second {
        return Ok(());
    }
    let mut pairs = first.lines().zip(second.lines());
    let difference = pairs.find(|(first, second)| first != second);
    Err(TestCaseError::fail(format!("{what}: {difference:#?}")))
}

fn run<S: proptest::strategy::Strategy>(
    cases: u32,
    strategy: S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        max_shrink_iters: 300,
        ..Config::with_cases(cases)
    });
    if let Err(error) = runner.run(&strategy, test) {
        panic!("{error}");
    }
}

#[test]
fn two_environments_that_differ_in_secrets_look_the_same() {
    run(100, scenes(), |scenes| {
        for dialect in DIALECTS {
            let texts = [0, 1].map(|which| shown(&scenes, which, dialect, &[]));
            compare(dialect.name, texts, &scenes.secrets)?;
        }
        Ok(())
    });
}

#[test]
fn comparing_readers_tells_nothing_of_secrets() {
    let usual: Vec<_> = envschema::core::portability::USUAL_READERS
        .iter()
        .filter_map(|name| envschema::core::dotenv::find(name))
        .collect();
    run(100, scenes(), |scenes| {
        let texts = [0, 1].map(|which| shown(&scenes, which, DIALECTS[0], &usual));
        compare("readers", texts, &scenes.secrets)
    });
}

#[test]
fn two_schemas_that_differ_in_secrets_look_the_same() {
    run(200, wrong_schemas(), |(twin, secrets)| {
        compare("schema", [0, 1].map(|which| shown_schema(&twin, which)), &secrets)
    });
}
