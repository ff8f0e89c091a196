//! `empty-value`: a required variable that is set to nothing.

use crate::diagnostic::{Diagnostic, Findings};
use crate::environment::{Occurrence, Standing};
use crate::judge::Judgement;
use crate::phrase;
use crate::registry::{Check, Run};
use crate::subject::{Part, Subject};

/// The check.
pub static CHECK: Check = Check {
    code: "empty-value",
    summary: "a required variable that is set to nothing",
    page: include_str!("empty_value.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    let occurrences = &judgement.environment.occurrences;
    // What is empty because something else is wrong is reported as that.
    let is_empty = |occurrence: &&Occurrence| {
        occurrence.standing == Standing::Hides && !judgement.is_broken(occurrence.id)
    };
    report.extend(occurrences.iter().filter(is_empty).filter_map(|found| diagnostic(judgement, found)));
}

fn diagnostic(judgement: &Judgement<'_>, occurrence: &Occurrence) -> Option<Diagnostic> {
    let (why, part) = judgement.due(occurrence.row)?;
    let environment = judgement.environment;
    let row = environment.table.row(occurrence.row);
    let name = phrase::name(judgement.shown_key(occurrence.id), &row.key);
    let headline = format!("{name} is empty, which counts as not set, but it is required{why}");
    let constraints = judgement.constraints(occurrence.row).into_iter().map(|(constraint, _)| constraint);
    let diagnostic = Diagnostic::error(CHECK.code, Subject::entry(occurrence.id, Part::Key), headline)
        .key(row.key.as_ref())
        .rule(Subject::variable(occurrence.row, part));
    let hidden = environment.occurrences_of(occurrence.row).find(|(_, other)| {
        matches!(other.standing, Standing::Shadowed(_)) && !environment.entry(other.id).raw.is_empty_text()
    });
    Some(match hidden {
        Some((_, hidden)) => diagnostic
            .label(Subject::entry(hidden.id, Part::Key), "the empty value hides this one")
            .help("remove the empty one, or give it a value"),
        None => {
            let wanted = phrase::wanted(&row.variable.kind, constraints);
            diagnostic.help(format!("set `{}` to {wanted}", row.key))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::schema::Variable;
    use crate::testing::{Scene, default, required, texts, variable};

    /// A command is never run, and a reference to nothing is reported: what they leave behind says nothing more.
    #[cfg(feature = "dialects")]
    #[test]
    fn a_value_that_is_not_known_is_not_empty() {
        let found = |dialect: &'static str, text: &str| {
            let scene = Scene::new([required("NAME", Kind::String)]).file_in(dialect, ".env", text);
            scene.found().into_iter().filter(|found| found.contains(CHECK.code)).count()
        };
        for (dialect, text) in [
            ("bash", "NAME=$(id)\n"),
            ("bash", "NAME=`id`\n"),
            ("bash", "NAME=$$\n"),
            ("make", "NAME=$(shell id)\n"),
            ("compose", "NAME=$NOPE\n"),
        ] {
            assert_eq!(found(dialect, text), 0, "{dialect} {text}");
        }
        assert_eq!(found("bash", "NAME=\n"), 1);
    }

    #[test]
    fn an_empty_value_is_none() {
        let found = |variable, text: &str| Scene::new([variable]).file(text).found();
        assert_eq!(
            found(required("PORT", Kind::Port), "PORT=\n"),
            [".env:1:1: error[empty-value]: `PORT` is empty, which counts as not set, but it is required"]
        );
        assert_eq!(found(variable("PORT", Kind::Port), "PORT=\n"), [] as [&str; 0]);
        assert_eq!(found(default("PORT", Kind::Port, "80"), "PORT=\n"), [] as [&str; 0]);
        let allowed = Variable { allow_empty: true, ..required("NAME", Kind::String) };
        assert_eq!(found(allowed, "NAME=\n"), [] as [&str; 0]);
    }

    #[test]
    fn it_tells_what_it_hides() {
        let scene = Scene::new([required("PORT", Kind::Port)]).file("PORT=80\n");
        let scene = scene.file_in("compose", ".env.local", "PORT=\n");
        assert_eq!(scene.codes(), [CHECK.code]);
        assert_eq!(scene.labels(), [".env:1:1: the empty value hides this one"]);
        assert_eq!(scene.help(), ["remove the empty one, or give it a value"]);
    }

    #[test]
    fn it_is_named_as_it_is_spelled() {
        let port = Variable { aliases: texts(&["OLD_PORT"]), ..required("PORT", Kind::Port) };
        let found = Scene::new([port]).file("OLD_PORT=\n").under(CHECK.code);
        assert_eq!(
            found,
            [".env:1:1: `OLD_PORT` (`PORT`) is empty, which counts as not set, but it is required"]
        );
    }
}
