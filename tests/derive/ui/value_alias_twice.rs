use envschema::EnvValue;

#[derive(EnvValue)]
enum Level {
    Debug,
    #[env(rename = "debug")]
    Trace,
    #[env(aliases("e", "e"))]
    Info,
}

fn main() {}
