use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(unknown = "warning")]
struct Config {
    #[env(min = 1)]
    port: u16,
}

fn main() {}
