//! The command line itself.

use crate::world::Folder;

#[test]
fn every_command_explains_itself_with_examples() {
    let folder = Folder::new();
    for (command, example) in [
        (&["--help"][..], "envschema check"),
        (&["check", "--help"], "envschema check --process-env && exec ./server"),
        (&["explain", "--help"], "envschema explain missing-variable"),
    ] {
        folder.run(command).ends_with(0).says("Usage: envschema").says("Examples:").says(example);
    }
    folder.run(["--version"]).ends_with(0).says("envschema ");
}

#[test]
fn the_help_of_a_command_says_more_than_the_list_of_commands() {
    let folder = Folder::new();
    let list = folder.run(["--help"]).ends_with(0);
    for (command, short, long) in [
        ("check", "Check environments against their schema", "else the one that a line"),
        ("read", "Show what each real reader sees in a .env file", "References see the process environment"),
        ("fmt", "Lay out .env files without changing what is read", "a second run changes nothing"),
        ("export", "Write a schema as other programs read it", "to copy and fill in"),
        ("explain", "Explain a code of a diagnostic", "why it matters"),
    ] {
        assert!(list.stdout.contains(&format!("{command:8} {short}\n")), "{command}: {}", list.stdout);
        folder.run([command, "--help"]).ends_with(0).says(short).says(long);
        folder.run([command, "-h"]).ends_with(0).says(short).never_says(long);
    }
}

#[test]
fn help_shows_nothing_of_the_environment() {
    let folder = Folder::new();
    let environment =
        [("APP_ENV", "never-shown"), ("NO_COLOR", "never-shown"), ("GITHUB_WORKSPACE", "never-shown")];
    folder.check_in(&environment, "--help").ends_with(0).never_says("never-shown");
}

#[test]
fn wrong_usage_is_said_on_standard_error() {
    let folder = Folder::with_schema("PORT: port\n");
    folder.file(".env", "PORT=80\n");
    for (arguments, complaint) in [
        ("--fromat json", "--format"),
        ("--format xml", "full, concise, json, github"),
        (".env --env-file .env", "cannot be used with"),
        ("- -", "standard input can be read only once"),
        ("--env-file - --env-file -", "standard input can be read only once"),
        ("--dialect compos", "did you mean `compose`?"),
        ("--dialect nothing-like-it", "choose one of compose"),
    ] {
        let run = folder.check(arguments).ends_with(2).complains(complaint);
        assert_eq!(run.stdout, "", "{arguments}");
    }
    folder.run(["chekc"]).ends_with(2).complains("check");
    let nothing: [&str; 0] = [];
    folder.run(nothing).ends_with(2).complains("Usage");
}

#[test]
fn wrong_usage_is_part_of_the_json_report() {
    let folder = Folder::new();
    for arguments in
        ["--format json --nonsense", "--format=json .env --env-file .env", "--format json --dialect x"]
    {
        let run = folder.check(arguments).ends_with(2);
        let report = run.json();
        assert_eq!(report["summary"]["exit_status"], 2, "{arguments}");
        assert_eq!(report["failures"].as_array().map(Vec::len), Some(1), "{arguments}");
        let failure = &report["failures"][0];
        assert!(failure["message"].as_str().is_some_and(|message| !message.contains("\\n")), "{failure}");
        assert!(failure["help"].is_string(), "{failure}");
    }
}

#[test]
fn a_word_of_the_command_line_cannot_forge_a_line() {
    let folder = Folder::new();
    for word in ["--x\n::error::forged", "--\u{1b}[2J", "--\u{202e}x", "--##[add-mask]x"] {
        let run = folder
            .run(["check", word])
            .ends_with(2)
            .never_says("\u{1b}")
            .never_says("\u{202e}")
            .never_says("##[");
        assert!(!run.stderr.lines().any(|line| line.trim_start().starts_with("::")), "{}", run.stderr);
    }
    let run = folder.run(["check", "no\n::error::such.env"]).ends_with(2);
    assert!(!run.stderr.lines().chain(run.stdout.lines()).any(|line| line.starts_with("::")), "{run:?}");
}

#[test]
fn the_schema_is_named_although_a_source_cannot_be_read() {
    let folder = Folder::with_schema("PORT: port\n");
    let report = folder.check("missing.env --schema envschema.yaml --format json").ends_with(2).json();
    assert_eq!(report["environments"][0]["schema"], "envschema.yaml");
}
