//! The examples of the library run; each asserts what it shows.

#[path = "../../envschema/examples/schemars.rs"]
mod schemars;

#[test]
fn a_configuration_is_a_part_of_another_schema() {
    schemars::main();
}
