use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(default = "eighty")]
    port: u16,
}

fn main() {}
