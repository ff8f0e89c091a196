use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(sensitive)]
    vite_token: String,
}

fn main() {}
