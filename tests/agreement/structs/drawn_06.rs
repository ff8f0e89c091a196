//! `tests/agreement/structs/drawn_06.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(default_profile = "production")]
#[env(services("backend", "worker"))]
#[env(readers("python-dotenv-1.0.1"))]
#[env(unknown = "error")]
#[env(owned_prefixes("V"))]
#[env(foreign_keys("OTHER"))]
#[env(equal("OUT_IN_V1", "OUT_IN_V2"))]
pub struct Root {
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g0: Option<Group1>,
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
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V0", path = "V0")]
    #[env(kind = "datetime")]
    #[env(not_one_of("2024-02-29T12:00:00-00:00"))]
    #[env(max = "2024-02-29T12:00:00-00:00")]
    #[env(allow_empty)]
    #[env(examples("2024-02-29T00:00:00Z"))]
    pub f0: String,
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V1", path = "V1")]
    #[env(kind = "number")]
    #[env(aliases("OLD_1"))]
    #[env(pattern = "(?i)a")]
    #[env(also("+0.5"))]
    #[env(allow_empty)]
    #[env(when(if(profile = ["staging", "production"], "OUT_IN_V0" = ["2024-02-29T12:00:00Z", "2024-02-29t12:00:00z"]), min = "+0.5", one_of("0.1000000000000000055511151231257827021181583404541015625", "-0.5")))]
    #[env(when(if(set("OUT_IN_V0")), forbidden, min = "-0"))]
    pub f1: Option<String>,
    #[env(rename = "V2", path = "p2")]
    #[env(kind = "boolean")]
    #[env(separator = '\n', assign = ':')]
    #[env(one_of("False", "yes"))]
    #[env(allow_empty)]
    #[env(examples("k0:ON\nk1:tRuE"))]
    pub f2: Option<std::collections::BTreeMap<String, String>>,
}
