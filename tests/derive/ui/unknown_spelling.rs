use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(rename_all = "camelcase")]
struct Config {
    #[env(min = 1)]
    port: u16,
}

fn main() {}
