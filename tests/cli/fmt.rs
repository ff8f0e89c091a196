//! `envschema fmt`: the layout of files, and how they are written.

use std::fs;

use crate::world::{Folder, Run};

fn fmt(folder: &Folder, arguments: &str) -> Run {
    folder.run(["fmt"].into_iter().chain(arguments.split_whitespace()))
}

const UNTIDY: &str = "\n# head  \n\n\n\nA=1  \n  # note\nB=x\n\n";
const TIDY: &str = "# head\n\nA=1\n# note\nB=x\n";

#[test]
fn a_layout_is_settled_once() {
    let folder = Folder::new();
    folder.file(".env", UNTIDY).file("b.env", TIDY);
    let run = fmt(&folder, ".env b.env --dialect compose,node24").ends_with(0);
    assert_eq!(run.stdout, "changed .env\n");
    assert_eq!(folder.text(".env"), TIDY);
    let modified = || fs::metadata(folder.path().join(".env")).unwrap().modified().unwrap();
    let before = modified();
    assert_eq!(fmt(&folder, ".env --dialect compose,node24").ends_with(0).stdout, "");
    assert_eq!(modified(), before);
}

/// What one of the readers would read differently is left alone; the rest is done.
#[test]
fn nothing_changes_that_a_reader_reads() {
    let folder = Folder::new();
    let text = "A = 1\nB=x  \nC=1\r\n\n\n\nD=2\n";
    folder.file(".env", text);
    let values = || folder.run(["read", ".env", "--reveal", "--format", "json"]).ends_with(0).stdout;
    let before = values();
    fmt(&folder, ".env").ends_with(0).says("changed .env");
    assert_eq!(folder.text(".env"), "A = 1\nB=x  \nC=1\r\n\nD=2\n");
    assert_eq!(values(), before);
    fmt(&folder, ".env --dialect compose").ends_with(0).says("changed .env");
    assert_eq!(folder.text(".env"), "A=1\nB=x\nC=1\n\nD=2\n");
}

#[test]
fn a_check_says_what_would_change_and_writes_nothing() {
    let folder = Folder::new();
    folder.file(".env", UNTIDY).file("b.env", TIDY);
    assert_eq!(fmt(&folder, "--check .env b.env").ends_with(1).stdout, "would change .env\n");
    assert_eq!(folder.text(".env"), UNTIDY);
    assert_eq!(fmt(&folder, "--check b.env").ends_with(0).stdout, "");
}

#[test]
fn a_diff_shows_what_would_change_and_no_secret() {
    let folder = Folder::with_schema("A: string\nAPI_TOKEN: string\nURL: url\n");
    let text = "# hunter2\n\n\n\nA = x\nAPI_TOKEN = hunter2\nUNKNOWN = hunter2\nURL = http://u:hunter2@h/\n";
    folder.file(".env", text);
    for option in ["--diff", "--dry-run", "--diff --check"] {
        let run =
            fmt(&folder, &format!(".env --dialect compose {option}")).ends_with(1).never_says("hunter2");
        insta::allow_duplicates! {
            insta::assert_snapshot!(run.stdout, @r"
            --- .env
            +++ .env
            @@ -3,6 +3,4 @@
            -
            -
            -A = x
            -API_TOKEN = ******
            -UNKNOWN = ******
            -URL = ******
            +A=x
            +API_TOKEN=******
            +UNKNOWN=******
            +URL=******
            ");
        }
        assert_eq!(folder.text(".env"), text);
    }
    fmt(&folder, ".env --dialect compose --reveal").ends_with(2);
}

#[test]
fn comments_and_order_are_kept() {
    let folder = Folder::new();
    let text = "# b\nB = 1   # one\n#A=2\n; odd\n\n# a\nA = 2\t # two\nwords\n";
    folder.file(".env", text);
    fmt(&folder, ".env --dialect compose").ends_with(0);
    assert_eq!(folder.text(".env"), "# b\nB=1 # one\n#A=2\n; odd\n\n# a\nA=2 # two\nwords\n");
}

#[test]
fn what_cannot_be_done_is_said_and_the_rest_is_done() {
    let folder = Folder::new();
    let long = format!("{}.env", "x".repeat(246));
    folder.file("a.env", UNTIDY).file(&long, UNTIDY).folder("sub");
    let before = folder.names();
    let run = fmt(&folder, &format!("missing.env sub {long} a.env --dialect compose")).ends_with(2);
    run.complains("missing.env: cannot be read: there is no such file")
        .complains("sub: cannot be read: it is a folder")
        .complains("cannot be written")
        .says("changed a.env");
    assert_eq!((folder.text(&long), folder.names()), (UNTIDY.to_owned(), before));
    fmt(&folder, "").ends_with(2);
    // A schema that cannot be read is no reason not to show a diff.
    folder.file("envschema.yaml", "A: prot\n").file("b.env", UNTIDY);
    fmt(&folder, "b.env --diff --dialect compose").ends_with(1).says("-******\n");
}

#[cfg(unix)]
#[test]
fn mode_and_links_are_kept() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new();
    folder.file("real.env", UNTIDY).link(".env", "real.env");
    let path = folder.path().join("real.env");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    let before = folder.names();
    fmt(&folder, ".env --dialect compose").ends_with(0).says("changed .env");
    assert_eq!((folder.text("real.env"), folder.names()), (TIDY.to_owned(), before));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(fs::symlink_metadata(folder.path().join(".env")).unwrap().is_symlink());
    folder.file("elsewhere/real.env", UNTIDY).link("out.env", "elsewhere/real.env");
    let run = fmt(&folder, "out.env --dialect compose").ends_with(2);
    run.complains("out.env: cannot be written: it is a symbolic link that leads to another folder");
    assert_eq!(folder.text("elsewhere/real.env"), UNTIDY);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_shows_no_value() {
    let outside = Folder::bare();
    outside.file("other.env", "PORT=leaked  \nHOST=leaked \n");
    let folder = Folder::with_schema("PORT: string\nHOST: string\n");
    folder.link(".env", outside.path().join("other.env"));
    fmt(&folder, ".env --diff --dialect compose").ends_with(1).never_says("leaked").says("-PORT=******");
    folder.file("shared/base.env", "PORT=shown  \n").link("in.env", "shared/base.env");
    fmt(&folder, "in.env --diff --dialect compose").ends_with(1).says("+PORT=shown");
}

#[test]
fn standard_input_is_judged_and_never_written() {
    let folder = Folder::with_schema("PORT: string\n");
    let run = |arguments: &str| folder.run_input(b"PORT=80  \n", arguments.split(' '));
    run("fmt -").ends_with(2).complains("standard input cannot be laid out").complains("--diff");
    run("fmt - --diff --dialect compose").ends_with(1).says("+PORT=80\n");
    run("fmt - - --check").ends_with(2).complains("standard input can be read only once");
    run("fmt - --check --dialect compose").ends_with(1).says("would change -\n");
}
