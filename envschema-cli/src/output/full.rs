//! `full`: every problem with its line, the rule it breaks and what to do; core renders it, so a service's error looks the same.

use envschema::core::render::{self, Colour};
use envschema::core::report::Report;

use super::summary::Summary;
use super::{Change, Form, Outcome, Totals};
use crate::failure::Failure;

struct Full {
    colour: Colour,
    summary: Summary,
}

/// The format, in `colour`.
pub(crate) fn full(colour: Colour) -> Box<dyn Form> {
    Box::new(Full { colour, summary: Summary::default() })
}

impl Form for Full {
    fn schema(&mut self, out: &mut String, _: &str, report: &Report) {
        out.push_str(&render::full(report, self.colour));
    }

    fn environment(&mut self, out: &mut String, outcome: &Outcome) {
        self.summary.add(outcome);
        for change in &outcome.changes {
            push_change(out, change);
        }
        if !outcome.report.diagnostics.is_empty() {
            out.push_str(&render::full(&outcome.report, self.colour));
        }
    }

    fn failure(&mut self, _: &mut String, _: &Failure) {}

    fn end(&mut self, out: &mut String, totals: &Totals) {
        let Some(line) = self.summary.line(totals) else { return };
        out.push_str(&line);
        if totals.errors + totals.warnings > 0 {
            out.push_str("`envschema explain CODE` says more about a code\n");
        }
    }
}

/// What was mended in a file, a line each; or the diff of what would be.
pub(super) fn push_change(out: &mut String, change: &Change) {
    match &change.diff {
        Some(diff) => out.push_str(diff),
        None => {
            for title in &change.titles {
                out.push_str(&format!("fixed {}: {title}\n", change.file));
            }
        }
    }
}
