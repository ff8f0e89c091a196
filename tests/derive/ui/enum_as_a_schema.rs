use envschema::EnvSchema;

#[derive(EnvSchema)]
enum Level {
    Debug,
    Info,
}

fn main() {}
