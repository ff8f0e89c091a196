//! `tests/agreement/structs/drawn_07.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "app")]
#[env(profile = "APP_ENV")]
#[env(default_profile = "production")]
#[env(profiles("local", "staging", "production"))]
#[env(services("backend", "worker"))]
pub struct Root {
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g0: Group1,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[doc = "What it is for."]
    #[env(rename = "V0", path = "p0")]
    #[env(kind = "string")]
    #[env(required)]
    #[env(max_length = 29)]
    #[env(services("backend"))]
    pub f0: Option<String>,
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V1", path = "p1")]
    #[env(kind = "url")]
    #[env(aliases("OLD_1"))]
    #[env(max_length = 23)]
    #[env(one_of("https://key@sentry.example/42"))]
    #[env(sensitive = false)]
    #[env(when(if("OUT_IN_V3" = ["0", "0s"]), required, not_one_of("ws://localhost:8080/socket", "https://example.com/?redirect=https://other.example/x@y"), min_length = 3))]
    pub f1: Option<url::Url>,
    #[env(rename = "V2_TOKEN", path = "p2")]
    #[env(kind = "datetime")]
    #[env(default = "2024-02-29T12:00:00Z")]
    #[env(allow_empty)]
    pub f2: String,
    #[env(nested, name = "Inner", prefix = "IN_", path = "")]
    pub g3: Group2,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[env(rename = "V3", path = "V3")]
    #[env(kind = "duration")]
    #[env(separator = ':')]
    #[env(required)]
    #[env(above = "5  min")]
    #[env(sensitive = false)]
    #[env(examples("1 hour 30 minutes"))]
    #[env(services("worker"))]
    pub f0: Option<Vec<std::time::Duration>>,
}
