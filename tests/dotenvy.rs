//! The crate dotenvy, run on random files: its dialect, and those of programs that iterate over it, read what it reads.

use std::collections::BTreeSet;

use envschema_core::dotenv::{Dialect, Effect, Environ, Reading, Value, find};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

/// Pieces that mean something to it.
const WORDS: &[&str] = &[
    "A", "B", "KEY", "K.2", "a_b", "=", "=", "=", "=", "\n", "\n", "\n", "\n", "\r\n", "\r", " ", "  ", "\t",
    "#", " #", "# x", "'", "'", "\"", "\"", "`", "\\", "\\n", "\\\"", "\\$", "\\ ", "\\x", "$", "$A", "$B",
    "${A", "${B}", "${KEY}", "${A:-x}", "}", "$(", "export ", "export", ":", ";", "\u{feff}", "\0", "é",
    "\u{a0}", "\u{2003}", "1", "x y", "x", "!", "*", "-", ".", "a=b", "$HOME",
];

/// Lines as people write them.
const LINES: &[&str] = &[
    "A=1",
    "B='x y'",
    "KEY=\"a b\" # note",
    "export A=x",
    "export B",
    "B=$A",
    "KEY=${A}/${B}",
    "A=\"x\ny\"",
    "B='\\n'",
    "A=\"\\n\"",
    "KEY=x # y",
    "KEY=x#y",
    "A='$B'",
    "# note",
    "",
    "A=x y",
    "A=",
    "A",
    "=x",
    "A =1",
    "A= 1",
    "A = 1 ",
    "1=x",
    "A\\=1",
    "B=\"$A\"",
    "KEY=a\\ b",
    "A=\"open",
    "A='it''s'",
    "A=x\"y\"'z'",
    "A:1",
    "A: 1",
];

fn files() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        60 => select(WORDS).prop_map(|word| word.as_bytes().to_vec()),
        20 => select(LINES).prop_map(|line| format!("{line}\n").into_bytes()),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
    ];
    vec(word, 0..30).prop_map(|words| words.concat())
}

/// The names and values the crate finds before its first error, and whether there is one.
fn of_the_crate(text: &[u8]) -> (Vec<(String, String)>, bool) {
    let mut pairs = Vec::new();
    for item in dotenvy::from_read_iter(text) {
        match item {
            Ok(pair) => pairs.push(pair),
            Err(_) => return (pairs, true),
        }
    }
    (pairs, false)
}

/// The same in a dialect.
fn of_a_dialect(dialect: &Dialect, text: &[u8]) -> (Vec<(String, String)>, bool) {
    let environ: Environ = std::env::vars().collect();
    let reading = (dialect.read)(text, &environ);
    let ends = |effect| matches!(effect, Effect::Stop | Effect::Refuse | Effect::Truncate);
    let end = reading.problems.iter().find(|problem| ends(problem.effect));
    let is_before = |found: usize| match end {
        None => true,
        Some(problem) => match problem.assignment {
            Some(assignment) => found < assignment as usize,
            None => reading.assignments[found].span.start < problem.span.start,
        },
    };
    (pairs(&reading, is_before), end.is_some())
}

fn pairs(reading: &Reading<'_>, is_before: impl Fn(usize) -> bool) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let all = reading.assignments.iter().enumerate().filter(|(index, _)| is_before(*index));
    let set = all.filter_map(|(_, found)| match &found.value {
        Value::Set(value) => Some((text(&found.key), text(value))),
        Value::Absent | Value::Unset => None,
    });
    set.collect()
}

fn run(name: &str, text_for: impl Fn(&[u8]) -> Option<Vec<u8>>) {
    let dialect = find(name).expect("the dialect exists");
    let cases = std::env::var("DOTENVY_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3_000);
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::with_cases(cases)
    });
    let result = runner.run(&files(), |text| {
        let Some(given) = text_for(&text) else { return Ok(()) };
        let (expected, found) = (of_the_crate(&given), of_a_dialect(dialect, &text));
        let shown = String::from_utf8_lossy(&text);
        if expected == found {
            Ok(())
        } else {
            Err(TestCaseError::fail(format!("{shown:?}: {expected:?} {found:?}")))
        }
    });
    if let Err(error) = result {
        panic!("{name}: {error}");
    }
}

/// It drops a byte order mark and sets variables as it goes, so the first of several assignments to a name is what later
/// references find; the iterator of the crate does neither.
#[test]
fn the_dialect_reads_what_the_crate_loads() {
    run("dotenvy", |text| {
        let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text);
        let (pairs, _) = of_the_crate(text);
        let keys: BTreeSet<_> = pairs.iter().map(|(key, _)| key).collect();
        // A value with a NUL byte cannot be set, which the iterator does not do.
        (keys.len() == pairs.len() && !text.contains(&0)).then(|| text.to_vec())
    });
}

#[test]
fn a_program_that_iterates_reads_what_the_crate_yields() {
    for name in ["uv", "just"] {
        run(name, |text| (!text.contains(&0)).then(|| text.to_vec()));
    }
}
