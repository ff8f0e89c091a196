use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(dialect = "compoze", readers("compose", "nodee"), allow("mising-variable" = "because"))]
struct Config {
    port: u16,
}

fn main() {}
