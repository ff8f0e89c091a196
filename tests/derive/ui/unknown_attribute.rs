use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(mim = 1)]
    port: u16,
}

fn main() {}
