//! `unsupported-syntax`: syntax this reader does not have, or a command, which is never run.

use crate::dotenv::Syntax;
use crate::registry::{Check, Run};

/// The check.
pub static CHECK: Check = Check {
    code: "unsupported-syntax",
    summary: "syntax this reader does not have, or a command, which is never run",
    page: include_str!("unsupported_syntax.md"),
    run: Run::Environment(|judgement, report| {
        super::syntax::report(judgement, Syntax::UnsupportedSyntax, CHECK.code, report);
    }),
};
