//! Names in attributes that only this crate knows, because features decide which there are: the compiler looks them up.

use envschema_core::dotenv::Dialect;
use envschema_core::dotenv::reader::{DIALECTS, OTHERS};
use envschema_core::registry::{Check, ENVIRONMENT_CHECKS, SCHEMA_CHECKS};

/// What a struct cannot do without: there would be no value for a field.
const NEEDED: &[&str] = &["empty-value", "invalid-encoding", "invalid-value", "missing-variable"];

/// The name of a dialect; any other does not compile.
#[must_use]
#[track_caller]
pub const fn dialect(name: &'static str) -> &'static str {
    assert!(
        is_dialect(name, DIALECTS) || is_dialect(name, OTHERS),
        "there is no dialect of this name; those of all readers need the feature `dialects`"
    );
    name
}

/// The code of a diagnostic that may be switched off; any other does not compile.
#[must_use]
#[track_caller]
pub const fn code(code: &'static str) -> &'static str {
    assert!(
        is_code(code, SCHEMA_CHECKS) || is_code(code, ENVIRONMENT_CHECKS),
        "there is no diagnostic of this code"
    );
    assert!(!is_among(code, NEEDED), "a struct cannot be loaded without what this code reports");
    code
}

const fn is_dialect(name: &str, dialects: &[&Dialect]) -> bool {
    let mut at = 0;
    while at < dialects.len() {
        if is_same(name, dialects[at].name) || is_among(name, dialects[at].aliases) {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_code(code: &str, checks: &[&Check]) -> bool {
    let mut at = 0;
    while at < checks.len() {
        if is_same(code, checks[at].code) {
            return true;
        }
        at += 1;
    }
    false
}

pub(super) const fn is_among(text: &str, texts: &[&str]) -> bool {
    let mut at = 0;
    while at < texts.len() {
        if is_same(text, texts[at]) {
            return true;
        }
        at += 1;
    }
    false
}

pub(super) const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}
