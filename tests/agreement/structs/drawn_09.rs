//! `tests/agreement/structs/drawn_09.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(profiles("local", "staging", "production"))]
#[env(deployed("local"))]
#[env(services("backend", "worker"))]
#[env(readers("vite"))]
#[env(owned_prefixes("V"))]
pub struct Root {
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g0: Option<Group1>,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(rename = "V1", path = "p1")]
    #[env(kind = "port")]
    #[env(aliases("OLD_1"))]
    pub f0: Option<u16>,
    #[env(rename = "V2", path = "V2")]
    #[env(kind = "datetime")]
    #[env(separator = ':')]
    #[env(not_one_of("2024-02-29T12:00:00Z", "2024-02-29T12:00:00-08:30", "0001-01-01T00:00:00+23:59"))]
    #[env(above = "1990-12-31T15:59:60-08:00")]
    #[env(also("2024-02-29T12:00:00.123456789Z"))]
    #[env(examples(" "))]
    pub f1: Vec<String>,
    #[env(nested, name = "Inner", prefix = "IN_", path = "")]
    pub g2: Group2,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[doc = "What it is for."]
    #[env(key = "V0_TOKEN", path = "p0")]
    #[env(kind = "duration")]
    #[env(pattern = "^.{2,}$")]
    #[env(min = "18446744073709551615s")]
    #[env(services("backend"))]
    #[env(phases("build", "runtime"))]
    #[env(when(if(profile = ["local", "staging"]), above = "0s"))]
    pub f0: Option<std::time::Duration>,
}
