//! `concise`: one line for each problem, `file:line:column: error[code]: headline`.

use envschema::core::render;
use envschema::core::report::Report;

use super::summary::Summary;
use super::{Form, Outcome, Totals};
use crate::failure::Failure;

#[derive(Default)]
struct Concise {
    summary: Summary,
}

/// The format.
pub(crate) fn concise() -> Box<dyn Form> {
    Box::new(Concise::default())
}

impl Form for Concise {
    fn schema(&mut self, out: &mut String, _: &str, report: &Report) {
        push(out, report);
    }

    fn environment(&mut self, out: &mut String, outcome: &Outcome) {
        self.summary.add(outcome);
        push(out, &outcome.report);
    }

    fn failure(&mut self, _: &mut String, _: &Failure) {}

    fn end(&mut self, out: &mut String, totals: &Totals) {
        out.extend(self.summary.line(totals));
    }
}

fn push(out: &mut String, report: &Report) {
    for located in &report.diagnostics {
        let line = render::concise(located);
        // A line that starts with `::` is a command to a GitHub runner, and a file may be called so.
        if line.trim_start().starts_with("::") {
            out.push_str("./");
        }
        out.push_str(&line);
        out.push('\n');
    }
}
