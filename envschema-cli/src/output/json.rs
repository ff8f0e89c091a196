//! `json`: one document for a whole run, whatever came of it. `schemas/envschema-report.schema.json` describes it.
//!
//! Environments stand first, one on a line, so that a run over many files need not keep them. There are lines and columns and
//! no byte offsets: an offset would tell how long the secrets before it are.

use envschema::core::diagnostic::{Fix, Safety};
use envschema::core::report::{Located, Place, Report};
use serde::Serialize;

use super::{Form, Outcome, Totals};
use crate::failure::Failure;

/// The version of the document. It grows when a consumer could break.
const VERSION: u32 = 1;

#[derive(Default)]
struct Json {
    environments: usize,
    schemas: Vec<String>,
    failures: Vec<String>,
}

/// The format.
pub(crate) fn json() -> Box<dyn Form> {
    Box::new(Json::default())
}

#[derive(Serialize)]
struct Environment<'r> {
    sources: &'r [String],
    schema: Option<&'r str>,
    profile: Option<&'r str>,
    checked: bool,
    diagnostics: Vec<Diagnostic<'r>>,
    allowed: Vec<Diagnostic<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Changed<'r>>,
}

#[derive(Serialize)]
struct Changed<'r> {
    file: &'r str,
    titles: &'r [String],
    written: bool,
}

#[derive(Serialize)]
struct Schema<'r> {
    file: &'r str,
    diagnostics: Vec<Diagnostic<'r>>,
}

#[derive(Serialize)]
struct Diagnostic<'r> {
    code: &'static str,
    severity: &'static str,
    message: &'r str,
    key: Option<&'r str>,
    #[serde(flatten)]
    place: Position<'r>,
    labels: Vec<Label<'r>>,
    rule: Option<Position<'r>>,
    help: Option<&'r str>,
    fix: Option<Change<'r>>,
}

#[derive(Serialize)]
struct Position<'r> {
    file: &'r str,
    line: Option<u32>,
    column: Option<u32>,
    end_column: Option<u32>,
}

#[derive(Serialize)]
struct Label<'r> {
    #[serde(flatten)]
    place: Position<'r>,
    message: &'r str,
}

#[derive(Serialize)]
struct Change<'r> {
    title: &'r str,
    safe: bool,
}

#[derive(Serialize)]
struct Undone<'r> {
    message: &'r str,
    file: Option<&'r str>,
    help: Option<&'r str>,
}

#[derive(Serialize)]
struct Summary {
    environments: usize,
    unchecked: usize,
    errors: usize,
    warnings: usize,
    allowed: usize,
    left_out: usize,
    failures: usize,
    exit_status: u8,
}

impl Form for Json {
    fn begin(&mut self, out: &mut String) {
        out.push_str(&format!("{{\"version\":{VERSION},\"environments\":["));
    }

    fn schema(&mut self, _: &mut String, name: &str, report: &Report) {
        self.schemas.push(text(&Schema { file: name, diagnostics: diagnostics(&report.diagnostics) }));
    }

    fn environment(&mut self, out: &mut String, outcome: &Outcome) {
        out.push_str(if self.environments == 0 { "\n" } else { ",\n" });
        self.environments += 1;
        out.push_str(&text(&Environment {
            sources: &outcome.sources,
            schema: outcome.schema.as_deref(),
            profile: outcome.profile.as_deref(),
            checked: outcome.checked,
            diagnostics: diagnostics(&outcome.report.diagnostics),
            allowed: diagnostics(&outcome.report.allowed),
            changes: outcome.changes.iter().map(changed).collect(),
        }));
    }

    fn failure(&mut self, _: &mut String, failure: &Failure) {
        self.failures.push(text(&Undone {
            message: &failure.message,
            file: failure.file.as_deref(),
            help: failure.help.as_deref(),
        }));
    }

    fn end(&mut self, out: &mut String, totals: &Totals) {
        let summary = Summary {
            environments: totals.environments,
            unchecked: totals.unchecked,
            errors: totals.errors,
            warnings: totals.warnings,
            allowed: totals.allowed,
            left_out: totals.left_out,
            failures: totals.failures,
            exit_status: totals.exit.status(),
        };
        out.push_str(&format!(
            "],\n\"schemas\":[{}],\n\"failures\":[{}],\n\"summary\":{}}}\n",
            self.schemas.join(","),
            self.failures.join(","),
            text(&summary)
        ));
    }
}

fn diagnostics(found: &[Located]) -> Vec<Diagnostic<'_>> {
    found.iter().map(diagnostic).collect()
}

fn diagnostic(located: &Located) -> Diagnostic<'_> {
    let diagnostic = &located.diagnostic;
    Diagnostic {
        code: diagnostic.code,
        severity: diagnostic.severity.name(),
        message: &diagnostic.headline,
        key: diagnostic.key.as_deref(),
        place: position(&located.place),
        labels: located
            .labels
            .iter()
            .map(|(place, message)| Label { place: position(place), message })
            .collect(),
        rule: located.rule.as_ref().map(position),
        help: diagnostic.help.as_deref(),
        fix: diagnostic.fix.as_ref().map(change),
    }
}

fn position(place: &Place) -> Position<'_> {
    Position {
        file: &place.file,
        line: place.line,
        column: place.columns.map(|(start, _)| start),
        end_column: place.columns.map(|(_, end)| end),
    }
}

fn changed(change: &super::Change) -> Changed<'_> {
    Changed { file: &change.file, titles: &change.titles, written: change.diff.is_none() }
}

fn change(fix: &Fix) -> Change<'_> {
    Change { title: &fix.title, safe: fix.safety == Safety::Safe }
}

/// Structs of texts and numbers always have a JSON text.
fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
