//! `fn main() -> miette::Result<()>`: every problem at its place, and nothing secret around it.
#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use envschema::source::DotenvText;
use envschema::{EnvSchema, LoadError, Secret};
use miette::{GraphicalReportHandler, GraphicalTheme, IntoDiagnostic, Report};

#[derive(EnvSchema)]
#[expect(dead_code, reason = "it cannot be loaded")]
struct Config {
    password: Secret<String>,
    port: u16,
}

fn load() -> Result<Config, LoadError> {
    Config::loader().source(DotenvText::new(".env", "PASSWORD=hunter2\nPORT=80a80\n")).load()
}

/// `?` alone makes a report that shows ours.
fn shown() -> miette::Result<Config> {
    Ok(load()?)
}

/// One more word, and miette draws it.
fn drawn() -> miette::Result<Config> {
    load().map_err(LoadError::into_miette)
}

pub(crate) fn main() -> miette::Result<()> {
    for error in [shown(), drawn()].into_iter().filter_map(Result::err) {
        let report = printed(&error)?;
        assert!(report.contains(".env:2:8") && report.contains("PORT=80a80"));
        // By itself, miette would print the line above, too.
        assert!(!report.contains("hunter2") && !report.contains("PASSWORD"));
        println!("{report}");
    }
    Ok(())
}

/// What miette prints of an error that `main` returns.
fn printed(error: &Report) -> miette::Result<String> {
    let mut report = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor());
    handler.render_report(&mut report, error.as_ref()).into_diagnostic()?;
    Ok(report)
}
