//! Standard output and standard error, and what becomes of them.

use std::io::Read as _;
use std::process::Stdio;

use crate::world::Folder;

const SCHEMA: &str = "PORT: port (required)\n";

#[test]
fn one_line_is_said_when_all_is_well() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "PORT=80\n");
    let run = folder.check(".env").ends_with(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("ok: .env, 1 variable\n", ""));
    assert_eq!(folder.check("").ends_with(0).stdout, "ok: .env, 1 variable\n");
    assert_eq!(folder.check(".env --format concise").stdout, "ok: .env, 1 variable\n");
    assert_eq!(folder.check(".env --format github").stdout, "envschema: ok: .env, 1 variable\n");
}

#[test]
fn a_reader_that_has_read_enough_is_no_error() {
    let folder = Folder::with_schema(SCHEMA);
    for number in 0..2000 {
        folder.file(format!("f{number}.env"), "PORT=x\n");
    }
    for format in ["full", "json"] {
        let mut child = folder
            .command(["check", ".", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 100];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{format}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "PORT=80\n");
    for arguments in [&["check", ".env"][..], &["explain"], &["--help"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run: crate::world::Run = folder.command(arguments).stdout(full).output().unwrap().into();
        run.ends_with(2).complains("cannot write to standard output");
    }
}

#[cfg(unix)]
#[test]
fn closed_streams_change_no_exit_status() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file("good.env", "PORT=80\n").file("bad.env", "PORT=x\n");
    let binary = crate::world::binary().display();
    for (file, status) in [("good.env", 0), ("bad.env", 1), ("missing.env", 2)] {
        let script = format!("{binary} check {file} >&- 2>&- <&-; test $? = {status}");
        folder.prepare("sh", &["-c", &script]);
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_anywhere() {
    let folder = Folder::with_schema("PORT: port (required)\nCOMMAND: string\n");
    folder.file(
        "a.env",
        "PORT=80\nCOMMAND=$(touch pwned)`touch pwned`\nB=\"$(touch pwned)\"\n`touch pwned`\n$(touch pwned)\n",
    );
    let list = |folder: &Folder| {
        let mut names: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = list(&folder);
    folder.prepare("chmod", &["-R", "a-w", "."]);
    for format in ["full", "json"] {
        folder.check(&format!("a.env --format {format}")).ends_with(1);
    }
    folder.prepare("chmod", &["-R", "u+w", "."]);
    assert_eq!(list(&folder), before);
}

#[test]
fn a_service_user_needs_no_home_and_no_terminal() {
    let folder = Folder::with_schema(SCHEMA);
    folder.check_in(&[("PORT", "80")], "--process-env").ends_with(0);
}
