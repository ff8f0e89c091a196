use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    port: u16,
    #[env(required_when(port = [80, "x"]))]
    token: Option<String>,
}

fn main() {}
