use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = [1, "x", 70000], min_length = 2)]
    ports: Vec<u16>,
}

fn main() {}
