use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = 80, in_profile("production", max = 79))]
    port: u16,
}

fn main() {}
