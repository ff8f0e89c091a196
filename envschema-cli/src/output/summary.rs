//! The closing line of the formats that people read.

use envschema::core::phrase;
use envschema::core::redact;
use envschema::core::render;

use super::{Outcome, Totals};

/// What the closing line says of the environments: of a single one its name, else nothing.
#[derive(Debug, Default)]
pub(super) struct Summary {
    seen: usize,
    name: String,
    ok: String,
}

impl Summary {
    /// Takes note of an environment.
    pub(super) fn add(&mut self, outcome: &Outcome) {
        self.seen += 1;
        if self.seen > 1 {
            return;
        }
        let sources: Vec<_> = outcome.sources.iter().map(|name| redact::escape(name)).collect();
        self.name = sources.join(" + ");
        let mut about = vec![phrase::count(outcome.variables as u64, "variable")];
        if let Some(profile) = &outcome.profile {
            about.push(format!("profile {}", redact::escape(profile)));
            self.name.push_str(&format!(" (profile {})", redact::escape(profile)));
        }
        self.ok = format!("{}, {}", sources.join(" + "), about.join(", "));
    }

    /// The closing line; none if there is nothing to say that was not said on standard error.
    pub(super) fn line(&self, totals: &Totals) -> Option<String> {
        let is_clean = totals.errors + totals.warnings == 0;
        let checked = self.seen - totals.unchecked;
        let counts = render::counts(totals.errors, totals.warnings);
        let mut line = match (self.seen, checked) {
            (_, 0) if is_clean => return None,
            (_, 0) => counts,
            (1, _) if is_clean => format!("ok: {}", self.ok),
            (1, _) => format!("{counts} in {}", self.name),
            (many, checked) if is_clean && checked == many => format!("ok: {many} environments"),
            (many, _) if is_clean => format!("{counts} in {checked} of {many} environments"),
            (many, _) => format!("{counts} in {} of {many} environments", totals.affected),
        };
        line.push_str(&match (self.seen, totals.unchecked) {
            (_, 0) => String::new(),
            (1, _) if self.name.is_empty() => "; nothing was checked".to_owned(),
            (1, _) => format!("; {} was not checked", self.name),
            (_, 1) => "; 1 was not checked".to_owned(),
            (_, many) => format!("; {many} were not checked"),
        });
        if totals.left_out > 0 {
            line.push_str(&format!("; {} more are not listed", totals.left_out));
        }
        if totals.allowed > 0 {
            line.push_str(&format!(" ({} allowed)", totals.allowed));
        }
        Some(line + "\n")
    }
}
