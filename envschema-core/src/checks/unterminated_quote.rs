//! `unterminated-quote`: a quote that is never closed.

use crate::dotenv::Syntax;
use crate::registry::{Check, Run};

/// The check.
pub static CHECK: Check = Check {
    code: "unterminated-quote",
    summary: "a quote that is never closed",
    page: include_str!("unterminated_quote.md"),
    run: Run::Environment(|judgement, report| {
        super::syntax::report(judgement, Syntax::UnterminatedQuote, CHECK.code, report);
    }),
};
