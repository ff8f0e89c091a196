//! `unsupported-format`: a file whose format is not known.

use crate::registry::{Check, Run};

/// The check.
pub static CHECK: Check = Check {
    code: "unsupported-format",
    summary: "a file whose format is not known",
    page: include_str!("unsupported_format.md"),
    run: Run::Reader,
};
