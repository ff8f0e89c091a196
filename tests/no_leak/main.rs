//! No leak: two scenes that differ only in their secrets, which have the same outcome, are told apart by nothing that is ever
//! shown, and no secret is in it.

use std::borrow::Cow;
use std::fmt::Write as _;

use envschema::core::diagnostic::Safety;
use envschema::core::dotenv::reader::PORTABLE;
use envschema::core::dotenv::{DIALECTS, Dialect, Document, Environ, Outcome, layout};
use envschema::core::environment::Environment;
use envschema::core::fix;
use envschema::core::judge::{Circumstances, Judgement};
use envschema::core::layer::{Layer, LayerKind};
use envschema::core::raw::Raw;
use envschema::core::readings;
use envschema::core::registry;
use envschema::core::render::{self, Colour};
use envschema::core::report::locate::{self, SchemaSource};
use envschema::core::report::{Report, Source};
use envschema::core::schema::Schema;
use envschema::core::table::Table;
use envschema::schema_file::{Format, SchemaFile, read};
use envschema::source::document;
use proptest::sample::select;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

mod scenes;

use scenes::{Scenes, Twin, readable, scenes, wrong_schemas};

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
    SchemaSource { source: Source::new(name, text.as_bytes()), outline: &file.outline, base: None }
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
    let (diagnostics, _) = registry::check_environment(&judgement, usize::MAX).into_parts();
    let source = source(scenes.schema.name, &scenes.schema.texts[which], &file);
    let fixes = diagnostics.iter().filter_map(|found| Some(&found.fix.as_ref()?.title));
    writeln!(out, "{:?}", fixes.collect::<Vec<_>>()).unwrap();
    let report = locate::report(&judgement, diagnostics.into(), Some(&source));
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
    let factor = std::env::var("NO_LEAK_FACTOR").ok().and_then(|factor| factor.parse().ok()).unwrap_or(1);
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::with_cases(cases * factor)
    });
    if let Err(error) = runner.run(&strategy, test) {
        panic!("{error}");
    }
}

#[test]
fn two_environments_that_differ_in_secrets_look_the_same() {
    run(100, scenes(), |scenes| {
        for dialect in DIALECTS.iter().copied().chain([&PORTABLE]) {
            let texts = [0, 1].map(|which| shown(&scenes, which, dialect, &[]));
            compare(dialect.name, texts, &scenes.secrets)?;
        }
        Ok(())
    });
}

fn usual() -> Vec<&'static Dialect> {
    let names = envschema::core::portability::USUAL_READERS.iter();
    names.filter_map(|name| envschema::core::dotenv::find(name)).collect()
}

#[test]
fn comparing_readers_tells_nothing_of_secrets() {
    run(150, (scenes(), select(DIALECTS)), |(scenes, dialect)| {
        for (own, readers) in [(dialect, &usual()[..]), (DIALECTS[0], &usual()), (DIALECTS[0], &[dialect])] {
            let texts = [0, 1].map(|which| shown(&scenes, which, own, readers));
            compare(own.name, texts, &scenes.secrets)?;
        }
        Ok(())
    });
}

/// What a diff shows of the files of a scene, before and after they were mended, and what is said of that.
fn mended(
    scenes: &Scenes,
    which: usize,
    dialect: &'static Dialect,
    readers: &[&'static Dialect],
    most: Safety,
) -> String {
    let file = read(&scenes.schema.texts[which], Format::Yaml);
    let table = Table::new(&file.schema);
    let environ = Environ::empty();
    let layer = |name, text| {
        let bytes: &[u8] = text;
        Layer::dotenv(Cow::Borrowed(name), bytes, dialect, (dialect.read)(bytes, &environ))
    };
    let layers = scenes.files.iter().map(|twin| layer(twin.name, twin.texts[which].as_bytes()));
    let layers: Vec<_> = layers.collect();
    let circumstances = Circumstances { readers: Some(readers.to_vec()), ..Circumstances::default() };
    let mended = fix::mend(&table, &layers, &circumstances, &environ, most);
    let mut out = String::new();
    for (twin, mended) in scenes.files.iter().zip(&mended) {
        let after = [layer(twin.name, &mended.text)];
        let environment = Environment::resolve(&table, &after);
        let lines = locate::shown_lines(&Judgement::new(&environment, &circumstances), 0);
        writeln!(out, "{:?}\n{}", mended.titles, lines.join("\n")).unwrap();
    }
    out
}

#[test]
fn fixes_tell_nothing_of_secrets() {
    run(200, (scenes(), select(DIALECTS), select(DIALECTS)), |(scenes, own, reader)| {
        for (readers, most) in [(&usual()[..], Safety::Safe), (&[reader], Safety::Unsafe)] {
            let texts = [0, 1].map(|which| mended(&scenes, which, own, readers, most));
            compare(own.name, texts, &scenes.secrets)?;
        }
        Ok(())
    });
}

/// What a diff shows of a text that was laid out, where a schema says what may be shown.
fn laid_out(scenes: &Scenes, which: usize, dialect: &'static Dialect) -> String {
    let file = read(&scenes.schema.texts[which], Format::Yaml);
    let table = Table::new(&file.schema);
    let mut out = String::new();
    for twin in &scenes.files {
        let text = layout::format(twin.texts[which].as_bytes(), &[dialect]);
        let reading = (dialect.read)(&text, &Environ::empty());
        let layers = [Layer::dotenv(Cow::Borrowed(twin.name), &text, dialect, reading)];
        let environment = Environment::resolve(&table, &layers);
        let lines = locate::shown_lines(&Judgement::new(&environment, &Circumstances::default()), 0);
        writeln!(out, "{}", lines.join("\n")).unwrap();
    }
    out
}

#[test]
fn layouts_tell_nothing_of_secrets() {
    run(300, (scenes(), select(DIALECTS)), |(scenes, dialect)| {
        let texts = [0, 1].map(|which| laid_out(&scenes, which, dialect));
        compare(dialect.name, texts, &scenes.secrets)
    });
}

/// What readers see, as it is shown: names and values by reader, and who sees the same.
fn sighted(text: &str, dialects: &[&'static Dialect]) -> String {
    let schema = Schema::default();
    let environ: Environ = [("HOME", "/home/app")].into_iter().collect();
    let sights = readings::sights(text.as_bytes(), dialects, &environ, &Table::new(&schema));
    let mut out = String::new();
    for sight in &sights {
        let vars = sight.outcome.vars.iter();
        let mut vars: Vec<_> = vars
            .map(|(key, value)| {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                (text(&sight.name(key)), text(&sight.value(key, value)))
            })
            .collect();
        vars.sort();
        let error = sight.outcome.error.map(|problem| problem.message);
        let unknown: Vec<_> = sight.outcome.unknown.iter().map(|key| sight.name(key)).collect();
        writeln!(out, "{}: {vars:?} {unknown:?} {error:?}", sight.dialect.name).unwrap();
    }
    out
}

#[test]
fn what_readers_see_is_shown_without_secrets() {
    run(300, (readable(), select(DIALECTS), select(DIALECTS)), |((twin, secrets), one, other)| {
        for dialects in [DIALECTS, &[one], &[one, other]] {
            compare(one.name, [0, 1].map(|which| sighted(&twin.texts[which], dialects)), &secrets)?;
        }
        Ok(())
    });
}

#[test]
fn two_schemas_that_differ_in_secrets_look_the_same() {
    run(200, wrong_schemas(), |(twin, secrets)| {
        compare("schema", [0, 1].map(|which| shown_schema(&twin, which)), &secrets)
    });
}
