//! The examples of the library run; each asserts what it shows.

#[path = "../../envschema/examples/schemars.rs"]
mod schemars;
#[path = "../../envschema/examples/validator.rs"]
mod validator;

#[test]
fn a_configuration_is_a_part_of_another_schema() {
    schemars::main();
}

#[test]
fn rules_of_validator_run() {
    validator::main().unwrap();
}
