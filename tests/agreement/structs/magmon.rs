//! `examples/magmon/envschema.yaml` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[doc = "Flask + Vite + PostgreSQL; development, testing and production differ in their compose file"]
#[derive(EnvSchema)]
#[env(name = "magmon")]
#[env(profile = "FLASK_ENV")]
#[env(default_profile = "development")]
#[env(profiles("development", "test", "production"))]
#[env(readers("compose", "python-dotenv", "bash"))]
pub struct Root {
    #[env(nested, name = "Flask", prefix = "", path = "")]
    pub g0: Group1,
    #[env(rename = "BACKEND_PORT", path = "BACKEND_PORT")]
    #[env(kind = "port")]
    #[env(default = "5004")]
    pub f1: u16,
    #[env(nested, name = "Secrets: in production they come from the deployment or from Docker, as X or as X_FILE, never as both", prefix = "", path = "")]
    pub g2: Group2,
    #[env(nested, name = "Images", prefix = "", path = "")]
    pub g3: Group3,
    #[env(nested, name = "Gunicorn", prefix = "", path = "")]
    pub g4: Group4,
}

#[derive(EnvSchema)]
#[env(name = "Group4")]
pub struct Group4 {
    #[env(rename = "GUNICORN_WORKERS", path = "GUNICORN_WORKERS")]
    #[env(kind = "integer")]
    #[env(min = "1")]
    #[env(max = "64")]
    pub f0: Option<i128>,
    #[env(rename = "GUNICORN_WORKER_CLASS", path = "GUNICORN_WORKER_CLASS")]
    #[env(kind = "string")]
    #[env(one_of("sync", "gevent", "gthread"))]
    pub f1: Option<String>,
}

#[derive(EnvSchema)]
#[env(name = "Group3")]
pub struct Group3 {
    #[doc = "What is deployed, by its commit; a name such as latest can change its meaning"]
    #[env(rename = "IMAGE_TAG", path = "IMAGE_TAG")]
    #[env(kind = "string")]
    #[env(when(if(profile = ["production"]), required, pattern = "^[0-9a-f]{40}$"))]
    pub f0: Option<String>,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[env(rename = "SECRET_KEY", path = "SECRET_KEY")]
    #[env(kind = "string")]
    #[env(min_length = 32)]
    pub f0: envschema::Secret<String>,
    #[env(rename = "DATABASE_URL", path = "DATABASE_URL")]
    #[env(kind = "url")]
    #[env(schemes("postgresql"))]
    #[env(when(if(profile = ["test"]), pattern = "/magmon_test$"))]
    pub f1: envschema::Secret<url::Url>,
}

#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(rename = "FLASK_ENV", path = "FLASK_ENV")]
    #[env(kind = "string")]
    #[env(default = "development")]
    #[env(one_of("development", "test", "production"))]
    pub f0: String,
    #[env(rename = "FLASK_DEBUG", path = "FLASK_DEBUG")]
    #[env(kind = "boolean")]
    #[env(default = "false")]
    #[env(when(if(profile = ["test", "production"]), one_of("false")))]
    pub f1: bool,
}
