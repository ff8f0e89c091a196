use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(services("worker"))]
    port: u16,
}

fn main() {}
