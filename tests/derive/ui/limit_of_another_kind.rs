use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(min = "one")]
    port: u16,
}

fn main() {}
