use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(also("*"))]
    port: u16,
    #[env(in_profile("local", also("none")))]
    limits: Vec<u8>,
}

fn main() {}
