use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(prefix = "HTTP_")]
    port: u16,
}

fn main() {}
