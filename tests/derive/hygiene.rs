//! Generated code depends on nothing in scope: crates of their own prove it, which have no prelude, no serde, and another
//! name for `envschema`.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Builds and runs the crate in a folder beside this file.
#[track_caller]
fn run(name: &str) {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = tests.join("derive/foreign").join(name);
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("foreign").join(name);
    fs::create_dir_all(copy.join("src")).unwrap();
    let envschema = tests.join("../envschema").canonicalize().unwrap();
    let manifest = fs::read_to_string(source.join("Cargo.toml")).unwrap();
    fs::write(copy.join("Cargo.toml"), manifest.replace("ENVSCHEMA", envschema.to_str().unwrap())).unwrap();
    fs::copy(source.join("main.rs"), copy.join("src/main.rs")).unwrap();
    // The versions that the workspace has, so that nothing is fetched.
    fs::copy(tests.join("../Cargo.lock"), copy.join("Cargo.lock")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    let output = cargo.args(["run", "--offline", "--quiet"]).current_dir(&copy).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_crate_with_nothing_in_scope_builds_and_runs() {
    run("plain");
}

#[test]
fn a_crate_with_adapters_and_nothing_in_scope_builds_and_runs() {
    run("adapters");
}
