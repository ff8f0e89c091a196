//! `tests/agreement/structs/drawn_20.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(profile = "APP_ENV")]
#[env(services("backend", "worker"))]
#[env(readers("bash"))]
#[env(unknown = "warn")]
#[env(allow("unknown-variable" = "it is fine"))]
#[env(at_least_one("OUT_V0", "OUT_V1"))]
pub struct Root {
    #[env(rename = "V3", path = "V3")]
    #[env(kind = "ip")]
    #[env(separator = '|', assign = ':')]
    #[env(required)]
    #[env(max_length = 8)]
    #[env(not_one_of("::ffff:1.2.3.4", "2001:db8:0:0:0:0:0:1"))]
    #[env(sensitive = false)]
    #[env(examples("k0:2001:DB8::A|k1:::1"))]
    #[env(deprecated = "since 2.0", replaced_by = "OUT_V0")]
    #[env(when(if(set("OUT_V1")), max_length = 34, also("10.0.0.1")))]
    #[env(when(if(set("OUT_V0")), forbidden))]
    pub f0: Option<std::collections::BTreeMap<String, String>>,
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g1: Option<Group1>,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V0", path = "V0")]
    #[env(kind = "semver")]
    #[env(separator = ' ')]
    #[env(max_length = 39)]
    #[env(examples("0.0.0"))]
    #[env(deprecated)]
    pub f0: Vec<String>,
    #[env(rename = "V1", path = "V1")]
    #[env(kind = "string")]
    #[env(required)]
    #[env(aliases("OLD_1"))]
    #[env(pattern = "^[a-z]")]
    #[env(not_one_of("p@ss{word}$1#x", " leading and trailing ", "a=b"))]
    #[env(allow_empty)]
    #[env(services("worker"))]
    #[env(when(if(service = ["worker"]), optional, one_of("😀", "1.10"), also("null")))]
    pub f1: Option<String>,
    #[env(nested, name = "Inner", prefix = "IN_", path = "")]
    pub g2: Group2,
}

#[derive(EnvSchema)]
#[env(name = "Group2")]
pub struct Group2 {
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V2", path = "V2")]
    #[env(kind = "date")]
    #[env(min_length = 2)]
    #[env(examples("1582-10-10"))]
    #[env(when(if("V3" = ["2001:DB8::A", "0001:02::"]), required, min = "1582-10-10", below = "2024-02-29"))]
    pub f0: Option<String>,
}
