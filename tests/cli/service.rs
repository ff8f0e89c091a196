//! The schema that the service in `examples/service` exports drives the command, and says what the service itself says.

use std::fs;
use std::path::{Path, PathBuf};

use crate::world::{Folder, run_in};

fn service() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("examples/service")
}

fn read(file: &str) -> String {
    fs::read_to_string(service().join(file)).unwrap()
}

#[test]
fn its_files_are_good() {
    run_in(&service(), ["check"]).ends_with(0).says("ok: .env, 11 variables, profile local");
    let layers =
        ["--env-file", "config/base.toml", "--env-file", "config/production.toml", "--env-file", ".env"];
    for schema in ["schemas/billing.env.schema.json", "schemas/billing.config.schema.json"] {
        let arguments = ["check", "--profile", "production", "--schema", schema];
        run_in(&service(), arguments.iter().chain(&layers))
            .ends_with(0)
            .says("11 variables, profile production");
    }
}

/// The service reads the same two files and prints the same list: see its `tests/starts.rs`.
#[test]
fn what_is_wrong_is_what_the_service_says() {
    let folder = Folder::new();
    folder.file("config/base.toml", read("config/base.toml"));
    folder.file(".env", read("tests/bad.env"));
    let expected = read("tests/bad.expected");
    assert_eq!(expected.lines().count(), 7);
    for schema in ["billing.env.schema.json", "billing.config.schema.json"] {
        folder.file("schema.json", read(&format!("schemas/{schema}")));
        let arguments =
            "check --schema schema.json --env-file config/base.toml --env-file .env --format concise";
        folder.run(arguments.split(' ')).ends_with(1).says(&expected).never_says("hunter2");
    }
}
