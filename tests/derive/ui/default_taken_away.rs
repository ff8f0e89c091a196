use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = 80, in_profile("production", optional))]
    port: u16,
    #[env(default = 80, in_profile("production", optional))]
    other: Option<u16>,
}

fn main() {}
