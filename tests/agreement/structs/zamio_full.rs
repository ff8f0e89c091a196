//! `examples/zamio/schema.full.yaml` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[doc = "Django API, Celery workers and four Vite front ends"]
#[derive(EnvSchema)]
#[env(name = "zamio")]
#[env(profile = "ENVIRONMENT")]
#[env(default_profile = "local")]
#[env(profiles("local", "staging", "production"))]
#[env(services("backend", "celery-worker", "celery-beat", "zamio_frontend", "zamio_admin", "zamio_publisher", "zamio_stations"))]
pub struct Root {
    #[env(nested, name = "Core Application", prefix = "", path = "")]
    pub g0: Group1,
    #[env(nested, name = "Database", prefix = "", path = "")]
    pub g1: Group2,
    #[env(nested, name = "Redis/Celery", prefix = "", path = "")]
    pub g2: Group3,
    #[env(nested, name = "Frontend API URLs: whatever starts with VITE_ ends in the browser", prefix = "", path = "")]
    pub g3: Group4,
    #[env(nested, name = "Security", prefix = "", path = "")]
    pub g4: Group5,
}

#[derive(EnvSchema)]
#[env(name = "Group5")]
pub struct Group5 {
    #[env(rename = "CORS_ALLOWED_ORIGINS", path = "CORS_ALLOWED_ORIGINS")]
    #[env(kind = "url")]
    #[env(separator = ',')]
    #[env(schemes("http", "https"))]
    #[env(services("backend"))]
    #[env(when(if(profile = ["production"]), required, schemes("https")))]
    pub f0: Option<Vec<url::Url>>,
    #[env(rename = "CSRF_TRUSTED_ORIGINS", path = "CSRF_TRUSTED_ORIGINS")]
    #[env(kind = "url")]
    #[env(separator = ',')]
    #[env(schemes("http", "https"))]
    #[env(services("backend"))]
    #[env(when(if(profile = ["production"]), required, schemes("https")))]
    pub f1: Option<Vec<url::Url>>,
}

#[derive(EnvSchema)]
#[env(name = "Group4")]
pub struct Group4 {
    #[env(rename = "VITE_API_URL", path = "VITE_API_URL")]
    #[env(kind = "url")]
    #[env(schemes("http", "https"))]
    pub f0: url::Url,
    #[env(rename = "VITE_WS_URL", path = "VITE_WS_URL")]
    #[env(kind = "url")]
    #[env(schemes("ws", "wss"))]
    pub f1: Option<url::Url>,
}

#[derive(EnvSchema)]
#[env(name = "Group3")]
pub struct Group3 {
    #[env(rename = "REDIS_URL", path = "REDIS_URL")]
    #[env(kind = "url")]
    #[env(required)]
    #[env(schemes("redis", "rediss"))]
    #[env(sensitive = true)]
    #[env(services("backend", "celery-worker", "celery-beat"))]
    pub f0: Option<url::Url>,
    #[env(rename = "CELERY_WORKER_CONCURRENCY", path = "CELERY_WORKER_CONCURRENCY")]
    #[env(kind = "integer")]
    #[env(default = "4")]
    #[env(min = "1")]
    #[env(services("celery-worker"))]
    pub f1: i128,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[env(rename = "DATABASE_URL", path = "DATABASE_URL")]
    #[env(kind = "url")]
    #[env(required)]
    #[env(schemes("postgresql"))]
    #[env(services("backend", "celery-worker", "celery-beat"))]
    pub f0: Option<envschema::Secret<url::Url>>,
    #[env(rename = "DB_POOL_SIZE", path = "DB_POOL_SIZE")]
    #[env(kind = "integer")]
    #[env(default = "10")]
    #[env(min = "1")]
    pub f1: i128,
}

#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(rename = "ENVIRONMENT", path = "ENVIRONMENT")]
    #[env(kind = "string")]
    #[env(default = "local")]
    #[env(one_of("local", "staging", "production"))]
    pub f0: String,
    #[env(rename = "SECRET_KEY", path = "SECRET_KEY")]
    #[env(kind = "string")]
    #[env(required)]
    #[env(min_length = 32)]
    #[env(services("backend", "celery-worker", "celery-beat"))]
    pub f1: Option<envschema::Secret<String>>,
    #[env(rename = "DEBUG", path = "DEBUG")]
    #[env(kind = "boolean")]
    #[env(default = "false")]
    #[env(when(if(profile = ["production"]), one_of("false")))]
    pub f2: bool,
    #[doc = "The hosts Django answers for"]
    #[env(rename = "ALLOWED_HOSTS", path = "ALLOWED_HOSTS")]
    #[env(kind = "host")]
    #[env(separator = ',')]
    #[env(services("backend"))]
    #[env(when(if(profile = ["local"]), also("*")))]
    #[env(when(if(profile = ["production"]), required))]
    pub f3: Option<Vec<String>>,
    #[env(rename = "BASE_URL", path = "BASE_URL")]
    #[env(kind = "url")]
    #[env(schemes("http", "https"))]
    pub f4: url::Url,
}
