use envschema::{EnvSchema, Secret};

type Password = Secret<String>;

#[derive(EnvSchema)]
struct Config {
    #[env(default = "hunter2")]
    password: Password,
}

fn main() {}
