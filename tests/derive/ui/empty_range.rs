use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(range = 10..=1)]
    port: u16,
}

fn main() {}
