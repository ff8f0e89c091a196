use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default =)]
    port: u16,
}

fn main() {}
