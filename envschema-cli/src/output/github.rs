//! `github`: workflow commands, which GitHub shows beside the lines of a pull request.
//!
//! Every line starts with words of ours, and what comes from a file is escaped as the runner unescapes it, so no file can forge
//! a command. A step shows ten errors and ten warnings: the errors of an environment come before its warnings.

use envschema::core::diagnostic::Severity;
use envschema::core::render;
use envschema::core::report::{Located, Place, Report};

use super::summary::Summary;
use super::{Form, Outcome, Totals, most_severe_first};
use crate::failure::Failure;

struct Github {
    folder: String,
    summary: Summary,
}

/// The format. `folder` is the current folder as seen from the root of the repository, with a `/` behind it unless it is the
/// root: paths are shown from there.
pub(crate) fn github(folder: String) -> Box<dyn Form> {
    Box::new(Github { folder, summary: Summary::default() })
}

impl Github {
    fn push(&self, out: &mut String, report: &Report) {
        for located in most_severe_first(report) {
            out.push_str(&self.command(located));
        }
    }

    fn command(&self, located: &Located) -> String {
        let diagnostic = &located.diagnostic;
        let level = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut message = diagnostic.headline.clone();
        for (place, note) in &located.labels {
            message.push_str(&format!("\nnote: {}: {note}", render::position(place)));
        }
        if let Some(rule) = &located.rule {
            message.push_str(&format!("\nrule: {}", render::position(rule)));
        }
        if let Some(help) = &diagnostic.help {
            message.push_str(&format!("\nhelp: {help}"));
        }
        let place = self.properties(&located.place);
        format!("::{level} {place}title={}::{}\n", property(diagnostic.code), data(&message))
    }

    fn properties(&self, place: &Place) -> String {
        let mut properties = format!("file={},", property(&self.path(&place.file)));
        if let Some(line) = place.line {
            properties.push_str(&format!("line={line},endLine={line},"));
        }
        if let Some((start, end)) = place.columns {
            properties.push_str(&format!("col={start},endColumn={end},"));
        }
        properties
    }

    fn path(&self, file: &str) -> String {
        if file.starts_with('/') { file.to_owned() } else { format!("{}{file}", self.folder) }
    }
}

impl Form for Github {
    fn schema(&mut self, out: &mut String, _: &str, report: &Report) {
        self.push(out, report);
    }

    fn environment(&mut self, out: &mut String, outcome: &Outcome) {
        self.summary.add(outcome);
        self.push(out, &outcome.report);
    }

    fn failure(&mut self, out: &mut String, failure: &Failure) {
        let file = failure.file.as_ref().map(|file| format!("file={},", property(&self.path(file))));
        let mut message = failure.message.clone();
        if let Some(help) = &failure.help {
            message.push_str(&format!("\nhelp: {help}"));
        }
        out.push_str(&format!("::error {}title=envschema::{}\n", file.unwrap_or_default(), data(&message)));
    }

    fn end(&mut self, out: &mut String, totals: &Totals) {
        out.extend(self.summary.line(totals).map(|line| format!("envschema: {line}")));
    }
}

/// A message as the runner unescapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property as the runner unescapes it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn texts_are_escaped_as_the_runner_unescapes_them() {
        assert_eq!(data("100%\r\n::error::x"), "100%25%0D%0A::error::x");
        assert_eq!(property("a:b,c%3A\n"), "a%3Ab%2Cc%253A%0A");
    }
}
