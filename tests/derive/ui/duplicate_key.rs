use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    port: u16,
    #[env(key = "PORT")]
    http_port: u16,
}

fn main() {}
