use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(all_or_none(TLS_CERT, tls_key))]
struct Config {
    tls_cert: Option<String>,
    tls_key: Option<String>,
}

fn main() {}
