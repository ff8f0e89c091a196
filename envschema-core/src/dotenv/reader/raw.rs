//! Readers that take everything behind the first `=` as it stands: `docker run`, Compose's raw format, Podman, kubectl.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::encoding::{BOM, blame_bom, invalid_utf8, nul_bytes, replace_invalid};
use crate::dotenv::lines::{Breaks, lines};
use crate::dotenv::misread::{self, literal_value};
use crate::dotenv::scan::{find, is_blank, trim_end, trim_start};
use crate::dotenv::{Assignment, Effect, Environ, Problem, Quote, Reading, Syntax, Value};
use crate::span::Span;

pub(super) static DOCKER_RUN: Dialect = Dialect {
    name: "docker-run",
    aliases: &["docker"],
    program: "Docker CLI 28.5.2",
    usage: "`docker run --env-file`",
    precedence: Precedence::Fresh,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, &DOCKER),
};

pub(super) static COMPOSE_RAW: Dialect = Dialect {
    name: "compose-raw",
    aliases: &[],
    program: "Docker Compose 2.40.3",
    usage: "`env_file:` with `format: raw`",
    precedence: Precedence::Fresh,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, &DOCKER),
};

pub(super) static PODMAN_RUN: Dialect = Dialect {
    name: "podman-run",
    aliases: &["podman"],
    program: "Podman 5.8.6",
    usage: "`podman run --env-file`",
    precedence: Precedence::Fresh,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, &PODMAN),
};

pub(super) static KUBECTL: Dialect = Dialect {
    name: "kubectl",
    aliases: &[],
    program: "kubectl 1.36.4",
    usage: "`kubectl create configmap --from-env-file`",
    precedence: Precedence::Fresh,
    duplicates: Duplicates::Last,
    read: |text, environ| read(text, environ, &KUBERNETES),
};

/// In what the raw readers differ.
struct Switches {
    /// Drops a byte order mark and refuses what is not UTF-8; else invalid bytes become U+FFFD.
    checks_utf8: bool,
    keys: Keys,
    bare_names: BareNames,
    /// What happens at a line of `LONG_LINE` bytes.
    long_line: Effect,
    refuses_duplicates: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// Anything but nothing.
    Any,
    /// Anything without space and tab.
    WithoutBlanks,
    /// `[-._a-zA-Z][-._a-zA-Z0-9]*`, at most 253 bytes, not `.` and not starting with `..`.
    Kubernetes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum BareNames {
    /// They take the environment's value, if there is one.
    Inherit,
    /// They take the environment's value or are empty.
    InheritOrEmpty,
    /// As `Inherit`, and `PRE*` takes every variable whose name starts with `PRE`.
    InheritPrefix,
}

const DOCKER: Switches = Switches {
    checks_utf8: true,
    keys: Keys::WithoutBlanks,
    bare_names: BareNames::Inherit,
    long_line: Effect::Refuse,
    refuses_duplicates: false,
};

const PODMAN: Switches =
    Switches { checks_utf8: false, keys: Keys::Any, bare_names: BareNames::InheritPrefix, ..DOCKER };

const KUBERNETES: Switches = Switches {
    keys: Keys::Kubernetes,
    bare_names: BareNames::InheritOrEmpty,
    long_line: Effect::Truncate,
    refuses_duplicates: true,
    ..DOCKER
};

/// Go's scanner gives up at a line of this length, a CR at its end included.
const LONG_LINE: usize = 64 * 1024;

fn read<'t>(text: &'t [u8], environ: &Environ, switches: &Switches) -> Reading<'t> {
    let start = if switches.checks_utf8 && text.starts_with(BOM) { BOM.len() } else { 0 };
    let mut reader = Reader { text, environ, switches, reading: Reading::default() };
    for line in lines(text, start, Breaks::Go) {
        reader.line(line);
    }
    reader.finish()
}

struct Reader<'t, 'e> {
    text: &'t [u8],
    environ: &'e Environ,
    switches: &'e Switches,
    reading: Reading<'t>,
}

impl<'t> Reader<'t, '_> {
    fn line(&mut self, line: Span) {
        let end = line.end as usize;
        let ends_in_cr = self.text.get(end) == Some(&b'\r');
        if line.len() + usize::from(ends_in_cr) >= LONG_LINE {
            self.long_line(line);
        }
        let rest = if self.switches.checks_utf8 {
            trim_start(line.of(self.text), char::is_whitespace)
        } else {
            trim_start(line.of(self.text), |char| matches!(char, ' ' | '\t'))
        };
        if rest.is_empty() || rest[0] == b'#' {
            return;
        }
        let start = end - rest.len();
        match find(rest, b'=') {
            Some(length) => self.assignment(start, start + length, end),
            None => self.bare_name(Span::new(start, end)),
        }
    }

    fn assignment(&mut self, start: usize, separator: usize, end: usize) {
        let key_span = Span::new(start, separator);
        if let Some(problem) = self.key_problem(key_span, true) {
            self.reading.problems.push(problem);
            return;
        }
        let value_span = Span::new(separator + 1, end);
        let index = self.reading.next_index();
        self.reading.problems.extend(literal_value(self.text, value_span, index));
        self.reading.assignments.push(Assignment {
            key: Cow::Borrowed(key_span.of(self.text)),
            value: Value::Set(Cow::Borrowed(value_span.of(self.text))),
            key_span,
            value_span,
            span: Span::new(start, end),
            quote: Quote::None,
        });
    }

    fn bare_name(&mut self, line: Span) {
        if let Some(problem) = self.key_problem(line, false) {
            self.reading.problems.push(problem);
            return;
        }
        let name = line.of(self.text);
        if self.switches.bare_names == BareNames::InheritPrefix
            && let Some(prefix) = name.strip_suffix(b"*")
        {
            return self.prefix(line, prefix);
        }
        let added = self.added().filter(|(added, _)| *added == name);
        let inherited = self.environ.get(name).or(added.map(|(_, value)| value));
        let value = match (inherited, self.switches.bare_names) {
            (Some(value), _) => Value::Set(Cow::Owned(value.to_vec())),
            (None, BareNames::InheritOrEmpty) => Value::Set(Cow::Borrowed(b"")),
            (None, BareNames::Inherit | BareNames::InheritPrefix) => Value::Absent,
        };
        let key = trim_end(name, char::is_whitespace);
        let key_span = Span::new(line.start as usize, line.start as usize + key.len());
        self.push_bare(Cow::Borrowed(key), value, key_span);
    }

    /// What Podman adds to the process environment: the folder for its copies.
    fn added(&self) -> Option<(&'static [u8], &'static [u8])> {
        let is_podman = self.switches.bare_names == BareNames::InheritPrefix;
        let is_missing = is_podman && self.environ.get(b"TMPDIR").is_none();
        is_missing.then_some((b"TMPDIR", b"/var/tmp"))
    }

    /// `PRE*`: one assignment for every variable that matches; the first one stands for the text.
    fn prefix(&mut self, line: Span, prefix: &[u8]) {
        let mut key_span = line;
        let variables = self.environ.iter().chain(self.added());
        for (name, value) in variables.filter(|(name, _)| name.starts_with(prefix)) {
            self.push_bare(Cow::Owned(name.to_vec()), Value::Set(Cow::Owned(value.to_vec())), key_span);
            key_span = Span { start: line.end, ..line };
        }
    }

    fn push_bare(&mut self, key: Cow<'t, [u8]>, value: Value<'t>, key_span: Span) {
        let value_span = Span { start: key_span.end, ..key_span };
        let quote = Quote::None;
        self.reading
            .assign(self.text, Assignment { key, value, key_span, value_span, span: key_span, quote });
    }

    fn long_line(&mut self, line: Span) {
        self.reading.problems.push(Problem {
            help: Some("keep every line below 64 KiB"),
            ..Problem::new(
                Syntax::InvalidSyntax,
                Span { end: line.start, ..line },
                "the line is too long for this reader",
                self.switches.long_line,
            )
        });
    }

    fn key_problem(&self, key: Span, has_value: bool) -> Option<Problem> {
        let name = key.of(self.text);
        let refuse = |code, message, help| {
            Some(Problem { help: Some(help), ..Problem::new(code, key, message, Effect::Refuse) })
        };
        if name.is_empty() {
            return refuse(Syntax::InvalidKey, "the name is empty", "write `NAME=value`");
        }
        match self.switches.keys {
            Keys::Any => None,
            Keys::WithoutBlanks if !name.iter().copied().any(is_blank) => None,
            Keys::Kubernetes if is_kubernetes_key(name) => None,
            _ if !has_value => refuse(
                Syntax::InvalidSyntax,
                "this line is no assignment",
                "write `NAME=value`, or start the line with `#`",
            ),
            _ if name.starts_with(b"export ") => refuse(
                Syntax::UnsupportedSyntax,
                "this reader does not know `export`",
                "write `NAME=value`, without `export`",
            ),
            Keys::WithoutBlanks => refuse(
                Syntax::InvalidKey,
                "a name cannot contain blanks",
                "write `NAME=value`, without blanks before the `=`",
            ),
            Keys::Kubernetes => refuse(
                Syntax::InvalidKey,
                "kubectl does not accept this name",
                "use letters, digits, `_`, `-` and `.`, and start with none of the digits",
            ),
        }
    }

    fn finish(mut self) -> Reading<'t> {
        let checks = self.switches.checks_utf8;
        let invalid = invalid_utf8(self.text, if checks { Effect::Refuse } else { Effect::Misread });
        if !invalid.is_empty() && !checks {
            self.replace_invalid();
        }
        self.reading.problems.extend(invalid);
        if !checks {
            blame_bom(self.text, &mut self.reading.problems);
        }
        if self.switches.keys == Keys::Any {
            misread::report(&mut self.reading, self.text, misread::blank_in_name);
        }
        let nul_bytes = nul_bytes(self.text, Effect::Misread, &self.reading.assignments);
        self.reading.problems.extend(nul_bytes);
        if self.switches.refuses_duplicates {
            let duplicates = duplicates(&self.reading.assignments);
            self.reading.problems.extend(duplicates);
        }
        self.forgive_behind_the_end();
        self.reading.in_order()
    }

    /// Where a long line ends the file, nothing behind it is refused.
    fn forgive_behind_the_end(&mut self) {
        let problems = &mut self.reading.problems;
        let ends = problems.iter().filter(|problem| problem.effect == Effect::Truncate);
        let Some(end) = ends.map(|problem| problem.span.start).min() else { return };
        let behind = problems.iter_mut().filter(|problem| problem.span.start >= end);
        behind
            .filter(|problem| problem.effect == Effect::Refuse)
            .for_each(|problem| problem.effect = Effect::Fail);
    }

    /// What is passed on as JSON has U+FFFD for every invalid byte.
    fn replace_invalid(&mut self) {
        for assignment in &mut self.reading.assignments {
            if let Cow::Owned(replaced) = replace_invalid(&assignment.key) {
                assignment.key = Cow::Owned(replaced);
            }
            if let Value::Set(value) = &mut assignment.value
                && let Cow::Owned(replaced) = replace_invalid(value)
            {
                *value = Cow::Owned(replaced);
            }
        }
    }
}

fn is_kubernetes_key(name: &[u8]) -> bool {
    let is_name = name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    let starts_well = !name[0].is_ascii_digit() && name != b"." && !name.starts_with(b"..");
    is_name && starts_well && name.len() <= 253
}

/// A problem for every assignment to a key that has one already.
fn duplicates(assignments: &[Assignment<'_>]) -> Vec<Problem> {
    let mut seen = HashSet::new();
    let repeated = assignments.iter().zip(0..).filter(|(assignment, _)| !seen.insert(&*assignment.key));
    repeated
        .map(|(assignment, index)| Problem {
            help: Some("remove one of the assignments"),
            assignment: Some(index),
            ..Problem::new(
                Syntax::DuplicateAssignment,
                assignment.key_span,
                "the name is assigned already, and this reader refuses that",
                Effect::Refuse,
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::values;
    use super::{DOCKER_RUN, KUBECTL, LONG_LINE, PODMAN_RUN};

    #[test]
    fn a_long_line_ends_the_file_for_kubectl() {
        let long = "x".repeat(LONG_LINE);
        for (text, expected) in [
            (format!("A=1\n{long}\nB=2\n"), "A=1"),
            (format!("A=1\nB={long}\nA=2\nx y\n"), "A=1"),
            (format!("A B=1\n{long}\n"), "refused: kubectl does not accept this name"),
        ] {
            assert_eq!(values(&KUBECTL, &text), expected);
        }
    }

    #[test]
    fn what_podman_takes_from_the_environment() {
        for (text, expected) in
            [("HO*\nNOPE\n", "HOST=box"), ("T*\n", "TMPDIR=/var/tmp"), ("TMPDIR\n", "TMPDIR=/var/tmp")]
        {
            assert_eq!(values(&PODMAN_RUN, text), expected, "{text:?}");
        }
        assert_eq!(values(&DOCKER_RUN, "TMPDIR\nHO*\n"), "");
    }
}
