use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[env(sensitive, default = "hunter2")]
    password: String,
}

fn main() {}
