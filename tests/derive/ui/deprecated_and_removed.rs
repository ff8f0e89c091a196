use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(deprecated, removed)]
    port: Option<u16>,
}

fn main() {}
