//! `envschema check --fix`: what is mended and what is not, and how files are written.

use std::fs;

use crate::world::{Folder, Run};

const SCHEMA: &str = "\
PORT: {type: port, aliases: [OLD_PORT]}
GREETING: string
DB_PASSWORD: string
DATABASE_URL: url
";

#[test]
fn old_names_are_renamed_and_what_is_left_is_reported() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "# head\nOLD_PORT=80 # the port\n\nGREETING='x'\nDATABASE_URL=nope\n");
    let run = folder.check(".env --fix").ends_with(1);
    run.says("fixed .env: rename it to `PORT`\n").says("error[invalid-value]: `DATABASE_URL`");
    assert_eq!(folder.text(".env"), "# head\nPORT=80 # the port\n\nGREETING='x'\nDATABASE_URL=nope\n");
}

#[test]
fn values_are_written_so_that_readers_agree() {
    let folder = Folder::with_schema(SCHEMA);
    let text = "# head\n\nexport PORT = 80 # the port\n  GREETING=\"it's me\"\t# it's\nDB_PASSWORD='hunter2'\n# end\n";
    folder.file(".env", text);
    let run = folder.check(".env --fix --portable=compose,docker-run,node24").ends_with(0);
    run.never_says("hunter2").says("fixed .env: write it as all of them read it alike\n");
    assert_eq!(
        folder.text(".env"),
        "# head\n\n# the port\nPORT=80\n# it's\nGREETING=it's me\nDB_PASSWORD=hunter2\n# end\n"
    );
    folder.check(".env --portable=compose,docker-run,node24").ends_with(0);
    let values = |reader: &str| {
        let run = folder.run(["read", ".env", "--reveal", "--dialect", reader]).ends_with(0);
        run.stdout.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(values("docker-run"), values("compose"));
    assert_eq!(values("node24"), values("compose"));
}

#[test]
fn a_second_run_changes_nothing() {
    let folder = Folder::with_schema(SCHEMA);
    for text in ["OLD_PORT = 80 # x\nGREETING='a b'\n", "GREETNG='a b'\nexport OLD_PORT=80\n"] {
        folder.file(".env", text);
        let arguments = ".env --fix --unsafe-fixes --portable=compose,docker-run";
        folder.check(arguments).ends_with(0).says("fixed .env");
        let once = folder.text(".env");
        let modified = || fs::metadata(folder.path().join(".env")).unwrap().modified().unwrap();
        let before = modified();
        folder.check(arguments).ends_with(0).never_says("fixed");
        assert_eq!((folder.text(".env"), modified()), (once, before));
    }
}

#[test]
fn what_may_change_a_meaning_is_done_only_when_asked() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "GREETNG=x\nPRT=80\n");
    folder.check(".env --fix").ends_with(1).never_says("fixed").says("did you mean `GREETING`?");
    assert_eq!(folder.text(".env"), "GREETNG=x\nPRT=80\n");
    folder.check(".env --fix --unsafe-fixes").ends_with(0).says("fixed .env: rename it to `GREETING`");
    assert_eq!(folder.text(".env"), "GREETING=x\nPORT=80\n");
    folder.check(".env --unsafe-fixes").ends_with(2).complains("--fix");
    folder.check(".env --diff").ends_with(2).complains("--fix");
}

#[test]
fn a_name_that_is_referred_to_is_kept() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "OLD_PORT=80\nGREETING=at ${OLD_PORT}\n");
    folder.check(".env --fix").never_says("fixed");
    assert_eq!(folder.text(".env"), "OLD_PORT=80\nGREETING=at ${OLD_PORT}\n");
}

#[test]
fn what_no_spelling_can_say_is_left_alone() {
    let folder = Folder::with_schema(SCHEMA);
    let text = "GREETING='x # y'\nDB_PASSWORD=${PORT:-a}\n";
    folder.file(".env", text);
    let run = folder.check(".env --fix --portable=compose,docker-run").ends_with(1);
    run.never_says("fixed").says("no spelling is known that all of them read alike");
    assert_eq!(folder.text(".env"), text);
}

#[test]
fn a_diff_shows_what_would_change_and_no_secret() {
    let folder = Folder::with_schema(SCHEMA);
    let text = "# hunter2\nDB_PASSWORD='hunter2'\nUNKNOWN='hunter2' # hunter2\nGREETING='a b'\nOLD_PORT=80\nDATABASE_URL='http://u:hunter2@h'\n";
    folder.file(".env", text);
    for option in ["--diff", "--dry-run"] {
        let run = folder.check(&format!(".env --fix {option} --portable=compose,docker-run")).ends_with(1);
        let run = run.never_says("hunter2").never_says("fixed");
        let diff = run.stdout.split("error[").next().unwrap();
        insta::allow_duplicates! {
            insta::assert_snapshot!(diff, @r#"
            --- .env
            +++ .env
            @@ -2,5 +2,6 @@
            -DB_PASSWORD='******
            -UNKNOWN='******
            -GREETING='a b'
            -OLD_PORT=80
            -DATABASE_URL='******
            +DB_PASSWORD=******
            +******
            +UNKNOWN=******
            +GREETING=a b
            +PORT=80
            +DATABASE_URL=******
            "#);
        }
        assert_eq!(folder.text(".env"), text, "nothing is written");
    }
    for format in ["concise", "json", "github"] {
        let arguments = format!(".env --fix --diff --portable=compose,docker-run --format {format}");
        folder.check(&arguments).ends_with(1).never_says("hunter2");
    }
}

#[test]
fn changes_are_part_of_the_json_report() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "OLD_PORT=80\n");
    for (option, written) in [("--diff", false), ("", true)] {
        let run = folder.check(&format!(".env --fix {option} --format json")).ends_with(0);
        let changes = &run.json()["environments"][0]["changes"];
        let expected =
            serde_json::json!([{"file": ".env", "titles": ["rename it to `PORT`"], "written": written}]);
        assert_eq!(changes, &expected);
    }
}

#[test]
fn line_ends_and_marks_are_kept() {
    let folder = Folder::with_schema(SCHEMA);
    let text = "\u{feff}OLD_PORT=80\r\n# note\r\nGREETING='a b' # c\r\n";
    folder.file(".env", text);
    folder.check(".env --fix --portable=compose,docker-run").ends_with(0);
    assert_eq!(folder.text(".env"), "\u{feff}PORT=80\r\n# note\r\n# c\r\nGREETING=a b\r\n");
}

#[test]
fn every_layer_is_mended_where_it_stands() {
    let folder = Folder::with_schema(SCHEMA);
    folder
        .file(".env", "OLD_PORT=80\n")
        .file(".env.local", "GREETNG=x\n")
        .file("app.toml", "OLD_PORT = 80\n");
    folder.check("--fix --unsafe-fixes").says("fixed .env: ").says("fixed .env.local: ");
    assert_eq!((folder.text(".env"), folder.text(".env.local")), ("PORT=80\n".into(), "GREETING=x\n".into()));
    folder.check("--env-file app.toml --env-file .env --fix");
    assert_eq!(folder.text("app.toml"), "OLD_PORT = 80\n");
}

#[test]
fn standard_input_can_be_compared_but_not_mended() {
    let folder = Folder::with_schema(SCHEMA);
    folder.check_input(b"OLD_PORT=80\n", "- --fix --diff").ends_with(0).says("-OLD_PORT=80\n+PORT=80\n");
    folder.file("a.env", "OLD_PORT=80\n");
    for (text, arguments) in
        [(&b"OLD_PORT=80\n"[..], "- --fix"), (b"PORT=80\n", "- --fix"), (b"PORT=80\n", "a.env - --fix")]
    {
        let run = folder.check_input(text, arguments).ends_with(2);
        run.complains("standard input cannot be mended").complains("add `--diff`");
    }
    // Nothing is done by halves.
    assert_eq!(folder.text("a.env"), "OLD_PORT=80\n");
    let portable = folder.check_input(b"export PORT = 80\n", "- --portable=compose,bash").ends_with(1);
    portable.says("alike: `--fix --diff` shows it");
}

/// A write that cannot be done: the new file would have a name that is too long.
#[test]
fn a_write_that_fails_leaves_the_file_and_nothing_beside_it() {
    let folder = Folder::with_schema(SCHEMA);
    let name = format!("{}.env", "x".repeat(246));
    folder.file(&name, "OLD_PORT=80\n");
    let before = folder.names();
    folder.check(&format!("{name} --fix")).ends_with(2).complains("cannot be written");
    assert_eq!((folder.text(&name), folder.names()), ("OLD_PORT=80\n".to_owned(), before));
}

#[cfg(unix)]
mod unix {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::path::Path;

    use super::{Folder, SCHEMA};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn mode_and_owner_are_kept_and_nothing_is_left_behind() {
        let folder = Folder::with_schema(SCHEMA);
        for bits in [0o600, 0o644, 0o640, 0o755] {
            folder.file(".env", "OLD_PORT=80\n");
            let path = folder.path().join(".env");
            set_mode(&path, bits);
            // Only a privileged user can give a file away.
            let _ = std::os::unix::fs::chown(&path, Some(12_345), Some(12_346));
            let (before, names) = (fs::metadata(&path).unwrap(), folder.names());
            folder.check(".env --fix").ends_with(0).says("fixed");
            let after = fs::metadata(&path).unwrap();
            assert_eq!(mode(&path), bits);
            assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
            assert_eq!(folder.names(), names);
        }
    }

    /// Whoever has the file open, or reads it meanwhile, sees the old text or the new one.
    #[test]
    fn the_file_is_replaced_not_overwritten() {
        let folder = Folder::with_schema(SCHEMA);
        folder.file(".env", "OLD_PORT=80\n");
        let path = folder.path().join(".env");
        let twin = folder.path().join("twin");
        fs::hard_link(&path, &twin).unwrap();
        let before = fs::metadata(&path).unwrap().ino();
        folder.check(".env --fix").ends_with(0);
        assert_ne!(fs::metadata(&path).unwrap().ino(), before);
        assert_eq!(folder.text("twin"), "OLD_PORT=80\n");
    }

    #[test]
    fn a_link_within_the_folder_is_followed_and_stays_one() {
        let folder = Folder::with_schema(SCHEMA);
        folder.file("real.env", "OLD_PORT=80\n").link(".env", "real.env");
        folder.check(".env --fix").ends_with(0).says("fixed .env");
        assert_eq!(folder.text("real.env"), "PORT=80\n");
        assert!(fs::symlink_metadata(folder.path().join(".env")).unwrap().is_symlink());
    }

    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let folder = Folder::with_schema(SCHEMA);
        folder.file("elsewhere/real.env", "OLD_PORT=80\n").link(".env", "elsewhere/real.env");
        let run = folder.check(".env --fix").ends_with(2);
        run.complains("cannot be written: it is a symbolic link that leads to another folder");
        assert_eq!(folder.text("elsewhere/real.env"), "OLD_PORT=80\n");
        let outside = Folder::bare();
        outside.file("real.env", "OLD_PORT=80\n");
        folder.link("out.env", outside.path().join("real.env"));
        folder.check("out.env --fix").ends_with(2).complains("cannot be written");
        assert_eq!(outside.text("real.env"), "OLD_PORT=80\n");
    }

    #[test]
    fn a_folder_that_cannot_be_written_to_is_said() {
        let folder = Folder::with_schema(SCHEMA);
        folder.file("locked/.env", "OLD_PORT=80\n");
        let locked = folder.path().join("locked");
        set_mode(&locked, 0o555);
        let is_privileged = fs::write(locked.join("probe"), "").is_ok();
        let run = folder.check("locked/.env --fix");
        set_mode(&locked, 0o755);
        if !is_privileged {
            run.ends_with(2).complains("locked/.env: cannot be written: permission denied");
            assert_eq!(folder.text("locked/.env"), "OLD_PORT=80\n");
        }
    }
}

/// What is said of a file that could not be written is said of it alone.
#[test]
fn other_files_are_mended_all_the_same() {
    let folder = Folder::with_schema(SCHEMA);
    let name = format!("{}.env", "x".repeat(246));
    folder.file(&name, "OLD_PORT=80\n").file("b.env", "OLD_PORT=81\n");
    let run: Run = folder.check(&format!("{name} b.env --fix")).ends_with(2);
    run.says("fixed b.env");
    assert_eq!(folder.text("b.env"), "PORT=81\n");
}
