use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(profiles("local", "production"))]
struct Config {
    #[env(in_profile("prodution", required))]
    port: Option<u16>,
}

fn main() {}
