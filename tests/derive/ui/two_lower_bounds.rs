use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(min = 1, above = 2)]
    port: u16,
}

fn main() {}
