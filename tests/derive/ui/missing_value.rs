use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(key)]
    port: u16,
}

fn main() {}
