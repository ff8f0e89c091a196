use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(phases("bild"))]
    token: Option<String>,
    #[env(required_when(phase = "runtiem"))]
    port: Option<u16>,
}

fn main() {}
