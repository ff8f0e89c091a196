use envschema::EnvSchema;

#[derive(EnvSchema)]
struct Config {
    #[validate(rnge(min = 3))]
    z: u8,
    #[validate(range(mn = 10))]
    a: u8,
    #[validate(length(min 10))]
    b: String,
}

fn main() {}
