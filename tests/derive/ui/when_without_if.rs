use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(when(profile = "production", required))]
    port: u16,
}

fn main() {}
