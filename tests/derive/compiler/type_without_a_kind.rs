use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    redis: Redis,
    port: u16,
}

struct Redis;

fn main() {}
