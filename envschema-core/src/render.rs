//! Diagnostics as text for people: the same report in a terminal, in CI and in a service's error.

use std::fmt::Write as _;

use crate::diagnostic::Severity;
use crate::phrase;
use crate::report::{Excerpt, Located, Place, Report};

/// Whether the text may have colours (ANSI escape sequences).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    #[default]
    Never,
    /// Colours.
    Always,
}

/// What a piece of text is, which decides its colour.
#[derive(Clone, Copy)]
enum Ink {
    Severity(Severity),
    Frame,
    Strong,
}

impl Colour {
    fn paint(self, ink: Ink, text: &str) -> String {
        let code = match (self, ink) {
            (Self::Never, _) => return text.to_owned(),
            (_, Ink::Severity(Severity::Error)) => "1;31",
            (_, Ink::Severity(Severity::Warning)) => "1;33",
            (_, Ink::Frame) => "34",
            (_, Ink::Strong) => "1",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// Every diagnostic with its line, the rule it breaks and what to do, each followed by an empty line.
#[must_use]
pub fn full(report: &Report, colour: Colour) -> String {
    let mut out = String::new();
    for located in &report.diagnostics {
        push_full(&mut out, located, colour);
        out.push('\n');
    }
    out
}

fn push_full(out: &mut String, located: &Located, colour: Colour) {
    let diagnostic = &located.diagnostic;
    let title = format!("{}[{}]", diagnostic.severity.name(), diagnostic.code);
    let title = colour.paint(Ink::Severity(diagnostic.severity), &title);
    push_line(out, &format!("{title}: {}", colour.paint(Ink::Strong, &diagnostic.headline)));
    push_line(out, &format!("  {} {}", colour.paint(Ink::Frame, "-->"), position(&located.place)));
    if let (Some(line), Some(excerpt)) = (located.place.line, &located.place.excerpt) {
        push_excerpt(out, line, excerpt, diagnostic.severity, colour);
    }
    for (place, message) in &located.labels {
        push_note(out, "note", &format!("{}: {message}", position(place)), colour);
    }
    if let Some(rule) = &located.rule {
        push_note(out, "rule", &rule_text(rule), colour);
    }
    if let Some(help) = &diagnostic.help {
        push_note(out, "help", help, colour);
    }
}

fn push_excerpt(out: &mut String, line: u32, excerpt: &Excerpt, severity: Severity, colour: Colour) {
    let number = line.to_string();
    let bar = colour.paint(Ink::Frame, "|");
    let margin = " ".repeat(number.len());
    push_line(out, &format!(" {margin} {bar}"));
    push_line(out, &format!(" {} {bar} {}", colour.paint(Ink::Frame, &number), excerpt.text));
    if excerpt.underline.is_empty() {
        return;
    }
    let carets = colour.paint(Ink::Severity(severity), &"^".repeat(excerpt.underline.len()));
    push_line(out, &format!(" {margin} {bar} {}{carets}", " ".repeat(excerpt.underline.start)));
}

fn push_note(out: &mut String, word: &str, text: &str, colour: Colour) {
    push_line(out, &format!("  {} {text}", colour.paint(Ink::Frame, &format!("{word}:"))));
}

fn push_line(out: &mut String, line: &str) {
    out.push_str(line.trim_end());
    out.push('\n');
}

fn rule_text(rule: &Place) -> String {
    match &rule.excerpt {
        Some(excerpt) => format!("{}: {}", position(rule), excerpt.text.trim()),
        None => position(rule),
    }
}

/// One diagnostic on one line: `file:line:column: error[code]: headline`.
#[must_use]
pub fn concise(located: &Located) -> String {
    let diagnostic = &located.diagnostic;
    let position = position(&located.place);
    format!("{position}: {}[{}]: {}", diagnostic.severity.name(), diagnostic.code, diagnostic.headline)
}

/// `file:line:column`, as far as it is known.
#[must_use]
pub fn position(place: &Place) -> String {
    let mut position = place.file.clone();
    if let Some(line) = place.line {
        // Writing to a string cannot fail.
        let _ = write!(position, ":{line}");
        if let Some((column, _)) = place.columns {
            let _ = write!(position, ":{column}");
        }
    }
    position
}

/// `2 errors and 1 warning`, `1 error`, `no problems`.
#[must_use]
pub fn counts(errors: usize, warnings: usize) -> String {
    let count = |number: usize, unit| phrase::count(number as u64, unit);
    match (errors, warnings) {
        (0, 0) => "no problems".to_owned(),
        (_, 0) => count(errors, "error"),
        (0, _) => count(warnings, "warning"),
        _ => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, concise, counts, full};
    use crate::diagnostic::Diagnostic;
    use crate::report::{Excerpt, Located, Place, Report};
    use crate::subject::Subject;

    fn located() -> Located {
        let diagnostic = Diagnostic::error(
            "invalid-value",
            Subject::Environment,
            "`DEBUG` is not true or false: \"maybe\"",
        )
        .help("write `true` or `false`");
        let excerpt = Excerpt { text: "DEBUG=maybe".into(), underline: 6..11 };
        let place =
            Place { file: "app/.env".into(), line: Some(12), columns: Some((7, 12)), excerpt: Some(excerpt) };
        let rule = Place {
            file: "envschema.yaml".into(),
            line: Some(3),
            columns: Some((8, 15)),
            excerpt: Some(Excerpt { text: "DEBUG: boolean".into(), underline: 7..14 }),
        };
        Located {
            diagnostic,
            place,
            labels: vec![(Place::file("b.env"), "also set here".into())],
            rule: Some(rule),
        }
    }

    #[test]
    fn the_full_report_shows_line_rule_and_help() {
        let report = Report { diagnostics: vec![located()], ..Report::default() };
        let expected = "\
error[invalid-value]: `DEBUG` is not true or false: \"maybe\"
  --> app/.env:12:7
    |
 12 | DEBUG=maybe
    |       ^^^^^
  note: b.env: also set here
  rule: envschema.yaml:3:8: DEBUG: boolean
  help: write `true` or `false`

";
        assert_eq!(full(&report, Colour::Never), expected);
        let coloured = full(&report, Colour::Always);
        assert!(coloured.contains("\u{1b}[1;31merror[invalid-value]\u{1b}[0m"));
    }

    #[test]
    fn the_concise_line_stands_alone() {
        assert_eq!(
            concise(&located()),
            "app/.env:12:7: error[invalid-value]: `DEBUG` is not true or false: \"maybe\""
        );
    }

    #[test]
    fn counts_read_as_words() {
        assert_eq!(counts(0, 0), "no problems");
        assert_eq!(counts(1, 0), "1 error");
        assert_eq!(counts(2, 1), "2 errors and 1 warning");
    }
}
