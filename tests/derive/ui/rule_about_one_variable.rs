use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(all_or_none(tls_cert))]
struct Config {
    tls_cert: Option<String>,
}

fn main() {}
