use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(name = "HTTP_PORT")]
    port: u16,
}

fn main() {}
