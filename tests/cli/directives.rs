//! `# envschema: schema=…`: anybody may have written the file, so what it names is read only inside the repository.

use crate::world::Folder;

const PORT: &str = "PORT: port (required)\n";

fn naming(schema: &str) -> String {
    format!("# envschema: schema={schema}\nPORT=80\n")
}

#[test]
fn a_file_may_name_its_schema() {
    let folder = Folder::with_schema("NAME: string (required)\n");
    folder.file("config/port.yaml", PORT);
    folder.file(".env", naming("config/port.yaml"));
    folder.file("a/.env", naming("../config/port.yaml"));
    folder.file("config/.env", naming("./port.yaml"));
    folder.check(".env a/.env config/.env").ends_with(0).says("ok: 3 environments");
    let run = folder.check_input(naming("config/port.yaml").as_bytes(), "- --format json").ends_with(0);
    assert_eq!(run.json()["environments"][0]["schema"], "config/port.yaml");
}

#[cfg(unix)]
#[test]
fn what_lies_outside_is_neither_read_nor_told() {
    let outside = Folder::bare();
    outside.file("schema.yaml", "hunter2-from-elsewhere: {{{\n");
    outside.file("fine.yaml", PORT);
    let name = outside.path().file_name().unwrap().to_str().unwrap().to_owned();
    let folder = Folder::new();
    folder.link("link.yaml", outside.path().join("schema.yaml"));
    folder.link("fine.yaml", outside.path().join("fine.yaml"));
    folder.link("linked", outside.path());
    folder.folder("folder.yaml");
    folder.prepare("mkfifo", &["pipe.yaml"]);
    for (named, why) in [
        (format!("{}", outside.path().join("fine.yaml").display()), "is not named by a relative path"),
        ("/etc/passwd".into(), "is not named by a relative path"),
        (format!("../{name}/fine.yaml"), "lies outside the repository"),
        ("../../../../../../../../etc/passwd".into(), "lies outside the repository"),
        ("link.yaml".into(), "lies outside the repository"),
        ("fine.yaml".into(), "lies outside the repository"),
        ("linked/fine.yaml".into(), "lies outside the repository"),
        ("missing.yaml".into(), "does not exist"),
    ] {
        folder.file(".env", naming(&named));
        let run = folder
            .check(".env --format json")
            .ends_with(2)
            .says(why)
            .never_says("hunter2")
            .never_says("root:");
        assert_eq!(run.found(), ["unreadable-source - .env:1"], "{named}");
    }
    for (named, why) in [("folder.yaml", "it is a folder"), ("pipe.yaml", "it is not a regular file")] {
        folder.file(".env", naming(named));
        let run = folder.check(".env --format json").ends_with(2).says(why);
        assert_eq!(run.found(), [format!("unreadable-source - {named}")]);
    }
}

#[test]
fn without_a_repository_the_folder_of_the_file_is_the_limit() {
    let folder = Folder::bare();
    folder.file("port.yaml", PORT).file("a/port.yaml", PORT);
    folder.file("a/.env", naming("../port.yaml")).file("a/b.env", naming("port.yaml"));
    folder.check("a/.env").ends_with(2).says("lies outside the repository");
    folder.check("a/b.env").ends_with(0);
}

#[test]
fn what_is_named_is_read_as_a_schema_and_nothing_else() {
    let folder = Folder::new();
    folder.file("private.pem", "-----BEGIN hunter2-----\n").file("huge.yaml", vec![b'#'; (64 << 20) + 1]);
    folder.file("secret.env", "PASSWORD=hunter2\n");
    for named in ["private.pem", "huge.yaml", "secret.env"] {
        folder.file(".env", naming(named));
        folder.check(".env").ends_with(2).never_says("hunter2");
    }
    folder.file(".env", naming("huge.yaml"));
    folder.check(".env").says("it is larger than 64 MiB");
}

#[test]
fn nothing_is_told_of_a_file_that_is_no_schema() {
    let folder = Folder::new();
    folder.file("config.yaml", "database:\n  host: db.internal\n  hunter2: hunter3\nhunter4: hunter5\n");
    folder.file("base.env.schema.yaml", "extends: config.yaml\nvariables: {PORT: port}\n");
    folder.file("other.yaml", "extends: config.yaml\nvariables: {PORT: port}\n");
    for named in ["config.yaml", "other.yaml"] {
        folder.file(".env", naming(named));
        for format in ["full", "concise", "json", "github"] {
            let run = folder.check(&format!(".env --format {format}")).ends_with(2);
            run.says("invalid-schema").never_says("hunter").never_says("internal").never_says("database");
        }
    }
    folder.file(".env", naming("config.yaml"));
    assert_eq!(folder.check(".env --format json").found(), ["invalid-schema - config.yaml:2"]);
    folder.check(".env").says("choose it with --schema to see what is wrong with it");
    folder.check(".env --schema config.yaml").ends_with(2).says("hunter2");
    // What says by its name that it is a schema is found as one, too.
    folder.file("a/envschema.yaml", "PORT: hunter2\n").file(".env", naming("a/envschema.yaml"));
    folder.check(".env").ends_with(2).says("hunter2");
}

/// What a typed file tells editors is told to us as well, by the same rules, unless something else names a schema.
#[test]
fn the_schema_of_editors_is_the_last_resort() {
    let folder = Folder::new();
    folder.file("port.yaml", PORT).file("host.yaml", "HOST: string (required)\n");
    let files = |schema: &str| {
        [
            ("a.toml", format!("#:schema {schema}\n\nPORT = 80\n")),
            ("a.yaml", format!("# settings\n# yaml-language-server: $schema={schema}\nPORT: 80\n")),
            ("a.json", format!("{{\"$schema\": \"{schema}\", \"PORT\": 80}}")),
        ]
    };
    for (name, text) in files("port.yaml") {
        folder.file(name, &text).check(name).ends_with(0);
        folder.file(name, text.replace("port", "host")).check(name).ends_with(1).says("`HOST` is not set");
    }
    for (name, text) in files("https://example.com/port.yaml") {
        folder.file(name, text).check(name).ends_with(2).complains("no schema found");
    }
    for (name, text) in files("../../../etc/passwd") {
        let run = folder.file(name, text).check(&format!("{name} --format json")).ends_with(2);
        assert_eq!(run.found()[0].split(':').next(), Some(&*format!("unreadable-source - {name}")));
        run.says("lies outside the repository").never_says("root:");
    }
    folder.file("a.toml", "# envschema: schema=port.yaml\n#:schema host.yaml\nPORT = 80\n");
    folder.check("a.toml").ends_with(0);
    folder.file("a.toml", "#:schema host.yaml\nPORT = 80\n").file("envschema.yaml", PORT);
    folder.check("a.toml").ends_with(0);
}

#[test]
fn layers_that_name_different_schemas_need_a_decision() {
    let folder = Folder::new();
    folder.file("a.yaml", PORT).file("b.yaml", PORT);
    folder.file("a.env", naming("a.yaml")).file("b.env", naming("b.yaml")).file("c.env", naming("./a.yaml"));
    folder.check("--env-file a.env --env-file c.env").ends_with(0);
    folder
        .check("--env-file a.env --env-file b.env")
        .ends_with(2)
        .complains("`a.env` and `b.env` name different schemas");
    folder.check("--env-file a.env --env-file b.env --schema a.yaml").ends_with(0);
}

#[test]
fn only_a_comment_of_its_own_names_a_schema() {
    let folder = Folder::with_schema(PORT);
    folder.file("a.env", "PORT=80 # envschema: schema=missing.yaml\n");
    folder.file("b.env", "# see envschema: schema=missing.yaml\nPORT=80\n");
    folder.check("a.env").ends_with(1).says("a comment behind a value cannot name a schema");
    folder.check("b.env").ends_with(0);
    folder.file("c.env", "PORT=80\nTEXT='\n# envschema: schema=missing.yaml\n'\n");
    folder.check("c.env").ends_with(0);
    folder.file("d.env", "PORT=80\n# envschema: shcema=missing.yaml\n");
    folder.check("d.env").ends_with(1).says("invalid-directive").says("did you mean `schema=FILE`");
    folder.file("e.env", "\u{feff}# envschema: schema=missing.yaml\nPORT=80\n");
    folder.check("e.env").ends_with(2).says("the schema that this line names does not exist");
}
