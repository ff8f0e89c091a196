use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(separator = ';')]
    port: u16,
}

fn main() {}
