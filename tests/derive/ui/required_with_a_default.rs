use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(required, default = 80)]
    port: u16,
}

fn main() {}
