//! `unreadable-source`: a file that cannot be read.

use crate::registry::{Check, Run};

/// The check.
pub static CHECK: Check = Check {
    code: "unreadable-source",
    summary: "a file that cannot be read",
    page: include_str!("unreadable_source.md"),
    run: Run::Reader,
};
