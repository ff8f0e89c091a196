use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(in_profile("production"))]
    port: u16,
}

fn main() {}
