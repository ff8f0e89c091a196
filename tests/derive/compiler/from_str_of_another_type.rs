use envschema::EnvSchema;

struct Level;

#[derive(EnvSchema)]
struct Config {
    #[env(from_str)]
    level: Level,
}

fn main() {}
