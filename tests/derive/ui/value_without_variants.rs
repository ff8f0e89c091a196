use envschema::EnvValue;

#[derive(EnvValue)]
enum Level {}

fn main() {}
