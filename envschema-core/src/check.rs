//! A whole check in one call: schema and layers in, a report out. The loader and the checker both come through here.

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
    let environment = Environment::resolve(table, layers);
    let judgement = Judgement::new(&environment, circumstances);
    let diagnostics = registry::check_environment(&judgement);
    locate::report(&judgement, diagnostics, schema)
}
