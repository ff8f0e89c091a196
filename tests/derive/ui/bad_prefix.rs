use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(prefix = "1APP_")]
struct Config {
    #[env(default = 1)]
    port: u16,
}

fn main() {}
