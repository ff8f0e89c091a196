use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = ["a,b", "c"])]
    hosts: Vec<String>,
}

fn main() {}
