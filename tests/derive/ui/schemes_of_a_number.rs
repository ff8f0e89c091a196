use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(schemes("https"))]
    port: u16,
}

fn main() {}
