use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = DEFAULT_PORT)]
    port: u16,
}

fn main() {}
