//! `tests/agreement/structs/drawn_15.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "app")]
#[env(profile = "APP_ENV")]
#[env(default_profile = "local")]
#[env(services("backend", "worker"))]
#[env(readers("systemd262"))]
#[env(unknown = "error")]
pub struct Root {
    #[doc = "What it is for."]
    #[env(key = "V1_TOKEN", path = "V1_TOKEN")]
    #[env(kind = "ip")]
    #[env(aliases("OLD_1"))]
    #[env(one_of("2001:DB8::A", "2001:DB8::A"))]
    pub f0: Option<std::net::IpAddr>,
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g1: Group1,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[env(rename = "V2", path = "p2")]
    #[env(kind = "ipv4")]
    #[env(also("10.0.0.1"))]
    #[env(examples("192.168.178.20"))]
    #[env(when(if("V0" = ["10.0.0.1", "0.0.0.0"]), default = "255.255.255.255", not_one_of("127.0.0.1"), one_of("255.255.255.255")))]
    #[env(when(if(profile = ["local", "staging"], set("V0")), not_one_of("10.0.0.1", "192.168.178.20", "169.254.169.254")))]
    pub f0: Option<String>,
    #[env(nested, name = "Inner", prefix = "IN_", path = "")]
    pub g1: Option<Group2>,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[env(key = "V0", path = "V0")]
    #[env(kind = "ip")]
    #[env(required)]
    #[env(services("backend", "worker"))]
    pub f0: Option<std::net::IpAddr>,
    #[env(rename = "V3", path = "p3")]
    #[env(kind = "host")]
    #[env(one_of("::ffff:1.2.3.4"))]
    #[env(services("backend", "worker"))]
    #[env(when(if(set("V0")), min_length = 1))]
    pub f1: Option<String>,
}
