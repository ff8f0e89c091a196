//! `tests/agreement/structs/drawn_08.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(services("backend", "worker"))]
#[env(readers("bun"))]
#[env(unknown = "warn")]
#[env(foreign_keys("X_*"))]
#[env(equal("OUT_IN_V0", "V1"))]
pub struct Root {
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V1", path = "p1")]
    #[env(kind = "cidr")]
    #[env(default = "10.0.0.1/8")]
    #[env(aliases("OLD_1"))]
    #[env(also("10.0.0.0/8"))]
    pub f0: String,
    #[doc = "What it is for."]
    #[env(rename = "V2", path = "p2")]
    #[env(kind = "json")]
    #[env(separator = ';')]
    #[env(default = "1e-999;\"\\ud83d\\ude00\";true")]
    pub f1: Vec<String>,
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g2: Group1,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[doc = "What it is for."]
    #[env(rename = "V3", path = "V3")]
    #[env(kind = "timezone")]
    #[env(pattern = "^\\w+$")]
    #[env(also("Asia/Kolkata"))]
    #[env(phases("runtime"))]
    #[env(when(if("OUT_IN_V0" = ["0.0.0", "1.2.3"]), forbidden))]
    pub f0: Option<String>,
    #[env(nested, name = "Inner", prefix = "IN_", path = "")]
    pub g1: Option<Group2>,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[doc = "What it is for."]
    #[env(rename = "V0", path = "V0")]
    #[env(kind = "semver")]
    #[env(min_length = 1)]
    #[env(min = "10.20.30")]
    pub f0: Option<String>,
    #[doc = "What it is for."]
    #[env(rename = "V4", path = "p4")]
    #[env(kind = "email")]
    #[env(separator = ';')]
    #[env(aliases("OLD_4"))]
    #[env(not_one_of("1@example.com", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com"))]
    #[env(when(if(set("V2")), required, also("1@example.com")))]
    pub f1: Option<Vec<String>>,
}
