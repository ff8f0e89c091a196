use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = 80, range = 1024..=65535)]
    port: u16,
}

fn main() {}
