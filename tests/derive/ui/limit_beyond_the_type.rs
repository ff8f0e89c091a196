use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(max = 100_000)]
    port: u16,
}

fn main() {}
