use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(forbidden_when(profile = "production"))]
    port: u16,
}

fn main() {}
