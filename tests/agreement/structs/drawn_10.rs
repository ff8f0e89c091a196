//! `tests/agreement/structs/drawn_10.schema.json` as a struct. Written by the test `the_structs_are_current`.

use envschema::EnvSchema;

#[derive(EnvSchema)]
#[env(name = "app")]
#[env(default_profile = "staging")]
#[env(services("backend", "worker"))]
#[env(dialect = "godotenv")]
pub struct Root {
    #[env(rename = "V0", path = "p0")]
    #[env(kind = "path")]
    #[env(one_of("\\\\server\\share", "/tmp/😀", "relative/path.txt"))]
    #[env(allow_empty)]
    pub f0: Option<String>,
}
