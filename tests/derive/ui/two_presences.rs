use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(in_profile("production", required, optional))]
    port: Option<u16>,
}

fn main() {}
