use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(nested, min = 1)]
    redis: Redis,
}

#[derive(EnvSchema)]
struct Redis {
    port: u16,
}

fn main() {}
