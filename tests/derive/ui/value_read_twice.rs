use envschema::EnvValue;

#[derive(EnvValue)]
enum Level {
    Debug,
    #[env(aliases("debug"))]
    Trace,
}

fn main() {}
