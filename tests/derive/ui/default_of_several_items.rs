use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = [80, 443])]
    port: u16,
}

fn main() {}
