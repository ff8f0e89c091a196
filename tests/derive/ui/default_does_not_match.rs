use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = "A-1", pattern = "^[a-z]+$")]
    name: String,
}

fn main() {}
