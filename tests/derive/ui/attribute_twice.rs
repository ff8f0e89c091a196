use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(min = 1, max = 9, min = 2)]
    port: u16,
}

fn main() {}
