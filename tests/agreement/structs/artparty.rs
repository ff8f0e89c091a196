//! `examples/artparty/envschema.yaml` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[doc = "FastAPI with a static front end; one port locally, nginx in production"]
#[derive(EnvSchema)]
#[env(name = "artparty")]
#[env(profile = "ENVIRONMENT")]
#[env(default_profile = "local")]
#[env(profiles("local", "staging", "production"))]
#[env(contains(list = "CORS_ORIGINS", value = "PUBLIC_URL"))]
pub struct Root {
    #[env(nested, name = "Environment", prefix = "", path = "")]
    pub g0: Group1,
    #[env(nested, name = "Server", prefix = "", path = "")]
    pub g1: Group2,
    #[doc = "Where people reach the site"]
    #[env(rename = "PUBLIC_URL", path = "PUBLIC_URL")]
    #[env(kind = "url")]
    #[env(schemes("https"))]
    #[env(when(if(profile = ["local"]), schemes("http", "https")))]
    pub f2: url::Url,
    #[doc = "The files of the front end, where FastAPI serves them itself"]
    #[env(rename = "STATIC_DIR", path = "STATIC_DIR")]
    #[env(kind = "path")]
    #[env(when(if(profile = ["local"]), required))]
    #[env(when(if(profile = ["production"]), forbidden))]
    pub f3: Option<std::path::PathBuf>,
    #[env(nested, name = "Cross-origin requests: the one place where origins are listed", prefix = "", path = "")]
    pub g4: Group3,
    #[env(nested, name = "Database", prefix = "", path = "")]
    pub g5: Group4,
    #[env(nested, name = "Logging", prefix = "", path = "")]
    pub g6: Group5,
    #[env(nested, name = "Health", prefix = "", path = "")]
    pub g7: Group6,
}

#[derive(EnvSchema)]
#[env(name = "Group6")]
pub struct Group6 {
    #[env(rename = "HEALTH_CHECK_TIMEOUT", path = "HEALTH_CHECK_TIMEOUT")]
    #[env(kind = "duration")]
    #[env(default = "5s")]
    #[env(max = "60s")]
    pub f0: std::time::Duration,
}

#[derive(EnvSchema)]
#[env(name = "Group5")]
pub struct Group5 {
    #[env(rename = "LOG_LEVEL", path = "LOG_LEVEL")]
    #[env(kind = "string")]
    #[env(default = "info")]
    #[env(one_of("debug", "info", "warning", "error"))]
    #[env(when(if(profile = ["production"]), one_of("info", "warning", "error")))]
    pub f0: String,
    #[env(rename = "LOG_FORMAT", path = "LOG_FORMAT")]
    #[env(kind = "string")]
    #[env(default = "text")]
    #[env(one_of("text", "json"))]
    #[env(when(if(profile = ["staging", "production"]), required, one_of("json")))]
    pub f1: String,
}

#[derive(EnvSchema)]
#[env(name = "Group4")]
pub struct Group4 {
    #[env(rename = "DATABASE_URL", path = "DATABASE_URL")]
    #[env(kind = "url")]
    #[env(schemes("postgresql", "postgresql+asyncpg"))]
    #[env(when(if(profile = ["local"]), schemes("sqlite", "postgresql", "postgresql+asyncpg")))]
    pub f0: envschema::Secret<url::Url>,
    #[doc = "Migrations run while deploying, not when a server starts"]
    #[env(rename = "MIGRATE_ON_START", path = "MIGRATE_ON_START")]
    #[env(kind = "boolean")]
    #[env(default = "false")]
    #[env(when(if(profile = ["production"]), one_of("false")))]
    pub f1: bool,
}

#[derive(EnvSchema)]
#[env(name = "Group3")]
pub struct Group3 {
    #[env(rename = "CORS_ORIGINS", path = "CORS_ORIGINS")]
    #[env(kind = "url")]
    #[env(separator = ',')]
    #[env(schemes("https"))]
    #[env(when(if(profile = ["local"]), schemes("http", "https"), also("*")))]
    pub f0: Vec<String>,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[env(rename = "PORT", path = "PORT")]
    #[env(kind = "port")]
    #[env(when(if(profile = ["local"]), one_of("3000")))]
    pub f0: u16,
}

#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(rename = "ENVIRONMENT", path = "ENVIRONMENT")]
    #[env(kind = "string")]
    #[env(default = "local")]
    #[env(one_of("local", "staging", "production"))]
    pub f0: String,
}
