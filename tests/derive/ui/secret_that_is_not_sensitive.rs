use envschema::{EnvSchema, Secret};

#[derive(EnvSchema)]
struct Config {
    #[env(sensitive = false)]
    password: Secret<String>,
}

fn main() {}
