use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(key = "HTTP-PORT")]
    port: u16,
}

fn main() {}
