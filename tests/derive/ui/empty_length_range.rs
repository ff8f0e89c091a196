use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(min_length = 5, max_length = 3)]
    name: String,
}

fn main() {}
