//! No output shows anything of a secret, and nothing a file holds makes a run long, large or silent.

use std::time::{Duration, Instant};

use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use proptest::sample::select;

use crate::world::Folder;

const SCHEMA: &str = "\
TOKEN: string (sensitive, min length: 64)
API_KEY: integer
DATABASE_URL: url (schemes: postgres)
PORT: port (required)
MODE: a | b
HOSTS: comma-separated host
";

const FORMATS: [&str; 4] = ["full", "concise", "json", "github"];

/// Environments with `SECRET` where a secret is: two of them that differ in the secret alone have the same outcome.
const LEAKS: [&str; 14] = [
    "TOKEN=SECRET\n",
    "TOKEN='SECRET' trailing\n",
    "API_KEY=SECRET\nPORT=x\n",
    "DATABASE_URL=mysql://user:SECRET@db/app\n",
    "DATABASE_URL=postgres://SECRET@:x/app\nPORT=x\n",
    "UNDECLARED=SECRET\n",
    "TOKNE=SECRET\n",
    "not a key SECRET=x\n",
    "SECRET!=x\n",
    "TOKEN=SECRET\nTOKEN=SECRET\n",
    "PORT=x\nTOKEN=\"SECRET\nMODE=c\n",
    "TOKEN=SECRET\nMODE=${TOKEN}\nHOSTS=a,${TOKEN}\n",
    "A SECRET B\nPORT=x # ok\n",
    "MODE=https://SECRET@host\n",
];

/// What a check says of `leak` with `secret` in it.
fn report(folder: &Folder, leak: &str, secret: &str, format: &str) -> String {
    folder.file("x.env", leak.replace("SECRET", secret));
    let run = folder.check(&format!("x.env --format {format}"));
    assert_eq!(run.status, 1, "{leak:?} {}{}", run.stdout, run.stderr);
    run.stdout + &run.stderr
}

#[test]
fn no_format_shows_a_secret() {
    let folder = Folder::with_schema(SCHEMA);
    for leak in LEAKS {
        for format in FORMATS {
            let report = report(&folder, leak, "Zq7-correct-horse", format);
            assert!(!report.contains("Zq7"), "{leak:?}: {report}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Two secrets with the same outcome give the same report, letter by letter. Letters and digits have the same outcome in
    /// every one of these files.
    #[test]
    fn no_report_depends_on_a_secret(
        leak in select(&LEAKS),
        a in "x[A-Za-z0-9]{1,40}",
        b in "x[A-Za-z0-9]{1,40}",
    ) {
        let folder = Folder::with_schema(SCHEMA);
        for format in FORMATS {
            prop_assert_eq!(report(&folder, leak, &a, format), report(&folder, leak, &b, format));
        }
    }
}

/// What changing `leak` with `secret` in it, or comparing its readers, says; and what is written in the end.
fn changes(folder: &Folder, leak: &str, secret: &str) -> [String; 2] {
    let commands = [
        "check x.env --portable",
        "check x.env --portable=all --format json",
        "check x.env --fix --unsafe-fixes --diff --portable=compose,docker-run",
        "check x.env --fix --diff --portable=compose,bash --format json",
        "fmt --diff --dialect compose x.env",
        "fmt --check x.env",
        "fmt x.env",
        "check x.env --fix --unsafe-fixes --portable=compose,docker-run",
    ];
    folder.file("x.env", leak.replace("SECRET", secret));
    let mut said = String::new();
    for command in commands {
        let run = folder.run(command.split(' '));
        assert!(run.status < 2, "{command}: {leak:?} {}{}", run.stdout, run.stderr);
        said.push_str(&format!("{command}: {}\n{}{}", run.status, run.stdout, run.stderr));
    }
    [said, folder.text("x.env").replace(secret, "SECRET")]
}

#[test]
fn no_change_shows_a_secret() {
    let folder = Folder::with_schema(SCHEMA);
    for leak in LEAKS {
        let [first, second] =
            ["Zq7-correct-horse", "Xq1-battery-staple-x"].map(|secret| changes(&folder, leak, secret));
        assert!(!first[0].contains("Zq7"), "{leak:?}: {}", first[0]);
        assert_eq!(first, second, "{leak:?}");
    }
}

#[test]
fn hostile_files_end_in_a_diagnostic_and_soon() {
    let folder = Folder::with_schema(SCHEMA);
    let bomb: String = (1..40).map(|n| format!("A{n}=${{A{0}}}${{A{0}}}${{A{0}}}\n", n - 1)).collect();
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("bomb", format!("A0=aaaaaaaaaa\n{bomb}").into_bytes()),
        ("self", b"PORT=${PORT}\n".to_vec()),
        ("mutual", b"TOKEN=${MODE}\nMODE=${TOKEN}\n".to_vec()),
        ("long line", [b"PORT=".as_slice(), &vec![b'x'; 10 << 20]].concat()),
        ("long key", [vec![b'K'; 10 << 20], b"=1\n".to_vec()].concat()),
        ("nul", b"PORT=8\x000\n".to_vec()),
        ("invalid", b"PORT=\xff\xfe\n".to_vec()),
        ("lone cr", b"PORT=x\rMODE=y\rA".to_vec()),
        ("bidi", "PO\u{202e}RT=80\n# \u{202e}\u{1b}[2J\nPORT=\u{1b}[2J\n".into()),
        ("quote", [b"TOKEN=\"".as_slice(), &vec![b'\n'; 1 << 20]].concat()),
    ];
    // Building it is not part of the run.
    crate::world::binary();
    for (what, text) in rows {
        folder.file("x.env", text);
        let started = Instant::now();
        let run = folder.check("x.env").ends_with(1).says("error[");
        assert!(started.elapsed() < Duration::from_secs(20), "{what}");
        let acts = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!run.stdout.contains(acts), "{what}: {}", run.stdout);
        assert!(run.stdout.len() < 20_000, "{what}");
    }
}

#[test]
fn marks_and_line_ends_of_windows_are_read() {
    let folder = Folder::with_schema(SCHEMA);
    folder.file("x.env", "PORT=80\r\nMODE=a\r\n");
    folder.check("x.env").ends_with(0);
}

#[test]
fn what_is_too_large_is_refused() {
    let folder = Folder::with_schema(SCHEMA);
    let huge = vec![b'#'; (64 << 20) + 1];
    folder.file("x.env", &huge);
    let run = folder.check("x.env --format json").ends_with(2).says("it is larger than 64 MiB");
    assert_eq!(run.found(), ["unreadable-source - x.env"]);
    let run = folder.check_input(&huge, "- --format json").ends_with(2);
    assert_eq!(run.found(), ["unreadable-source - <stdin>"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_fails_while_it_is_read_is_said_to() {
    let folder = Folder::with_schema(SCHEMA);
    let run = folder.check("--dialect compose /proc/self/mem --format json").ends_with(2);
    assert_eq!(run.found(), ["unreadable-source - /proc/self/mem"]);
}

#[test]
fn of_very_many_problems_of_one_sort_the_first_are_listed() {
    let folder = Folder::with_schema("PORT: port\nHOSTS: comma-separated port\n");
    folder.file("x.env", "PORT=80\n".repeat(20_000));
    let run = folder.check("x.env --format concise");
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert_eq!(run.stdout.lines().count(), 1_001);
    assert_eq!(run.stdout.lines().last(), Some("1000 errors in x.env; 18999 more are not listed"));
    folder.file("x.env", format!("HOSTS={}", vec!["x"; 20_000].join(",")));
    let run = folder.check("x.env --format json");
    assert!(run.stdout.len() < 2_000_000, "{}", run.stdout.len());
    assert!(run.stdout.contains("\"left_out\":19000"), "{}", &run.stdout[run.stdout.len() - 300..]);
}

/// What a line allows must not push out of the list what nothing allows.
#[test]
fn an_error_behind_very_many_allowed_ones_counts() {
    let folder = Folder::with_schema("PORT: port\nHOSTS: comma-separated port\n");
    let hosts = vec!["x"; 5_000].join(",");
    folder.file("x.env", format!("# envschema: allow=invalid-value\nHOSTS={hosts}\nPORT=x\n"));
    let run = folder.check("x.env --format concise");
    assert_eq!(run.status, 1, "{}", run.stdout);
    assert!(run.stdout.contains("PORT"), "{}", run.stdout);
}
