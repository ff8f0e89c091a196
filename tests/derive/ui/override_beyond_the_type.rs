use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(in_profile("production", max = 100_000))]
    port: u16,
}

fn main() {}
