//! Layers of one environment: files, typed files, standard input, the process environment, and the files of convention.

use crate::world::Folder;

const SCHEMA: &str = "\
PORT: port (required)
HOST: string (required)
WORKERS: integer (min: 1)
";

#[test]
fn later_layers_win() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file("a.env", "PORT=x\nHOST=h\n").file("b.env", "PORT=80\n");
    // What a higher layer replaces is only warned about.
    let run = folder.check("--env-file a.env --env-file b.env --format json").ends_with(0);
    assert_eq!(run.found(), ["invalid-value PORT a.env:1"]);
    let run = folder.check("--env-file b.env --env-file a.env --format json").ends_with(1);
    assert_eq!(run.json()["environments"][0]["sources"], serde_json::json!(["b.env", "a.env"]));
    folder.check("--env-file a.env --env-file b.env").says("1 warning in a.env + b.env");
    folder.check("a.env b.env").ends_with(1).says("environments");
}

#[test]
fn typed_files_are_layers() {
    let folder = Folder::with_schema(
        "PORT: port (required)\nHOST: string (required)\nDEBUG: boolean\nTAGS: comma-separated string\nWORKERS: integer (min: 1)\n",
    );
    folder.file("base.toml", "PORT = 8080\nHOST = \"h\"\nDEBUG = true\nTAGS = [\"a\", \"b\"]\nWORKERS = 0\n");
    folder.file("base.yaml", "PORT: 8080\nHOST: h\nDEBUG: 'x'\nWORKERS: 1.5\n");
    folder.file("base.json", "{\"PORT\": \"8080\", \"HOST\": 1, \"UNKNOWN_KEY\": 1}\n");
    folder.file("broken.toml", "PORT = \n");
    for (file, status, found) in [
        ("base.toml", 1, &["out-of-range WORKERS base.toml:5"][..]),
        ("base.yaml", 1, &["invalid-value DEBUG base.yaml:3", "invalid-value WORKERS base.yaml:4"]),
        ("base.json", 1, &["invalid-value HOST base.json:1", "unknown-variable UNKNOWN_KEY base.json:1"]),
    ] {
        let run = folder.check(&format!("--env-file {file} --format json")).ends_with(status);
        assert_eq!(run.found(), found, "{file}");
    }
    folder.check("broken.toml").ends_with(1).says("invalid-syntax");
    folder.file("over.env", "WORKERS=4\n");
    folder.check("--env-file base.toml --env-file over.env").ends_with(0);
}

#[test]
fn standard_input_is_a_layer() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file("a.env", "PORT=80\n");
    let run = folder
        .check_input(b"HOST=h\nWORKERS=0\n", "--env-file a.env --env-file - --format json")
        .ends_with(1);
    assert_eq!(run.found(), ["out-of-range WORKERS <stdin>:2"]);
    assert_eq!(run.json()["environments"][0]["sources"], serde_json::json!(["a.env", "<stdin>"]));
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_named_is_read() {
    let folder = Folder::with_schema(SCHEMA);
    let binary = crate::world::binary().display();
    let script = format!("{binary} check --env-file <(printf 'PORT=80\\nHOST=h\\n')");
    folder.prepare("bash", &["-c", &script]);
    let script = format!("{binary} check <(printf 'PORT=80\\nHOST=h\\n') <(printf 'PORT=80\\nHOST=h\\n')");
    folder.prepare("bash", &["-c", &script]);
}

#[cfg(unix)]
#[test]
fn devices_are_not_read() {
    let folder = Folder::with_schema(SCHEMA);
    let run = folder.check("/dev/zero --format json").ends_with(2);
    assert_eq!(run.found(), ["unreadable-source - /dev/zero"]);
}

#[test]
fn the_process_environment_is_the_highest_layer() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file("a.env", "PORT=80\nHOST=h\n");
    folder
        .check_in(&[("PORT", "x")], "--env-file a.env --process-env --format json")
        .ends_with(1)
        .says("process environment");
    folder.check_in(&[("PORT", "x")], "--env-file a.env").ends_with(0);
    folder
        .check_in(&[("PORT", "80"), ("HOST", "h")], "--process-env")
        .ends_with(0)
        .says("ok: process environment");
    let run = folder
        .check_in(&[("PROT", "80"), ("HOST", "h"), ("HOME", "/root")], "--process-env --format json")
        .ends_with(1);
    assert_eq!(
        run.found(),
        ["unknown-variable PROT process environment", "missing-variable PORT process environment"]
    );
    let run = folder.check_in(&[("WORKERS", "0")], "a.env --process-env --format json").ends_with(1);
    assert_eq!(run.found(), ["out-of-range WORKERS process environment"]);
}

#[test]
fn references_see_the_process_environment_only_if_it_is_a_layer() {
    let folder = Folder::with_schema("URL: url (required)\n");
    folder.file("a.env", "URL=https://${DOMAIN}/\n");
    folder.check_in(&[("DOMAIN", "x.example")], "a.env").ends_with(1).says("undefined-reference");
    folder.check_in(&[("DOMAIN", "x.example")], "a.env --process-env").ends_with(0);
}

#[cfg(unix)]
#[test]
fn values_of_the_process_need_not_be_unicode() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let folder = Folder::with_schema("HOST: string (required)\n");
    let mut command = folder.command(["check", "--process-env", "--format", "json"]);
    command.env("HOST", OsStr::from_bytes(b"\xff")).env(OsStr::from_bytes(b"\xfe"), "x");
    let run: crate::world::Run = command.output().unwrap().into();
    assert_eq!(run.ends_with(1).found(), ["invalid-encoding HOST process environment"]);
}

#[test]
fn a_dialect_may_be_chosen() {
    let folder = Folder::with_schema("HOST: string (one of: 'h')\n");
    folder.file("envschema.yaml", "HOST: {type: string, one_of: [h]}\n").file("a.env", "HOST='h'\n");
    folder.check("a.env").ends_with(0);
    folder.check("a.env --dialect docker").ends_with(1);
}

#[test]
fn convention_makes_layers_of_the_current_folder() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "PORT=x\nHOST=h\n");
    folder.check("--format json").ends_with(1);
    folder.file(".env.local", "PORT=80\n");
    let run = folder.check("--format json").ends_with(0);
    assert_eq!(run.json()["environments"][0]["sources"], serde_json::json!([".env", ".env.local"]));
    folder.check("").says("1 warning in .env + .env.local");
    let empty = Folder::with_schema(SCHEMA);
    empty.file(".env/bin/activate", "a virtual environment");
    empty.check("").ends_with(2).complains("there is no `.env` file in the current folder");
}

#[cfg(unix)]
#[test]
fn conventional_files_that_cannot_be_read_are_no_success() {
    let files = || {
        let folder = Folder::with_schema(SCHEMA);
        folder.file(".env", "PORT=80\nHOST=h\n");
        folder
    };
    let folder = files();
    folder.folder(".env.local").check("").ends_with(2).says("cannot read `.env.local`: it is a folder");
    let folder = files();
    let run = folder.link(".env.local", "nowhere").check("").ends_with(2);
    run.says("cannot read `.env.local`: it is a symbolic link that leads to nothing");
    let folder = files();
    folder.link(".env.staging", "nowhere").check("--profile staging").ends_with(2).says("leads to nothing");
}

#[cfg(unix)]
#[test]
fn a_named_link_out_of_the_repository_shows_no_value() {
    let outside = Folder::bare();
    outside.file("other.env", "PORT=leaked\nHOST=h\nWORKERS=0\n");
    let folder = Folder::with_schema(SCHEMA);
    folder.link(".env", outside.path().join("other.env"));
    for format in ["full", "concise", "json", "github"] {
        for given in [".env", "--env-file .env", "./.env"] {
            let run = folder.check(&format!("{given} --format {format}")).ends_with(1);
            run.says("PORT").never_says("leaked");
        }
    }
    // A link that stays inside is a file like any other, and so is one as containers mount them.
    let folder = Folder::with_schema(SCHEMA);
    folder.file("shared/base.env", "PORT=shown\nHOST=h\n").link(".env", "shared/base.env");
    folder.check(".env").ends_with(1).says("PORT=shown");
    let mounted = Folder::bare();
    mounted
        .file("..2024/app.env", "PORT=shown\nHOST=h\n")
        .link("..data", "..2024")
        .link("app.env", "..data/app.env");
    let path = mounted.path().join("app.env");
    folder
        .run(["check".as_ref(), path.as_os_str(), "--schema".as_ref(), "envschema.yaml".as_ref()])
        .says("PORT=shown");
    folder.check_input(b"PORT=shown\nHOST=h\n", "/dev/stdin").ends_with(1).says("PORT=shown");
}

#[cfg(unix)]
#[test]
fn conventional_files_lead_nowhere_else() {
    let outside = Folder::bare();
    outside.file("other.env", "PORT=leaked\n");
    let folder = Folder::with_schema(SCHEMA);
    folder.link(".env", outside.path().join("other.env"));
    let run = folder.check("--format json").ends_with(2).never_says("leaked");
    assert_eq!(run.found(), ["unreadable-source - .env"]);
    let folder = Folder::with_schema(SCHEMA);
    folder.file("shared/base.env", "PORT=80\nHOST=h\n").link(".env", "shared/base.env");
    folder.check("").ends_with(0);
}

#[test]
fn folders_of_secrets_are_layers_above_files() {
    let folder = Folder::with_schema(
        "PORT: port (required)\nDB_PASSWORD: string (required, sensitive, min length: 8)\n",
    );
    folder.file("a.env", "PORT=80\nDB_PASSWORD=hunter2\n").file("secrets/db_password", "correct horse\n");
    folder.check("a.env").ends_with(1).says("DB_PASSWORD");
    let run = folder.check("--env-file a.env --secrets-dir secrets --format json").ends_with(0);
    assert_eq!(run.json()["environments"][0]["sources"], serde_json::json!(["a.env", "secrets"]));
    // Each file is an environment of its own, and has the secrets.
    folder.check("a.env --secrets-dir secrets").ends_with(0);
    folder.file("other/DB_PASSWORD", "hunter3");
    let run =
        folder.check("--env-file a.env --secrets-dir secrets --secrets-dir other --format json").ends_with(1);
    assert!(
        run.found().contains(&"invalid-length DB_PASSWORD other/DB_PASSWORD".to_owned()),
        "{:?}",
        run.found()
    );
    run.never_says("hunter");
    let words = "--secrets-dir other --process-env";
    folder.check_in(&[("PORT", "80"), ("DB_PASSWORD", "correct horse")], words).ends_with(0);
    folder.check_in(&[("PORT", "80")], words).ends_with(1);
    // Alone they are the whole environment.
    folder.check("--secrets-dir secrets").ends_with(1).says("`PORT` is not set");
}

/// The place is the file, under the name it has.
#[test]
fn a_secret_stands_in_its_own_file() {
    let folder = Folder::with_schema("APP_PORT: port (required)\n");
    folder.file("secrets/app_port", "abc\n");
    let run = folder.check("--secrets-dir secrets/ --format json").ends_with(1);
    assert_eq!(run.found(), ["invalid-value APP_PORT secrets/app_port"]);
    folder.check("--secrets-dir secrets").says("`app_port` (`APP_PORT`)");
    folder.file("secrets/app_port", "80").file("secrets/APP_PORT", "81");
    let run = folder.check("--secrets-dir secrets --format json").ends_with(1);
    assert_eq!(run.found(), ["conflicting-variables app_port secrets/app_port"]);
    folder.file("secrets/APP_PORT", "80").check("--secrets-dir secrets").ends_with(0);
}

#[test]
fn a_folder_of_secrets_that_cannot_be_read_is_no_success() {
    let folder = Folder::with_schema("DB_PASSWORD: string (sensitive)\n");
    folder.check("--secrets-dir secrets").ends_with(2).complains("there is no such folder");
    folder.file("file", "").check("--secrets-dir file").ends_with(2).complains("it is not a folder");
    folder.folder("secrets/DB_PASSWORD");
    let run = folder.check("--secrets-dir secrets --format json").ends_with(2);
    assert_eq!(run.found(), ["unreadable-source - secrets/DB_PASSWORD"]);
}
