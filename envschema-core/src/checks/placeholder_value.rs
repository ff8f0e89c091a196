//! `placeholder-value`: a value that was written to be replaced, in a deployed profile.

use crate::diagnostic::{Diagnostic, Findings};
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

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
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

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::testing::{Scene, secret, variable};

    #[test]
    fn deployed_profiles_take_no_placeholder() {
        let scene = || Scene::new([secret(variable("PASSWORD", Kind::String))]).file("PASSWORD=change_me\n");
        assert_eq!(
            scene().profile("staging").found(),
            [
                ".env:1:1: error[placeholder-value]: `PASSWORD` still holds a placeholder, which must not reach the profile `staging`"
            ]
        );
        assert_eq!(scene().profile("local").found(), [] as [&str; 0]);
        assert_eq!(scene().found(), [] as [&str; 0]);
    }

    #[test]
    fn one_that_is_replaced_is_nothing() {
        let scene = Scene::new([variable("PASSWORD", Kind::String)]).profile("production");
        let scene = scene.file("PASSWORD=change_me\n").file_in("compose", ".env.production", "PASSWORD=x\n");
        assert_eq!(scene.under(CHECK.code), [] as [&str; 0]);
    }
}
