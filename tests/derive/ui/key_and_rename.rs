use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(key = "PORT", rename = "HTTP_PORT")]
    port: u16,
}

fn main() {}
