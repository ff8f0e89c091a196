//! `unportable-value`: an assignment that the named readers read differently.

use crate::diagnostic::Findings;
use crate::dotenv::Syntax;
use crate::judge::Judgement;
use crate::registry::{Check, Run};

#[cfg(feature = "dialects")]
mod comparison;

/// The check.
pub static CHECK: Check = Check {
    code: "unportable-value",
    summary: "an assignment that the named readers read differently",
    page: include_str!("unportable_value.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    super::syntax::report(judgement, Syntax::UnportableValue, CHECK.code, report);
    // One reader alone has nothing to differ from.
    #[cfg(feature = "dialects")]
    comparison::run(judgement, report);
}
