use envschema::EnvValue;

#[derive(EnvValue)]
struct Level;

fn main() {}
