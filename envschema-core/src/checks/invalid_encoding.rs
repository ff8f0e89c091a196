//! `invalid-encoding`: bytes that are no text: not UTF-8, NUL, or a byte order mark the reader trips over.

use crate::dotenv::Syntax;
use crate::registry::{Check, Run};

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-encoding",
    summary: "bytes that are no text: not UTF-8, NUL, or a byte order mark the reader trips over",
    page: include_str!("invalid_encoding.md"),
    run: Run::Environment(|judgement, report| {
        super::syntax::report(judgement, Syntax::InvalidEncoding, CHECK.code, report);
    }),
};
