use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(in_profile(required))]
    port: u16,
}

fn main() {}
