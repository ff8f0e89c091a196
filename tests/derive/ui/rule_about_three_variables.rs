use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(equal(a, b, c))]
struct Config {
    a: u8,
    b: u8,
    c: u8,
}

fn main() {}
