//! `invalid-escape`: a backslash sequence the reader does not accept.

use crate::dotenv::Syntax;
use crate::registry::{Check, Run};

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-escape",
    summary: "a backslash sequence the reader does not accept",
    page: include_str!("invalid_escape.md"),
    run: Run::Environment(|judgement, report| {
        super::syntax::report(judgement, Syntax::InvalidEscape, CHECK.code, report);
    }),
};
