//! `tests/agreement/structs/drawn_16.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "app")]
#[env(profile = "APP_ENV")]
#[env(profiles("local", "staging", "production"))]
#[env(services("backend", "worker"))]
#[env(at_most_one("OUT_V0_TOKEN", "V1", "OUT_V2"))]
#[env(different("OUT_V0_TOKEN", "OUT_V2"))]
pub struct Root {
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g0: Option<Group1>,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(rename = "V0_TOKEN", path = "V0_TOKEN")]
    #[env(kind = "hex")]
    #[env(separator = ':', assign = ':')]
    #[env(not_one_of("deadbeef"))]
    #[env(min_length = 1)]
    #[env(allow_empty)]
    #[env(services("backend", "worker"))]
    #[env(when(if("V3" = ["UTC", "GMT"]), optional, min_length = 1))]
    pub f0: Option<std::collections::BTreeMap<String, String>>,
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V2", path = "p2")]
    #[env(kind = "host")]
    #[env(separator = ':', assign = '=')]
    #[env(default = " ")]
    #[env(one_of("::1", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example", "fe80::1"))]
    #[env(phases("runtime"))]
    #[env(when(if(set("OUT_V0_TOKEN")), optional, min_length = 1, not_one_of("db")))]
    pub f1: Option<std::collections::BTreeMap<String, String>>,
    #[env(nested, name = "Inner", prefix = "IN_", path = "")]
    pub g2: Option<Group2>,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(key = "V1", path = "V1")]
    #[env(kind = "size")]
    #[env(aliases("OLD_1"))]
    #[env(min = "0.0009765625KiB")]
    #[env(below = "1.5GiB")]
    #[env(also("2TB"))]
    #[env(when(if(set("V3")), forbidden, not_one_of("64mib", "1PiB", "10kB")))]
    pub f0: Option<envschema::Secret<String>>,
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(key = "V3", path = "V3")]
    #[env(kind = "timezone")]
    #[env(max_length = 32)]
    #[env(services("backend", "worker"))]
    #[env(when(if(service = ["backend"]), pattern = "[0-9]+$"))]
    pub f1: Option<String>,
}
