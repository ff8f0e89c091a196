//! `examples/zamio/schema.yaml` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
pub struct Root {
    #[env(nested, name = "Core Application", prefix = "", path = "")]
    pub g0: Group1,
    #[env(nested, name = "Database", prefix = "", path = "")]
    pub g1: Group2,
    #[env(nested, name = "Redis/Celery", prefix = "", path = "")]
    pub g2: Group3,
    #[env(nested, name = "Frontend API URLs", prefix = "", path = "")]
    pub g3: Group4,
    #[env(nested, name = "Security", prefix = "", path = "")]
    pub g4: Group5,
}

#[derive(EnvSchema)]
#[env(name = "Group5")]
pub struct Group5 {
    #[env(rename = "CORS_ALLOWED_ORIGINS", path = "CORS_ALLOWED_ORIGINS")]
    #[env(kind = "string")]
    #[env(separator = ',')]
    pub f0: Option<Vec<String>>,
    #[env(rename = "CSRF_TRUSTED_ORIGINS", path = "CSRF_TRUSTED_ORIGINS")]
    #[env(kind = "string")]
    #[env(separator = ',')]
    pub f1: Option<Vec<String>>,
}

#[derive(EnvSchema)]
#[env(name = "Group4")]
pub struct Group4 {
    #[env(rename = "VITE_API_URL", path = "VITE_API_URL")]
    #[env(kind = "string")]
    pub f0: String,
    #[env(rename = "VITE_WS_URL", path = "VITE_WS_URL")]
    #[env(kind = "string")]
    pub f1: Option<String>,
}

#[derive(EnvSchema)]
#[env(name = "Group3")]
pub struct Group3 {
    #[env(rename = "REDIS_URL", path = "REDIS_URL")]
    #[env(kind = "string")]
    pub f0: String,
    #[env(rename = "CELERY_WORKER_CONCURRENCY", path = "CELERY_WORKER_CONCURRENCY")]
    #[env(kind = "integer")]
    #[env(default = "4")]
    pub f1: i128,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[env(rename = "DATABASE_URL", path = "DATABASE_URL")]
    #[env(kind = "string")]
    pub f0: String,
    #[env(rename = "DB_POOL_SIZE", path = "DB_POOL_SIZE")]
    #[env(kind = "integer")]
    #[env(default = "10")]
    pub f1: i128,
}

#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(rename = "SECRET_KEY", path = "SECRET_KEY")]
    #[env(kind = "string")]
    pub f0: String,
    #[env(rename = "DEBUG", path = "DEBUG")]
    #[env(kind = "boolean")]
    #[env(default = "false")]
    pub f1: bool,
    #[env(rename = "ALLOWED_HOSTS", path = "ALLOWED_HOSTS")]
    #[env(kind = "string")]
    #[env(separator = ',')]
    pub f2: Option<Vec<String>>,
    #[env(rename = "BASE_URL", path = "BASE_URL")]
    #[env(kind = "string")]
    pub f3: String,
}
