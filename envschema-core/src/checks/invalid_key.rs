//! `invalid-key`: a key the reader does not accept.

use crate::dotenv::Syntax;
use crate::registry::{Check, Run};

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-key",
    summary: "a key the reader does not accept",
    page: include_str!("invalid_key.md"),
    run: Run::Environment(|judgement, report| {
        super::syntax::report(judgement, Syntax::InvalidKey, CHECK.code, report);
    }),
};
