//! Folders stand for the environments in them.

use crate::world::Folder;

const SCHEMA: &str = "PORT: port (required)\n";

#[test]
fn environments_are_found_in_the_order_of_their_names() {
    let folder = Folder::with_schema(SCHEMA);
    for name in [
        "b/.env",
        "b/.env.production",
        "a/prod.env",
        "a/z/.env",
        ".env",
        // None of these is an environment.
        ".envrc",
        "b/app.env.schema.yaml",
        ".env.schema",
        "a/env",
        ".hidden/.env",
        "node_modules/x/.env",
        "a/target/.env",
        ".git/.env",
    ] {
        folder.file(name, "PORT=x\n");
    }
    folder.file("b/app.env.schema.yaml", SCHEMA);
    let expected = [
        "invalid-value PORT .env:1",
        "invalid-value PORT a/prod.env:1",
        "invalid-value PORT a/z/.env:1",
        "invalid-value PORT b/.env:1",
        "invalid-value PORT b/.env.production:1",
    ];
    assert_eq!(folder.check(". --format json").ends_with(1).found(), expected);
    let shown = |run: crate::world::Run| run.found();
    assert_eq!(shown(folder.check("./ --format json").ends_with(1)), expected);
    assert_eq!(shown(folder.check("a b --format json").ends_with(1)), expected[1..]);
    assert_eq!(
        shown(folder.check("b a/prod.env --format json").ends_with(1)),
        [expected[3], expected[4], expected[1]]
    );
    assert_eq!(
        shown(folder.check(".hidden --format json").ends_with(1)),
        ["invalid-value PORT .hidden/.env:1"]
    );
}

#[test]
fn each_file_is_checked_against_the_schema_beside_it() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file("a/.env", "NAME=x\n").file("a/envschema.toml", "NAME = \"integer\"\n");
    folder
        .file("b/.env", "PORT=x\n")
        .file("c/.env", "NAME=x\n")
        .file("c/envschema.toml", "NAME = \"integer\"\n");
    let run = folder.check(". --format json").ends_with(1);
    assert_eq!(
        run.found(),
        ["invalid-value NAME a/.env:1", "invalid-value PORT b/.env:1", "invalid-value NAME c/.env:1"]
    );
    let schemas: Vec<_> =
        run.json()["environments"].as_array().unwrap().iter().map(|one| one["schema"].clone()).collect();
    assert_eq!(schemas, ["a/envschema.toml", "envschema.yaml", "c/envschema.toml"]);
}

#[test]
fn a_folder_without_environments_is_a_failure() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file("a/readme.md", "x");
    folder.check("a").ends_with(2).complains("error: a: there is no `.env` file in this folder");
}

#[test]
fn names_of_files_need_not_be_unicode_nor_harmless() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = Folder::with_schema(SCHEMA);
    folder.file(std::ffi::OsStr::from_bytes(b"\xff.env"), "PORT=x\n");
    folder.file("\u{1b}[31m\n::error::x.env", "PORT=x\n");
    for format in ["full", "concise", "github"] {
        let run = folder.check(&format!(". --format {format}")).ends_with(1).never_says("\u{1b}");
        let forged = |line: &&str| line.trim_start().starts_with("::error::");
        assert_eq!(run.stdout.lines().find(forged), None);
    }
    let run = folder.check(". --format json").ends_with(1);
    assert_eq!(
        run.found(),
        ["invalid-value PORT \\u{1b}[31m\\n::error::x.env:1", "invalid-value PORT \u{fffd}.env:1"]
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_folder_only() {
    let outside = Folder::bare();
    outside.file("other.env", "PORT=leaked\n").file("deep/.env", "PORT=leaked\n");
    let folder = Folder::with_schema(SCHEMA);
    folder.file("real/.env", "PORT=x\n").folder("loop");
    folder.link("linked.env", "real/.env");
    folder.link("out.env", outside.path().join("other.env"));
    folder.link("loop/again", "..");
    folder.link("deep", outside.path().join("deep"));
    folder.link("gone.env", "nowhere");
    let run = folder.check(". --format json").ends_with(2).never_says("leaked");
    assert_eq!(
        run.found(),
        [
            "unreadable-source - gone.env",
            "invalid-value PORT linked.env:1",
            "unreadable-source - out.env",
            "invalid-value PORT real/.env:1"
        ]
    );
}

#[cfg(unix)]
#[test]
fn what_is_found_and_no_file_is_not_opened() {
    let folder = Folder::with_schema(SCHEMA);
    folder.prepare("mkfifo", &["pipe.env"]);
    let run = folder.check(". --format json").ends_with(2);
    assert_eq!(run.found(), ["unreadable-source - pipe.env"]);
}

#[test]
fn a_report_over_many_files_is_one_document() {
    let folder = Folder::with_schema(SCHEMA);
    for number in 0..300 {
        folder.file(format!("f{number:03}/.env"), if number % 3 == 0 { "PORT=x\n" } else { "PORT=80\n" });
    }
    let run = folder.check(". --format json").ends_with(1);
    assert_eq!(run.found().len(), 100);
    assert_eq!(run.json()["summary"]["environments"], 300);
    folder.check(".").ends_with(1).says("100 errors in 100 of 300 environments");
}
