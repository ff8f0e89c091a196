//! Mistakes are compile errors at their tokens; one file each, named for the mistake.

use std::process::Command;

#[test]
fn mistakes_are_compile_errors() {
    trybuild::TestCases::new().compile_fail("derive/ui/*.rs");
}

/// What a type lacks, the compiler says, in words of ours among its own; those change with the compiler.
#[test]
fn the_compiler_says_what_a_type_lacks() {
    let version = Command::new("rustc").arg("--version").output().unwrap();
    if String::from_utf8_lossy(&version.stdout).starts_with("rustc 1.95.") {
        trybuild::TestCases::new().compile_fail("derive/compiler/*.rs");
    }
}
