//! `examples/planted/envschema.yaml` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(profile = "APP_ENV")]
pub struct Root {
    #[env(nested, name = "Application", prefix = "", path = "")]
    pub g0: Group1,
    #[env(nested, name = "Stores", prefix = "", path = "")]
    pub g1: Group2,
    #[env(nested, name = "Secrets", prefix = "", path = "")]
    pub g2: Group3,
    #[env(nested, name = "Operations", prefix = "", path = "")]
    pub g3: Group4,
}

#[derive(EnvSchema)]
#[env(name = "Group4")]
pub struct Group4 {
    #[env(rename = "SENTRY_DSN", path = "SENTRY_DSN")]
    #[env(kind = "url")]
    #[env(when(if(profile = ["production"]), required))]
    pub f0: Option<url::Url>,
    #[env(rename = "ADMIN_EMAIL", path = "ADMIN_EMAIL")]
    #[env(kind = "email")]
    pub f1: Option<String>,
    #[env(rename = "OLD_ADMIN", path = "OLD_ADMIN")]
    #[env(kind = "string")]
    #[env(deprecated, replaced_by = "ADMIN_EMAIL")]
    pub f2: Option<String>,
}

#[derive(EnvSchema)]
#[env(name = "Group3")]
pub struct Group3 {
    #[env(rename = "SECRET_KEY", path = "SECRET_KEY")]
    #[env(kind = "string")]
    #[env(min_length = 32)]
    pub f0: envschema::Secret<String>,
    #[env(rename = "STRIPE_API_KEY", path = "STRIPE_API_KEY")]
    #[env(kind = "string")]
    #[env(pattern = "^sk_")]
    pub f1: envschema::Secret<String>,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[env(rename = "DATABASE_URL", path = "DATABASE_URL")]
    #[env(kind = "url")]
    #[env(schemes("postgres", "postgresql"))]
    pub f0: envschema::Secret<url::Url>,
    #[env(rename = "MAX_CONNECTIONS", path = "MAX_CONNECTIONS")]
    #[env(kind = "integer")]
    #[env(min = "1")]
    #[env(max = "100")]
    pub f1: Option<i128>,
    #[env(rename = "REDIS_URL", path = "REDIS_URL")]
    #[env(kind = "url")]
    #[env(sensitive = true)]
    pub f2: url::Url,
}

#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(rename = "APP_ENV", path = "APP_ENV")]
    #[env(kind = "string")]
    #[env(one_of("development", "staging", "production"))]
    pub f0: Option<String>,
    #[env(rename = "DEBUG", path = "DEBUG")]
    #[env(kind = "boolean")]
    pub f1: Option<bool>,
    #[env(rename = "PORT", path = "PORT")]
    #[env(kind = "port")]
    pub f2: Option<u16>,
    #[env(rename = "ALLOWED_HOSTS", path = "ALLOWED_HOSTS")]
    #[env(kind = "host")]
    #[env(separator = ',')]
    pub f3: Option<Vec<String>>,
    #[env(rename = "LOG_LEVEL", path = "LOG_LEVEL")]
    #[env(kind = "string")]
    #[env(one_of("debug", "info", "warn", "error"))]
    pub f4: Option<String>,
    #[env(rename = "REQUEST_TIMEOUT", path = "REQUEST_TIMEOUT")]
    #[env(kind = "duration")]
    pub f5: Option<std::time::Duration>,
}
