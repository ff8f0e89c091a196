use envschema::{EnvSchema, Secret};

#[derive(EnvSchema)]
struct Config {
    #[env(default = "hunter2")]
    password: Secret<String>,
}

fn main() {}
