//! The four formats, letter by letter, and the promises of each.

use crate::world::Folder;

const SCHEMA: &str = "\
PORT: port (required)
DEBUG: boolean
TOKEN: string (sensitive, min length: 10)
OLD: string (deprecated: since the spring, replaced by: PORT)
";

const BAD: &str = "\
PROT=80
DEBUG=maybe # 100%, really
TOKEN=hunter2
OLD=x
";

fn folder() -> Folder {
    let folder = Folder::with_schema(SCHEMA);
    folder.file("a/bad.env", BAD);
    folder
}

#[test]
fn full() {
    insta::assert_snapshot!(folder().check("a/bad.env").ends_with(1).stdout);
}

#[test]
fn concise() {
    insta::assert_snapshot!(folder().check("a/bad.env --format concise").ends_with(1).stdout);
}

#[test]
fn json() {
    insta::assert_snapshot!(folder().check("a/bad.env --format json").ends_with(1).stdout);
}

#[test]
fn github() {
    insta::assert_snapshot!(folder().check("a/bad.env --format github").ends_with(1).stdout);
}

#[test]
fn a_broken_schema_is_shown_at_its_places() {
    let folder = Folder::with_schema("PORT: prot\nDEBUG: boolean (requird)\n");
    folder.file(".env", "PORT=80\n");
    for format in ["full", "concise", "json", "github"] {
        let run = folder.check(&format!(".env --format {format}")).ends_with(2);
        insta::assert_snapshot!(format!("broken_schema_{format}"), run.stdout);
        assert_eq!(run.stderr, "");
    }
}

#[test]
fn every_json_report_fits_its_schema() {
    let schema = include_str!("../../schemas/envschema-report.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let folder = folder();
    folder
        .file("good.env", "PORT=80\n# envschema: allow=deprecated-variable\nOLD=x\n")
        .file("typo.yaml", "PORT: prot\n");
    for arguments in [
        "good.env",
        "good.env --deny-warnings",
        "a/bad.env",
        ".",
        "missing.env a/bad.env",
        "good.env --schema typo.yaml",
        "good.env --schema missing.yaml",
        "good.env --profile a --service b --phase c",
        "good.env --phase runtme",
        "a",
        ".git",
        "- -",
        "--nonsense",
        "--process-env",
    ] {
        let run = folder.check(&format!("--format json {arguments}"));
        let report = run.json();
        let errors: Vec<_> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{arguments}: {report:#}");
        assert_eq!(report["summary"]["exit_status"], run.status, "{arguments}");
    }
    let allowed = folder.check("good.env --format json").ends_with(0).json();
    assert_eq!(allowed["environments"][0]["allowed"][0]["code"], "deprecated-variable");
}

#[test]
fn github_sees_errors_first_and_paths_from_the_root() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file("a/.env", "OLD=x\nPORT=x\n");
    let mut command = folder.command(["check", "--format", "github", ".env"]);
    command.current_dir(folder.path().join("a")).env("GITHUB_WORKSPACE", folder.path());
    let run: crate::world::Run = command.output().unwrap().into();
    let starts: Vec<_> =
        run.ends_with(1).stdout.lines().map(|line| line[..line.len().min(24)].to_owned()).collect();
    assert_eq!(
        starts,
        ["::error file=a/.env,line=", "::warning file=a/.env,lin", "envschema: 1 error and 1 "]
            .map(|start| &start[..24])
    );
}

#[test]
fn no_file_can_forge_a_command_of_a_runner() {
    let folder = Folder::with_schema("HOST: host (required)\nPORT: port\nA_B: boolean\n");
    folder.file(
        "x.env",
        "HOST=##[add-mask]x\n::error::forged\nPORT=%0A::error::forged\nA_B=\"x\n::error::forged\"\n##[add-matcher]x\n",
    );
    folder.file("##[error]x.env", "HOST=:\n").file(" ::add-mask::x,line=9.env", "HOST=:\n");
    let files = [" ::add-mask::x,line=9.env", "##\\u005berror]x.env", "x.env"];
    for format in ["full", "concise", "json", "github"] {
        let run = folder.check(&format!(". --format {format}")).ends_with(1).never_says("##[");
        let commands: Vec<_> = run.stdout.lines().filter_map(command).collect();
        assert_eq!(commands.is_empty(), format != "github", "{format}: {commands:?}");
        for (name, properties, _) in &commands {
            assert!(["error", "warning"].contains(name), "{name}");
            let file = properties.iter().find(|(name, _)| name == "file").map(|(_, file)| file.as_str());
            assert!(file.is_some_and(|file| files.contains(&file)), "{properties:?}");
            let line = properties.iter().find(|(name, _)| name == "line").map(|(_, line)| line.as_str());
            assert!(line.is_none_or(|line| ["1", "2", "3", "4", "6"].contains(&line)), "{properties:?}");
        }
    }
    assert_eq!(folder.check(". --format json").json()["environments"][1]["sources"][0], "##[error]x.env");
}

type Command<'l> = (&'l str, Vec<(String, String)>, String);

/// A line as a GitHub runner takes it for a command.
fn command(line: &str) -> Option<Command<'_>> {
    let (head, message) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let decode = |text: &str| {
        let pairs = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];
        pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    let pair = |pair: &str| pair.split_once('=').map(|(name, value)| (name.to_owned(), decode(value)));
    Some((name, properties.split(',').filter_map(pair).collect(), decode(message)))
}

#[test]
fn colours_follow_flag_and_environment() {
    let folder = folder();
    for (environment, arguments, coloured) in [
        (&[][..], "", false),
        (&[("CLICOLOR_FORCE", "1")], "", true),
        (&[("CLICOLOR_FORCE", "0")], "", false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], "", false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")], "", true),
        (&[("NO_COLOR", "1")], "--color always", true),
        (&[("CLICOLOR_FORCE", "1")], "--color never", false),
        (&[("CLICOLOR_FORCE", "1")], "--format concise", false),
        (&[("CLICOLOR_FORCE", "1")], "--format github", false),
    ] {
        let run = folder.check_in(environment, &format!("a/bad.env {arguments}")).ends_with(1);
        assert_eq!(run.stdout.contains("\u{1b}["), coloured, "{environment:?} {arguments}");
    }
}
