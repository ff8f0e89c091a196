use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(min = 300)]
    least: u8,
    #[env(max = -1)]
    most: u8,
}

fn main() {}
