//! `tests/agreement/structs/drawn_05.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(services("backend", "worker"))]
pub struct Root {
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(key = "V1", path = "V1")]
    #[env(kind = "ip")]
    #[env(aliases("OLD_1"))]
    #[env(not_one_of("fe80::1"))]
    #[env(allow_empty)]
    #[env(examples("2001:DB8::A"))]
    pub f0: String,
    #[doc = "What it is for."]
    #[env(rename = "V2", path = "p2")]
    #[env(kind = "ipv6")]
    #[env(separator = '|')]
    #[env(pattern = "[0-9]+$")]
    pub f1: Vec<std::net::Ipv6Addr>,
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
    #[doc = "What it is for."]
    #[env(key = "V0", path = "V0")]
    #[env(kind = "json")]
    #[env(max_length = 23)]
    #[env(phases("build", "runtime"))]
    pub f0: Option<envschema::Secret<String>>,
}
