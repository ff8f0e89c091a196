use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(min_length = -1)]
    name: String,
}

fn main() {}
