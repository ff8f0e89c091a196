use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(profile = app_env)]
struct Config {
    #[env(one_of("local", "production"))]
    app_env: String,
    #[env(in_profile("prodution", default = 80))]
    port: u16,
}

fn main() {}
