use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(kind = "emial")]
    admin: String,
}

fn main() {}
