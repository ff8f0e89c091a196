//! `envschema export`: to standard output, to a file, and against a file.

use std::fs;

use crate::world::Folder;

const SCHEMA: &str = "\
PORT: port (default: 8080)
API_TOKEN: string (required, example: sk-example)
";

#[test]
fn an_exported_json_schema_is_the_schema() {
    let folder = Folder::with_schema(SCHEMA);
    for options in ["", "--for config", "--for env", "--draft 2020-12 --for env --id https://example.com/a"] {
        let words = ["export", "json-schema"].into_iter().chain(options.split_whitespace());
        let run = folder.run(words).ends_with(0);
        let schema = run.json();
        let port = &schema["properties"]["PORT"];
        assert_eq!(
            port["default"],
            if options.contains("env") { "8080".into() } else { serde_json::json!(8080) }
        );
        folder.file("app.schema.json", &run.stdout);
        folder.file(".env", "PORT=x\n");
        let [by_schema, by_export] = ["envschema.yaml", "app.schema.json"].map(|schema| {
            folder.check(&format!(".env --schema {schema} --format json")).ends_with(1).found()
        });
        assert_eq!(by_schema, by_export);
        assert_eq!(by_schema.len(), 2, "{by_schema:?}");
    }
}

#[test]
fn an_example_has_no_secret_and_what_is_required() {
    let folder = Folder::with_schema(SCHEMA);
    let run = folder.run(["export", "env-example"]).ends_with(0).never_says("sk-example");
    assert!(run.stdout.contains("\nPORT=8080\n") && run.stdout.ends_with("\nAPI_TOKEN=\n"), "{}", run.stdout);
    folder.file(".env.example", &run.stdout);
    assert_eq!(folder.check(".env.example --format json").found(), ["empty-value API_TOKEN .env.example:5"]);
}

#[test]
fn a_file_is_written_once_and_compared() {
    let folder = Folder::with_schema(SCHEMA);
    let run = |words: &str| folder.run(words.split_whitespace());
    let path = folder.path().join("app.schema.json");
    run("export json-schema --check app.schema.json").ends_with(1).says("app.schema.json does not exist");
    run("export json-schema --output app.schema.json").ends_with(0).says("wrote app.schema.json");
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    let again = run("export json-schema --output app.schema.json").ends_with(0);
    assert_eq!((again.stdout.as_str(), fs::metadata(&path).unwrap().modified().unwrap()), ("", written));
    run("export json-schema --check app.schema.json").ends_with(0);

    folder.file("envschema.yaml", SCHEMA.replace("8080", "9090"));
    let stale = run("export json-schema --check app.schema.json").ends_with(1);
    stale
        .says("-      \"default\": 8080,\n")
        .says("+      \"default\": 9090,\n")
        .says("app.schema.json is stale");
    run("export json-schema --output app.schema.json").ends_with(0);
    run("export json-schema --check app.schema.json").ends_with(0);
    run("export json-schema --for env --check app.schema.json").ends_with(1);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn line_ends_do_not_make_a_file_stale() {
    let folder = Folder::with_schema(SCHEMA);
    let text = folder.run(["export", "env-example"]).stdout.replace('\n', "\r\n");
    folder.file(".env.example", text);
    folder.run(["export", "env-example", "--check", ".env.example"]).ends_with(0);
}

#[test]
fn what_is_stale_is_shown_without_secrets() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env.example", "PORT=8080\nAPI_TOKEN=sk-live-1\nOTHER=sk-live-2\n");
    folder.run(["export", "env-example", "--check", ".env.example"]).ends_with(1).never_says("sk-");

    let text = folder.run(["export", "json-schema"]).ends_with(0).says("sk-example").stdout;
    folder.file("app.schema.json", text.replace("sk-example", "sk-before"));
    let run = folder.run(["export", "json-schema", "--check", "app.schema.json"]).ends_with(1);
    run.says("-        \"examples\": [******]\n").never_says("sk-");
    folder.file("app.schema.json", "{\"API_TOKEN\": \"sk-live-1\"}");
    folder.run(["export", "json-schema", "--check", "app.schema.json"]).ends_with(1).never_says("sk-");
}

#[test]
fn what_cannot_be_exported_is_refused() {
    let folder = Folder::new();
    folder.run(["export", "json-schema"]).ends_with(2).complains("there is no schema here");
    folder.file("bad.yaml", "PORT: prot\n");
    folder.run(["export", "env-example", "--schema", "bad.yaml"]).ends_with(2).complains("has errors");
    folder.file(
        "a.json",
        r#"{"type": "object", "properties": {"PORT": {"type": "integer", "multipleOf": 5}}}"#,
    );
    let run = folder.run(["export", "json-schema", "--schema", "a.json"]).ends_with(2);
    run.complains("would lose `multipleOf`");
    folder.run(["export", "env-example", "--schema", "a.json"]).ends_with(0).says("# PORT=");
    folder.file("envschema.yaml", SCHEMA);
    folder
        .run(["export", "env-example", "--output", "no/such/folder"])
        .ends_with(2)
        .complains("cannot be written");
    folder.run(["export", "env-example", "--output", "a", "--check", "b"]).ends_with(2);
    folder.run(["export", "toml"]).ends_with(2);
}
