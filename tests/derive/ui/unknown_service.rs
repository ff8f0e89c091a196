use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(services("web", "worker"))]
struct Config {
    #[env(services("wroker"))]
    port: Option<u16>,
}

fn main() {}
