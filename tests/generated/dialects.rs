//! `docs/dialects.md`: the readers, and what each of them makes of the things people stumble over.

use std::fmt::Write as _;

use envschema_core::dotenv::{
    DIALECTS, Dialect, Effect, Environ, Outcome, Precedence, Reading, Target, find, reader,
};

use crate::assert_current;

/// One question about a reader: a file, and what its answer is called.
struct Probe {
    title: &'static str,
    text: &'static str,
    /// What the process environment holds.
    environ: &'static [(&'static str, &'static str)],
    answers: &'static [(&'static str, &'static str)],
}

/// A question that the process environment has no part in.
const fn probe(
    title: &'static str,
    text: &'static str,
    answers: &'static [(&'static str, &'static str)],
) -> Probe {
    Probe { title, text, environ: &[], answers }
}

/// A topic, what is to be said of it, and its questions about the value of `A`. An answer that is not listed is shown as it is.
struct Topic {
    title: &'static str,
    about: &'static str,
    probes: &'static [Probe],
}

const TOPICS: &[Topic] = &[
    Topic {
        title: "Quotes and blanks",
        about: "",
        probes: &[
            probe("`A=\"x y\"`", "A=\"x y\"\n", &[("x y", "unquotes"), ("\"x y\"", "keeps the quotes")]),
            probe("`A='x y'`", "A='x y'\n", &[("x y", "unquotes"), ("'x y'", "keeps the quotes")]),
            probe("`` A=`id` ``", "A=`id`\n", &[("id", "unquotes"), ("`id`", "keeps the quotes")]),
            probe("`A=x y`", "A=x y\nZ=1\n", &[("x y", "value")]),
            probe("`A= x`", "A= x\n", &[("x", "trims"), (" x", "keeps the blank")]),
            probe("`A = x`", "A = x\n", &[("x", "trims"), (" x", "keeps the blank")]),
        ],
    },
    Topic {
        title: "Comments",
        about: "",
        probes: &[
            probe("`A=x # c`", "A=x # c\n", &[("x", "comment"), ("x # c", "value")]),
            probe("`A=x#c`", "A=x#c\n", &[("x", "comment"), ("x#c", "value")]),
            probe("`A= # c`", "A= # c\nZ=1\n", &[("", "empty"), ("# c", "value")]),
            probe("`A=\"x\" # c`", "A=\"x\" # c\n", &[("x", "comment"), ("\"x\" # c", "value")]),
        ],
    },
    Topic {
        title: "Escapes",
        about: "`B` is set to `b` above.",
        probes: &[
            probe(
                "`A=x\\y`",
                "A=x\\y\n",
                &[("x\\y", "two characters"), ("xy", "drops the `\\`"), ("x\\\\y", "doubles the `\\`")],
            ),
            probe("`A=\"x\\\\y\"`", "A=\"x\\\\y\"\n", &[("x\\\\y", "two characters"), ("x\\y", "one `\\`")]),
            probe(
                "`A=\"x\\ny\"`",
                "A=\"x\\ny\"\n",
                &[("x\ny", "line feed"), ("x\\ny", "two characters"), ("xny", "drops the `\\`")],
            ),
            probe(
                "`A=\"x\\\"y\"`",
                "A=\"x\\\"y\"\nZ=1\n",
                &[("x\"y", "a quote"), ("x\\\"y", "two characters")],
            ),
            probe("`A=\\$B`", "B=b\nA=\\$B\n", DOLLAR),
            probe("`A=\"\\$B\"`", "B=b\nA=\"\\$B\"\n", DOLLAR),
        ],
    },
    Topic {
        title: "References",
        about: "`B` is set to `b` above, and `N` nowhere.",
        probes: &[
            probe("`A=$B`", "B=b\nA=$B\n", &[("b", "expands"), ("$B", "text")]),
            probe("`A=${B}`", "B=b\nA=${B}\n", &[("b", "expands"), ("${B}", "text")]),
            probe("`A='${B}'`", "B=b\nA='${B}'\n", &[("${B}", "text"), ("b", "expands")]),
            probe("`A=\"${B}\"`", "B=b\nA=\"${B}\"\n", &[("${B}", "text"), ("b", "expands")]),
            probe("`A=${N}`", "A=${N}\n", &[("${N}", "text")]),
            probe("`A=${N:-d}`", "A=${N:-d}\n", &[("d", "default"), ("${N:-d}", "text")]),
            probe("`A=$(id)`", "A=$(id)\n", &[("$(id)", "text")]),
            probe("`A=$(shell id)`", "A=$(shell id)\nZ=1\n", &[("$(shell id)", "text")]),
        ],
    },
    Topic {
        title: "What a reference finds",
        about: "Who is asked first for the `B` of `A=${B}`, where the file and the process environment both have it; and what is found of a `B` that\n\
                stands further down, or only in the process environment. `check` expands without a process environment (unless `process` is one\n\
                of its sources), `read` with its own.",
        probes: &[
            Probe {
                title: "`B` in both",
                text: "B=file\nA=${B}\n",
                environ: &[("B", "environment")],
                answers: &[("file", "the file"), ("environment", "the environment"), ("${B}", "text")],
            },
            probe(
                "`B` further down",
                "A=${B}\nB=file\n",
                &[("file", "found"), ("", "empty"), ("${B}", "text")],
            ),
            Probe {
                title: "`B` in the environment",
                text: "A=${B}\n",
                environ: &[("B", "environment")],
                answers: &[("environment", "found"), ("${B}", "text")],
            },
        ],
    },
    Topic {
        title: "Names",
        about: "What is set under the name as it is written.",
        probes: &[
            probe("`export A=x`", "export A=x\n", &[("x", "understands")]),
            probe("`A.B=x`", "A.B=x\n", &[("x", "set")]),
            probe("`A-B=x`", "A-B=x\n", &[("x", "set")]),
            probe("`1A=x`", "1A=x\n", &[("x", "set")]),
            Probe {
                title: "`A` alone",
                text: "A\nZ=1\n",
                environ: &[("A", "environment")],
                answers: &[("environment", "the environment's")],
            },
            probe("`A: x`", "A: x\nZ=1\n", &[("x", "understands")]),
            probe("`A=1` twice", "A=1\nA=2\n", &[("2", "last"), ("1", "first")]),
        ],
    },
    Topic {
        title: "Lines",
        about: "",
        probes: &[
            probe("`\"…\"` over two lines", "A=\"x\ny\"\n", &[("x\ny", "joins"), ("\"x", "cuts")]),
            probe(
                "`\\` at the end of a line",
                "A=x\\\nZ=1\n",
                &[("x\\", "text"), ("xZ=1", "joins"), ("x Z=1", "joins")],
            ),
            probe("CR LF", "A=x\r\n", &[("x", "drops the CR"), ("x\r", "keeps the CR")]),
            probe("byte order mark", "\u{feff}A=x\n", &[("x", "drops it")]),
        ],
    },
];

/// What becomes of an escaped dollar sign.
const DOLLAR: &[(&str, &str)] = &[
    ("$B", "a dollar sign"),
    ("\\$B", "two characters"),
    ("\\b", "`\\`, and expands"),
    ("\"\\$B\"", "two characters, keeps the quotes"),
];

/// What there is to say of the names.
const NAMES: &str = "
A name without a version is the newest one that is known, except `make`: that is 4.3, which Debian 12 and Ubuntu 24.04 ship; 4.4 is `make4.4`.

Who wins over the process environment is a matter of the reader, not of a line: where the environment wins, a variable that is set there
already keeps its value whatever the file says.
";

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
    let key = probe.text.lines().find_map(|line| key_of(line)).expect("a name that starts with `A`");
    let asked = read(dialect, probe, probe.environ);
    match listed(probe, asked.1.vars.get(key.as_bytes())) {
        Some(answer) => answer.to_owned(),
        // Where the environment wins, there is nothing to see of a name that it has.
        None if probe.environ.iter().any(|(name, _)| *name == key) => other(key, &read(dialect, probe, &[])),
        None => other(key, &asked),
    }
}

/// The name that is asked for, if a line has it.
fn key_of(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('\u{feff}').trim_start_matches("export ");
    let end = line.find(['=', ':', ' ']).unwrap_or(line.len());
    Some(&line[..end]).filter(|name| name.contains('A'))
}

fn read<'t>(dialect: &Dialect, probe: &'t Probe, environ: &[(&str, &str)]) -> (Reading<'t>, Outcome) {
    let environ: Environ = environ.iter().copied().collect();
    let reading = (dialect.read)(probe.text.as_bytes(), &environ);
    let outcome = Outcome::new(dialect, &reading, &environ);
    (reading, outcome)
}

fn listed(probe: &Probe, value: Option<&Vec<u8>>) -> Option<&'static str> {
    let value = value?;
    probe.answers.iter().find(|(answer, _)| answer.as_bytes() == value).map(|(_, name)| *name)
}

/// An answer in general words, or the value as it is.
fn other(key: &str, (reading, outcome): &(Reading<'_>, Outcome)) -> String {
    let has = |effect| reading.problems.iter().any(|problem| problem.effect == effect);
    let runs = has(Effect::Act)
        || (has(Effect::Fail)
            && reading.problems.iter().any(|problem| problem.message.contains("run a command")));
    let refers =
        reading.references.iter().any(|found| *found.name == *b"id" && found.target == Target::Undefined);
    match outcome.vars.get(key.as_bytes()).map(|value| String::from_utf8_lossy(value)) {
        _ if runs => "runs a command".to_owned(),
        Some(value) if value.is_empty() && refers => "a reference".to_owned(),
        Some(value) if value.is_empty() => "empty".to_owned(),
        Some(value) => code(&value),
        None if outcome.error.is_some() => "error".to_owned(),
        None if has(Effect::Truncate) => "drops the rest".to_owned(),
        None => "not set".to_owned(),
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
        let mut probes = TOPICS.iter().flat_map(|topic| topic.probes);
        answer(find(reader).expect("a dialect"), probes.find(|probe| probe.title == title).expect("a probe"))
    };
    for (reader, title, expected) in [
        ("docker-run", "`A=\"x\\ny\"`", r#"`"x\ny"`"#),
        ("bash", "`A=$(id)`", "runs a command"),
        ("bash", "`` A=`id` ``", "runs a command"),
        ("node", "`` A=`id` ``", "unquotes"),
        ("make", "`A=$(id)`", "a reference"),
        ("make", "`A=$(shell id)`", "runs a command"),
        ("bash", "`A=x y`", "error"),
        ("uv", "`A=x y`", "drops the rest"),
        ("env-cmd", "`\"…\"` over two lines", "empty"),
        ("compose", "`A` alone", "the environment's"),
        ("ruby-dotenv", "`A` alone", "empty"),
        ("compose", "`B` in both", "the environment"),
        ("bash", "`B` in both", "the file"),
        ("docker-run", "`A.B=x`", "set"),
    ] {
        assert_eq!(cell(reader, title), expected, "{reader} {title}");
    }
}

#[test]
fn dialects() {
    let mut text = String::from(
        "# Dialects\n\nA `.env` file has no standard: the same line means different things to different readers. envschema reads a file as one of the\n\
         readers below does; `--dialect NAME` chooses it, `dialect:` in a schema, or `dialect()` in the library. The default is `compose`.\n\
         `envschema read FILE` shows what each of them sees, and `envschema check --portable FILE` reports what they read differently.\n\
         Nothing is ever executed: where a reader would run a command, that is an error.\n\nThis page is generated by asking each dialect.\n\n\
         ## The readers\n\n| name | also | program | how it reads a file | who wins over the process environment |\n|---|---|---|---|---|\n",
    );
    for dialect in DIALECTS {
        let aliases: Vec<_> = dialect.aliases.iter().map(|alias| format!("`{alias}`")).collect();
        let precedence = match dialect.precedence {
            Precedence::File => "the file",
            Precedence::Environ => "the environment",
            Precedence::EnvironUnlessEmpty => "the environment, unless empty",
            Precedence::Fresh => "builds a new one",
        };
        let Dialect { name, program, usage, .. } = dialect;
        writeln!(text, "| `{name}` | {} | {program} | {usage} | {precedence} |", aliases.join(", ")).unwrap();
    }
    text.push_str(NAMES);
    text.push_str(PORTABLE);
    let core: Vec<_> = reader::CORE.iter().map(|dialect| format!("`{}`", dialect.name)).collect();
    writeln!(text, "\nThe core readers are {}.", core.join(", ")).unwrap();
    for topic in TOPICS {
        write_topic(&mut text, topic);
    }
    assert_current("docs/dialects.md", &text);
}

fn write_topic(text: &mut String, Topic { title, about, probes }: &Topic) {
    write!(text, "\n## {title}\n\n").unwrap();
    if !about.is_empty() {
        write!(text, "{about}\n\n").unwrap();
    }
    let titles: Vec<_> = probes.iter().map(|probe| probe.title).collect();
    writeln!(text, "| reader | {} |\n|---|{}", titles.join(" | "), "---|".repeat(probes.len())).unwrap();
    for dialect in DIALECTS {
        let answers: Vec<_> = probes.iter().map(|probe| answer(dialect, probe)).collect();
        writeln!(text, "| `{}` | {} |", dialect.name, answers.join(" | ")).unwrap();
    }
}
