//! What holds when files are changed: `--fix` makes readers agree and no value of the file's own reader changes, `fmt` changes
//! nothing that a reader reads, a second run changes nothing, and comments and order stay. What a comparison of readers does
//! not report is read alike by all of them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use envschema_core::diagnostic::Safety;
use envschema_core::dotenv::{
    DIALECTS, Dialect, Duplicates, Effect, Environ, Outcome, Reading, Syntax, Value, layout,
};
use envschema_core::fix;
use envschema_core::judge::Circumstances;
use envschema_core::layer::Layer;
use envschema_core::portability::{self, Comparison};
use envschema_core::schema::Schema;
use envschema_core::table::Table;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

/// How many cases each property is held against; `MENDING_CASES` in the environment asks for more.
const CASES: u32 = 300;

/// Values as people write them, plain and odd.
const VALUES: &[&str] = &[
    "",
    "1",
    "x y",
    "\"x y\"",
    "'x y'",
    "`x`",
    "x # y",
    "x#y",
    "\"x # y\"",
    "'x # y'",
    "x \\# y",
    "a\\nb",
    "\"a\\nb\"",
    "'a\\nb'",
    "\"a\nb\"",
    "'a\nb'",
    "\"a\n# b\nc\"",
    "$A",
    "${A}",
    "${A:-d}",
    "\"$A\"",
    "'$A'",
    "\\$A",
    "\"\\$A\"",
    "$$A",
    "a$",
    "$(id)",
    "`id`",
    "it's",
    "\"it's\"",
    "'say \"x\"'",
    "\"say \\\"x\\\"\"",
    "a\\",
    "\\\\",
    "a\\ b",
    "é",
    "a=b",
    "a;b",
    "a & b",
    "<x>",
    "*",
    "~",
    "!x",
    "[1,2]",
    "{\"a\": 1}",
    "\t1",
    "1\t",
    "\u{a0}1",
    "x\"y\"z",
    "'a''b'",
    "\"a\"b",
    "\"open",
    "'open",
    "\"\"",
    "''",
    "1 2 # 3 # 4",
    "#",
    "# all",
    "postgres://u:p@h/d?x=1&y=%20",
    "-----BEGIN",
    "\r",
];

/// Lines that are no assignments.
const OTHERS: &[&str] = &[
    "",
    " ",
    "# note",
    "  # note  ",
    "#A=1",
    "; note",
    "words here",
    "bare",
    "export bare",
    "unset A",
    "# it's",
    "# \"",
    "#!x",
    "=x",
    "- x",
    "[section]",
    "A+=x",
    "ifdef A",
    "true",
    "\\",
    "# a \\",
    "// note",
    "A: 1",
    "\u{feff}",
    "export",
    "\t",
];

fn keys() -> impl Strategy<Value = &'static str> {
    let odd: &[&str] = &["A.B", "A-B", "1A", "É", "A B", "export", "a\\b"];
    prop_oneof![12 => select(&["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"][..]), 1 => select(odd)]
}

fn assignments() -> impl Strategy<Value = String> {
    let parts = (
        select(&["", "", "", "", " ", "export ", "  ", "\t"][..]),
        keys(),
        select(&["=", "=", "=", "=", " = ", "= ", " =", ":=", ": "][..]),
        select(VALUES),
        select(&["", "", "", "", " ", " # note", "  # it's", " #", "\t# x", "#x", ";", "\\"][..]),
    );
    parts.prop_map(|(lead, key, equals, value, tail)| format!("{lead}{key}{equals}{value}{tail}"))
}

/// Files as people write them. Mostly each key stands there once.
fn files() -> impl Strategy<Value = String> {
    let line = prop_oneof![6 => assignments(), 2 => select(OTHERS).prop_map(str::to_owned)];
    let ends = prop_oneof![6 => Just("\n"), 2 => Just("\r\n"), 1 => Just("\r")];
    let marks = prop_oneof![8 => Just(""), 1 => Just("\u{feff}")];
    (vec(line, 0..9), ends, marks, select(&[true, true, true, false][..])).prop_map(
        |(lines, end, mark, ended)| {
            let text = format!("{mark}{}", lines.join(end));
            if ended { text + end } else { text }
        },
    )
}

fn dialects() -> impl Strategy<Value = &'static Dialect> {
    select(DIALECTS)
}

/// Files in which one key is all there is.
fn repeating_files() -> impl Strategy<Value = String> {
    let line = (select(&["A=", "A=", "A=", "export A=", "A = "][..]), select(VALUES));
    let line = line.prop_map(|(key, value)| format!("{key}{value}\n"));
    vec(line, 2..5).prop_map(|lines| lines.concat())
}

/// The readers of which the first of several assignments counts, and the others.
fn one_of_first_and_last() -> impl Strategy<Value = (&'static Dialect, &'static Dialect)> {
    let sort = |duplicates| {
        let sort = DIALECTS.iter().filter(move |dialect| dialect.duplicates == duplicates);
        sort.copied().collect::<Vec<_>>()
    };
    let pair = || (select(sort(Duplicates::First)), select(sort(Duplicates::Last)));
    prop_oneof![2 => pair(), 1 => pair().prop_map(|(first, last)| (last, first))]
}

/// A dialect of a file, and those that must read alike; the usual ones more often than the others.
fn readers() -> impl Strategy<Value = Vec<&'static Dialect>> {
    let usual: Vec<&'static Dialect> =
        portability::USUAL_READERS.iter().filter_map(|name| envschema_core::dotenv::find(name)).collect();
    prop_oneof![
        2 => subsequence(usual.clone(), 1..=usual.len()),
        1 => vec(dialects(), 1..3),
        1 => subsequence(DIALECTS.to_vec(), 1..=DIALECTS.len()),
    ]
}

fn run<S: Strategy>(strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let cases = std::env::var("MENDING_CASES").ok().and_then(|cases| cases.parse().ok());
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::with_cases(cases.unwrap_or(CASES))
    });
    if let Err(error) = runner.run(&strategy, test) {
        panic!("{error}");
    }
}

fn fail(what: impl Into<String>) -> TestCaseError {
    TestCaseError::fail(what.into())
}

/// The text after all fixes, with nothing declared.
fn fixed(text: &str, own: &'static Dialect, readers: &[&'static Dialect]) -> String {
    let schema = Schema::default();
    let table = Table::new(&schema);
    let environ = Environ::empty();
    let layers =
        [Layer::dotenv(Cow::Borrowed(".env"), text.as_bytes(), own, (own.read)(text.as_bytes(), &environ))];
    let circumstances = Circumstances { readers: Some(readers.to_vec()), ..Circumstances::default() };
    let mended = fix::mend(&table, &layers, &circumstances, &environ, Safety::Safe);
    String::from_utf8(mended[0].text.clone()).expect("what was a text stays one")
}

fn read<'t>(dialect: &Dialect, text: &'t str) -> Reading<'t> {
    (dialect.read)(text.as_bytes(), &Environ::empty())
}

/// What a reader does to an environment, and whether it reports an error.
fn outcome(dialect: &Dialect, text: &str, environ: &Environ) -> Outcome {
    Outcome::new(dialect, &(dialect.read)(text.as_bytes(), environ), environ)
}

fn pairs(reading: &Reading<'_>) -> Vec<(Vec<u8>, Value<'static>)> {
    let owned = |value: &Value<'_>| match value {
        Value::Set(value) => Value::Set(value.to_vec().into()),
        Value::Absent => Value::Absent,
        Value::Unset => Value::Unset,
    };
    reading.assignments.iter().map(|found| (found.key.to_vec(), owned(&found.value))).collect()
}

/// What stands outside of statements from a `#` to the end of its line.
fn comments(own: &Dialect, text: &str) -> Vec<String> {
    let reading = read(own, text);
    let is_inside = |at: usize| reading.assignments.iter().any(|found| found.span.range().contains(&at));
    let mut comments: Vec<String> = Vec::new();
    let mut end = 0;
    for (at, _) in text.match_indices('#').filter(|(at, _)| !is_inside(*at)) {
        if at >= end {
            let comment = text[at..].split(['\n', '\r']).next().unwrap_or_default();
            end = at + comment.len();
            comments.push(comment.trim().to_owned());
        }
    }
    comments
}

fn compare(text: &str, own: &Dialect, readers: &[&'static Dialect]) -> Comparison {
    portability::compare(text.as_bytes(), own, &read(own, text), readers)
}

#[test]
fn what_is_not_reported_is_read_alike() {
    let repeating = (repeating_files(), one_of_first_and_last());
    let cases = prop_oneof![
        2 => (files(), dialects(), dialects()),
        1 => repeating.prop_map(|(text, (own, reader))| (text, own, reader)),
    ];
    run(cases, |(text, own, reader)| {
        let reading = read(own, &text);
        let Comparison { differences, strays } = compare(&text, own, &[reader]);
        if !differences.is_empty() || !strays.is_empty() || !reading.problems.is_empty() {
            return Ok(());
        }
        // What is set in the file is left out of the environment: who wins over it is not a question of reading.
        let set: BTreeSet<_> = reading.assignments.iter().map(|found| found.key.to_vec()).collect();
        let elsewhere = [("A", "4711"), ("bare", "4712"), ("HOME", "/home/user")];
        let elsewhere = elsewhere.into_iter().filter(|(name, _)| !set.contains(name.as_bytes())).collect();
        for environ in [Environ::empty(), elsewhere] {
            let (expected, found) = (outcome(own, &text, &environ), outcome(reader, &text, &environ));
            if expected.vars != found.vars || found.error.is_some() {
                return Err(fail(format!(
                    "{} and {}: {:?} {:?} {:?}",
                    own.name, reader.name, expected.vars, found.vars, found.error
                )));
            }
        }
        Ok(())
    });
}

#[test]
fn fixes_make_readers_agree_and_change_no_value() {
    run((files(), dialects(), readers()), |(text, own, readers)| {
        let after = fixed(&text, own, &readers);
        if after == text {
            return Ok(());
        }
        let what = |what: &str| fail(format!("{what}: {} {after:?}", own.name));
        if pairs(&read(own, &text)) != pairs(&read(own, &after)) {
            return Err(what("its own reader reads something else"));
        }
        let (before, left) = (compare(&text, own, &readers), compare(&after, own, &readers));
        for difference in &left.differences {
            let was = before.differences.iter().find(|was| was.assignment == difference.assignment);
            if was.is_none() {
                return Err(what("a reader differs where none did"));
            }
        }
        if left.differences.len() >= before.differences.len() {
            return Err(what("nothing got better"));
        }
        if !read(own, &text).problems.is_empty() {
            // A line that its own reader stumbles over is reported as that; the others may come to see it.
            return Ok(());
        }
        // What every reader reads now: what the file's own reader read before, or what it read itself before.
        let environ = Environ::empty();
        let expected = outcome(own, &text, &environ);
        for reader in &readers {
            let now = outcome(reader, &after, &environ);
            let known = [pairs(&read(own, &text)), pairs(&read(reader, &text))].concat();
            let is_known = |key: &[u8], value: &[u8]| {
                known
                    .iter()
                    .any(|(name, read)| name == key && matches!(read, Value::Set(read) if **read == *value))
            };
            if !now.vars.iter().all(|(key, value)| is_known(key, value)) {
                return Err(what(&format!("{} reads something new", reader.name)));
            }
            let is_settled = left.differences.is_empty() && left.strays.is_empty();
            if is_settled && now.vars != expected.vars {
                return Err(what(&format!("{} does not agree", reader.name)));
            }
        }
        Ok(())
    });
}

/// Where a key stands several times, every reader of the whole file ends with what the file's own one read before a fix.
#[test]
fn fixes_change_no_value_that_counts() {
    run((repeating_files(), one_of_first_and_last()), |(text, (own, reader))| {
        let after = fixed(&text, own, &[reader]);
        let environ = Environ::empty();
        if after == text || !read(own, &text).problems.is_empty() {
            return Ok(());
        }
        let counts = |outcome: &Outcome| outcome.vars.get(&b"A"[..]).cloned();
        let expected = counts(&outcome(own, &text, &environ));
        for dialect in [own, reader] {
            let found = outcome(dialect, &after, &environ);
            let is_cut = read(dialect, &after).problems.iter().any(|found| found.effect == Effect::Truncate);
            // What a reader loses behind a line that it refuses is lost until that line is changed by hand, which is reported.
            let is_lost = found.error.is_some() || is_cut;
            let is_reported = || !compare(&after, own, &[dialect]).differences.is_empty();
            if counts(&found) != expected && !(is_lost && is_reported()) {
                return Err(fail(format!("{} and {}: {after:?}", own.name, dialect.name)));
            }
        }
        Ok(())
    });
}

#[test]
fn a_fix_that_changes_which_assignment_counts_is_left_out() {
    let dialect = |name| envschema_core::dotenv::find(name).expect("a dialect");
    for text in ["A=x\nA='a''b'\n", "A=x\nA=y\nA='a''b'\n"] {
        assert_eq!(fixed(text, dialect("dotenvy"), &[dialect("python-dotenv")]), text);
    }
    assert_eq!(fixed("A='a''b'\n", dialect("dotenvy"), &[dialect("python-dotenv")]), "A=ab\n");
}

#[test]
fn a_second_fix_changes_nothing() {
    run((files(), dialects(), readers()), |(text, own, readers)| {
        let once = fixed(&text, own, &readers);
        let twice = fixed(&once, own, &readers);
        if once == twice { Ok(()) } else { Err(fail(format!("{}: {once:?} {twice:?}", own.name))) }
    });
}

/// Lines on which readers agree stay as they are, byte for byte.
#[test]
fn fixes_keep_comments_and_all_other_lines() {
    run((files(), dialects(), readers()), |(text, own, readers)| {
        let after = fixed(&text, own, &readers);
        let what = |what: &str| fail(format!("{what}: {} {after:?}", own.name));
        // A comment on a line of its own may come to stand behind a value: where a lone CR, which ended the line, is dropped.
        let mut behind = after.as_str();
        for comment in comments(own, &text) {
            let Some(at) = behind.find(&comment) else { return Err(what(&format!("{comment:?} is gone"))) };
            behind = &behind[at + comment.len()..];
        }
        let reading = read(own, &text);
        let touched = compare(&text, own, &readers).differences;
        let touched = touched.iter().map(|difference| {
            portability::lines_of(text.as_bytes(), reading.assignments[difference.assignment as usize].span)
        });
        let touched: Vec<_> = touched.collect();
        let mut rest = after.as_str();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let is_touched =
                touched.iter().any(|span| span.range().start < at + line.len() && at <= span.range().end);
            at += line.len();
            if !is_touched {
                let Some(found) = rest.find(line) else { return Err(what(&format!("{line:?} is gone"))) };
                rest = &rest[found + line.len()..];
            }
        }
        Ok(())
    });
}

#[test]
fn a_layout_changes_nothing_that_is_read() {
    let environ: Environ =
        [("A", "from env"), ("B", ""), ("bare", "b"), ("HOME", "/h")].into_iter().collect();
    run((files(), dialects(), readers()), |(text, own, mut readers)| {
        readers.insert(0, own);
        let after = layout::format(text.as_bytes(), &readers);
        let after = String::from_utf8(after).expect("what was a text stays one");
        for reader in &readers {
            for environ in [&Environ::empty(), &environ] {
                let (before, now) = (outcome(reader, &text, environ), outcome(reader, &after, environ));
                let codes = |outcome: &Outcome| outcome.error.map(|error| (error.code, error.effect));
                if (&before.vars, &before.unset, codes(&before)) != (&now.vars, &now.unset, codes(&now)) {
                    return Err(fail(format!(
                        "{} reads {:?} and not {:?}: {after:?}",
                        reader.name, now.vars, before.vars
                    )));
                }
            }
        }
        // Where a statement ends that its reader stumbles over is a guess.
        let is_sound = read(own, &text).problems.is_empty();
        if is_sound && comments(own, &text) != comments(own, &after) {
            return Err(fail(format!("{:?} {:?}: {after:?}", comments(own, &text), comments(own, &after))));
        }
        let blanks = |text: &str| text.replace([' ', '\t', '\n', '\r', '\u{feff}', '\u{b}', '\u{c}'], "");
        if blanks(&text) != blanks(&after) {
            return Err(fail(format!("more than blanks is changed: {after:?}")));
        }
        Ok(())
    });
}

#[test]
fn a_second_layout_changes_nothing() {
    run((files(), dialects(), readers()), |(text, own, mut readers)| {
        readers.insert(0, own);
        let once = layout::format(text.as_bytes(), &readers);
        let twice = layout::format(&once, &readers);
        let shown = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
        if once == twice { Ok(()) } else { Err(fail(format!("{:?} {:?}", shown(&once), shown(&twice)))) }
    });
}

/// The codes are what the reader itself stumbles over; a file it refuses has one.
#[test]
fn the_files_are_of_every_sort() {
    let mut seen = BTreeSet::new();
    let mut runner = TestRunner::deterministic();
    for _ in 0..500 {
        let text = files().new_tree(&mut runner).expect("a file").current();
        for dialect in DIALECTS {
            seen.extend(read(dialect, &text).problems.iter().map(|problem| problem.code));
        }
    }
    for code in
        [Syntax::InvalidSyntax, Syntax::UnterminatedQuote, Syntax::InvalidKey, Syntax::UnsupportedSyntax]
    {
        assert!(seen.contains(&code), "{code:?} is not among {seen:?}");
    }
}
