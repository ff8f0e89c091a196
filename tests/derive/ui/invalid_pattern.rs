use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(pattern = "([")]
    name: String,
}

fn main() {}
