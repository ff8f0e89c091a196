//! `placeholder-value`: a value that was written to be replaced, in a deployed profile.

use crate::diagnostic::Diagnostic;
use crate::environment::Standing;
use crate::judge::{Judgement, Verdict};
use crate::phrase;
use crate::redact;
use crate::registry::{Check, Run};
use crate::subject::{Part, Subject, VariablePart};

/// The check.
pub static CHECK: Check = Check {
    code: "placeholder-value",
    summary: "a value that was written to be replaced, in a deployed profile",
    page: include_str!("placeholder_value.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    let environment = judgement.environment;
    let judged = environment.occurrences.iter().zip(&judgement.verdicts);
    for (occurrence, _) in judged.filter(|(occurrence, verdict)| {
        **verdict == Verdict::Placeholder && !matches!(occurrence.standing, Standing::Shadowed(_))
    }) {
        let key = &environment.table.row(occurrence.row).key;
        let name = phrase::name(judgement.shown_key(occurrence.id), key);
        let profile = match judgement.shown_profile() {
            Some(profile) => format!("the profile `{}`", redact::escape(profile)),
            None => "a deployed profile".to_owned(),
        };
        let headline = format!("{name} still holds a placeholder, which must not reach {profile}");
        report.push(
            Diagnostic::error(CHECK.code, Subject::entry(occurrence.id, Part::Value), headline)
                .key(key.as_ref())
                .rule(Subject::variable(occurrence.row, VariablePart::Key))
                .help("replace it with the real value"),
        );
    }
}
