use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(assign = ':')]
    hosts: Vec<String>,
}

fn main() {}
