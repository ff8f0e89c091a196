use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(removed = "nobody used it")]
    port: u16,
}

fn main() {}
