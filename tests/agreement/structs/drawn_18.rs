//! `tests/agreement/structs/drawn_18.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(default_profile = "staging")]
#[env(services("backend", "worker"))]
#[env(unknown = "error")]
#[env(foreign_keys("OTHER"))]
pub struct Root {
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g0: Option<Group1>,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(nested, name = "Inner", prefix = "IN_", path = "")]
    pub g0: Group2,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[env(rename = "V0", path = "V0")]
    #[env(kind = "ipv4")]
    #[env(separator = '|', assign = ':')]
    #[env(pattern = "^[a-z]")]
    #[env(max_length = 36)]
    #[env(when(if(profile = ["local", "production"]), forbidden))]
    pub f0: Option<std::collections::BTreeMap<String, std::net::Ipv4Addr>>,
}
