//! `unknown-attribute`: a word a schema does not have.

use crate::registry::{Check, Run};

/// The check.
pub static CHECK: Check = Check {
    code: "unknown-attribute",
    summary: "a word a schema does not have",
    page: include_str!("unknown_attribute.md"),
    run: Run::Reader,
};
