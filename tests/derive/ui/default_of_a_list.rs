use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = [80, 443, 70000])]
    ports: Vec<u16>,
}

fn main() {}
