//! Any bytes, read by the crate dotenvy and in its dialect: the same variables are set, and both fail or neither does.

#![no_main]

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::sync::OnceLock;

use envschema::core::dotenv::{Environ, Outcome, find};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // The crate panics when it sets a variable to a value with a NUL byte.
    if bytes.contains(&0) {
        return;
    }
    let fixed = fixed();
    let result = dotenvy::from_read(bytes);
    let set: BTreeMap<Vec<u8>, Vec<u8>> = env::vars_os()
        .filter(|(key, _)| !fixed.contains_key(key))
        .map(|(key, value)| (key.into_vec(), value.into_vec()))
        .collect();
    for key in set.keys() {
        // SAFETY: this process has one thread.
        unsafe { env::remove_var(OsString::from_vec(key.clone())) };
    }
    let environ: Environ = fixed.iter().map(|(key, value)| (key.as_bytes(), value.as_bytes())).collect();
    let dialect = find("dotenvy").expect("the dialect exists");
    let outcome = Outcome::new(dialect, &(dialect.read)(bytes, &environ), &environ);
    assert_eq!(outcome.vars, set);
    assert_eq!(outcome.error.is_some(), result.is_err(), "{:?} {result:?}", outcome.error);
});

/// The environment of every case: the one this process was started in, and some names that files are likely to refer to.
fn fixed() -> &'static BTreeMap<OsString, OsString> {
    static FIXED: OnceLock<BTreeMap<OsString, OsString>> = OnceLock::new();
    FIXED.get_or_init(|| {
        for (key, value) in [("A", "from env"), ("EMPTY", ""), ("HOME", "/home/app")] {
            // SAFETY: this process has one thread.
            unsafe { env::set_var(key, value) };
        }
        env::vars_os().collect()
    })
}
