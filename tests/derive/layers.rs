//! The layers of a configuration: which there are, in which order, and what is said of each.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use envschema::source::{ConfigFile, ConfigText, DotenvText, Overrides, Process, SecretsFolder, Source};
use envschema::{EnvSchema, LoadError};

/// A variable for each layer there is: each is set by its own layer and by all below.
#[derive(EnvSchema, Debug, PartialEq)]
#[env(profile = "STAGE")]
struct Ladder {
    #[env(default = "schema")]
    a: String,
    #[env(default = "schema")]
    b: String,
    #[env(default = "schema")]
    c: String,
    #[env(default = "schema")]
    d: String,
    #[env(default = "schema")]
    e: String,
    #[env(default = "schema")]
    f: String,
    #[env(default = "schema")]
    g: String,
    #[env(default = "schema")]
    h: String,
    #[env(default = "schema")]
    i: String,
}

/// The fields from the `from`th on, each set to `value`.
fn rungs(from: usize, line: impl Fn(&str) -> String) -> String {
    ["a", "b", "c", "d", "e", "f", "g", "h", "i"][from..].iter().map(|key| line(key)).collect()
}

/// A folder with a file for every layer of `Config::load()`.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("config")).unwrap();
    fs::create_dir_all(folder.join("credentials")).unwrap();
    let write = |file: &str, text: String| fs::write(folder.join(file), text).unwrap();
    write("config/base.toml", rungs(1, |key| format!("{key} = 'base'\n")));
    write("config/production.yaml", rungs(2, |key| format!("{key}: profile\n")));
    write(
        "config/web.json",
        format!("{{{}}}", rungs(3, |key| format!("\"{key}\": \"service\",")).trim_end_matches(',')),
    );
    write(".env", rungs(4, |key| format!("{}=dotenv\n", key.to_uppercase())));
    write(".env.production", rungs(5, |key| format!("{}=dotenv-profile\n", key.to_uppercase())));
    for key in ["G", "h", "I"] {
        write(&format!("credentials/{key}"), "credentials\n".to_owned());
    }
    folder
}

const CHILD: &str = "ENVSCHEMA_TEST_CHILD";

/// Runs `test` of this binary once more, in a folder and an environment of its own.
fn again(test: &str, folder: &Path, environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).current_dir(folder).env_clear();
    command.env(CHILD, "1").envs(environment.iter().copied()).output().unwrap()
}

fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

#[test]
fn each_layer_is_above_the_one_before() {
    if is_child() {
        let loader =
            Ladder::loader().service("web").usual_sources().source(Overrides::new([("I", "override")]));
        let (config, explanation) = loader.load_explained().unwrap();
        println!("{config:?}\n{explanation}");
        return;
    }
    let folder = folder("ladder");
    let credentials = folder.join("credentials");
    let environment = [
        ("STAGE", "production"),
        ("CREDENTIALS_DIRECTORY", credentials.to_str().unwrap()),
        ("H", "process"),
        ("I", "process"),
    ];
    let output = again("layers::each_layer_is_above_the_one_before", &folder, &environment);
    let printed = String::from_utf8(output.stdout).unwrap();
    let expected = "Ladder { a: \"schema\", b: \"base\", c: \"profile\", d: \"service\", e: \"dotenv\", \
        f: \"dotenv-profile\", g: \"credentials\", h: \"process\", i: \"override\" }";
    assert!(printed.contains(expected), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    // Of a value that is replaced, every place is named, the nearest first.
    let last = printed.lines().find(|line| line.starts_with("I ")).unwrap();
    let places = [
        "overrides",
        "process environment",
        "credentials",
        ".env.production:4",
        ".env:5",
        "config/web.json:1",
    ];
    let found: Vec<_> = places.iter().map(|place| last.find(place)).collect();
    assert!(found.is_sorted() && found.iter().all(Option::is_some), "{last}");
}

#[test]
fn load_and_load_or_exit_read_the_same() {
    if is_child() {
        println!("{}", Ladder::load().unwrap().c);
        println!("{}", Port::load_or_exit().port);
        return;
    }
    let test = "layers::load_and_load_or_exit_read_the_same";
    let folder = folder("load");
    let good = again(test, &folder, &[("PORT", "80"), ("STAGE", "production")]);
    assert!(String::from_utf8(good.stdout).unwrap().contains("profile\n80\n"));
    let bad = again(test, &folder, &[("PORT", "80a")]);
    assert_eq!(bad.status.code(), Some(1));
    let (printed, report) = (String::from_utf8(bad.stdout).unwrap(), String::from_utf8(bad.stderr).unwrap());
    assert!(printed.contains("base\n") && !printed.contains("80a"), "{printed}");
    assert!(
        report.contains("`PORT` is not a whole number") && report.contains("--> process environment"),
        "{report}"
    );
}

#[derive(EnvSchema, Debug)]
struct Port {
    port: u16,
}

/// What is wrong, as `place code`.
fn found(error: &LoadError) -> Vec<String> {
    let line = |found: &envschema::core::report::Located| {
        format!("{} {}", envschema::core::render::position(&found.place), found.diagnostic.code)
    };
    error.diagnostics().map(line).collect()
}

#[derive(EnvSchema, Debug)]
#[expect(dead_code, reason = "it cannot be loaded")]
struct Config {
    port: u16,
    #[env(nested)]
    database: Database,
}

#[derive(EnvSchema, Debug)]
#[expect(dead_code, reason = "it cannot be loaded")]
struct Database {
    pool_size: u8,
    host: String,
}

/// Errors of the text and of the values, of every layer, in one report, each under the name its source has for it.
#[test]
fn every_error_of_every_layer_is_reported_at_once() {
    let error = Config::loader()
        .source(ConfigText::new("base.toml", "[database]\npool_size = 900\nhost = 5\n"))
        .source(ConfigText::new("production.yaml", "database:\n  pool_size: many\n  hots: h\n"))
        .source(ConfigText::new("web.json", "{\n  \"database\": {\"host\" 7}\n}\n"))
        .source(DotenvText::new(".env", "DATABASE_HOST='h\n"))
        .source(Process::new([("PORT", "80a")]))
        .load()
        .unwrap_err();
    let expected = [
        "base.toml:2:13 out-of-range",
        "base.toml:3:8 invalid-value",
        "production.yaml:2:14 invalid-value",
        "production.yaml:3:3 unknown-variable",
        "web.json:2 invalid-value",
        "web.json:2 invalid-syntax",
        ".env:1:1 unterminated-quote",
        "process environment invalid-value",
    ];
    assert_eq!(found(&error), expected, "{error}");
    let report = error.to_string();
    for words in
        ["`database.pool_size` (`DATABASE_POOL_SIZE`) is not a whole number", "`PORT` is not a whole number"]
    {
        assert!(report.contains(words), "{words} is not in:\n{report}");
    }
}

/// What is wrong where it counts names the places below; what is replaced says by what.
#[test]
fn a_value_that_is_set_twice_names_both_places() {
    let load = |process: &'static str| {
        let file = ConfigText::new("base.toml", "port = 1\n");
        let dotenv = DotenvText::new(".env", "# a comment\nPORT=2x\n");
        let sources: [Box<dyn Source>; 3] =
            [Box::new(file), Box::new(dotenv), Box::new(Process::new([("PORT", process)]))];
        Port::load_from(sources)
    };
    assert_eq!(load("3").unwrap().port, 3);
    let report = load("3x").unwrap_err().to_string();
    assert!(
        report.contains("  note: .env:2:1: also set here\n  note: base.toml:1:1: also set here\n"),
        "{report}"
    );
    assert!(report.contains("note: process environment: this value is used instead"), "{report}");
}

#[test]
fn a_file_that_must_be_there_is_missed() {
    let error = Port::loader().source(ConfigFile::required("no/such.toml")).load().unwrap_err();
    assert_eq!(found(&error)[0], "no/such.toml unreadable-source");
    assert!(
        Port::loader()
            .source(ConfigFile::optional("no/such.toml"))
            .source(Process::new([("PORT", "1")]))
            .load()
            .is_ok()
    );
    let nothing = SecretsFolder::new("no/such/folder");
    assert_eq!(found(&Port::loader().source(nothing).load().unwrap_err()), ["no source missing-variable"]);
}

#[derive(EnvSchema, Debug)]
struct Tables {
    port: Option<u16>,
    #[env(sensitive)]
    token: Option<String>,
    #[env(nested)]
    smtp: Option<Smtp>,
    labels: Option<BTreeMap<String, bool>>,
}

#[derive(EnvSchema, Debug)]
#[expect(dead_code, reason = "what counts is whether it loads")]
struct Smtp {
    host: String,
}

/// A value where a table belongs, a table where a value does, and `null` in the place of either: nothing of it is lost.
#[test]
fn a_table_is_no_value_and_a_value_no_table() {
    let load = |name: &str, text: &str| Tables::loader().source(ConfigText::new(name, text)).load();
    let table = |found| format!("`smtp` is a table of variables here, not {found}");
    let hidden = "`token` (`TOKEN`) is not a valid `string` (its value stays hidden)".to_owned();
    let null = "is null here: leave it out, or give it a value";
    for (name, text, place, headline) in [
        ("a.toml", "smtp = 3\n", "a.toml:1:1", table("a number")),
        ("a.toml", "smtp = 'hunter2'\n", "a.toml:1:1", table("a text")),
        ("a.toml", "\n[[smtp]]\nhost = 'hunter2'\n", "a.toml:2:3", table("a list")),
        ("a.json", "{\"smtp\": false}", "a.json:1:2", table("true or false")),
        ("a.yaml", "smtp:\n  # host: x\n", "a.yaml:1:1", table("null")),
        ("a.toml", "[port]\na = 'hunter2'\n", "a.toml:1:2", "`port` (`PORT`) is a table here".to_owned()),
        ("a.toml", "port.a = 'hunter2'\n", "a.toml:1:1", "`port` (`PORT`) is a table here".to_owned()),
        ("a.toml", "[token]\na = 'hunter2'\n", "a.toml:1:2", hidden),
        ("a.yaml", "port:\n", "a.yaml:1:1", format!("`port` (`PORT`) {null}")),
        ("a.json", "{\"token\": \"a\", \"port\": null}", "a.json:1", format!("`port` (`PORT`) {null}")),
        ("a.toml", "port = ''\n", "a.toml:1:1", "`port` (`PORT`) is empty".to_owned()),
    ] {
        let error = load(name, text).unwrap_err();
        let told: Vec<_> = error
            .diagnostics()
            .map(|found| {
                format!("{}: {}", envschema::core::render::position(&found.place), found.diagnostic.headline)
            })
            .collect();
        assert_eq!(told, [format!("{place}: {headline}")], "{text}\n{error}");
        assert!(!error.to_string().contains("hunter2"), "{text}\n{error}");
    }
    // What lies in an environment is text, and an empty one is unset there.
    let config = Tables::load_from_pairs([("PORT", ""), ("SMTP_HOST", "")]).unwrap();
    assert!(
        config.port.is_none() && config.token.is_none() && config.smtp.is_none() && config.labels.is_none()
    );
}

/// The line is that of the mistake, and the column is told where all before it may be seen.
#[test]
fn a_mistake_in_the_text_has_its_own_place() {
    let note = "the quotes of this text do not match, or it has a control character";
    for (name, text, expected) in [
        ("a.yaml", "port: 80\n\tdb: x\n", "a.yaml:2:1 indented with a tab"),
        ("a.yaml", "port: 80\nsmtp:\n  host: \"x\nold: 5\n", "a.yaml:3 this quote is never closed"),
        ("a.yaml", "port: 80\nsmtp:\n  # isn't\n  host: 'x\n", "a.yaml:4 this quote is never closed"),
        ("a.json", "{\n  \"port\": 80\n  \"smtp\": {\"host\": \"x\"}\n}", "a.json:2:13 missing comma"),
        ("a.json", "{\n  \"token\": \"x\"\n  \"port\": 80\n}", "a.json:2 missing comma"),
        ("a.toml", "port = 80\nlabels = x\n", "a.toml:2:10 text without quotes"),
        ("a.toml", "token = x\n", "a.toml:1 text without quotes"),
        ("a.toml", "port = 1__0\n", "a.toml:1:8 not a number of TOML"),
        ("a.toml", "port = 'hunter2\n", &format!("a.toml:1:8 {note}")),
        ("a.toml", "# \u{7f}\n", "a.toml:1 control character in a comment"),
        ("a.toml", "port = \n", "a.toml:1:8 missing value"),
        ("a.toml", "labels={a='x', b=", "a.toml:1:18 missing value"),
    ] {
        let error = Tables::loader().source(ConfigText::new(name, text)).load().unwrap_err();
        let told: Vec<_> = error
            .diagnostics()
            .filter(|found| found.diagnostic.code == "invalid-syntax")
            .map(|found| {
                format!("{} {}", envschema::core::render::position(&found.place), found.diagnostic.headline)
            })
            .collect();
        assert_eq!(told, [expected], "{text}\n{error}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

/// A map that goes on behind its header shows the line of what is wrong, and no comment.
#[test]
fn a_wrong_member_of_a_table_is_shown() {
    let text = "[labels]\na = true # hunter2\nb = 'maybe' # hunter2\n# hunter2\nc = false\n";
    let report = Tables::loader().source(ConfigText::new("a.toml", text)).load().unwrap_err().to_string();
    assert!(report.contains("a.toml:3:5") && report.contains(" 3 | b = 'maybe'\n"), "{report}");
    assert!(!report.contains("hunter2"), "{report}");
}

/// What TOML forbids is refused, not merged or dropped: its other readers would not even start.
#[test]
fn a_table_of_a_typed_file_stands_once() {
    for (name, text) in [
        ("a.toml", "port.a = 1\nport = 2\n"),
        ("a.toml", "port = 1\n[port]\n"),
        ("a.toml", "port = 1\n[smtp]\nhost = 'x'\n[smtp]\n"),
        ("a.toml", "port = 1\nsmtp.host = 'x'\n[smtp]\n"),
        ("a.toml", "port = 1\n[[smtp]]\n[smtp]\n"),
        ("a.yaml", "port: 1\nsmtp:\n  host: x\nsmtp:\n  user: y\n"),
        ("a.json", "{\"port\": 1, \"smtp\": {\"host\": \"x\"}, \"smtp\": {}}"),
    ] {
        let error = Port::loader().source(ConfigText::new(name, text)).load().unwrap_err();
        let mut codes = error.diagnostics().map(|found| found.diagnostic.code);
        assert!(codes.any(|code| code == "duplicate-assignment"), "{text}\n{error}");
    }
}

/// A struct whose `.env` files are written for another reader than Docker Compose.
#[derive(EnvSchema, Debug)]
#[env(dialect = "docker-run")]
struct Raw {
    greeting: String,
}

#[test]
fn files_are_read_as_the_schema_says_unless_the_source_says_otherwise() {
    let text = || DotenvText::new(".env", "GREETING=a$$b\n");
    let said = Raw::loader().source(text()).load().unwrap();
    assert_eq!(said.greeting, "a$$b");
    let compose = envschema::core::dotenv::find("compose").unwrap();
    let asked = Raw::loader().source(text().dialect(compose)).load().unwrap();
    assert_eq!(asked.greeting, "a$b");
}

/// Nothing else is silenced less than by the command, but there is no value for the field.
#[test]
fn what_a_line_allows_must_still_fit_its_field() {
    let text = "# envschema: allow=invalid-value\nPORT=hunter2\n";
    let error = Port::loader().source(DotenvText::new(".env", text)).load().unwrap_err();
    let told: Vec<_> = error.diagnostics().map(|found| (found.diagnostic.code, found.place.line)).collect();
    assert_eq!(told, [("invalid-value", Some(2))], "{error}");
}
