//! `tests/agreement/structs/drawn_13.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "")]
#[env(default_profile = "production")]
#[env(services("backend", "worker"))]
#[env(unknown = "error")]
pub struct Root {
    #[env(rename = "V0", path = "V0")]
    #[env(kind = "base64")]
    #[env(default = "--__")]
    #[env(max_length = 38)]
    #[env(one_of("--__", "abcd"))]
    pub f0: String,
}
