//! The `envschema` command.

fn main() {}
