//! `invalid-syntax`: a line that is no assignment.

use crate::dotenv::Syntax;
use crate::registry::{Check, Run};

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-syntax",
    summary: "a line that is no assignment",
    page: include_str!("invalid_syntax.md"),
    run: Run::Environment(|judgement, report| {
        super::syntax::report(judgement, Syntax::InvalidSyntax, CHECK.code, report);
    }),
};
