use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(required)]
    port: u16,
}

fn main() {}
