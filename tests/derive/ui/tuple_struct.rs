use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config(u16);

fn main() {}
