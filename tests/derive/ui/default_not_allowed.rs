use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = "verbose", one_of("info", "debug"))]
    level: String,
}

fn main() {}
