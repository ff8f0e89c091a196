//! `examples/dashboard/envschema.yaml` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[doc = "Next.js rendered on the server over FastAPI, with Celery jobs and sessions in the database"]
#[derive(EnvSchema)]
#[env(name = "dashboard")]
#[env(profile = "ENVIRONMENT")]
#[env(default_profile = "development")]
#[env(profiles("development", "production"))]
#[env(services("backend", "worker", "frontend"))]
pub struct Root {
    #[env(nested, name = "Environment", prefix = "", path = "")]
    pub g0: Group1,
    #[env(nested, name = "Backend", prefix = "", path = "")]
    pub g1: Group2,
    #[env(nested, name = "Sessions", prefix = "", path = "")]
    pub g2: Group3,
    #[env(rename = "COOKIE_SAMESITE", path = "COOKIE_SAMESITE")]
    #[env(kind = "string")]
    #[env(default = "lax")]
    #[env(one_of("lax", "strict", "none"))]
    pub f3: String,
    #[env(nested, name = "Old names, which may stand beside the new ones during the week of the migration. After it, say `removed` instead of", prefix = "", path = "")]
    pub g4: Group4,
    #[env(nested, name = "Features", prefix = "", path = "")]
    pub g5: Group5,
    #[env(nested, name = "Front end, at build time too", prefix = "", path = "")]
    pub g6: Group6,
    #[env(nested, name = "Jobs", prefix = "", path = "")]
    pub g7: Group7,
}

#[derive(EnvSchema)]
#[env(name = "Group7")]
pub struct Group7 {
    #[env(rename = "JOB_POLL_INTERVAL", path = "JOB_POLL_INTERVAL")]
    #[env(kind = "duration")]
    #[env(default = "2s")]
    #[env(min = "500ms")]
    #[env(max = "60s")]
    pub f0: std::time::Duration,
    #[env(rename = "JOB_MAX_ATTEMPTS", path = "JOB_MAX_ATTEMPTS")]
    #[env(kind = "integer")]
    #[env(default = "3")]
    #[env(min = "1")]
    #[env(max = "10")]
    pub f1: i128,
}

#[derive(EnvSchema)]
#[env(name = "Group6")]
pub struct Group6 {
    #[doc = "Where the server side of Next.js finds the backend"]
    #[env(rename = "API_URL", path = "API_URL")]
    #[env(kind = "url")]
    #[env(required)]
    #[env(schemes("http", "https"))]
    #[env(services("frontend"))]
    pub f0: Option<url::Url>,
    #[doc = "Where people reach the site; ends in the browser"]
    #[env(rename = "NEXT_PUBLIC_APP_URL", path = "NEXT_PUBLIC_APP_URL")]
    #[env(kind = "url")]
    #[env(required)]
    #[env(schemes("http", "https"))]
    #[env(services("frontend"))]
    pub f1: Option<url::Url>,
}

#[derive(EnvSchema)]
#[env(name = "Group5")]
pub struct Group5 {
    #[env(rename = "DEMO_MODE_ENABLED", path = "DEMO_MODE_ENABLED")]
    #[env(kind = "boolean")]
    #[env(default = "false")]
    pub f0: bool,
}

#[doc = "`deprecated`, and they are errors."]
#[derive(EnvSchema)]
#[env(name = "Group4")]
pub struct Group4 {
    #[env(rename = "JWT_SECRET", path = "JWT_SECRET")]
    #[env(kind = "string")]
    #[env(deprecated = "sessions replace tokens", replaced_by = "SESSION_SECRET")]
    pub f0: Option<envschema::Secret<String>>,
    #[env(rename = "DEMO_MODE", path = "DEMO_MODE")]
    #[env(kind = "boolean")]
    #[env(deprecated, replaced_by = "DEMO_MODE_ENABLED")]
    pub f1: Option<bool>,
}

#[derive(EnvSchema)]
#[env(name = "Group3")]
pub struct Group3 {
    #[doc = "Signs the cookie; needed to run, never to build"]
    #[env(rename = "SESSION_SECRET", path = "SESSION_SECRET")]
    #[env(kind = "string")]
    #[env(required)]
    #[env(min_length = 32)]
    #[env(services("backend"))]
    #[env(phases("runtime"))]
    pub f0: Option<envschema::Secret<String>>,
    #[env(rename = "SESSION_TTL", path = "SESSION_TTL")]
    #[env(kind = "duration")]
    #[env(default = "7d")]
    pub f1: std::time::Duration,
    #[env(rename = "COOKIE_SECURE", path = "COOKIE_SECURE")]
    #[env(kind = "boolean")]
    #[env(default = "true")]
    #[env(when(if(profile = ["production"]), one_of("true")))]
    #[env(when(if("COOKIE_SAMESITE" = ["none"]), one_of("true")))]
    pub f2: bool,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[env(rename = "DATABASE_URL", path = "DATABASE_URL")]
    #[env(kind = "url")]
    #[env(required)]
    #[env(schemes("postgresql", "postgresql+asyncpg"))]
    #[env(services("backend", "worker"))]
    #[env(phases("runtime"))]
    pub f0: Option<envschema::Secret<url::Url>>,
    #[env(rename = "REDIS_URL", path = "REDIS_URL")]
    #[env(kind = "url")]
    #[env(required)]
    #[env(schemes("redis", "rediss"))]
    #[env(sensitive = true)]
    #[env(services("backend", "worker"))]
    #[env(phases("runtime"))]
    pub f1: Option<url::Url>,
}

#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(rename = "ENVIRONMENT", path = "ENVIRONMENT")]
    #[env(kind = "string")]
    #[env(default = "development")]
    #[env(one_of("development", "production"))]
    pub f0: String,
}
