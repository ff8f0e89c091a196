//! `misplaced-secret`: a secret given to a service or phase it does not belong to.

use crate::diagnostic::{Diagnostic, Findings};
use crate::judge::Judgement;
use crate::phrase;
use crate::redact;
use crate::registry::{Check, Run};
use crate::subject::{Part, Subject, VariablePart};

/// The check.
pub static CHECK: Check = Check {
    code: "misplaced-secret",
    summary: "a secret given to a service or phase it does not belong to",
    page: include_str!("misplaced_secret.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    let environment = judgement.environment;
    for (id, row) in environment.table.iter().filter(|(_, row)| row.sensitive) {
        let Some(winner) = environment.winner(id).filter(|_| !judgement.applies(id)) else { continue };
        let (sort, here, owners, part) = if judgement.is_for_service(id) {
            ("phase", &judgement.circumstances.phase, &row.variable.phases, VariablePart::Phases)
        } else {
            ("service", &judgement.circumstances.service, &row.variable.services, VariablePart::Services)
        };
        let here = redact::escape(here.as_deref().unwrap_or_default());
        let entry = environment.occurrences[winner as usize].id;
        let name = phrase::name(judgement.shown_key(entry), &row.key);
        let plural = if owners.len() == 1 { "" } else { "s" };
        let owners = phrase::all(owners);
        let headline =
            format!("{name} is a secret of the {sort}{plural} {owners}, and not for the {sort} `{here}`");
        report.push(
            Diagnostic::error(CHECK.code, Subject::entry(entry, Part::Key), headline)
                .key(row.key.as_ref())
                .rule(Subject::variable(id, part))
                .help(format!("leave it out of the environment of `{here}`")),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::schema::Variable;
    use crate::testing::{Scene, secret, texts, variable};

    #[test]
    fn a_secret_of_another_service_or_phase() {
        let key = secret(variable("OAUTH_KEY", Kind::String));
        let key = Variable { services: texts(&["backend", "worker"]), phases: texts(&["runtime"]), ..key };
        let scene = || Scene::new([key.clone()]).file("OAUTH_KEY=x\n");
        assert_eq!(
            scene().service("frontend").found(),
            [
                ".env:1:1: error[misplaced-secret]: `OAUTH_KEY` is a secret of the services `backend` and `worker`, and not for the service `frontend`"
            ]
        );
        assert_eq!(
            scene().service("backend").phase("build").under(CHECK.code),
            [".env:1:1: `OAUTH_KEY` is a secret of the phase `runtime`, and not for the phase `build`"]
        );
        assert_eq!(scene().service("worker").phase("runtime").found(), [] as [&str; 0]);
        assert_eq!(scene().found(), [] as [&str; 0]);
    }

    #[test]
    fn what_is_no_secret_may_be_anywhere() {
        let port = Variable { services: texts(&["backend"]), ..variable("PORT", Kind::Port) };
        assert_eq!(Scene::new([port]).file("PORT=80\n").service("frontend").found(), [] as [&str; 0]);
    }
}
