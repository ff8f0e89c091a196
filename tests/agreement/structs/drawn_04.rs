//! `tests/agreement/structs/drawn_04.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(profile = "APP_ENV")]
#[env(default_profile = "production")]
#[env(services("backend", "worker"))]
#[env(unknown = "allow")]
#[env(different("V0", "V1"))]
pub struct Root {
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V0", path = "V0")]
    #[env(kind = "number")]
    #[env(required)]
    #[env(also("-0.0"))]
    #[env(phases("runtime"))]
    pub f0: Option<String>,
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g1: Option<Group1>,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(key = "V1", path = "p1")]
    #[env(kind = "uuid")]
    #[env(required)]
    #[env(aliases("OLD_1"))]
    #[env(min_length = 2)]
    #[env(phases("build", "runtime"))]
    pub f0: Option<String>,
}
