//! The built service with good and bad environments: what it prints, how it ends, and that it answers.

#![allow(clippy::unwrap_used, reason = "a test may")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const DATABASE: &str = "postgres://billing:hunter2-secret@localhost/billing";

fn service(environment: &[(&str, &str)]) -> Command {
    #[expect(clippy::disallowed_methods, reason = "this test runs the service")]
    let mut command = Command::new(env!("CARGO_BIN_EXE_envschema-example-service"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).env_clear().envs(environment.iter().copied());
    command
}

fn failed(environment: &[(&str, &str)]) -> String {
    let Output { status, stderr, .. } = service(environment).output().unwrap();
    assert_eq!(status.code(), Some(1));
    String::from_utf8(stderr).unwrap()
}

/// Stops the service however the test ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn it_answers_with_a_good_environment() {
    let environment = [("BILLING_SIGNING_KEY", KEY), ("DATABASE_URL", DATABASE), ("BILLING_PORT", "0")];
    let mut running = Running(service(&environment).stderr(Stdio::piped()).spawn().unwrap());
    let log = BufReader::new(running.0.stderr.take().unwrap());
    let mut lines = Vec::new();
    for line in log.lines().map(Result::unwrap) {
        let address = line.strip_prefix("listening on ").map(str::to_owned);
        lines.push(line);
        if let Some(address) = address {
            let mut stream = TcpStream::connect(address).unwrap();
            stream
                .write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            assert!(answer.ends_with("{\"mail\":false,\"status\":\"ok\"}"), "{answer}");
            break;
        }
    }
    let log = lines.join("\n");
    assert!(log.contains("config/base.toml:6"), "{log}");
    assert!(!log.contains("hunter2") && !log.contains(KEY), "{log}");
}

#[test]
fn it_says_everything_that_is_wrong_at_once() {
    let report = failed(&[
        ("BILLING_PORT", "80a80"),
        ("BILLING_LOG_LEVEL", "inof"),
        ("BILLING_SMTP_HOST", "mail.example"),
        ("BILLING_SIGNING_KEY", "short-hunter2"),
        ("DATABASE_URL", "localhost/hunter2"),
    ]);
    for expected in [
        "BILLING_PORT",
        "did you mean `info`?",
        "BILLING_SMTP_PASSWORD",
        "BILLING_SIGNING_KEY",
        "DATABASE_URL",
    ] {
        assert!(report.contains(expected), "{expected} is not in:\n{report}");
    }
    assert!(!report.contains("hunter2"), "{report}");
}

#[test]
fn the_profile_selects_its_file() {
    let environment =
        [("BILLING_ENV", "production"), ("BILLING_SIGNING_KEY", "changeme"), ("DATABASE_URL", DATABASE)];
    let report = failed(&environment);
    assert!(report.contains("placeholder-value"), "{report}");
}
