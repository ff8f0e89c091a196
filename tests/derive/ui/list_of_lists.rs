use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    grid: Vec<Vec<u8>>,
}

fn main() {}
