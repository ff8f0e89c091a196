use envschema::{EnvSchema, EnvValue};

#[derive(EnvSchema)]
#[env(prefx = "APP_", at_least_one(host, prot))]
struct Config {
    #[env(default = 0, min = 1, key = "HTTP-PORT")]
    port: u16,
    #[env(patern = "x", pattern = "(")]
    host: Option<String>,
    level: Level,
    #[env(nested)]
    redis: Redis,
}

#[derive(EnvValue)]
enum Level {
    Debug,
    Other(String),
}

#[derive(EnvSchema)]
struct Redis {
    #[env(mim = 1)]
    port: u16,
}

fn main() {
    let config = Config::load().unwrap();
    println!("{} {:?}", config.port, config.host);
    assert!(config.redis.port > 0);
    assert_eq!(Config::SCHEMA.entries.len(), 4);
}
