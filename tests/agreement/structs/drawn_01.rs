//! `tests/agreement/structs/drawn_01.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(profile = "APP_ENV")]
#[env(default_profile = "local")]
#[env(profiles("local", "staging", "production"))]
#[env(services("backend", "worker"))]
#[env(unknown = "error")]
#[env(owned_prefixes("V"))]
#[env(foreign_keys("OTHER"))]
pub struct Root {
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g0: Group1,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(rename = "V0", path = "p0")]
    #[env(kind = "base64")]
    #[env(required)]
    #[env(allow_empty)]
    #[env(examples("Zm8="))]
    #[env(services("backend", "worker"))]
    #[env(when(if(profile = ["production"]), pattern = "^\\w+$", not_one_of("+A=="), also("Zm8=")))]
    pub f0: Option<String>,
    #[env(rename = "V1", path = "p1")]
    #[env(kind = "semver")]
    #[env(aliases("OLD_1"))]
    pub f1: Option<String>,
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V3", path = "V3")]
    #[env(kind = "string")]
    #[env(pattern = "^\\w+$")]
    #[env(examples("007"))]
    pub f2: Option<String>,
    #[env(nested, name = "Inner", prefix = "IN_", path = "")]
    pub g3: Group2,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(key = "V2", path = "V2")]
    #[env(kind = "size")]
    #[env(min = "2TB")]
    pub f0: Option<u128>,
}
