use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = 65536)]
    port: u16,
}

fn main() {}
