use envschema::{EnvSchema, EnvValue};

type Port = u16;

#[derive(EnvValue)]
enum Level {
    Debug,
    Info,
}

#[derive(EnvSchema)]
#[env(profile = level)]
struct Config {
    #[env(default = 70000)]
    port: Port,
    #[env(min = -1)]
    least: Port,
    #[env(min_length = 2)]
    long: Port,
    #[env(default = "verbose")]
    level: Level,
    #[env(one_of("debug", "inof"))]
    other: Level,
    #[env(default = ["debug", "x"])]
    all: Vec<Level>,
    #[env(required_when(level = "warn"))]
    token: Option<String>,
    #[env(in_profile("production", required))]
    name: Option<String>,
}

fn main() {}
