//! What holds for every dialect and every sequence of bytes: nothing is lost, nothing panics, every place is real.

use std::borrow::Cow;
use std::cell::Cell;

use envschema_core::dotenv::{
    DIALECTS, Dialect, Document, Edit, Environ, Outcome, PieceKind, Reading, Value, apply, reader,
};
use envschema_core::span::Span;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::test_runner::{Config, TestRunner};

/// Pieces that mean something to some reader.
const WORDS: &[&str] = &[
    "A", "B", "KEY", "=", "=", "=", "\n", "\n", "\n", "\r\n", "\r", " ", "  ", "\t", "#", " #", "'", "\"",
    "`", "\\", "\\n", "\\\"", "$", "$A", "${A", "${B}", "${A:-", "}", "$(", ")", ":-", "?", "+", "export ",
    "export", ":", ": ", ";", "&", "|", "<<", "EOF", "\u{feff}", "\0", "é", "\u{a0}", "\u{2003}", "\u{202e}",
    "1", "x y", "!", "*", "-", ".", "[", "]", "{", "%", "/", "a=b", "unset A", "\x0b", "\x1b",
];

fn almost_dotenv() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        60 => (0..WORDS.len()).prop_map(|index| WORDS[index].as_bytes().to_vec()),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
    ];
    vec(word, 0..60).prop_map(|words| words.concat())
}

/// Lines that every reader reads alike, with a few words between them that some do not.
fn almost_portable() -> impl Strategy<Value = Vec<u8>> {
    let safe =
        ["A=1\n", "B=x\n", "_C=a-b.c/d:,@%\n", "D=\n", "E=+=^!?*[]{}\n", "# note\n", "\n", "  F=a~b\n"];
    let word = prop_oneof![
        8 => (0..safe.len()).prop_map(move |index| safe[index]),
        1 => (0..WORDS.len()).prop_map(|index| WORDS[index]),
    ];
    vec(word, 0..8).prop_map(|words| words.concat().into_bytes())
}

fn dialects() -> impl Iterator<Item = &'static Dialect> {
    DIALECTS.iter().copied().chain([&reader::PORTABLE])
}

fn environ() -> Environ {
    [("A", "from env"), ("EMPTY", ""), ("HOME", "/home/app"), ("D", "x$B")].into_iter().collect()
}

fn for_every_reading(
    texts: impl Strategy<Value = Vec<u8>>,
    cases: u32,
    check: fn(&[u8], &Reading<'_>, &Dialect),
) {
    let environ = environ();
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(cases) });
    let result = runner.run(&texts, |text| {
        for dialect in dialects() {
            let reading = (dialect.read)(&text, &environ);
            check(&text, &reading, dialect);
            let _ = Outcome::new(dialect, &reading, &environ);
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

fn is_sound(text: &[u8], reading: &Reading<'_>, dialect: &Dialect) {
    let name = dialect.name;
    let valid = str::from_utf8(text).ok();
    let in_bounds = |span: Span| {
        assert!(span.start <= span.end && span.end as usize <= text.len(), "{name}: {span:?} lies outside");
        if let Some(text) = valid {
            let is_boundary =
                text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize);
            assert!(is_boundary, "{name}: {span:?} cuts a character");
        }
    };
    let mut end = 0;
    for assignment in &reading.assignments {
        in_bounds(assignment.span);
        in_bounds(assignment.key_span);
        in_bounds(assignment.value_span);
        assert!(assignment.span.start >= end, "{name}: {assignment:?} overlaps the one before");
        end = assignment.span.end;
        for inner in [assignment.key_span, assignment.value_span] {
            let is_inside = inner.start >= assignment.span.start && inner.end <= assignment.span.end;
            assert!(is_inside, "{name}: {assignment:?} reaches out of itself");
        }
        if let Value::Set(value) = &assignment.value {
            let is_borrowed = matches!(value, Cow::Borrowed(_));
            assert_eq!(is_borrowed, **value == *assignment.value_span.of(text), "{name}: {assignment:?}");
        }
    }
    for reference in &reading.references {
        in_bounds(reference.span);
        assert!((reference.assignment as usize) < reading.assignments.len(), "{name}: {reference:?}");
    }
    assert!(
        reading.references.is_sorted_by_key(|reference| reference.span.start),
        "{name}: references out of order"
    );
    for problem in &reading.problems {
        in_bounds(problem.span);
        assert!(
            problem.assignment.is_none_or(|index| (index as usize) < reading.assignments.len()),
            "{name}: {problem:?}"
        );
    }
    assert!(reading.problems.is_sorted_by_key(|problem| problem.span.start), "{name}: problems out of order");
}

fn is_tiled(text: &[u8], reading: &Reading<'_>, dialect: &Dialect) {
    let document = Document::new(text, reading);
    let mut at = 0;
    for piece in document.pieces() {
        assert_eq!(piece.span.start, at, "{}: a gap or an overlap", dialect.name);
        assert!(piece.span.end > at, "{}: an empty piece", dialect.name);
        at = piece.span.end;
        if let PieceKind::Assignment(index) = piece.kind {
            assert_eq!(piece.span, reading.assignments[index as usize].span, "{}", dialect.name);
        }
    }
    assert_eq!(at as usize, text.len(), "{}: the end is missing", dialect.name);
    let edits: Vec<_> = document
        .pieces()
        .iter()
        .map(|piece| Edit { span: piece.span, text: piece.span.of(text).to_vec() })
        .collect();
    assert_eq!(apply(text, &edits), text);
}

/// The loader reads a file without its environment first, and again only if the reading asked for something.
fn is_settled_without_asking(text: &[u8], reading: &Reading<'_>, dialect: &Dialect) {
    let nowhere = Environ::empty();
    let blind = (dialect.read)(text, &nowhere);
    if nowhere.was_asked() {
        return;
    }
    let name = dialect.name;
    assert_eq!(blind.assignments.len(), reading.assignments.len(), "{name}");
    for (blind, found) in blind.assignments.iter().zip(&reading.assignments) {
        let is_same = blind.key == found.key && blind.value == found.value && blind.span == found.span;
        assert!(is_same, "{name}: another assignment in another environment");
    }
    assert!(blind.references == reading.references, "{name}: other references in another environment");
    assert!(blind.problems == reading.problems, "{name}: other problems in another environment");
    assert!(blind.side_effects == reading.side_effects, "{name}: other side effects in another environment");
}

#[test]
fn what_asks_nothing_of_its_environment_is_read_alike_in_any() {
    for_every_reading(almost_dotenv(), 200, is_settled_without_asking);
    for_every_reading(almost_portable(), 200, is_settled_without_asking);
}

#[test]
fn every_place_is_real_in_arbitrary_bytes() {
    for_every_reading(vec(any::<u8>(), 0..200), 300, is_sound);
}

#[test]
fn every_place_is_real_in_almost_dotenv() {
    for_every_reading(almost_dotenv(), 1500, is_sound);
}

#[test]
fn nothing_is_lost_in_arbitrary_bytes() {
    for_every_reading(vec(any::<u8>(), 0..200), 300, is_tiled);
}

#[test]
fn nothing_is_lost_in_almost_dotenv() {
    for_every_reading(almost_dotenv(), 1500, is_tiled);
}

/// What `portable` accepts, every core reader reads the same, and without an error.
#[test]
fn what_is_portable_is_read_alike() {
    let environ = Environ::empty();
    let accepted = Cell::new(0);
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(1500) });
    let texts = prop_oneof![3 => almost_portable(), 1 => almost_dotenv()];
    let result = runner.run(&texts, |text| {
        let reading = (reader::PORTABLE.read)(&text, &environ);
        let expected = Outcome::new(&reader::PORTABLE, &reading, &environ);
        if !reading.problems.is_empty() {
            assert!(expected.error.is_some() && expected.vars.is_empty());
            return Ok(());
        }
        accepted.set(accepted.get() + 1);
        for dialect in reader::CORE {
            let outcome = Outcome::new(dialect, &(dialect.read)(&text, &environ), &environ);
            assert!(
                outcome == expected,
                "{} reads {:?} otherwise",
                dialect.name,
                text.escape_ascii().to_string()
            );
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    assert!(accepted.get() > 100, "only {} files are portable", accepted.get());
}

/// Texts on which a careless reader takes quadratic time or overflows its stack.
#[test]
fn long_and_deep_texts_end() {
    let environ = environ();
    let repeat = |text: &str| text.repeat(100_000 / text.len());
    let texts = [
        repeat("A"),
        repeat("A=1\n"),
        repeat("A=$A\n"),
        repeat("A=\"x\n"),
        repeat("A='x\n"),
        repeat("\"\n"),
        format!("A={}", repeat("${A:-")),
        format!("A=\"{}\"", repeat("${N:-x}")),
        format!("A={}", repeat("${")),
        format!("A={}", repeat("$A")),
        format!("A={}", repeat(" #")),
        format!("A={}", repeat("\\")),
        format!("A=\"{}", repeat("\\n")),
        format!("A={}", repeat("\u{202e}\u{a0}")),
        repeat("A=\"x;\nB='y;\n"),
        repeat("export "),
        repeat("\n"),
        repeat(" "),
        repeat("#"),
        repeat("\0"),
        repeat("A<<E\n"),
        format!("A=x\n{}", repeat("A=$A$A\n")),
        repeat("A='x\\'\n"),
        repeat("A=\"\\\"\n"),
        repeat("=\n"),
        repeat("A=$(a\n"),
        format!("A={}", repeat("$(")),
        format!("A={}", repeat("(")),
        format!("A=\"{}\"", repeat("$")),
        repeat("A:\n"),
        repeat("A\n\n"),
        repeat("A=\\\n"),
        repeat("\\\n"),
        format!("A={}", repeat("`")),
        format!("A={}", repeat("$${")),
        format!("A={}", repeat("${A}}")),
        repeat("\r"),
        repeat("A=\"\r\n"),
        format!("A={}", repeat("'\"")),
    ];
    for text in texts.iter().chain(&command_texts()) {
        for dialect in dialects() {
            // All core readers are behind this one.
            let share = if *dialect == reader::PORTABLE { 4 } else { 1 };
            let text = &text.as_bytes()[..text.len() / share];
            let started = std::time::Instant::now();
            let reading = (dialect.read)(text, &environ);
            is_sound(text, &reading, dialect);
            is_tiled(text, &reading, dialect);
            let seconds = started.elapsed().as_secs_f32();
            let start = text[..text.len().min(20)].escape_ascii();
            assert!(seconds < 5.0, "{} takes {seconds} s for {start}", dialect.name);
        }
    }
}

/// The same, for readers that take the file for commands or rules.
fn command_texts() -> Vec<String> {
    let repeat = |text: &str| text.repeat(80_000 / text.len());
    vec![
        repeat("A+=x\n"),
        repeat("A+=$A\n"),
        repeat("ifdef A\n"),
        repeat("A: $(A\n"),
        repeat("define A\n"),
        format!("A={}", repeat("$(")),
        format!("A={}{}", "$(".repeat(20_000), ")".repeat(20_000)),
        repeat("A=\\\n"),
        repeat("A=${x\n"),
        repeat("A=$(x\n"),
        repeat("A=`x\n"),
        repeat("`\n"),
        repeat("A=(x\n"),
        repeat("{\n"),
        repeat("( "),
        repeat("if x; then\n"),
        repeat("x <<E\n"),
        repeat("A=1; "),
        repeat("A=1 && "),
        repeat("A=1 "),
        repeat("(A=1)\n"),
        repeat("A=$((A+1))\n"),
        repeat("A=${A%x}y\n"),
        repeat("A=${A:=x}\n"),
        format!("A=1\n{}", repeat("B=$A/$B\n")),
        format!("A={}\nB=${{A%%*x*y*z}}\n", repeat("x")),
        format!("A={}\nB=${{A//x/yy}}\n", repeat("x")),
        format!("A={}", repeat("$((")),
        format!("A=$(({}", repeat("(")),
        format!("A=\"{}", repeat("${A:-\"")),
    ]
}

/// A statement ends with its value or the quote behind it: what follows is a comment, or nothing.
#[test]
fn a_statement_ends_where_its_value_does() {
    let empty = Environ::empty();
    for dialect in DIALECTS {
        for (statement, value) in [("A=x", "x"), ("A=\"x\"", "x"), ("A='x y'", "x y"), ("A=", "")] {
            for behind in [" # note\n", "  \n", " # it's \"x\"\n", "\t#\n"] {
                let text = format!("{statement}{behind}");
                let reading = (dialect.read)(text.as_bytes(), &empty);
                let [found] = &reading.assignments[..] else { continue };
                // Where the comment, the blanks or the quotes belong to the value, that ends further on.
                if found.value == Value::Set(value.as_bytes().into()) {
                    let found = &text[..found.span.end as usize];
                    // An empty value may stand behind a blank.
                    let found = if value.is_empty() { found.trim_end() } else { found };
                    assert_eq!(found, statement, "{} {text:?}", dialect.name);
                }
            }
        }
    }
}

/// What people write, and what nearly everybody means by it. A reader that reads something else has that said of the line.
#[test]
fn what_is_read_otherwise_than_meant_is_reported() {
    let spellings = [
        ("A=\"x y\"\n", "x y"),
        ("A='x y'\n", "x y"),
        ("A=x y\n", "x y"),
        ("A=x # c\n", "x"),
        ("A= # c\n", ""),
        ("A=\"x\" # c\n", "x"),
        ("A = x\n", "x"),
        ("export A=x\n", "x"),
        ("B=b\nA=${B}\n", "b"),
        ("B=b\nA=\"${B}\"\n", "b"),
        ("A=\"x\ny\"\n", "x\ny"),
        ("A=\"x\\\"y\"\n", "x\"y"),
        ("A=x\r\nB=y\r\n", "x"),
        ("\u{feff}A=x\n", "x"),
        ("A=\"x\n", "\"x"),
    ];
    let environ = Environ::empty();
    let mut silent = String::new();
    for dialect in DIALECTS {
        for (text, meant) in spellings {
            let reading = (dialect.read)(text.as_bytes(), &environ);
            let outcome = Outcome::new(dialect, &reading, &environ);
            let found = outcome.vars.get(&b"A"[..]).map(|value| String::from_utf8_lossy(value).into_owned());
            if found.as_deref() != Some(meant) && reading.problems.is_empty() {
                silent.push_str(&format!("{}: {text:?} is {found:?}\n", dialect.name));
            }
        }
    }
    assert!(silent.is_empty(), "{silent}");
}
