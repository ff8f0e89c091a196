//! `envschema read`: what each reader sees, side by side, and what of it is shown.

use serde_json::{Value, json};

use crate::world::{Folder, Run};

const DIFFERENT: &str = "A=1\nB=\"a b\" # note\nC=$B\n";

fn read(folder: &Folder, arguments: &str) -> Run {
    folder.run(["read"].into_iter().chain(arguments.split_whitespace()))
}

/// The JSON of each line.
fn lines(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_readers_see_stands_side_by_side() {
    let folder = Folder::new();
    folder.file(".env", DIFFERENT);
    let run = read(&folder, ".env --dialect compose,docker-run,node24,bash").ends_with(0);
    insta::assert_snapshot!(run.stdout, @r#"
    .env
        A  "1"
      ≠ B  "a b"  (compose, node24, bash)
           "\"a b\" # note"  (docker-run)
      ≠ C  "a b"  (compose, bash)
           "$B"  (docker-run, node24)
    "#);
}

#[test]
fn where_few_differ_the_others_are_counted() {
    let folder = Folder::new();
    folder.file(".env", "A=x\r\n");
    let run = read(&folder, ".env").ends_with(0);
    run.says("  ≠ A  \"x\"  (the other 4").says("     \"x\\r\"  (github-env-model, bash, dash, ");
    // As many as are left have to be named.
    folder.file(".env", "A=${B:-c}\n");
    read(&folder, ".env").ends_with(0).never_says("the other");
}

#[test]
fn json_has_a_line_for_each_file_and_the_readers_by_name() {
    let folder = Folder::new();
    folder.file("a.env", "A='x'\n").file("b.env", "");
    let run = read(&folder, "a.env b.env --dialect compose,docker-run --format json").ends_with(0);
    assert_eq!(
        lines(&run),
        [
            json!({"file": "a.env", "readers": {"compose": {"vars": {"A": "x"}}, "docker-run": {"vars": {"A": "'x'"}}}}),
            json!({"file": "b.env", "readers": {"compose": {"vars": {}}, "docker-run": {"vars": {}}}}),
        ]
    );
}

#[test]
fn without_a_list_all_readers_are_asked() {
    let folder = Folder::new();
    folder.file(".env", "A=1\n");
    let named = lines(&read(&folder, ".env --dialect all --format json").ends_with(0));
    assert_eq!(named, lines(&read(&folder, ".env --dialect bash,all --format json").ends_with(0)));
    read(&folder, ".env --dialect al").ends_with(2).complains("did you mean `all`?");
    let unnamed = lines(&read(&folder, ".env --format json").ends_with(0));
    assert_eq!(named, unnamed);
    let readers = named[0]["readers"].as_object().unwrap();
    assert!(readers.len() > 40, "{}", readers.len());
    for (name, reading) in readers {
        assert_eq!(reading, &json!({"vars": {"A": "1"}}), "{name}");
    }
    read(&folder, ".env").ends_with(0).says("    A  \"1\"\n");
}

#[test]
fn standard_input_is_read() {
    let folder = Folder::new();
    let run =
        folder.run_input(b"A=1\n", ["read", "-", "--dialect", "node24", "--format", "json"]).ends_with(0);
    assert_eq!(lines(&run), [json!({"file": "-", "readers": {"node24": {"vars": {"A": "1"}}}})]);
}

#[test]
fn references_see_the_process_environment() {
    let folder = Folder::new();
    folder.file(".env", "A=$OUTER\nB\nOUTER=mine\n");
    let mut command =
        folder.command(["read", ".env", "--dialect", "compose,dotenvy,node24", "--format", "json"]);
    let run = Run::from(command.env("OUTER", "theirs").env("B", "b").output().unwrap()).ends_with(0);
    let readers = &lines(&run)[0]["readers"];
    assert_eq!(readers["compose"]["vars"], json!({"A": "theirs", "B": "b", "OUTER": "mine"}));
    // It keeps what the environment has.
    assert_eq!(readers["node24"]["vars"], json!({"A": "$OUTER"}));
    assert_eq!(readers["dotenvy"]["vars"], json!({"A": "theirs"}));
}

#[test]
fn a_reader_that_fails_says_why_beside_what_it_read() {
    let folder = Folder::new();
    folder.file(".env", "A=1\nexport B=2\nC=3\n").file("stop.env", "A=1\nB=x y\nC=3\n");
    let run = read(&folder, ".env --dialect docker-run,compose --format json").ends_with(0);
    let readers = &lines(&run)[0]["readers"];
    assert_eq!(readers["docker-run"], json!({"error": "this reader does not know `export`", "vars": {}}));
    assert_eq!(readers["compose"]["vars"], json!({"A": "1", "B": "2", "C": "3"}));
    let run = read(&folder, "stop.env --dialect dotenvy --format json").ends_with(0);
    let reading = &lines(&run)[0]["readers"]["dotenvy"];
    assert_eq!(reading["vars"], json!({"A": "1"}));
    assert!(reading["error"].as_str().is_some_and(|error| !error.is_empty()), "{reading}");
    let run = read(&folder, "stop.env --dialect uv,dotenvy").ends_with(0);
    run.says("  cut short without an error by uv: an unquoted").says("  cut short by dotenvy: an unquoted");
    read(&folder, ".env --dialect docker-run")
        .ends_with(0)
        .says("  refused by docker-run: this reader does not know `export`\n    no variables\n");
}

#[test]
fn what_is_not_text_is_told_in_base64() {
    let folder = Folder::new();
    folder.file(".env", b"A=\xff\xfe\n");
    let run = read(&folder, ".env --dialect bash --format json").ends_with(0);
    assert_eq!(lines(&run)[0]["readers"]["bash"]["vars"], json!({"A": {"b64": "//4="}}));
}

#[test]
fn names_that_a_reader_removes_are_listed() {
    let folder = Folder::new();
    folder.file(".env", "unset GONE\nA=1\n");
    let mut command = folder.command(["read", ".env", "--dialect", "bash", "--format", "json"]);
    let run = Run::from(command.env("GONE", "x").output().unwrap()).ends_with(0);
    assert_eq!(lines(&run)[0]["readers"]["bash"], json!({"vars": {"A": "1"}, "unset": ["GONE"]}));
}

#[test]
fn what_looks_secret_is_masked_unless_it_is_to_be_revealed() {
    let folder = Folder::new();
    folder.file(".env", "DB_PASSWORD=hunter2\nURL=postgres://app:hunter2@db/app\nCOPY=$DB_PASSWORD\n");
    for format in ["text", "json"] {
        let arguments = format!(".env --format {format}");
        read(&folder, &arguments)
            .ends_with(0)
            .never_says("hunter2")
            .says("******")
            .says("postgres://******@db/app");
        read(&folder, &format!("{arguments} --reveal"))
            .ends_with(0)
            .says("app:hunter2@db")
            .never_says("****");
    }
}

#[test]
fn what_the_schema_says_decides() {
    let folder =
        Folder::with_schema("QUIET: string (sensitive)\nSITE_KEY: {type: string, sensitive: false}\n");
    folder.file(".env", "QUIET=hunter2\nSITE_KEY=open\n");
    let run = read(&folder, ".env --dialect compose --format json").ends_with(0);
    let vars = &lines(&run)[0]["readers"]["compose"]["vars"];
    assert_eq!(vars, &json!({"QUIET": "******", "SITE_KEY": "open"}));
    folder.file("other.yaml", "SITE_KEY: string (sensitive)\n");
    let run = read(&folder, ".env --dialect compose --format json --schema other.yaml").ends_with(0);
    let vars = &lines(&run)[0]["readers"]["compose"]["vars"];
    assert_eq!(vars, &json!({"QUIET": "hunter2", "SITE_KEY": "******"}));
}

#[test]
fn a_file_may_name_its_schema() {
    let folder = Folder::with_schema("QUIET: string\n");
    folder.file("quiet.yaml", "QUIET: string (sensitive)\n");
    folder.file(".env", "# envschema: schema=quiet.yaml\nQUIET=hunter2\n");
    read(&folder, ".env").ends_with(0).never_says("hunter2");
    // What is secret cannot be known without the schema.
    folder.file(".env", "# envschema: schema=none.yaml\nQUIET=hunter2\n");
    read(&folder, ".env")
        .ends_with(2)
        .never_says("hunter2")
        .complains(".env: the schema that it names does not exist");
    folder.file("envschema.toml", "").file(".env", "QUIET=hunter2\n");
    read(&folder, ".env").ends_with(2).never_says("hunter2").complains("envschema.toml");
}

/// A command is never run, so nothing is made up: neither for the variable nor for those that refer to it.
#[test]
fn a_command_is_an_error_and_what_comes_of_it_is_not_known() {
    let folder = Folder::new();
    let marker = folder.path().join("ran");
    let command = format!("touch {}", marker.display());
    for (command, readers) in [
        (format!("$({command})"), "bash,dash,busybox-ash,zsh,dotenvx,dotenv18+expand1000,ruby-dotenv"),
        (format!("\"$({command})\""), "bash,dash,zsh,dotenvx,dotenv-expand,ruby-dotenv,symfony-dotenv"),
        (format!("`{command}`"), "bash,dash,busybox-ash,zsh"),
        (format!("$(shell {command})"), "make,make4.4"),
    ] {
        let reference = if readers.starts_with("make") { "$(A)" } else { "${A}" };
        folder.file(".env", format!("A={command}\nB=x{reference}\nC=1\n"));
        let json = read(&folder, &format!(".env --format json --dialect {readers}")).ends_with(0);
        for (name, reading) in lines(&json)[0]["readers"].as_object().unwrap() {
            assert!(reading["error"].as_str().is_some_and(|error| error.contains("never done")), "{name}");
            assert_eq!(reading["vars"], json!({"C": "1"}), "{name}: {command}");
            assert_eq!(reading["unknown"], json!(["A", "B"]), "{name}: {command}");
        }
        let text = read(&folder, &format!(".env --dialect {readers}")).ends_with(0);
        text.says("  not all known of ").says("    A  not known here\n    B  not known here\n    C  \"1\"\n");
        assert!(!marker.exists());
    }
    // What is assigned again does not come from the command any more.
    folder.file(".env", "A=$(id)\nA=1\n");
    let json = read(&folder, ".env --format json --dialect bash").ends_with(0);
    assert_eq!(lines(&json)[0]["readers"]["bash"]["vars"], json!({"A": "1"}));
}

#[test]
fn a_value_that_never_ends_is_an_error() {
    let folder = Folder::new();
    folder.file(".env", "A=${A}:x\n").file("make.env", "A=$(B)\nB=$(A)\n");
    let doubled: String = (1..40).map(|n| format!("A{n}=$A{0}$A{0}\n", n - 1)).collect();
    folder.file("long.env", format!("A0=0123456789\n{doubled}"));
    for (file, readers) in [
        (".env", "dotenv-expand"),
        ("make.env", "make,make4.4"),
        ("long.env", "compose,bash,dotenvy,direnv,godotenv,ruby-dotenv"),
    ] {
        let json = read(&folder, &format!("{file} --format json --dialect {readers}")).ends_with(0);
        for (name, reading) in lines(&json)[0]["readers"].as_object().unwrap() {
            assert!(reading["error"].is_string(), "{file} {name}");
            assert!(reading["vars"].get("A39").is_none(), "{file} {name}");
        }
        let says = if file == "long.env" { "  not all known of " } else { "  refused by " };
        read(&folder, &format!("{file} --dialect {readers}")).ends_with(0).says(says);
    }
}

#[test]
fn what_only_the_reader_knows_is_not_made_up() {
    let folder = Folder::new();
    folder.file(".env", "A=$$\nB=1\n");
    let run = read(&folder, ".env --format json --dialect bash").ends_with(0);
    assert_eq!(lines(&run)[0]["readers"]["bash"], json!({"vars": {"B": "1"}, "unknown": ["A"]}));
    read(&folder, ".env --dialect bash").ends_with(0).says("    A  not known here\n");
    // Nor whether it is set at all, if a command decides that.
    folder.file(".env", "A=0\n[ -f other ] && A=1\nB=1\n");
    let run = read(&folder, ".env --format json --dialect bash").ends_with(0);
    assert_eq!(lines(&run)[0]["readers"]["bash"], json!({"vars": {"B": "1"}, "unknown": ["A"]}));
}

#[test]
fn different_values_never_look_alike() {
    let folder = Folder::new();
    let values =
        ["a", "a ", " a", "a\\", "a\\\\", "\"a\"", "\\\"a\\\"", "a\tb", "a\\tb", "a b", "a\u{a0}b", "******"];
    let mut shown: Vec<String> = Vec::new();
    for value in values {
        folder.file(".env", format!("A={value}\nB_KEY=x\n"));
        shown.push(read(&folder, ".env --dialect docker-run").ends_with(0).stdout);
    }
    assert!(shown[1].contains("    A      \"a \"\n"), "{}", shown[1]);
    assert!(shown[11].contains("    A      \"******\"\n    B_KEY  ******\n"), "{}", shown[11]);
    shown.sort();
    shown.dedup();
    assert_eq!(shown.len(), values.len(), "{shown:?}");
}

#[test]
fn masked_names_are_told_apart() {
    let folder = Folder::new();
    folder.file(".env", "TLS_KEY=\"-----BEGIN\nzhunter=2\nahunter=3\nzhunter=4\n\"\nC=1\n");
    let run = read(&folder, ".env --dialect compose-raw,foreman --format json").ends_with(0);
    let vars = &lines(&run)[0]["readers"]["compose-raw"]["vars"];
    let expected = json!({"TLS_KEY": "******", "****** 1": "******", "****** 2": "******", "C": "1"});
    let kept: serde_json::Map<String, Value> = vars.as_object().unwrap().clone().into_iter().collect();
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(kept.get(name), Some(value), "{name}: {vars}");
    }
    read(&folder, ".env --dialect compose-raw,compose").ends_with(0).never_says("hunter").says("****** 2");
}

/// A key in several lines, which readers without quotes take for variables; a quote that swallows a secret; one that is
/// never closed.
#[test]
fn what_is_part_of_a_secret_to_any_reader_is_masked() {
    let folder = Folder::new();
    let pem = "TLS_KEY=\"-----BEGIN PRIVATE KEY-----\nhunter2aaa\nhunter2bbb=\nhunter2=ccc\n-----END PRIVATE KEY-----\"\nA=1\n";
    folder.file("pem.env", pem);
    folder.file("swallow.env", "NOTE=\"it is\nDB_PASSWORD=hunter2\nso\"\nB=x\\\nAPI_TOKEN=hunter2\n");
    folder.file("open.env", "A=1\nDB_PASSWORD=\"hunter2\nhunter2=hunter2\n");
    for file in ["pem.env", "swallow.env", "open.env"] {
        for format in ["text", "json"] {
            read(&folder, &format!("{file} --format {format}"))
                .ends_with(0)
                .never_says("hunter2")
                .says("******");
        }
    }
    // What nobody takes for a part of it is shown.
    let run = read(&folder, "pem.env --format json").ends_with(0);
    assert_eq!(lines(&run)[0]["readers"]["compose"]["vars"], json!({"TLS_KEY": "******", "A": "1"}));
}

#[test]
fn a_name_that_is_misspelt_is_answered_with_the_one_that_was_meant() {
    let folder = Folder::new();
    folder.file(".env", "A=1\n");
    for command in ["read .env --dialect", "fmt .env --dialect", "check .env --dialect"] {
        let run = folder.run(command.split(' ').chain(["compsoe"]));
        run.ends_with(2).complains("unknown dialect `compsoe`").complains("did you mean `compose`?");
    }
    read(&folder, ".env --dialect compose,nothing-like-it")
        .ends_with(2)
        .complains("choose one of all, compose, ");
    read(&folder, ".env --dialect compose,").ends_with(2).complains("unknown dialect ``");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_shown() {
    let folder = Folder::new();
    folder.file("a.env", "A=1\n").folder("sub");
    let run = read(&folder, "missing.env a.env sub --dialect compose").ends_with(2);
    run.says("a.env\n    A  \"1\"\n")
        .complains("missing.env: cannot be read: there is no such file")
        .complains("sub: cannot be read: it is a folder");
    read(&folder, "").ends_with(2);
    read(&folder, "a.env - -").ends_with(2).complains("standard input can be read only once");
    read(&folder, "a.env --schema none.yaml").ends_with(2).complains("none.yaml");
    folder.file("broken.yaml", "A: prot\n");
    read(&folder, "a.env --schema broken.yaml").ends_with(2).complains("the schema has errors");
    // Whoever reveals everything needs no schema.
    read(&folder, "a.env --schema broken.yaml --reveal").ends_with(0);
}

#[test]
fn nothing_in_a_file_acts_on_a_terminal() {
    let folder = Folder::new();
    folder.file(".env", "A=\x1b[2J\u{202e}\nB\x1b=1\n##[error]=1\n");
    for arguments in [".env", ".env --format json", ".env --reveal", ".env --reveal --format json"] {
        let run = read(&folder, arguments).ends_with(0);
        let acts = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!run.stdout.contains(acts), "{arguments}: {}", run.stdout);
        run.never_says("##[");
    }
}

/// Anybody may have put a link into a repository, so what it leads to outside is not shown.
#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_shows_no_value() {
    let outside = Folder::bare();
    outside.file("other.env", "PORT=leaked\nroot:x:leaked\nA.B=leaked\nA-leaked=1\nC=$PORT\n");
    let folder = Folder::with_schema("PORT: port\n");
    folder.link(".env", outside.path().join("other.env"));
    for format in ["text", "json"] {
        let run = read(&folder, &format!(".env --format {format}")).ends_with(0);
        run.never_says("leaked").says("PORT").says("****** 1");
        read(&folder, &format!(".env --format {format} --reveal")).ends_with(0).says("leaked");
    }
    // A link that stays inside is a file like any other.
    folder.file("shared/base.env", "PORT=shown\n").link("in.env", "shared/base.env");
    read(&folder, "in.env").ends_with(0).says("shown");
}
