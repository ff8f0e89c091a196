use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(from_str, decode_with = parse)]
    port: u16,
}

fn main() {}
