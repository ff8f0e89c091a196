use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    größe: u16,
}

fn main() {}
