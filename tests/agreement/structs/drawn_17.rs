//! `tests/agreement/structs/drawn_17.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "app")]
#[env(profiles("local", "staging", "production"))]
#[env(deployed("local"))]
#[env(services("backend", "worker"))]
#[env(unknown = "error")]
#[env(foreign_keys("X_*"))]
pub struct Root {
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g0: Option<Group1>,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[doc = "What it is for."]
    #[env(rename = "V0", path = "V0")]
    #[env(kind = "port")]
    #[env(phases("runtime"))]
    pub f0: Option<u16>,
}
