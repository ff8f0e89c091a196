use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(profile = "APP_ENV", profiles("production"), default_profile = "local")]
struct Config {
    port: u16,
}

fn main() {}
