//! `expansion-limit`: a value that would grow past the budget, or never end.

use crate::dotenv::Syntax;
use crate::registry::{Check, Run};

/// The check.
pub static CHECK: Check = Check {
    code: "expansion-limit",
    summary: "a value that would grow past the budget, or never end",
    page: include_str!("expansion_limit.md"),
    run: Run::Environment(|judgement, report| {
        super::syntax::report(judgement, Syntax::ExpansionLimit, CHECK.code, report);
    }),
};
