//! `tests/agreement/structs/drawn_23.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "app")]
#[env(profile = "APP_ENV")]
#[env(services("backend", "worker"))]
#[env(readers("direnv"))]
#[env(owned_prefixes("V"))]
#[env(exactly_one("OUT_V0", "V1"))]
pub struct Root {
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g0: Group1,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[doc = "What it is for."]
    #[env(rename = "V0", path = "V0")]
    #[env(kind = "port")]
    #[env(separator = ',')]
    #[env(below = "080")]
    #[env(also("22"))]
    pub f0: Option<Vec<String>>,
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(key = "V1", path = "p1")]
    #[env(kind = "boolean")]
    #[env(default = "TRUE")]
    #[env(aliases("OLD_1"))]
    #[env(when(if(set("OUT_V0")), default = "no"))]
    pub f1: bool,
}
