//! `tests/agreement/structs/drawn_21.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(profile = "APP_ENV")]
#[env(default_profile = "production")]
#[env(services("backend", "worker"))]
#[env(unknown = "allow")]
#[env(owned_prefixes("V"))]
#[env(all_or_none("V0", "OUT_V1"))]
pub struct Root {
    #[doc = "What it is for."]
    #[env(key = "V0", path = "V0")]
    #[env(kind = "hex")]
    #[env(default = "00")]
    #[env(not_one_of("fF", "fF"))]
    #[env(also("fF"))]
    #[env(examples("0123456789abcdefABCDEF"))]
    pub f0: String,
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g1: Option<Group1>,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[doc = "Two lines.\n\nAnd `code`."]
    #[env(rename = "V1", path = "V1")]
    #[env(kind = "regex")]
    #[env(separator = ';')]
    #[env(required)]
    #[env(aliases("OLD_1"))]
    #[env(examples(" "))]
    #[env(when(if(profile = ["staging"]), forbidden, max_length = 20))]
    #[env(when(if(profile = ["staging", "production"], phase = ["build"]), optional))]
    pub f0: Option<Vec<String>>,
}
