//! The built service with good and bad environments: what it prints, how it ends, and that it answers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]
#![expect(clippy::disallowed_methods, reason = "these tests run the service in folders of their own")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const DATABASE: &str = "postgres://billing:hunter2-secret@localhost/billing";

/// The folder of the service, with its `.env`.
fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A folder as the image has it: the configuration files and these.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(folder.join("config")).unwrap();
    for file in ["config/base.toml", "config/production.toml"] {
        fs::copy(home().join(file), folder.join(file)).unwrap();
    }
    for (file, text) in files {
        fs::write(folder.join(file), text).unwrap();
    }
    folder
}

fn service(folder: &Path, environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_envschema-example-service"));
    command.current_dir(folder).env_clear().envs(environment.iter().copied());
    command
}

/// What it prints before it gives up.
fn failed(folder: &Path, environment: &[(&str, &str)]) -> String {
    let Output { status, stdout, stderr } = service(folder, environment).output().unwrap();
    assert_eq!((status.code(), stdout.len()), (Some(1), 0));
    let report = String::from_utf8(stderr).unwrap();
    assert!(!report.contains("hunter2") && !report.contains("listening"), "{report}");
    report
}

/// Stops the service however the test ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What it prints until it listens, and what it answers then.
fn started(folder: &Path, environment: &[(&str, &str)]) -> (String, String) {
    let mut running = Running(service(folder, environment).stderr(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(running.0.stderr.take().unwrap()).lines().map(Result::unwrap);
    let mut log = String::new();
    let address = lines.by_ref().find_map(|line| {
        log.push_str(&format!("{line}\n"));
        line.strip_prefix("listening on ").map(str::to_owned)
    });
    let mut stream =
        TcpStream::connect(address.unwrap_or_else(|| panic!("it does not listen:\n{log}"))).unwrap();
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    (log, answer)
}

/// The log says of every value where it came from, and shows no secret.
#[track_caller]
fn assert_logged(log: &str, lines: &[&str]) {
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for line in lines {
        assert!(log.lines().any(|logged| words(logged) == words(line)), "{line} is not in:\n{log}");
    }
    assert!(!log.contains("hunter2") && !log.contains(KEY), "{log}");
}

#[test]
fn it_starts_as_it_is_checked_out() {
    let (log, answer) = started(&home(), &[("BILLING_PORT", "0"), ("BILLING_LOG_LEVEL", "debug")]);
    assert!(answer.ends_with("{\"mail\":false,\"status\":\"ok\"}"), "{answer}");
    let lines = [
        "BILLING_HOST \"127.0.0.1\" default",
        "BILLING_LOG_LEVEL \"debug\" process environment (instead of config/base.toml:3)",
        "BILLING_SIGNING_KEY ****** .env:3",
        "BILLING_DATABASE_POOL_SIZE 10 config/base.toml:7",
        "BILLING_SMTP_HOST - not set",
    ];
    assert_logged(&log, &lines);
}

/// As in the image: its environment, secrets in a folder, no `.env`.
#[test]
fn it_starts_in_production() {
    let secrets =
        [("db_url", DATABASE), ("BILLING_SIGNING_KEY", KEY), ("BILLING_SMTP_PASSWORD", "hunter2\n")];
    let folder = folder("production", &secrets);
    let (credentials, database) = (folder.to_str().unwrap(), folder.join("db_url"));
    let image = include_str!("../Dockerfile").lines().find_map(|line| line.strip_prefix("ENV ")).unwrap();
    let mut environment: Vec<_> = image.split(' ').filter_map(|pair| pair.split_once('=')).collect();
    assert!(environment.contains(&("BILLING_ENV", "production")));
    environment.extend([
        ("BILLING_PORT", "0"),
        ("BILLING_SMTP_HOST", "mail.example"),
        ("DATABASE_URL_FILE", database.to_str().unwrap()),
        ("CREDENTIALS_DIRECTORY", credentials),
    ]);
    let (log, answer) = started(&folder, &environment);
    assert!(answer.ends_with("{\"mail\":true,\"status\":\"ok\"}"), "{answer}");
    let lines = [
        "BILLING_HOST \"0.0.0.0\" process environment",
        "BILLING_LOG_LEVEL \"warn\" config/production.toml:3 (instead of config/base.toml:3)",
        "BILLING_DATABASE_POOL_SIZE 40 config/production.toml:7 (instead of config/base.toml:7)",
        "DATABASE_URL ****** process environment",
        &format!("BILLING_SIGNING_KEY ****** {credentials}/BILLING_SIGNING_KEY"),
    ];
    assert_logged(&log, &lines);
}

/// Everything at once, at the places `envschema check` names: `bad.expected` holds both to it.
#[test]
fn it_says_everything_that_is_wrong_at_once() {
    let folder = folder("bad", &[(".env", include_str!("bad.env"))]);
    let report = failed(&folder, &[]);
    let lines: Vec<_> = report.lines().collect();
    let found = lines.windows(2).filter_map(|pair| {
        let place = pair[1].strip_prefix("  --> ")?;
        Some(format!("{place}: {}\n", pair[0]))
    });
    assert_eq!(found.collect::<String>(), include_str!("bad.expected"), "{report}");
    for expected in ["did you mean `BILLING_PORT`?", "did you mean `info`?", "3 | BILLING_PORT=80a80\n"] {
        assert!(report.contains(expected), "{expected} is not in:\n{report}");
    }
}

#[test]
fn it_says_what_is_missing() {
    let report = failed(&folder("empty", &[]), &[]);
    assert!(
        report.contains("`BILLING_SIGNING_KEY` is not set") && report.contains("`DATABASE_URL` is not set"),
        "{report}"
    );
}

#[test]
fn a_placeholder_does_not_reach_production() {
    let environment =
        [("BILLING_ENV", "production"), ("BILLING_SIGNING_KEY", "changeme"), ("DATABASE_URL", DATABASE)];
    let report = failed(&folder("placeholder", &[]), &environment);
    assert!(report.contains("placeholder-value"), "{report}");
}

#[test]
fn a_profile_that_is_none_is_refused() {
    let report = failed(&home(), &[("BILLING_ENV", "prod")]);
    assert!(report.contains("`BILLING_ENV` selects a profile that the schema does not list"), "{report}");
    assert!(report.contains("`local`, `staging` or `production`"), "{report}");
}
