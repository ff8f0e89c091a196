//! A whole check in one call: schema and layers in, a report out. The loader and the checker both come through here.

use crate::diagnostic::Findings;
use crate::environment::Environment;
use crate::judge::{Circumstances, Judgement};
use crate::layer::Layer;
use crate::registry;
use crate::report::Report;
use crate::report::locate::{self, SchemaSource};
use crate::table::Table;

/// Checks `layers`, lowest precedence first, against `table`.
#[must_use]
pub fn check(
    table: &Table<'_>,
    layers: &[Layer<'_>],
    circumstances: &Circumstances,
    schema: Option<&SchemaSource<'_>>,
) -> Report {
    check_with(table, layers, circumstances, schema, |_, _| {})
}

/// Checks as [`check`] does, and lets `more` look at the judgement and add diagnostics of its own.
#[must_use]
pub fn check_with(
    table: &Table<'_>,
    layers: &[Layer<'_>],
    circumstances: &Circumstances,
    schema: Option<&SchemaSource<'_>>,
    mut more: impl FnMut(&Judgement<'_>, &mut Findings),
) -> Report {
    let environment = Environment::resolve(table, layers);
    let judgement = Judgement::new(&environment, circumstances);
    let mut report = |most| {
        let mut findings = registry::check_environment(&judgement, most);
        more(&judgement, &mut findings);
        locate::report(&judgement, findings, schema)
    };
    let first = report(Findings::MOST);
    // Where something is allowed, what was left out may be all that is not.
    if first.left_out > 0 && !first.allowed.is_empty() { report(usize::MAX) } else { first }
}
