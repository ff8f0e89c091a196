use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(all_or_none(tls_cert, tls_kye))]
struct Config {
    tls_cert: Option<String>,
    tls_key: Option<String>,
}

fn main() {}
