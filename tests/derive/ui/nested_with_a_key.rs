use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Inner {
    port: u16,
}

#[derive(EnvSchema)]
struct Config {
    #[env(nested, rename = "X")]
    inner: Inner,
}

fn main() {}
