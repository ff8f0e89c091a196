use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = 80)]
    port: Option<u16>,
}

fn main() {}
