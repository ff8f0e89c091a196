//! `tests/agreement/structs/drawn_02.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(default_profile = "staging")]
#[env(profiles("local", "staging", "production"))]
#[env(deployed("local"))]
#[env(services("backend", "worker"))]
#[env(readers("xargs-export"))]
#[env(unknown = "error")]
pub struct Root {
    #[env(rename = "V4", path = "V4")]
    #[env(kind = "string")]
    #[env(aliases("OLD_4"))]
    #[env(not_one_of("$(not run)", "C:\\Program Files", "Grüße"))]
    #[env(allow_empty)]
    #[env(examples("007"))]
    pub f0: String,
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g1: Group1,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(key = "V0", path = "V0")]
    #[env(kind = "ip")]
    #[env(default = "::")]
    #[env(min_length = 0)]
    #[env(examples("255.255.255.255"))]
    #[env(removed)]
    #[env(when(if(phase = ["runtime"], "OUT_V1" = ["example.com", "localhost"]), forbidden, max_length = 15, pattern = "(?i)a"))]
    pub f0: std::net::IpAddr,
    #[env(rename = "V1", path = "V1")]
    #[env(kind = "host")]
    #[env(separator = '\n')]
    #[env(aliases("OLD_1"))]
    #[env(not_one_of("xn--bcher-kva.example"))]
    #[env(examples("a-b.example"))]
    pub f1: Vec<String>,
    #[doc = "What it is for."]
    #[env(rename = "V2_TOKEN", path = "p2")]
    #[env(kind = "timezone")]
    #[env(max_length = 35)]
    #[env(examples("America/New_York"))]
    pub f2: String,
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V3", path = "p3")]
    #[env(kind = "cidr")]
    #[env(separator = ' ', assign = '=')]
    #[env(required)]
    #[env(pattern = "(?i)a")]
    #[env(when(if(profile = ["local"]), forbidden, pattern = "^\\w+$"))]
    #[env(when(if(service = ["worker"], set("V4")), one_of("::1/128")))]
    pub f3: Option<std::collections::BTreeMap<String, String>>,
}
