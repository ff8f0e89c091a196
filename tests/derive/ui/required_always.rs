use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(required_when(profile = "production"))]
    port: u16,
}

fn main() {}
