//! Random schemas and random layers: a check by the schema and one by its export report the same, and what they accept, an
//! independent validator accepts on every export.

use std::cell::Cell;

use envschema::core::check::check;
use envschema::core::diagnostic::Severity;
use envschema::core::environment::Environment;
use envschema::core::judge::{Circumstances, Judgement};
use envschema::core::registry;
use envschema::core::report::Report;
use envschema::core::schema::Schema;
use envschema::core::table::Table;
use envschema::export::{Form, json_schema};
use envschema::format::Format;
use envschema::schema_file;
use proptest::prelude::{Just, ProptestConfig, Strategy};
use proptest::test_runner::{TestCaseError, TestRunner};
use serde_json::Value;

use crate::instances;
use crate::layers::{Recipe, circumstances, contents, layers};
use crate::schemas::schemas;
use crate::validator::{EXPORTS, Judge};

const CASES: u32 = 256;

/// A case: a schema, layers for it, and where they will be used.
fn cases() -> impl Strategy<Value = (Schema, Vec<Recipe>, Circumstances)> {
    schemas().prop_flat_map(|schema| {
        let contents = contents(&schema, true);
        (Just(schema), contents, circumstances())
    })
}

fn run(each: impl Fn(Schema, Vec<Recipe>, Circumstances) -> Result<(), TestCaseError>) {
    let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
    let result = TestRunner::new(config)
        .run(&cases(), |(schema, recipes, circumstances)| each(schema, recipes, circumstances));
    result.unwrap_or_else(|error| panic!("{error}"));
}

fn report(schema: &Schema, recipes: &[Recipe], circumstances: &Circumstances) -> Report {
    let table = Table::new(schema);
    let contents: Vec<_> = recipes.iter().map(Recipe::content).collect();
    check(&table, &layers(&contents, &table), circumstances, None)
}

/// Code, severity, key and place of everything that is reported, with its words.
pub fn told(report: &Report) -> Vec<String> {
    report
        .diagnostics
        .iter()
        .map(|located| {
            let diagnostic = &located.diagnostic;
            format!(
                "{} {:?} {:?} {:?} {} {:?}",
                diagnostic.code,
                diagnostic.severity,
                diagnostic.key,
                located.place,
                diagnostic.headline,
                located.labels
            )
        })
        .collect()
}

#[test]
fn an_export_is_checked_as_the_schema_is() {
    let reported = Cell::new(0);
    run(|schema, recipes, circumstances| {
        let expected = told(&report(&schema, &recipes, &circumstances));
        for form in [Form::Env, Form::Config] {
            let file = schema_file::read(&json_schema(&schema, form), Format::Json);
            let actual = told(&report(&file.schema, &recipes, &circumstances));
            if actual != expected {
                return Err(TestCaseError::fail(format!("{actual:#?}\nis not\n{expected:#?}")));
            }
        }
        reported.set(reported.get() + expected.len());
        Ok(())
    });
    assert!(reported.get() > CASES as usize, "{} diagnostics are few", reported.get());
}

/// A case in which the schema itself is sound, resolved and judged.
fn judged<T>(
    schema: &Schema,
    recipes: &[Recipe],
    circumstances: &Circumstances,
    then: impl FnOnce(&Report, &Judgement<'_>) -> T,
) -> Option<T> {
    let table = Table::new(schema);
    if registry::check_schema(&table).iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return None;
    }
    let contents: Vec<_> = recipes.iter().map(Recipe::content).collect();
    let layers = layers(&contents, &table);
    let environment = Environment::resolve(&table, &layers);
    let judgement = Judgement::new(&environment, circumstances);
    Some(then(&check(&table, &layers, circumstances, None), &judgement))
}

/// What the validator has against the instances of an accepted environment, on every export; and how many it judged.
pub fn objections(schema: &Schema, judgement: &Judgement<'_>) -> (Vec<String>, usize) {
    let mut all = Vec::new();
    let mut count = 0;
    for (form, draft) in EXPORTS {
        let judge = Judge::new(schema, form, draft);
        for instance in instances(judgement, form) {
            count += 1;
            let objections = judge.objections(&instance).join("\n");
            if !objections.is_empty() {
                all.push(format!("{form:?} {draft:?}\n{instance:#}\n{objections}\n{}", judge.text));
            }
        }
    }
    (all, count)
}

/// The instances of an environment in a form: as the layers give it, and typed by its kinds.
fn instances(judgement: &Judgement<'_>, form: Form) -> Vec<Value> {
    let instances = match form {
        Form::Env => vec![instances::env(judgement)],
        Form::Config => vec![instances::config(judgement, false), instances::config(judgement, true)],
    };
    instances.into_iter().flatten().collect()
}

#[test]
fn what_is_accepted_an_independent_validator_accepts() {
    let (accepted, judged_instances) = (Cell::new(0), Cell::new(0));
    run(|schema, recipes, circumstances| {
        let outcome = judged(&schema, &recipes, &circumstances, |report, judgement| {
            if report.has_errors() {
                return Ok(());
            }
            accepted.set(accepted.get() + 1);
            let (objections, count) = objections(&schema, judgement);
            judged_instances.set(judged_instances.get() + count);
            if !objections.is_empty() {
                return Err(TestCaseError::fail(objections.join("\n")));
            }
            Ok(())
        });
        outcome.unwrap_or(Ok(()))
    });
    let counts = [accepted.get(), judged_instances.get() / 4];
    assert!(counts.iter().all(|count| *count * 5 > CASES as usize), "{counts:?} of {CASES}");
}

/// The exports are no mere formality: most environments that are refused for their values they refuse, too.
#[test]
fn much_of_what_is_refused_the_exports_refuse() {
    let codes = [
        "missing-variable",
        "empty-value",
        "invalid-value",
        "out-of-range",
        "invalid-length",
        "value-not-allowed",
    ];
    let (refused, by_exports) = (Cell::new(0), Cell::new(0));
    run(|schema, recipes, circumstances| {
        judged(&schema, &recipes, &circumstances, |report, judgement| {
            let mut errors =
                report.diagnostics.iter().filter(|located| located.diagnostic.severity == Severity::Error);
            if !errors.any(|located| codes.contains(&located.diagnostic.code)) {
                return;
            }
            for form in [Form::Env, Form::Config] {
                let judge = Judge::new(&schema, form, EXPORTS[0].1);
                for instance in instances(judgement, form) {
                    refused.set(refused.get() + 1);
                    by_exports.set(by_exports.get() + usize::from(!judge.objections(&instance).is_empty()));
                }
            }
        });
        Ok(())
    });
    let (refused, by_exports) = (refused.get(), by_exports.get());
    assert!(refused > CASES as usize / 4 && by_exports * 2 > refused, "{by_exports} of {refused}");
}
