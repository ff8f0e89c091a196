//! Profiles, services and phases: where they come from, and what is refused.

use crate::world::Folder;

const SCHEMA: &str = "\
profile: APP_ENV
profiles: [local, staging, production]
services: [web, worker]
variables:
  APP_ENV: local | staging | production (default: local)
  PORT: port
  LOG:
    type: string
    in:
      production: {required: true}
      staging: {one_of: [json]}
  TOKEN: {type: string, services: [worker], phases: [runtime]}
";

fn profile(folder: &Folder, environment: &[(&str, &str)], arguments: &str) -> String {
    let run = folder.check_in(environment, &format!("{arguments} --format json"));
    let environments = run.json()["environments"].clone();
    environments[0]["profile"].as_str().unwrap_or("-").to_owned()
}

#[test]
fn the_profile_comes_from_flag_process_file_and_schema_in_this_order() {
    let folder = Folder::with_schema(SCHEMA);
    folder
        .file("set.env", "APP_ENV=staging\n")
        .file("unset.env", "PORT=80\n")
        .file("empty.env", "APP_ENV=\n");
    let process = [("APP_ENV", "production")];
    assert_eq!(profile(&folder, &process, "set.env --profile local"), "local");
    assert_eq!(profile(&folder, &process, "set.env"), "production");
    assert_eq!(profile(&folder, &[], "set.env"), "staging");
    assert_eq!(profile(&folder, &[("APP_ENV", "")], "set.env"), "staging");
    assert_eq!(profile(&folder, &[], "unset.env"), "local");
    assert_eq!(profile(&folder, &[], "empty.env"), "local");
    folder.check("set.env --profile production").ends_with(1).says("LOG").says("(profile production)");
    folder.check("unset.env").ends_with(0).says("ok: unset.env, 4 variables, profile local\n");
}

#[test]
fn profiles_choose_conventional_files() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "PORT=1\n").file(".env.local", "PORT=2\n");
    folder
        .file(".env.staging", "PORT=3\nLOG=json\n")
        .file(".env.staging.local", "PORT=4\n")
        .file(".env.local.local", "PORT=5\n");
    let sources = |environment: &[(&str, &str)], arguments: &str| {
        let run = folder.check_in(environment, &format!("{arguments} --format json"));
        run.json()["environments"][0]["sources"].to_string()
    };
    let staging = r#"[".env",".env.local",".env.staging",".env.staging.local"]"#;
    assert_eq!(sources(&[], ""), r#"[".env",".env.local",".env.local.local"]"#);
    assert_eq!(sources(&[], "--profile staging"), staging);
    assert_eq!(sources(&[("APP_ENV", "staging")], ""), staging);
    assert_eq!(sources(&[("APP_ENV", "staging")], "--profile production"), r#"[".env",".env.local"]"#);
    folder.file(".env.local", "APP_ENV=staging\n");
    assert_eq!(sources(&[], ""), staging);
}

#[test]
fn a_profiled_file_cannot_select_another_profile() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "APP_ENV=production\n").file(".env.production", "APP_ENV=staging\nPORT=1\n");
    let run = folder.check("--format json").ends_with(1);
    assert_eq!(
        run.found(),
        ["conflicting-variables APP_ENV .env.production:1", "missing-variable LOG .env.production"]
    );
    assert_eq!(run.json()["environments"][0]["profile"], "production");
    folder
        .check("--profile production")
        .ends_with(1)
        .says("another profile than the one this file is read for");
    folder.file(".env.production", "APP_ENV=production\nLOG=x\n");
    folder.check("").ends_with(0).says("profile production");
}

#[test]
fn a_profile_cannot_name_a_file_elsewhere() {
    let folder = Folder::with_schema("profile: APP_ENV\nvariables:\n  APP_ENV: string\n  PORT: port\n");
    folder.file("repo/.env", "APP_ENV=/../../x\nPORT=80\n").file("x", "PORT=leaked\n").folder("repo/.env.");
    let mut command = folder.command(["check", "--format", "json"]);
    let run: crate::world::Run = command.current_dir(folder.path().join("repo")).output().unwrap().into();
    assert_eq!(run.ends_with(0).json()["environments"][0]["sources"], serde_json::json!([".env"]));
}

#[test]
fn unknown_names_are_refused_with_a_suggestion() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "PORT=80\n");
    for (arguments, complaint) in [
        ("--profile prodution", "unknown profile `prodution`\n  help: did you mean `production`?"),
        ("--profile prod", "did you mean `production`?"),
        ("--profile x", "choose one the schema lists: `local`, `staging` or `production`"),
        ("--service wokrer", "unknown service `wokrer`\n  help: did you mean `worker`?"),
        ("--service nginx", "choose one the schema lists: `web` or `worker`"),
        ("--phase runtme", "unknown phase `runtme`\n  help: did you mean `runtime`?"),
    ] {
        let run = folder.check(&format!(".env {arguments}")).ends_with(2).complains(complaint);
        assert_eq!(run.stdout, "", "{arguments}");
        let report = folder.check(&format!(".env {arguments} --format json")).ends_with(2).json();
        assert_eq!(report["environments"][0]["checked"], false);
        assert_eq!(report["failures"].as_array().map(Vec::len), Some(1));
    }
    for arguments in
        ["--service web", "--phase build", "--phase deploy", "--profile staging --service worker"]
    {
        folder.check(&format!(".env {arguments}")).ends_with(0);
    }
}

#[test]
fn without_lists_only_near_misses_are_refused() {
    let folder =
        Folder::with_schema("LOG: {type: string, in: {production: {required: true}}, services: [worker]}\n");
    folder.file(".env", "LOG=x\n");
    folder.check(".env --profile prodution").ends_with(2);
    folder.check(".env --profile local").ends_with(0);
    folder.check(".env --service worke").ends_with(2);
    folder.check(".env --service nginx").ends_with(0);
}

#[test]
fn a_profile_the_schema_does_not_know_is_not_shown() {
    let folder = Folder::with_schema("profile: MODE\nvariables:\n  PORT: port\n");
    folder.file(".env", "MODE=hunter2\nPORT=80\n");
    for format in ["full", "concise", "json", "github"] {
        folder.check(&format!(".env --format {format}")).ends_with(0).never_says("hunter2");
    }
    let listed = Folder::with_schema(SCHEMA);
    listed.file(".env", "PORT=80\n");
    listed
        .check_in(&[("APP_ENV", "hunter2")], ".env")
        .ends_with(2)
        .never_says("hunter2")
        .complains("`APP_ENV`");
}

#[test]
fn a_secret_of_another_service_is_reported() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file(".env", "TOKEN=abc\n");
    folder.check(".env").ends_with(0);
    folder.check(".env --service web").ends_with(1).says("misplaced-secret");
    folder.check(".env --phase build").ends_with(1).says("misplaced-secret");
}
