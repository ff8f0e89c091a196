use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(kind = "email")]
    port: u16,
}

fn main() {}
