use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(example = 0, min = 1)]
    port: u16,
}

fn main() {}
