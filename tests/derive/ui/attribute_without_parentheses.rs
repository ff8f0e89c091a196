use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env]
    port: u16,
}

fn main() {}
