use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(contains(list = port, value = host))]
struct Config {
    port: u16,
    host: String,
}

fn main() {}
