use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(prefx = "APP_")]
struct Config {
    port: u16,
}

fn main() {}
