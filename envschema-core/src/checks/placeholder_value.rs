//! `placeholder-value`: a value that was written to be replaced, in a deployed profile.

use crate::diagnostic::Diagnostic;
use crate::environment::Standing;
use crate::judge::Judgement;
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
    let placeholders =
        environment.occurrences.iter().zip(&judgement.judged).filter(|(_, judged)| judged.placeholder);
    for (occurrence, _) in
        placeholders.filter(|(occurrence, _)| !matches!(occurrence.standing, Standing::Shadowed(_)))
    {
        let key = &environment.table.row(occurrence.row).key;
        let profile = judgement.circumstances.profile.as_deref().unwrap_or_default();
        let headline =
            format!("`{key}` still holds a placeholder, which must not reach the profile `{profile}`");
        report.push(
            Diagnostic::error(CHECK.code, Subject::entry(occurrence.id, Part::Value), headline)
                .key(key.as_ref())
                .rule(Subject::variable(occurrence.row, VariablePart::Key))
                .help("replace it with the real value"),
        );
    }
}
