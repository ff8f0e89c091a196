//! `tests/agreement/structs/drawn_14.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "app")]
#[env(default_profile = "production")]
#[env(profiles("local", "staging", "production"))]
#[env(services("backend", "worker"))]
#[env(foreign_keys("X_*"))]
#[env(different("OUT_V1", "OUT_V2"))]
#[env(at_most_one("OUT_V1", "OUT_V2"))]
pub struct Root {
    #[env(rename = "V0", path = "p0")]
    #[env(kind = "size")]
    #[env(max_length = 23)]
    #[env(examples("10 bytes"))]
    #[env(when(if(profile = ["staging"]), max = "10KB"))]
    pub f0: Option<u128>,
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g1: Group1,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V1", path = "V1")]
    #[env(kind = "date")]
    #[env(aliases("OLD_1"))]
    #[env(allow_empty)]
    pub f0: String,
    #[doc = "What it is for."]
    #[env(rename = "V2", path = "p2")]
    #[env(kind = "string")]
    #[env(separator = '|')]
    #[env(default = "1.10|\u{202e}override| leading and trailing ")]
    #[env(phases("build", "runtime"))]
    #[env(when(if("V0" = ["0", "512"]), not_one_of("\"\""), also("'quoted'")))]
    pub f1: Vec<String>,
}
