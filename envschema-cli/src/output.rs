//! What a run says: results become text in one of the formats, and text goes to standard output here and nowhere else.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, Write as _};

use envschema::core::diagnostic::Severity;
use envschema::core::redact;
use envschema::core::report::{Located, Report};

use crate::exit::Exit;
use crate::failure::Failure;

mod concise;
pub(crate) mod diff;
mod full;
mod github;
mod json;
pub(crate) mod readings;
mod summary;

pub(crate) use concise::concise;
pub(crate) use full::full;
pub(crate) use github::github;
pub(crate) use json::json;

/// How much text is gathered before it is written.
const BUFFER: usize = 64 << 10;

/// What became of one environment.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// The names of its layers, lowest precedence first.
    pub(crate) sources: Vec<String>,
    /// The name of its schema, if there is one.
    pub(crate) schema: Option<String>,
    /// The profile, if the schema knows it.
    pub(crate) profile: Option<String>,
    /// How many variables the schema declares.
    pub(crate) variables: usize,
    /// What was found.
    pub(crate) report: Report,
    /// What was mended, or would be.
    pub(crate) changes: Vec<Change>,
    /// Whether it could be checked.
    pub(crate) checked: bool,
}

/// What was mended in a file, or would be.
#[derive(Debug)]
pub(crate) struct Change {
    /// The file.
    pub(crate) file: String,
    /// What was done, in the order of the file.
    pub(crate) titles: Vec<String>,
    /// What would change, as a diff, if nothing was written.
    pub(crate) diff: Option<String>,
}

/// What a whole run came to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    /// How many environments there were.
    pub(crate) environments: usize,
    /// How many of them have errors or warnings.
    pub(crate) affected: usize,
    /// How many of them could not be checked.
    pub(crate) unchecked: usize,
    /// How many errors were found, those of schemas included.
    pub(crate) errors: usize,
    /// How many warnings were found, those of schemas included.
    pub(crate) warnings: usize,
    /// How many diagnostics are switched off.
    pub(crate) allowed: usize,
    /// How many more were found than are listed.
    pub(crate) left_out: usize,
    /// How many jobs could not be done, apart from what diagnostics say.
    pub(crate) failures: usize,
    /// How the run ends.
    pub(crate) exit: Exit,
}

/// One format: results become text. Where the text goes is not its concern.
pub(crate) trait Form {
    /// What stands before everything.
    fn begin(&mut self, _: &mut String) {}

    /// What is wrong with a schema.
    fn schema(&mut self, out: &mut String, name: &str, report: &Report);

    /// What became of an environment.
    fn environment(&mut self, out: &mut String, outcome: &Outcome);

    /// A job that could not be done.
    fn failure(&mut self, out: &mut String, failure: &Failure);

    /// What stands behind everything.
    fn end(&mut self, out: &mut String, totals: &Totals);
}

/// Takes results as they come and writes them in one format. It never keeps more than a buffer of text.
pub(crate) struct Printer {
    form: Box<dyn Form>,
    text: String,
    writing: io::Result<()>,
    totals: Totals,
    deny_warnings: bool,
}

impl Printer {
    /// A printer of one format.
    pub(crate) fn new(form: Box<dyn Form>, deny_warnings: bool) -> Self {
        let totals = Totals::default();
        let mut printer = Self { form, text: String::new(), writing: Ok(()), totals, deny_warnings };
        printer.form.begin(&mut printer.text);
        printer
    }

    /// Says what is wrong with a schema.
    pub(crate) fn schema(&mut self, name: &str, report: &Report) {
        self.count(report);
        self.form.schema(&mut self.text, name, report);
        self.flush(BUFFER);
    }

    /// Says what became of an environment.
    pub(crate) fn environment(&mut self, outcome: &Outcome) {
        self.totals.environments += 1;
        self.totals.affected += usize::from(!outcome.report.diagnostics.is_empty());
        self.totals.unchecked += usize::from(!outcome.checked);
        self.count(&outcome.report);
        if !outcome.checked {
            self.end_with(Exit::Undone);
        }
        self.form.environment(&mut self.text, outcome);
        self.flush(BUFFER);
    }

    /// Says that a job could not be done: on standard error in every format, and in those that programs read as part of the
    /// output, too.
    pub(crate) fn failure(&mut self, failure: &Failure) {
        self.totals.failures += 1;
        self.end_with(Exit::Undone);
        self.form.failure(&mut self.text, failure);
        self.flush(BUFFER);
        complain(failure);
    }

    /// Says what it all came to, and how the run ends.
    pub(crate) fn finish(mut self) -> Exit {
        self.form.end(&mut self.text, &self.totals);
        self.flush(0);
        match &self.writing {
            // Whoever reads has read enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.totals.exit,
            Err(error) => {
                complain(&Failure::new(format!("cannot write to standard output: {}", error.kind())));
                Exit::Undone
            }
            Ok(()) => self.totals.exit,
        }
    }

    fn count(&mut self, report: &Report) {
        let (errors, warnings) = report.counts();
        self.totals.errors += errors;
        self.totals.warnings += warnings;
        self.totals.allowed += report.allowed.len();
        self.totals.left_out += report.left_out;
        if errors > 0 || (self.deny_warnings && warnings > 0) {
            self.end_with(Exit::Errors);
        }
    }

    fn end_with(&mut self, exit: Exit) {
        self.totals.exit = self.totals.exit.max(exit);
    }

    /// Writes what was gathered, if it is more than `limit`.
    fn flush(&mut self, limit: usize) {
        if self.text.len() > limit && self.writing.is_ok() {
            let mut stdout = io::stdout().lock();
            self.writing =
                stdout.write_all(without_commands(&self.text).as_bytes()).and_then(|()| stdout.flush());
        }
        if self.text.len() > limit {
            self.text.clear();
        }
    }
}

/// Writes a text that is no report, such as a page.
pub(crate) fn page(text: &str) -> Exit {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&Failure::new(format!("cannot write to standard output: {}", error.kind())));
            Exit::Undone
        }
        _ => Exit::Clean,
    }
}

/// Writes what a file holds, for people or as JSON: nothing in it can be taken for a command of a runner.
pub(crate) fn shown(text: &str) -> Exit {
    page(&without_commands(text))
}

/// Says that a command line is wrong: as a failure of the run, if it asks for a format that programs read.
pub(crate) fn usage(arguments: &[OsString], message: &str) -> Exit {
    let asks_for_json = |pair: &[OsString]| pair[0] == "--format" && pair[1] == "json";
    if arguments.windows(2).any(asks_for_json) || arguments.iter().any(|argument| argument == "--format=json")
    {
        let mut printer = Printer::new(json(), false);
        printer.failure(&misused(message));
        return printer.finish();
    }
    // The message repeats a word of the command line, which may be the name of anybody's file.
    let is_odd = |argument: &OsString| argument.to_string_lossy().contains(char::is_control);
    let text: String = if arguments.iter().any(is_odd) {
        format!("{}\n", redact::escape(message.trim()))
    } else {
        message.lines().map(|line| format!("{}\n", redact::escape(line))).collect()
    };
    let _ = io::stderr().write_all(without_commands(&text).as_bytes());
    Exit::Undone
}

/// What is wrong with a command line, in one line, and what to do about it in another.
fn misused(message: &str) -> Failure {
    let message = message.trim();
    let mut lines = message.strip_prefix("error: ").unwrap_or(message).lines().map(str::trim);
    let failure = Failure::new(redact::escape(lines.next().unwrap_or_default()));
    let tip = lines.find_map(|line| line.strip_prefix("tip: "));
    let help = tip.map_or("`envschema --help` says what there is".into(), redact::escape);
    failure.help(help)
}

/// Says on standard error why a job could not be done. If nobody can hear it, the exit status still says so.
pub(crate) fn complain(failure: &Failure) {
    let mut text = match &failure.file {
        Some(file) => format!("error: {file}: {}\n", failure.message),
        None => format!("error: {}\n", failure.message),
    };
    if let Some(help) = &failure.help {
        text.push_str(&format!("  help: {help}\n"));
    }
    let _ = io::stderr().write_all(without_commands(&text).as_bytes());
}

/// The text with `##[` broken up: a GitHub runner takes it for a command anywhere in a line of a log, in whatever format.
///
/// Runners compare as people read, so what stands between is looked through unless it is ASCII. The replacement is what the
/// reports and JSON alike write for an unusual character.
fn without_commands(text: &str) -> Cow<'_, str> {
    if !text.contains('#') {
        return text.into();
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if character == '[' && ends_with_mark(&safe) {
            safe.push_str("\\u005b");
        } else {
            safe.push(character);
        }
    }
    safe.into()
}

/// Whether a text ends with `##`, whatever is not ASCII between and behind.
fn ends_with_mark(text: &str) -> bool {
    let mut before = text.chars().rev().filter(char::is_ascii);
    before.next() == Some('#') && before.next() == Some('#')
}

/// The diagnostics of a report, errors first.
fn most_severe_first(report: &Report) -> impl Iterator<Item = &Located> {
    let of = |severity| move |found: &&_| is(found, severity);
    let errors = report.diagnostics.iter().filter(of(Severity::Error));
    errors.chain(report.diagnostics.iter().filter(of(Severity::Warning)))
}

fn is(found: &Located, severity: Severity) -> bool {
    found.diagnostic.severity == severity
}

#[cfg(test)]
mod tests {
    use super::without_commands;

    #[test]
    fn nothing_can_look_like_a_command_of_a_runner() {
        let rows = [
            ("plain [x] # comment", "plain [x] # comment"),
            ("a ##[error]b", "a ##\\u005berror]b"),
            ("###[x", "###\\u005bx"),
            ("#\u{34f}#\u{34f}[x", "#\u{34f}#\u{34f}\\u005bx"),
            ("# #[x", "# #[x"),
        ];
        for (text, expected) in rows {
            assert_eq!(without_commands(text), expected);
        }
    }
}
