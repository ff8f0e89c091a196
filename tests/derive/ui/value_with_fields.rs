use envschema::EnvValue;

#[derive(EnvValue)]
enum Level {
    Debug,
    Custom(String),
}

fn main() {}
