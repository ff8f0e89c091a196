//! Which schema holds for a file.

use crate::world::Folder;

const PORT: &str = "PORT: port (required)\n";
const NAME: &str = "NAME: integer (required)\n";

#[test]
fn the_nearest_schema_holds() {
    for name in ["envschema.yaml", "envschema.yml", "app.env.schema.yaml", ".env.schema.yml"] {
        let folder = Folder::new();
        folder.file(name, PORT).file("a/b/.env", "PORT=80\n");
        folder.check("a/b/.env").ends_with(0);
        folder.file("a/envschema.yaml", NAME);
        folder.check("a/b/.env").ends_with(1).says("NAME");
        folder.file("a/b/envschema.yaml", PORT);
        folder.check("a/b/.env").ends_with(0);
    }
}

#[test]
fn schemas_may_be_written_in_toml_and_json() {
    let folder = Folder::new();
    folder.file("a/envschema.toml", "PORT = \"port (required)\"\n").file("a/.env", "PORT=x\n");
    folder.file("b/envschema.json", "{\"PORT\": \"port (required)\"}\n").file("b/.env", "PORT=x\n");
    let run = folder.check("a b --format json").ends_with(1);
    assert_eq!(run.found(), ["invalid-value PORT a/.env:1", "invalid-value PORT b/.env:1"]);
}

#[test]
fn the_search_ends_at_the_root_of_the_repository() {
    let folder = Folder::bare();
    folder.file("envschema.yaml", PORT).file("repo/a/.env", "PORT=80\n");
    folder.check("repo/a/.env").ends_with(0);
    folder.folder("repo/.git");
    folder.check("repo/a/.env").ends_with(2).complains("no schema found for `repo/a/.env`");
    // A worktree has a file of this name.
    let folder = Folder::bare();
    folder.file("envschema.yaml", PORT).file("repo/a/.env", "PORT=80\n").file("repo/.git", "gitdir: x\n");
    folder.check("repo/a/.env").ends_with(2);
}

#[test]
fn the_schema_is_called_as_seen_from_the_current_folder() {
    let folder = Folder::with_schema(PORT);
    folder.file("a/b/.env", "PORT=x\n");
    folder.check("a/b/.env").ends_with(1).says("rule: envschema.yaml:1:");
    let mut command = folder.command(["check", ".env"]);
    let run: crate::world::Run = command.current_dir(folder.path().join("a/b")).output().unwrap().into();
    run.ends_with(1).says("  --> .env:1:6\n").says("rule: ../../envschema.yaml:1:");
}

#[test]
fn two_schemas_in_one_folder_are_one_too_many() {
    let folder = Folder::with_schema(PORT);
    folder.file("app.env.schema.toml", "PORT = \"port\"\n").file("a/.env", "PORT=80\n");
    folder
        .check("a/.env")
        .ends_with(2)
        .complains("several schemas in one folder: `app.env.schema.toml` and `envschema.yaml`");
    folder.check("a/.env --schema envschema.yaml").ends_with(0);
}

#[test]
fn each_file_has_the_schema_named_after_it() {
    let folder = Folder::new();
    folder
        .file("a.env.schema.yaml", PORT)
        .file("b.env.schema.yaml", NAME)
        .file(".env.schema.toml", "X = \"port\"\n");
    folder.file("a.env", "PORT=80\n").file("b.env", "NAME=1\n").file(".env.local", "X=1\n").file("c.env", "");
    folder.file("sub/b.env", "NAME=2\n");
    folder.check("a.env b.env .env.local sub/b.env").ends_with(0);
    folder.check("c.env").ends_with(2).complains("c.env: several schemas in one folder");
    folder.file("envschema.yaml", NAME).check("a.env").ends_with(0);
}

#[test]
fn a_named_schema_wins_over_every_other() {
    let folder = Folder::with_schema(NAME);
    folder.file("port.yaml", PORT).file(".env", "# envschema: schema=envschema.yaml\nPORT=80\n");
    folder.check(".env --schema port.yaml").ends_with(0);
    folder.check(".env").ends_with(1).says("NAME");
}

#[test]
fn layers_look_for_their_schema_from_the_highest_down() {
    let folder = Folder::new();
    folder.file("base/base.env", "PORT=80\n").file("app/envschema.yaml", PORT).file("app/.env", "");
    folder.check("--env-file base/base.env --env-file app/.env").ends_with(0);
    folder.check("--env-file app/.env --env-file base/base.env").ends_with(0);
}

#[test]
fn what_has_no_folder_belongs_to_the_current_one() {
    let folder = Folder::with_schema(PORT);
    folder.check_input(b"PORT=80\n", "-").ends_with(0);
    folder.check_in(&[("PORT", "80")], "--process-env").ends_with(0);
    let nowhere = Folder::new();
    nowhere.check_input(b"PORT=80\n", "-").ends_with(2).complains("no schema found for `<stdin>`");
    nowhere.check_in(&[("PORT", "80")], "--process-env").ends_with(2).complains("error: no schema found\n");
}

#[test]
fn a_folder_called_as_a_schema_is_none() {
    let folder = Folder::with_schema(PORT);
    folder.folder("a/envschema.yaml").file("a/.env", "PORT=80\n");
    folder.check("a/.env").ends_with(0);
}

#[cfg(unix)]
#[test]
fn a_found_schema_does_not_lead_out_of_the_repository() {
    let outside = Folder::bare();
    outside.file("secrets.yaml", "root: hunter2-from-elsewhere\n");
    let folder = Folder::new();
    folder.file(".env", "PORT=80\n").link("envschema.yaml", outside.path().join("secrets.yaml"));
    let run = folder.check(".env --format json").ends_with(2).never_says("hunter2");
    assert_eq!(run.found(), ["unreadable-source - envschema.yaml"]);
    // Who names it says that it is meant.
    folder.check(".env --schema envschema.yaml").ends_with(2).says("envschema.yaml:1");
    let folder = Folder::new();
    folder
        .file(".env", "PORT=80\n")
        .file("deploy/schema.yaml", PORT)
        .link("envschema.yaml", "deploy/schema.yaml");
    folder.check(".env").ends_with(0);
}
