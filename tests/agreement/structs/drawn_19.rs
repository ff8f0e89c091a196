//! `tests/agreement/structs/drawn_19.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(profile = "APP_ENV")]
#[env(services("backend", "worker"))]
#[env(unknown = "warn")]
#[env(owned_prefixes("V"))]
#[env(equal("V1", "V2"))]
pub struct Root {
    #[env(rename = "V0", path = "V0")]
    #[env(kind = "semver")]
    #[env(above = "1.2.3----RC-SNAPSHOT.12.9.1--.12")]
    #[env(sensitive = false)]
    pub f0: Option<String>,
    #[doc = "What it is for."]
    #[env(rename = "V2", path = "V2")]
    #[env(kind = "email")]
    #[env(default = "a@sub.sub.example.com")]
    #[env(examples("first+tag@example.com"))]
    #[env(phases("build"))]
    pub f1: String,
    #[doc = "What it is for."]
    #[env(key = "V3", path = "V3")]
    #[env(kind = "path")]
    #[env(separator = ':')]
    #[env(required)]
    #[env(allow_empty)]
    #[env(services("backend"))]
    #[env(when(if(profile = ["production"]), pattern = "[0-9]+$"))]
    #[env(when(if("V0" = ["0.0.0", "1.2.3"]), forbidden, not_one_of("../up"), pattern = "(?i)a"))]
    pub f2: Option<envschema::Secret<Vec<String>>>,
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g3: Option<Group1>,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[doc = "What it is for."]
    #[env(key = "V1", path = "V1")]
    #[env(kind = "integer")]
    #[env(aliases("OLD_1"))]
    #[env(max = "+8080")]
    #[env(allow_empty)]
    #[env(examples("-007"))]
    #[env(services("backend", "worker"))]
    pub f0: Option<envschema::Secret<String>>,
}
