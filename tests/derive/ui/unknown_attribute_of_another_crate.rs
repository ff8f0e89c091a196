use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default_value = 8080)]
    port: u16,
}

fn main() {}
