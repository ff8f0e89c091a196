//! 0 no errors, 1 errors were found, 2 the job could not be done.

use crate::world::Folder;

const FORMATS: [&str; 4] = ["full", "concise", "json", "github"];

#[test]
fn the_exit_status_says_how_it_went_whatever_the_format() {
    let folder = Folder::with_schema("PORT: port (required)\nOLD: string (deprecated: gone soon)\n");
    folder.file("good.env", "PORT=80\n");
    folder.file("warned.env", "PORT=80\nOLD=x\n");
    folder.file("bad.env", "PORT=x\n");
    folder.file("latin.env", b"PORT=80\nOLD=\xff\n");
    folder.file("typo.yaml", "PORT: prot\n");
    folder.folder("empty");
    for (arguments, status) in [
        ("good.env", 0),
        ("warned.env", 0),
        ("warned.env --deny-warnings", 1),
        ("good.env --deny-warnings", 0),
        ("bad.env", 1),
        ("latin.env", 1),
        ("good.env bad.env", 1),
        ("missing.env", 2),
        ("bad.env missing.env good.env", 2),
        ("empty", 2),
        ("empty bad.env", 2),
        ("good.env --schema missing.yaml", 2),
        ("good.env --schema typo.yaml", 2),
        ("good.env --schema good.env", 2),
        ("good.env --profile", 2),
        ("--env-file good.env --env-file missing.env", 2),
        ("", 2),
    ] {
        for format in FORMATS {
            let run = folder.check(&format!("{arguments} --format {format}")).ends_with(status);
            if arguments != "good.env --profile" && format == "json" {
                assert_eq!(run.json()["summary"]["exit_status"], status, "{arguments}");
            }
        }
    }
}

#[test]
fn one_file_that_cannot_be_read_does_not_stop_the_others() {
    let folder = Folder::with_schema("PORT: port (required)\n");
    folder.file("a.env", "PORT=x\n").file("c.env", "PORT=y\n");
    let run = folder.check("a.env b.env c.env --format json").ends_with(2);
    assert_eq!(
        run.found(),
        ["invalid-value PORT a.env:1", "unreadable-source - b.env", "invalid-value PORT c.env:1"]
    );
    assert_eq!(run.json()["summary"]["unchecked"], 1);
}

#[test]
fn a_layer_that_cannot_be_read_leaves_nothing_to_say_about_the_rest() {
    let folder = Folder::with_schema("PORT: port (required)\n");
    folder.file("a.env", "PORT=x\n");
    let run = folder.check("--env-file a.env --env-file b.env --env-file . --format json").ends_with(2);
    assert_eq!(run.found(), ["unreadable-source - b.env", "unreadable-source - ."]);
}

#[test]
fn files_of_unknown_sorts_are_refused_unless_a_dialect_is_named() {
    let folder = Folder::with_schema("PORT: port (required)\n");
    folder.file("app.ini", "PORT=80\n").file("plain", "PORT=80\n");
    let run = folder.check("app.ini --format json").ends_with(2);
    assert_eq!(run.found(), ["unsupported-format - app.ini"]);
    folder.check("app.ini --dialect compose").ends_with(0);
    folder.check("plain").ends_with(0);
}

#[test]
fn a_broken_schema_is_said_although_there_is_nothing_to_check() {
    let folder = Folder::with_schema("PORT: prot\n");
    folder.check("").ends_with(2).says("1 error; nothing was checked\n");
    folder.check_in(&[("PORT", "80")], "--process-env").ends_with(2).says("1 error; nothing was checked\n");
}
