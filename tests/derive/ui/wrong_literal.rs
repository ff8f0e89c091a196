use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(key = 5)]
    port: u16,
}

fn main() {}
