//! The generated references in `docs/`: each is compared with what the code says, and rewritten when asked to.
//!
//! `ENVSCHEMA_UPDATE=1 cargo test -p envschema-tests --test generated` rewrites them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use envschema_core::dotenv::{DIALECTS, Dialect, Environ, Outcome, Problem, Syntax, reader};
use envschema_core::kind::Kind;
use envschema_core::registry;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the repository").to_owned()
}

#[track_caller]
fn assert_current(file: &str, text: &str) {
    let path = root().join(file);
    if std::env::var_os("ENVSCHEMA_UPDATE").is_some() {
        fs::write(&path, text).expect("the reference can be written");
    }
    let current = fs::read_to_string(&path).unwrap_or_default();
    assert!(current == text, "{file} is out of date: run this test with ENVSCHEMA_UPDATE=1");
}

#[test]
fn codes() {
    let mut text = String::from(
        "# Codes\n\nEvery diagnostic has one of these codes. A code is never used again for anything else. The page of a code is also what\n\
         `envschema explain CODE` prints. This list is generated from the registry of checks.\n\n| code | what it reports |\n|---|---|\n",
    );
    for check in registry::checks() {
        let file = check.code.replace('-', "_");
        writeln!(text, "| [`{}`](../envschema-core/src/checks/{file}.md) | {} |", check.code, check.summary)
            .unwrap();
    }
    text.push_str(
        "\nA line's `# envschema: allow=CODE` (behind the assignment or on the line above), and `allow` in the schema, silence a code there;\n\
         `--format json` still lists what was silenced.\n",
    );
    assert_current("docs/codes.md", &text);
}

/// The documentation of each kind is the first comment of its file.
#[test]
fn kinds() {
    let mut text = String::from(
        "# Kinds\n\nWhat a value may be. Text becomes a value in one place, so the checker, the loader and the editor never disagree. This page is\n\
         generated from the files in `envschema-core/src/kind/`; the tables of accepted and rejected texts are in `tests/kinds/`.\n",
    );
    let mut seen = Vec::new();
    let list = ["list", "map"].map(str::to_owned);
    for name in Kind::SCALARS.iter().map(|kind| kind.name().replace('-', "_")).chain(list) {
        let file = if name.starts_with("ipv") { "ip".to_owned() } else { name.clone() };
        if seen.contains(&file) {
            continue;
        }
        let source = fs::read_to_string(root().join(format!("envschema-core/src/kind/{file}.rs")))
            .expect("each kind has a file");
        let comment = source.lines().map_while(|line| line.strip_prefix("//!"));
        let lines: Vec<&str> = comment.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        write!(text, "\n## {}\n\n{}\n", file.replace('_', "-"), lines.join("\n")).unwrap();
        seen.push(file);
    }
    assert_current("docs/kinds.md", &text);
}

/// One question about a reader: a file, and what its answer is called.
struct Probe {
    title: &'static str,
    text: &'static str,
    answers: &'static [(&'static str, &'static str)],
}

/// What each reader makes of the things people stumble over. An answer that is not listed is shown as it is.
const PROBES: &[Probe] = &[
    Probe {
        title: "`A=\"x y\"`",
        text: "A=\"x y\"\n",
        answers: &[("x y", "unquotes"), ("\"x y\"", "keeps the quotes")],
    },
    Probe {
        title: "`A='x y'`",
        text: "A='x y'\n",
        answers: &[("x y", "unquotes"), ("'x y'", "keeps the quotes")],
    },
    Probe { title: "`A=x # c`", text: "A=x # c\n", answers: &[("x", "comment"), ("x # c", "value")] },
    Probe { title: "`A=x#c`", text: "A=x#c\n", answers: &[("x", "comment"), ("x#c", "value")] },
    Probe { title: "`A= # c`", text: "A= # c\nZ=1\n", answers: &[("", "empty"), ("# c", "value")] },
    Probe { title: "`A = x`", text: "A = x\n", answers: &[("x", "trims"), (" x", "keeps the blank")] },
    Probe { title: "`export A=x`", text: "export A=x\n", answers: &[("x", "understands")] },
    Probe { title: "`A=$B`", text: "B=b\nA=$B\n", answers: &[("b", "expands"), ("$B", "text")] },
    Probe { title: "`A=${B}`", text: "B=b\nA=${B}\n", answers: &[("b", "expands"), ("${B}", "text")] },
    Probe {
        title: "`A=${N:-d}`",
        text: "A=${N:-d}\n",
        answers: &[("d", "default"), ("${N:-d}", "text"), ("", "empty")],
    },
    Probe {
        title: "`A='$B'`",
        text: "B=b\nA='$B'\n",
        answers: &[("$B", "text"), ("b", "expands"), ("'$B'", "keeps the quotes")],
    },
    Probe {
        title: "`A=\"x\\ny\"`",
        text: "A=\"x\\ny\"\n",
        answers: &[("x\ny", "line feed"), ("x\\ny", "two characters"), ("xny", "drops the `\\`")],
    },
    Probe {
        title: "value over two lines",
        text: "A=\"x\ny\"\n",
        answers: &[("x\ny", "joins"), ("\"x", "cuts")],
    },
    Probe { title: "`A=1` twice", text: "A=1\nA=2\n", answers: &[("2", "last"), ("1", "first")] },
    Probe { title: "CR LF", text: "A=x\r\n", answers: &[("x", "drops the CR"), ("x\r", "keeps the CR")] },
    Probe { title: "byte order mark", text: "\u{feff}A=x\n", answers: &[("x", "drops it")] },
    Probe { title: "`A=$(id)`", text: "A=$(id)\n", answers: &[("$(id)", "text")] },
];

/// What there is to say of the dialect that is no reader's own.
const PORTABLE: &str = "
## `portable`

`portable` is no reader's dialect but what all core readers have in common. An assignment, or a line, that one of them reads otherwise
than the others, refuses or stumbles over is an error at its place (`unportable-value`), so a file without errors means the same to all.
The readers are asked, there is no grammar to learn; what is left is

* `NAME=value` with letters, digits and `_` in the name, and nothing around the `=`; a blank before the name is allowed;
* a value without quotes, blanks, `#`, `$` and `\\`, such as letters, digits and `_ - . / : , @ % + = ^ ! * ? [ ] { }`, or nothing at all;
* comments on lines of their own, blank lines, LF, no byte order mark, every name once, and no name that a reader keeps for itself
  (`UID` in shells, `SHELL` in make, `NODE_ENV` in Vite).

Who wins over the process environment is another question, and differs: see the table above.
";

fn answer(dialect: &Dialect, probe: &Probe) -> String {
    let environ = Environ::empty();
    let reading = (dialect.read)(probe.text.as_bytes(), &environ);
    let outcome = Outcome::new(dialect, &reading, &environ);
    let is_unsupported = |problem: &Problem| problem.code == Syntax::UnsupportedSyntax;
    let runs = probe.text.contains("$(") && reading.problems.iter().any(is_unsupported);
    let value = outcome.vars.get(&b"A"[..]).map(|value| String::from_utf8_lossy(value).into_owned());
    match (value, outcome.error) {
        (Some(value), _) => match probe.answers.iter().find(|(answer, _)| *answer == value) {
            Some((_, name)) => (*name).to_owned(),
            None if value.is_empty() && runs => "runs a command".to_owned(),
            None if value.is_empty() => "empty".to_owned(),
            None => code(&value),
        },
        (None, None) if runs => "runs a command".to_owned(),
        (None, Some(_)) => "error".to_owned(),
        (None, None) => "not set".to_owned(),
    }
}

/// A value as it is, in a cell of a table.
fn code(value: &str) -> String {
    assert!(!value.contains(['\n', '\r', '`', '|']), "{value:?} needs an answer of its own");
    format!("`{value}`")
}

#[test]
fn cells_show_values_as_they_are() {
    assert_eq!(code(r#""x\ny""#), r#"`"x\ny"`"#);
    let cell = |reader, title| {
        let dialect = envschema_core::dotenv::find(reader).expect("a dialect");
        answer(dialect, PROBES.iter().find(|probe| probe.title == title).expect("a probe"))
    };
    assert_eq!(cell("docker-run", "`A=\"x\\ny\"`"), r#"`"x\ny"`"#);
    assert_eq!(cell("bash", "`A=$(id)`"), "runs a command");
    assert_eq!(cell("make", "`A=$(id)`"), "empty");
    assert_eq!(cell("env-cmd", "value over two lines"), "empty");
}

#[test]
fn dialects() {
    let mut text = String::from(
        "# Dialects\n\nA `.env` file has no standard: the same line means different things to different readers. envschema reads a file as one of the\n\
         readers below does; `--dialect NAME` chooses it, `dialect:` in a schema, or `dialect()` in the library. The default is `compose`.\n\
         `envschema read FILE` shows what each of them sees, and `envschema check --portable FILE` reports what they read differently.\n\
         Nothing is ever executed: where a reader would run a command, that is an error.\n\nThis page is generated by asking each dialect.\n\n\
         ## Names\n\n| name | also | program | how it reads a file | who wins over the process environment |\n|---|---|---|---|---|\n",
    );
    for dialect in DIALECTS {
        let aliases: Vec<_> = dialect.aliases.iter().map(|alias| format!("`{alias}`")).collect();
        let precedence = match dialect.precedence {
            envschema_core::dotenv::Precedence::File => "the file",
            envschema_core::dotenv::Precedence::Environ => "the environment",
            envschema_core::dotenv::Precedence::EnvironUnlessEmpty => "the environment, unless empty",
            envschema_core::dotenv::Precedence::Fresh => "builds a new one",
        };
        writeln!(
            text,
            "| `{}` | {} | {} | {} | {precedence} |",
            dialect.name,
            aliases.join(", "),
            dialect.program,
            dialect.usage
        )
        .unwrap();
    }
    text.push_str(PORTABLE);
    let core: Vec<_> = reader::CORE.iter().map(|dialect| format!("`{}`", dialect.name)).collect();
    writeln!(text, "\nThe core readers are {}.", core.join(", ")).unwrap();
    for group in PROBES.chunks(6) {
        let titles: Vec<_> = group.iter().map(|probe| probe.title).collect();
        write!(
            text,
            "\n## {}\n\n| reader | {} |\n|---|{}\n",
            titles.join(", "),
            titles.join(" | "),
            "---|".repeat(group.len())
        )
        .unwrap();
        for dialect in DIALECTS {
            let answers: Vec<_> = group.iter().map(|probe| answer(dialect, probe)).collect();
            writeln!(text, "| `{}` | {} |", dialect.name, answers.join(" | ")).unwrap();
        }
    }
    assert_current("docs/dialects.md", &text);
}
