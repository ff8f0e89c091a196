use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(nested)]
    redis: Redis,
}

struct Redis {
    port: u16,
}

fn main() {}
