use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(min = 1)]
    name: String,
}

fn main() {}
