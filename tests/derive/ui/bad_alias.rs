use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(aliases("PORT 2"))]
    port: u16,
}

fn main() {}
