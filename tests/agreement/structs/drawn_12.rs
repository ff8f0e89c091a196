//! `tests/agreement/structs/drawn_12.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(services("backend", "worker"))]
pub struct Root {
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V1", path = "V1")]
    #[env(kind = "string")]
    #[env(required)]
    #[env(aliases("OLD_1"))]
    #[env(one_of("line one\r\nline two"))]
    #[env(services("backend"))]
    pub f0: Option<envschema::Secret<String>>,
    #[doc = "What it is for."]
    #[env(rename = "V2", path = "V2")]
    #[env(kind = "integer")]
    #[env(above = "42")]
    #[env(pattern = "\\bx")]
    #[env(when(if(profile = ["local"], set("V0")), optional))]
    pub f1: Option<i128>,
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V4", path = "V4")]
    #[env(kind = "size")]
    #[env(separator = '\n', assign = '=')]
    #[env(aliases("OLD_4"))]
    pub f2: Option<std::collections::BTreeMap<String, u128>>,
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g3: Group1,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[doc = "What it is for."]
    #[env(key = "V0", path = "V0")]
    #[env(kind = "ipv6")]
    #[env(not_one_of("fe80::1", "::1", "2001:0db8:0000:0000:0000:ff00:0042:8329"))]
    pub f0: Option<std::net::Ipv6Addr>,
    #[env(nested, name = "Inner", prefix = "IN_", path = "")]
    pub g1: Group2,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(key = "V3_TOKEN", path = "p3")]
    #[env(kind = "semver")]
    #[env(below = "1.0.0+001")]
    #[env(not_one_of("1.0.0-0.3.7", "1.2.3"))]
    #[env(also("1.0.0-rc.1+build.5"))]
    #[env(removed, replaced_by = "V0")]
    #[env(when(if(profile = ["staging", "production"], "V4" = [" "]), forbidden, not_one_of("1.0.0--"), pattern = "\\bx"))]
    #[env(when(if("V0" = ["::", "::1"]), default = "1.0.0-0A.is.legal", also("1.0.0+21AF26D3---117B344092BD")))]
    pub f0: Option<String>,
}
