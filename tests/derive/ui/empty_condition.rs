use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(required_when())]
    bucket: Option<String>,
}

fn main() {}
