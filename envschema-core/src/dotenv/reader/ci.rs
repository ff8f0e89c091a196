//! Files that hand variables from one CI step to the next: GitHub's `$GITHUB_ENV` and GitLab's dotenv reports.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Dialect, Duplicates, Precedence};
use crate::dotenv::cursor::Cursor;
use crate::dotenv::decoded::{Returns, from_utf16, read_decoded};
use crate::dotenv::encoding::{BOM, invalid_utf8, nul_bytes};
use crate::dotenv::misread::{self, literal_value};
use crate::dotenv::scan::{find, find_pair, is_word};
use crate::dotenv::{Assignment, Effect, Problem, Quote, Reading, Syntax, Value};
use crate::span::Span;

pub(super) static GITHUB_ENV: Dialect = Dialect {
    name: "github-env-model",
    aliases: &["github-env"],
    program: "GitHub Actions runner 2.3, as its source reads",
    usage: "`>> \"$GITHUB_ENV\"` in a workflow step",
    precedence: Precedence::Fresh,
    duplicates: Duplicates::Last,
    read: |text, _| read_decoded(text, from_utf16(text, Returns::Kept).as_ref(), github),
};

pub(super) static GITLAB_DOTENV: Dialect = Dialect {
    name: "gitlab-dotenv-model",
    aliases: &["gitlab-dotenv"],
    program: "GitLab 18, as its source reads",
    usage: "`artifacts:reports:dotenv` in `.gitlab-ci.yml`",
    precedence: Precedence::Fresh,
    duplicates: Duplicates::Last,
    read: |text, _| gitlab(text),
};

/// The runner does not let a file set it, in any case.
const BLOCKED: &[u8] = b"NODE_OPTIONS";

fn github(text: &[u8]) -> Reading<'_> {
    let mut file = File::new(text);
    while !file.cursor.is_at_end() {
        let start = file.cursor.at();
        let line = file.cursor.take_line();
        let separator = find(line, b'=');
        match (separator, find_pair(line, *b"<<")) {
            _ if line.is_empty() => {}
            (Some(separator), None) => file.raw(start, separator, line.len()),
            (Some(separator), Some(marker)) if separator < marker => file.raw(start, separator, line.len()),
            (_, Some(marker)) => file.block(start, marker, line),
            (None, None) => file.no_assignment(start, line),
        }
    }
    for (assignment, index) in file.reading.assignments.iter().zip(0..) {
        if assignment.key.is_empty() {
            file.reading.problems.push(Problem {
                assignment: Some(index),
                ..Problem::new(Syntax::InvalidKey, assignment.span, "the name is empty", Effect::Misread)
            });
        }
        if assignment.key.eq_ignore_ascii_case(BLOCKED) {
            file.reading.problems.push(Problem {
                help: Some("set it in the workflow file"),
                assignment: Some(index),
                ..Problem::new(
                    Syntax::InvalidKey,
                    assignment.key_span,
                    "GitHub does not let a step set this variable",
                    Effect::Fail,
                )
            });
        }
    }
    file.finish()
}

fn gitlab(text: &[u8]) -> Reading<'_> {
    let mut file = File::new(text);
    while !file.cursor.is_at_end() {
        let start = file.cursor.at();
        let line = file.cursor.take_line();
        let Some(separator) = find(line, b'=') else {
            file.no_assignment(start, line);
            continue;
        };
        let key = stripped(text, Span::new(start, start + separator));
        let value = stripped(text, Span::new(start + separator + 1, start + line.len()));
        file.assign(key, value, key.to(value));
        if key.is_empty() || !key.of(text).iter().copied().all(is_word) {
            file.invalid_name(key, key.to(value));
        }
    }
    file.finish()
}

/// What Ruby's `strip` leaves of the text at `span`.
fn stripped(text: &[u8], span: Span) -> Span {
    let is_kept = |byte: &u8| !matches!(byte, 0 | b'\t'..=b'\r' | b' ');
    let bytes = span.of(text);
    let Some(first) = bytes.iter().position(is_kept) else { return Span { end: span.start, ..span } };
    let last = bytes.iter().rposition(is_kept).unwrap_or(first);
    let start = span.start as usize;
    Span::new(start + first, start + last + 1)
}

struct File<'t> {
    cursor: Cursor<'t>,
    reading: Reading<'t>,
    /// Where each line stands last: made when the first block does not end, so that others are not searched in vain.
    last_lines: Option<HashMap<&'t [u8], usize>>,
}

impl<'t> File<'t> {
    fn new(text: &'t [u8]) -> Self {
        let mut cursor = Cursor::new(text);
        cursor.eat(BOM);
        Self { cursor, reading: Reading::default(), last_lines: None }
    }

    /// `NAME=value`, both as they stand.
    fn raw(&mut self, start: usize, separator: usize, length: usize) {
        let value = Span::new(start + separator + 1, start + length);
        self.assign(Span::new(start, start + separator), value, Span::new(start, start + length));
    }

    /// `NAME<<DELIMITER` and the lines up to one that is the delimiter.
    fn block(&mut self, start: usize, marker: usize, line: &[u8]) {
        let place = Span::new(start, start + line.len());
        let delimiter = &line[marker + 2..];
        if marker == 0 || delimiter.is_empty() {
            self.refuse(place, "`<<` needs a name before and a delimiter behind it", None);
            return;
        }
        let value_start = self.cursor.at();
        let mut value_end = value_start;
        let is_hopeless = self
            .last_lines
            .as_ref()
            .is_some_and(|last| last.get(delimiter).is_none_or(|at| *at < value_start));
        while !is_hopeless && !self.cursor.is_at_end() {
            let at = self.cursor.at();
            if self.cursor.take_line() == delimiter {
                let key = Span::new(start, start + marker);
                self.assign(key, Span::new(value_start, value_end), Span::new(start, at + delimiter.len()));
                return;
            }
            value_end = self.cursor.at() - 1;
        }
        self.cursor.go_to(value_start);
        self.last_lines.get_or_insert_with(|| last_lines(self.cursor));
        self.refuse(place, "no line ends this value", Some("repeat the delimiter on a line of its own"));
    }

    fn assign(&mut self, key_span: Span, value_span: Span, span: Span) {
        let text = self.cursor.text();
        let index = self.reading.next_index();
        self.reading.problems.extend(literal_value(text, value_span, index));
        self.reading.assignments.push(Assignment {
            key: Cow::Borrowed(key_span.of(text)),
            value: Value::Set(Cow::Borrowed(value_span.of(text))),
            key_span,
            value_span,
            span,
            quote: Quote::None,
        });
    }

    fn no_assignment(&mut self, start: usize, line: &[u8]) {
        let span = Span::new(start, start + line.len());
        let (message, help) = match line.trim_ascii_start() {
            [] => ("a blank line is not allowed in this file", "remove the line"),
            [b'#', ..] => ("a comment is not allowed in this file", "remove the comment"),
            _ => ("this line is no assignment", "write `NAME=value`"),
        };
        self.refuse(span, message, Some(help));
    }

    fn refuse(&mut self, span: Span, message: &'static str, help: Option<&'static str>) {
        let problem = Problem::new(Syntax::InvalidSyntax, span, message, Effect::Refuse);
        self.reading.problems.push(Problem { help, ..problem });
    }

    fn invalid_name(&mut self, key: Span, statement: Span) {
        let is_export = key.of(self.cursor.text()).starts_with(b"export ");
        let (code, message, help) = match () {
            () if key.is_empty() => (Syntax::InvalidKey, "the name is empty", "write `NAME=value`"),
            () if is_export => (
                Syntax::UnsupportedSyntax,
                "this reader does not know `export`",
                "write `NAME=value`, without `export`",
            ),
            () => (
                Syntax::InvalidKey,
                "GitLab does not accept this name",
                "use letters, digits and `_`; comments are not allowed",
            ),
        };
        self.reading.problems.push(Problem {
            help: Some(help),
            assignment: self.reading.next_index().checked_sub(1),
            ..Problem::new(code, if key.is_empty() { statement } else { key }, message, Effect::Refuse)
        });
    }

    /// Reports what is no text: every invalid sequence becomes U+FFFD.
    fn finish(mut self) -> Reading<'t> {
        let text = self.cursor.text();
        let invalid = invalid_utf8(text, Effect::Misread);
        if !invalid.is_empty() {
            for assignment in &mut self.reading.assignments {
                replace_invalid(&mut assignment.key);
                if let Value::Set(value) = &mut assignment.value {
                    replace_invalid(value);
                }
            }
        }
        self.reading.problems.extend(invalid);
        let nul = nul_bytes(text, Effect::Misread, &self.reading.assignments);
        self.reading.problems.extend(nul);
        misread::report(&mut self.reading, text, misread::kept_return);
        misread::report(&mut self.reading, text, misread::blank_in_name);
        self.reading.in_order()
    }
}

/// Where each line from here on stands last.
fn last_lines(mut cursor: Cursor<'_>) -> HashMap<&[u8], usize> {
    let mut last = HashMap::new();
    while !cursor.is_at_end() {
        let at = cursor.at();
        last.insert(cursor.take_line(), at);
    }
    last
}

fn replace_invalid(bytes: &mut Cow<'_, [u8]>) {
    if let Cow::Owned(replaced) = String::from_utf8_lossy(bytes) {
        *bytes = Cow::Owned(replaced.into_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::{GITHUB_ENV, GITLAB_DOTENV};
    use crate::dotenv::{Dialect, Environ, Outcome};

    /// What `dialect` makes of `text`: `NAME=value` joined by `|`, or the error.
    fn outcome(dialect: &Dialect, text: &[u8]) -> String {
        let environ = Environ::empty();
        let outcome = Outcome::new(dialect, &(dialect.read)(text, &environ), &environ);
        if let Some(problem) = outcome.error {
            return format!("error: {}", problem.message);
        }
        let vars = outcome.vars.iter().map(|(name, value)| [name, &b"="[..], value].concat());
        let vars: Vec<_> = vars.map(|var| var.escape_ascii().to_string()).collect();
        vars.join("|")
    }

    #[test]
    fn github_takes_lines_and_blocks() {
        for (text, expected) in [
            ("A=1\n\nB= x # y\r\n", "A=1|B= x # y\\r"),
            ("A<<E\nx=1\n\n  y\nE\nB=2", "A=x=1\\n\\n  y|B=2"),
            ("A<<E\nE\n", "A="),
            ("A=1<<E\n=\n", "=|A=1<<E"),
            ("A<<E\nx\n", "error: no line ends this value"),
            ("<<E\nx\nE\n", "error: `<<` needs a name before and a delimiter behind it"),
            ("# note\n", "error: a comment is not allowed in this file"),
            ("A=1\nnode_options=x\n", "error: GitHub does not let a step set this variable"),
            ("\u{feff}A=1\n", "A=1"),
        ] {
            assert_eq!(outcome(&GITHUB_ENV, text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn github_reads_utf16_with_a_byte_order_mark() {
        let units: Vec<u16> = "\u{feff}A=é🔑\nB\n".encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for text in [little, big] {
            let reading = (GITHUB_ENV.read)(&text, &Environ::empty());
            let [assignment] = &reading.assignments[..] else { panic!("{:?}", reading.assignments) };
            assert_eq!(*assignment.key, *b"A");
            assert_eq!(assignment.value, crate::dotenv::Value::Set("é🔑".as_bytes().into()));
            assert_eq!(assignment.value_span.range(), 6..12);
            assert_eq!(reading.problems.last().unwrap().span.range(), 14..16);
        }
    }

    #[test]
    fn gitlab_strips_both_sides_and_allows_nothing_else() {
        for (text, expected) in [
            ("A = x y \r\nB='q'\n", "A=x y|B=\\'q\\'"),
            ("A=1\n\nB=2\n", "error: a blank line is not allowed in this file"),
            ("export A=1\n", "error: this reader does not know `export`"),
            ("A-B=1\n", "error: GitLab does not accept this name"),
            ("=1\n", "error: the name is empty"),
        ] {
            assert_eq!(outcome(&GITLAB_DOTENV, text.as_bytes()), expected, "{text:?}");
        }
    }
}
