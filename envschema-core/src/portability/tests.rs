//! Readers compared by hand: what each of them makes of a line, and how it could be written.

use super::{Comparison, common_spelling, compare, describe, in_general};
use crate::dotenv::{Dialect, Environ, find};
use crate::span::Lines;

fn readers(names: &[&str]) -> Vec<&'static Dialect> {
    names.iter().map(|name| find(name).expect("a dialect")).collect()
}

/// Each difference from `own` as `LINE reader: what it makes of it`.
fn differences(own: &str, text: &str, names: &[&str], is_secret: bool) -> Vec<String> {
    let own = find(own).expect("a dialect");
    let reading = (own.read)(text.as_bytes(), &Environ::empty());
    let Comparison { differences, strays } = compare(text.as_bytes(), own, &reading, &readers(names));
    let lines = Lines::new(text.as_bytes());
    let mut words = Vec::new();
    for difference in differences {
        let assignment = &reading.assignments[difference.assignment as usize];
        let line = lines.line_of(assignment.span.start);
        for (dialect, seen) in &difference.seen {
            let what = describe(seen, assignment, text.as_bytes(), is_secret);
            words.push(format!("{line} {}: {what}", dialect.name));
        }
    }
    for stray in strays {
        let line = stray.line;
        for (dialect, seen) in &stray.seen {
            words.push(format!("stray {line} {}: {}", dialect.name, in_general(seen)));
        }
    }
    words
}

#[test]
fn differences_are_told_by_statement() {
    let text = "PLAIN=1\nQUOTED=\"a b\"\nCOMMENT=x # note\nexport EXPORTED=1\n";
    let readers = ["docker-run", "python-dotenv"];
    let expected = [
        "2 docker-run: reads \"\\\"a b\\\"\"",
        "3 docker-run: keeps the comment",
        "4 docker-run: refuses the file",
    ];
    let found = differences("compose", text, &readers, false);
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(found[1..], expected[1..]);
    let secret = [
        "2 docker-run: keeps the quotes",
        "3 docker-run: keeps the comment",
        "4 docker-run: refuses the file",
    ];
    assert_eq!(differences("compose", text, &readers, true), secret);
}

/// What another reader makes of a statement may hold what stands on other lines, or what it refers to.
#[test]
fn a_value_that_reaches_out_of_its_statement_is_not_told() {
    let text = "A=x\\\nDB_PASSWORD=hunter2\nB=$DB_PASSWORD\n";
    let found = differences("docker-run", text, &["bash"], false).join("\n");
    assert!(!found.contains("hunter2") && found.contains("3 bash: "), "{found}");
}

#[test]
fn lines_without_a_statement_are_compared() {
    let found = differences("systemd", "; note\nA=1\n", &["systemd", "docker-run"], false);
    assert_eq!(found, ["stray 1 docker-run: refuses the file"]);
    // What the file's own reader stumbles over is said elsewhere.
    assert_eq!(differences("node", "A=1\nsome words\n", &["docker-run"], false), [""; 0]);
}

/// What a reader finds on a line and leaves out all the same is not set.
#[test]
fn a_statement_that_a_reader_skips_is_not_set() {
    let found = differences("compose", "A.B=1\n", &["bash", "systemd"], false);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|found| found.ends_with("does not set it")), "{found:?}");
}

/// What counts is the value that a key ends with.
#[test]
fn assignments_to_one_key_are_compared_by_the_one_that_counts() {
    let of = |own, text, readers: &[&str]| differences(own, text, readers, false);
    let first = "keeps the first assignment to it";
    for reader in ["dotenvy", "deno", "uv"] {
        let found = of("compose", "A=1\nB=x\nA=2\n", &[reader]);
        assert_eq!(found, [format!("3 {}: {first}", find(reader).expect("a dialect").name)]);
        assert_eq!(of("compose", "A=1\nA=2\nA=1\n", &[reader]), [""; 0]);
    }
    assert_eq!(of("dotenvy", "A=1\nA=2\n", &["deno", "node"]).len(), 1);
    assert_eq!(of("dotenvy", "A=1\nA=2\n", &["bash"]), ["2 bash: takes the last assignment to it"]);
    // The second line is nothing to python-dotenv: both end with `x`.
    let found = of("dotenvy", "A=x\nA='a''b'\n", &["python-dotenv"]);
    assert_eq!(found, ["2 python-dotenv: does not set it"]);
}

#[test]
fn what_a_tilde_stands_for_is_compared() {
    for text in ["A=~\n", "A=~/data\n", "A=x:~/y\n"] {
        let found = differences("compose", text, &["bash", "docker-run"], false);
        assert_eq!(found, ["1 bash: reads `~` or `$HOME` differently"], "{text:?}");
        let found = differences("bash", text, &["bash", "compose"], false);
        assert!(found.len() == 1 && found[0].starts_with("1 compose: reads "), "{text:?}: {found:?}");
    }
    for text in ["A=\"~/data\"\n", "A=x~\n", "# ~\nA=$HOME\n"] {
        assert_eq!(differences("compose", text, &["bash"], false), [""; 0], "{text:?}");
    }
}

/// Whether the process environment is asked for what the file does not set.
#[test]
fn what_only_some_take_from_the_process_environment_is_compared() {
    let elsewhere = "reads something else where the process environment sets what it refers to";
    for (text, reader, expected) in [
        ("A=$NOPE\n", "godotenv", Some(elsewhere)),
        ("A=${NOPE}\n", "direnv", None),
        ("A=${NOPE}\n", "python-dotenv", None),
        ("A=${NOPE:-1}\n", "bash", None),
        ("A=$B\nB=1\n", "bash", None),
        // Who wins over the environment is a matter of the reader, not of a line.
        ("B=1\nA=$B\n", "bash", None),
        ("A=$UID\n", "bash", Some("reads something that is not known here")),
        ("A=$RANDOM\n", "bash", Some("reads something that is not known here")),
        ("A=$$\n", "dash", Some("reads something that is not known here")),
        ("A=$(id)\n", "bash", Some("runs a command, or never ends")),
        ("A=~+\n", "bash", Some("reads something that is not known here")),
        ("A=~-/x\n", "bash", Some("reads something that is not known here")),
    ] {
        let found = differences("compose", text, &[reader], false);
        let expected: Vec<String> =
            expected.iter().map(|expected| format!("1 {reader}: {expected}")).collect();
        assert_eq!(found, expected, "{text:?} {reader}");
    }
    assert_eq!(differences("bash", "A=$$\n", &["docker-run"], false), ["1 docker-run: reads \"$$\""]);
}

#[test]
fn a_spelling_is_one_that_all_read_alike() {
    let rows: &[(&str, &[&str], Option<&str>)] = &[
        ("A = x # note\n", &["compose", "docker-run"], Some("# note\nA=x")),
        ("A=a b\n", &["compose", "python-dotenv"], Some("A=a b")),
        ("A=\"a b\" # c\n", &["compose", "docker-run", "systemd"], Some("# c\nA=a b")),
        ("A='x y' # c\n", &["compose", "python-dotenv"], Some("A=x y # c")),
        ("A='x # y'\n", &["compose", "docker-run"], None),
        ("A=\"it's \\\"x\\\"\"\n", &["compose", "bash", "python-dotenv"], Some("A=\"it's \\\"x\\\"\"")),
        ("A=\"x\\ny\"\n", &["compose", "bash", "python-dotenv"], Some("A=\"x\ny\"")),
        ("A = x\r\n", &["compose", "docker-run"], Some("A=x\r")),
        ("A = x\r\n", &["compose", "bash"], Some("A=x")),
        ("\u{feff}A = x\n", &["compose", "docker-run"], Some("\u{feff}A=x")),
    ];
    let compose = find("compose").expect("a dialect");
    for (text, names, expected) in rows {
        let reading = (compose.read)(text.as_bytes(), &Environ::empty());
        let spelling = common_spelling(text.as_bytes(), &reading.assignments[0], &readers(names));
        assert_eq!(spelling.as_deref(), *expected, "{text:?}");
    }
}
