//! The examples of the library run; each asserts what it shows.

#[path = "../../envschema/examples/figment.rs"]
mod figment;
#[path = "../../envschema/examples/miette.rs"]
mod miette;
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

#[test]
fn figment_is_a_source_and_takes_what_was_loaded() {
    figment::main().unwrap();
}

#[test]
fn miette_shows_every_problem_and_no_secret() {
    miette::main().unwrap();
}
