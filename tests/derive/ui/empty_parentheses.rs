use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(one_of())]
    port: u16,
}

fn main() {}
