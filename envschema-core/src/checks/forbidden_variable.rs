//! `forbidden-variable`: a variable that must not be set here.

use crate::diagnostic::{Diagnostic, Findings};
use crate::judge::Judgement;
use crate::phrase;
use crate::registry::{Check, Run};
use crate::subject::{Part, Subject, VariablePart};

/// The check.
pub static CHECK: Check = Check {
    code: "forbidden-variable",
    summary: "a variable that must not be set here",
    page: include_str!("forbidden_variable.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    let environment = judgement.environment;
    for (id, row) in environment.table.iter().filter(|(_, row)| !row.variable.when.is_empty()) {
        let (Some(winner), Some(when)) = (environment.winner(id), judgement.forbidden(id)) else { continue };
        if !judgement.applies(id) {
            continue;
        }
        let entry = environment.occurrences[winner as usize].id;
        let name = phrase::name(judgement.shown_key(entry), &row.key);
        let headline = format!("{name} must not be set{}", judgement.reason(id, when));
        report.push(
            Diagnostic::error(CHECK.code, Subject::entry(entry, Part::Key), headline)
                .key(row.key.as_ref())
                .rule(Subject::variable(id, VariablePart::When(when)))
                .help("remove it"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::schema::When;
    use crate::testing::{Scene, if_, in_profile, variable, when};

    #[test]
    fn what_a_condition_rules_out() {
        let folder = when(
            variable("STATIC_DIR", Kind::Path),
            When { forbidden: true, ..if_(in_profile(&["production"])) },
        );
        let found = |profile, text: &str| Scene::new([folder.clone()]).profile(profile).file(text).found();
        assert_eq!(
            found("production", "STATIC_DIR=./x\n"),
            [".env:1:1: error[forbidden-variable]: `STATIC_DIR` must not be set in the profile `production`"]
        );
        assert_eq!(found("local", "STATIC_DIR=./x\n"), [] as [&str; 0]);
        assert_eq!(found("production", "STATIC_DIR=\n"), [] as [&str; 0]);
        assert_eq!(CHECK.code, "forbidden-variable");
    }
}
