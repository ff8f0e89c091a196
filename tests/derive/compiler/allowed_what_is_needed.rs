use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(allow("placeholder-value" = "fine", "invalid-value" = "because"))]
struct Config {
    port: u16,
}

fn main() {}
