//! `invalid-schema`: a schema that does not say what it should.

use crate::registry::{Check, Run};

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-schema",
    summary: "a schema that does not say what it should",
    page: include_str!("invalid_schema.md"),
    run: Run::Reader,
};
