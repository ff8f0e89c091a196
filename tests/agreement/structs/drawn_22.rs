//! `tests/agreement/structs/drawn_22.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "app")]
#[env(default_profile = "local")]
#[env(services("backend", "worker"))]
#[env(dialect = "podman-run")]
#[env(unknown = "warn")]
#[env(at_most_one("OUT_V0", "OUT_IN_V1"))]
#[env(all_or_none("OUT_V0", "OUT_IN_V2"))]
pub struct Root {
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g0: Group1,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(rename = "V0", path = "V0")]
    #[env(kind = "size")]
    #[env(default = "0")]
    #[env(allow_empty)]
    #[env(phases("runtime"))]
    pub f0: String,
    #[env(nested, name = "Inner", prefix = "IN_", path = "")]
    pub g1: Option<Group2>,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[doc = "What it is for."]
    #[env(rename = "V1", path = "V1")]
    #[env(kind = "hex")]
    #[env(aliases("OLD_1"))]
    #[env(not_one_of("fF", "0123456789abcdefABCDEF", "00ff"))]
    #[env(pattern = "^.{2,}$")]
    pub f0: Option<String>,
    #[env(rename = "V2", path = "p2")]
    #[env(kind = "datetime")]
    #[env(default = "2024-02-29T12:00:00+00:00")]
    #[env(sensitive = false)]
    #[env(when(if(set("OUT_IN_V1")), forbidden, min = "2024-02-29T12:00:00Z"))]
    pub f1: String,
}
