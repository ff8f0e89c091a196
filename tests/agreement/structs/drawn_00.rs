//! `tests/agreement/structs/drawn_00.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(default_profile = "local")]
#[env(profiles("local", "staging", "production"))]
#[env(services("backend", "worker"))]
#[env(readers("kubectl"))]
#[env(unknown = "error")]
#[env(foreign_keys("X_*"))]
#[env(equal("V1", "V2"))]
pub struct Root {
    #[doc = "What it is for."]
    #[env(key = "V1", path = "V1")]
    #[env(kind = "ipv6")]
    #[env(default = "1:2:3:4:5:6:7:8")]
    #[env(aliases("OLD_1"))]
    #[env(not_one_of("::1", "64:ff9b::192.0.2.33"))]
    #[env(pattern = "\\bx")]
    #[env(also("1:2:3:4:5:6:7:8"))]
    #[env(phases("build"))]
    pub f0: String,
    #[doc = "What it is for."]
    #[env(rename = "V2", path = "p2")]
    #[env(kind = "hex")]
    #[env(default = "deadbeef")]
    #[env(not_one_of("0000000000000000000000000000000000000000000000000000000000000000", "ff", "ff"))]
    #[env(examples("DEADBEEF"))]
    pub f1: String,
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g2: Option<Group1>,
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
    #[env(kind = "email")]
    #[env(separator = ';', assign = '=')]
    #[env(one_of("first.last@example.com"))]
    #[env(allow_empty)]
    #[env(services("backend", "worker"))]
    #[env(phases("build"))]
    pub f0: Option<std::collections::BTreeMap<String, String>>,
}
