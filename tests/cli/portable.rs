//! `envschema check --portable`: what readers would read differently, at its place, with nothing secret in it.

use serde_json::Value;

use crate::world::{Folder, Run};

fn diagnostics(run: &Run) -> Vec<Value> {
    run.json()["environments"][0]["diagnostics"].as_array().unwrap().clone()
}

fn headlines(run: &Run) -> Vec<String> {
    let found = diagnostics(run);
    let found = found.iter().filter(|found| found["code"] == "unportable-value");
    found.map(|found| format!("{}: {}", found["line"], found["message"].as_str().unwrap())).collect()
}

const SCHEMA: &str = "A: string\nB: string\nC: string\nDB_PASSWORD: string\n";

#[test]
fn readers_are_compared_when_that_is_asked_for() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "A=1\nB=\"a b\"\nC=x # note\n");
    folder.check(".env").ends_with(0);
    let run = folder.check(".env --portable=compose,docker-run --format json").ends_with(1);
    assert_eq!(
        headlines(&run),
        [
            "2: `B` is not read as compose reads it: `docker-run` reads \"\"a b\"\"",
            "3: `C` is not read as compose reads it: `docker-run` keeps the comment",
        ]
    );
    folder.check(".env --portable=compose,python-dotenv").ends_with(0);
}

#[test]
fn without_a_list_the_usual_readers_are_compared() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "A=$B\n");
    let named = "--portable=compose,docker-run,dotenv,node,python-dotenv,bash --format json";
    let named = folder.check(&format!(".env {named}")).ends_with(1);
    let unnamed = folder.check("--format json .env --portable").ends_with(1);
    assert_eq!(headlines(&named), headlines(&unnamed));
    for reader in ["docker-run", "dotenv", "node", "python-dotenv"] {
        assert!(headlines(&unnamed)[0].contains(&format!("`{reader}")), "{:?}", headlines(&unnamed));
    }
    // `--portable FILE` names no reader: the word behind it is a file.
    folder.check("--portable .env").ends_with(1).says("unportable-value");
    let run = folder.check("--portable compose,bash .env").ends_with(2);
    run.says("to compare with readers write `--portable=compose,bash`");
}

#[test]
fn assignments_to_one_key_are_compared() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "A=1\nA=2\n");
    let run = folder.check(".env --portable=compose,dotenvy,deno,node24 --format json").ends_with(1);
    let expected =
        "2: `A` is not read as compose reads it: `dotenvy` and `deno` keep the first assignment to it";
    assert_eq!(headlines(&run), [expected]);
}

#[test]
fn what_a_tilde_stands_for_is_compared_and_mended() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "A=~/data\n");
    let run = folder.check(".env --portable=compose,bash --format json").ends_with(1);
    assert_eq!(
        headlines(&run),
        ["1: `A` is not read as compose reads it: `bash` reads `~` or `$HOME` differently"]
    );
    folder.check(".env --portable=compose,bash --fix").ends_with(0);
    assert_eq!(folder.text(".env"), "A=\"~/data\"\n");
}

/// The help promises no more than `--fix` does.
#[test]
fn a_spelling_that_is_not_written_is_not_promised() {
    let folder = Folder::with_schema(SCHEMA);
    let text = "A=x\nA='a''b'\n";
    folder.file(".env", text);
    let run = folder.check(".env --dialect dotenvy --portable=python-dotenv").ends_with(1);
    run.says("change it by hand").never_says("`--fix` writes it").never_says("no spelling");
    folder.check(".env --dialect dotenvy --portable=python-dotenv --fix").ends_with(1);
    assert_eq!(folder.text(".env"), text);
    folder.file(".env", "A=$B\n");
    let run = folder.check(".env --portable=compose,docker-run").ends_with(1);
    run.says("change the value, or the readers").never_says("spelling");
}

#[test]
fn the_file_is_compared_with_its_own_reader() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "B=x #y\n");
    let run =
        folder.check(".env --dialect docker-run --portable=docker-run,node24 --format json").ends_with(1);
    assert_eq!(headlines(&run), ["1: `B` is not read as docker-run reads it: `node24` reads \"x\""]);
    folder.file(".env", "B=a b\n");
    folder.check(".env --dialect docker-run --portable=docker-run,podman-run").ends_with(0);
}

#[test]
fn a_schema_that_names_readers_has_them_compared() {
    let folder =
        Folder::with_schema("readers: [compose, docker-run]\nvariables:\n  A: string\n  B: string\n");
    folder.file(".env", "A=1\nB='x'\n");
    let run = folder.check(".env --format json").ends_with(1);
    assert_eq!(headlines(&run), ["2: `B` is not read as compose reads it: `docker-run` reads \"'x'\""]);
    // The command line has the last word, and a line can be excepted.
    folder.check(".env --portable=compose,bash").ends_with(0);
    folder.file(".env", "A=1\nB='x' # envschema: allow=unportable-value\n");
    folder.check(".env").ends_with(0);
}

#[test]
fn a_schema_that_names_no_reader_is_told() {
    let folder = Folder::with_schema("readers: [compose, nod]\nvariables:\n  A: string\n");
    folder.file(".env", "A=1\n");
    folder.check(".env").ends_with(2).says("did you mean");
}

#[test]
fn a_reader_that_does_not_exist_is_answered() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "A=1\n");
    let run = folder.check(".env --portable=compose,docker-rum").ends_with(2);
    run.complains("unknown dialect `docker-rum`").complains("did you mean `docker-run`?");
    folder.check(".env --portable=").ends_with(2).complains("unknown dialect ``");
    let run = folder.check(".env --portable=all --format json").ends_with(0);
    assert_eq!(headlines(&run), [""; 0]);
}

#[test]
fn how_a_secret_is_read_is_said_without_it() {
    let folder = Folder::with_schema(SCHEMA);
    let rows = [
        ("DB_PASSWORD=\"hunter2\"\n", "compose", "docker-run", "`docker-run` keeps the quotes"),
        ("DB_PASSWORD=hunter2 # old: hunter1\n", "compose", "docker-run", "`docker-run` keeps the comment"),
        ("DB_PASSWORD=hunter2 # x\n", "docker-run", "compose", "`compose` drops everything from the `#` on"),
        ("DB_PASSWORD='hunt$er2'\n", "compose", "foreman", ""),
        ("DB_PASSWORD=hunt\\er2\n", "compose", "bash", "`bash` reads the backslash differently"),
        ("export DB_PASSWORD=hunter2\n", "compose", "docker-run", "`docker-run` refuses the file"),
        ("DB_PASSWORD = hunter2\n", "compose", "bash", "`bash` does not set it"),
        ("DB_PASSWORD=${X:-hunter2}\n", "compose", "node24", "`node24` leaves the `$` as it is"),
    ];
    for (text, own, reader, expected) in rows {
        folder.file(".env", text);
        for format in ["full", "concise", "json", "github"] {
            let arguments = format!(".env --dialect {own} --portable={reader} --format {format}");
            folder.check(&arguments).never_says("hunt").never_says("er2").never_says("hunter1");
        }
        let run = folder.check(&format!(".env --dialect {own} --portable={reader}"));
        run.says(expected);
    }
}

/// What another reader takes for a value may hold what stands beside it.
#[test]
fn a_value_that_is_not_secret_tells_nothing_of_its_neighbours() {
    let folder = Folder::with_schema(SCHEMA);
    let rows = [
        ("A=x\\\nDB_PASSWORD=hunter2\n", "docker-run", "bash"),
        ("A=\"x\nDB_PASSWORD=hunter2\nB=\"\n", "docker-run", "compose"),
        ("DB_PASSWORD=hunter2\nA=$DB_PASSWORD\n", "docker-run", "compose"),
        ("A=x # the password is hunter2\n", "compose", "docker-run"),
        ("A=x hunter2\n", "compose", "bash"),
    ];
    for (text, own, reader) in rows {
        folder.file(".env", text);
        for format in ["full", "concise", "json", "github"] {
            let run = folder.check(&format!(".env --dialect {own} --portable={reader} --format {format}"));
            let is_shown = text.contains("A=x hunter2") && run.stdout.contains("A=x hunter2");
            assert!(is_shown || !run.stdout.contains("hunter2"), "{text:?}: {}", run.stdout);
        }
    }
}

#[test]
fn a_line_that_only_some_readers_pass_over_is_reported() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "; hunter2 is a note\nA=1\n");
    let run = folder.check(".env --dialect systemd --portable=systemd,docker-run").ends_with(1);
    insta::assert_snapshot!(run.never_says("hunter2").stdout, @r"
    error[unportable-value]: a line is not passed over as systemd262 does: `docker-run` refuses the file
      --> .env:1:1
       |
     1 | ******
      help: remove the line, or make it a comment that starts with `#`

    1 error in .env
    `envschema explain CODE` says more about a code
    ");
}

#[test]
fn marks_that_cannot_be_seen_are_named() {
    let folder = Folder::with_schema(SCHEMA);
    let rows = [
        ("\u{feff}# note\nA=1\n", "1: a byte order mark is not passed over", "without byte order mark"),
        ("\u{feff}\nA=1\n", "1: a byte order mark is not passed over", "without byte order mark"),
        ("A=1\n\r\n", "2: the carriage return of a line is not passed over", "end lines with LF alone"),
    ];
    for (text, headline, help) in rows {
        folder.file(".env", text);
        let run = folder.check(".env --portable=compose,bash --format json").ends_with(1);
        let headline = format!("{headline} as compose does: `bash` reports an error");
        assert_eq!(headlines(&run), [headline], "{text:?}");
        folder.check(".env --portable=compose,bash").says(help).never_says("remove the line");
    }
}

/// A name alone is passed through by one reader and run by another.
#[test]
fn a_name_alone_that_a_shell_runs_is_reported() {
    let folder = Folder::with_schema(SCHEMA);
    for text in ["A\n", "export\nA\n"] {
        folder.file(".env", text);
        let run = folder.check(".env --portable=compose,bash --format json").ends_with(1);
        let found = headlines(&run);
        assert!(found.len() == 1 && found[0].ends_with("`bash` reports an error"), "{text:?}: {found:?}");
    }
}

/// `portable` reads what every core reader reads alike: all else is an error at its place.
#[test]
fn what_is_read_alike_everywhere_is_a_dialect_of_its_own() {
    let folder = Folder::with_schema(SCHEMA);
    folder
        .file("good.env", "# note\nA=1\nB=x-y/z\nC=\n")
        .file("bad.env", "A=1\nB=\"a b\"\nC=x # note\nDB_PASSWORD=hunter2$\n");
    folder.check("good.env --dialect portable").ends_with(0);
    folder.check("bad.env").ends_with(0);
    let run = folder.check("bad.env --dialect portable --format json").ends_with(1);
    assert_eq!(
        headlines(&run),
        [
            "2: `B`: some readers keep the quotes",
            "3: `C`: the comment becomes a part of the value for some readers",
            "4: `DB_PASSWORD`: readers differ in what `$` stands for",
        ]
    );
    assert_eq!(diagnostics(&run).len(), 3);
    let run = folder.run(["read", "bad.env", "--dialect", "portable"]).ends_with(0);
    run.says("refused by portable: some readers keep the quotes").never_says("hunter2");
    let named =
        Folder::with_schema(&format!("dialect: portable\nvariables:\n  {}", SCHEMA.replace('\n', "\n  ")));
    named.file("good.env", "A=1\n").file("bad.env", "A='1'\n");
    named.check("good.env").ends_with(0);
    named.check("bad.env").ends_with(1).says("unportable-value");
    folder.check("good.env --dialect portabel").ends_with(2).complains("did you mean `portable`?");
}
