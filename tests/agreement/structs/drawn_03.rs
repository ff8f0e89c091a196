//! `tests/agreement/structs/drawn_03.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "app")]
#[env(profile = "APP_ENV")]
#[env(default_profile = "production")]
#[env(profiles("local", "staging", "production"))]
#[env(services("backend", "worker"))]
#[env(readers("systemd252"))]
#[env(unknown = "warn")]
#[env(owned_prefixes("V"))]
#[env(foreign_keys("OTHER"))]
#[env(at_least_one("OUT_IN_V0", "OUT_V4"))]
#[env(at_most_one("V1", "V3", "OUT_V4"))]
pub struct Root {
    #[env(rename = "V1", path = "V1")]
    #[env(kind = "json")]
    #[env(aliases("OLD_1"))]
    #[env(one_of("{\"\": 0}"))]
    #[env(also("[[[[[[[[[[]]]]]]]]]]"))]
    #[env(allow_empty)]
    pub f0: String,
    #[doc = "What it is for."]
    #[env(rename = "V3", path = "V3")]
    #[env(kind = "port")]
    #[env(default = "080")]
    #[env(also("22"))]
    #[env(examples("65535"))]
    #[env(services("backend"))]
    pub f1: String,
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g2: Group1,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[doc = "What it is for."]
    #[env(rename = "V2", path = "p2")]
    #[env(kind = "string")]
    #[env(pattern = "^[^\\s]*$")]
    #[env(also("$(not run)"))]
    pub f0: Option<String>,
    #[doc = "What it is for."]
    #[env(rename = "V4", path = "p4")]
    #[env(kind = "base64")]
    #[env(aliases("OLD_4"))]
    #[env(pattern = "(?i)a")]
    #[env(services("backend", "worker"))]
    #[env(when(if(profile = ["local"], "OUT_IN_V0" = ["::", "::1"]), max_length = 5))]
    #[env(when(if(phase = ["runtime"]), max_length = 17, min_length = 0))]
    pub f1: Option<String>,
    #[env(rename = "V5", path = "V5")]
    #[env(kind = "boolean")]
    #[env(default = "Off")]
    #[env(pattern = "^(?P<x>[\\w.:/-]+)?$")]
    #[env(one_of("off"))]
    #[env(also("off"))]
    #[env(examples("off"))]
    #[env(when(if(profile = ["staging", "production"], "OUT_IN_V0" = ["::", "::1"]), forbidden, not_one_of("true")))]
    pub f2: String,
    #[env(nested, name = "Inner", prefix = "IN_", path = "")]
    pub g3: Group2,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[env(rename = "V0", path = "p0")]
    #[env(kind = "ipv6")]
    #[env(default = "2001:DB8::A")]
    #[env(examples("64:ff9b::192.0.2.33"))]
    pub f0: std::net::Ipv6Addr,
}
