//! `tests/agreement/structs/drawn_11.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(default_profile = "staging")]
#[env(services("backend", "worker"))]
#[env(unknown = "allow")]
#[env(at_most_one("V0", "V1"))]
pub struct Root {
    #[env(rename = "V0", path = "p0")]
    #[env(kind = "email")]
    #[env(separator = '|')]
    #[env(required)]
    #[env(one_of("!#$%&'*+-/=?^_`{|}~@example.com", "a@xn--bcher-kva.example"))]
    #[env(also("a@b.co"))]
    #[env(allow_empty)]
    #[env(phases("build", "runtime"))]
    #[env(when(if(profile = ["production"], phase = ["build"], "V2" = ["2024-02-29T12:00:00Z", "2024-02-29t12:00:00z"]), optional, one_of("first.last@example.com", "o'brien@example.com")))]
    pub f0: Option<Vec<String>>,
    #[doc = "What it is for."]
    #[env(rename = "V1", path = "V1")]
    #[env(kind = "cidr")]
    #[env(aliases("OLD_1"))]
    #[env(pattern = "(?i)a")]
    pub f1: Option<String>,
    #[env(nested, name = "Outer", prefix = "OUT_", path = "out")]
    pub g2: Option<Group1>,
}

#[doc = "What it is for."]
#[derive(EnvSchema)]
#[env(name = "Group1")]
pub struct Group1 {
    #[doc = "What it is for."]
    #[env(key = "V2", path = "V2")]
    #[env(kind = "datetime")]
    #[env(not_one_of("0001-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2016-12-31T23:59:60.999999999Z"))]
    #[env(examples("2024-02-29t12:00:00z"))]
    pub f0: String,
}
