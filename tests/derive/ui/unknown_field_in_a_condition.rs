use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    storage: String,
    #[env(required_when(stroage = "s3"))]
    bucket: Option<String>,
}

fn main() {}
