//! What the checks of a file's syntax share: a problem of the reading becomes a diagnostic.

use crate::diagnostic::{Diagnostic, Findings};
use crate::dotenv::{Effect, Problem, Syntax};
use crate::judge::Judgement;
use crate::layer::{Layer, LayerKind};
use crate::redact;
use crate::subject::{EntryId, Subject};

/// Reports every problem of the kind `syntax` under `code`.
pub(super) fn report(judgement: &Judgement<'_>, syntax: Syntax, code: &'static str, report: &mut Findings) {
    for (index, layer) in (0..).zip(judgement.environment.layers) {
        let numbered = (0..).zip(&layer.problems);
        for (number, problem) in numbered.filter(|(_, problem)| problem.code == syntax) {
            let primary = Subject::Problem { layer: index, problem: number };
            let entry = problem.assignment.filter(|entry| (*entry as usize) < layer.entries.len());
            let key = entry.and_then(|entry| judgement.shown_key(EntryId { layer: index, entry }));
            let headline = match key {
                Some(key) => format!("`{key}`: {}", problem.message),
                None => problem.message.to_owned(),
            };
            let diagnostic = Diagnostic::error(code, primary, headline);
            report.push(diagnostic.maybe_key(key).maybe_help(help(layer, problem)));
        }
    }
}

/// What to do, and what the real reader would do if nothing is done.
fn help(layer: &Layer<'_>, problem: &Problem) -> Option<String> {
    let LayerKind::Dotenv(dialect) = layer.kind else { return problem.help.map(str::to_owned) };
    let reader = redact::escape(dialect.name);
    let effect = match problem.effect {
        Effect::Refuse => format!("{reader} refuses the whole file"),
        Effect::Stop => format!("{reader} stops here with an error"),
        Effect::Truncate => format!("{reader} drops the rest of the file without an error"),
        Effect::Skip => format!("{reader} skips it"),
        Effect::Fail => format!("{reader} reports an error and goes on without it"),
        Effect::Unknown | Effect::Act => format!("what {reader} reads is not known here"),
        Effect::Misread => format!("{reader} reads it, but most likely not as meant"),
    };
    Some(match problem.help {
        Some(help) => format!("{help}; {effect}"),
        None => effect,
    })
}

#[cfg(test)]
mod tests {
    use crate::kind::Kind;
    use crate::schema::Variable;
    use crate::testing::{Scene, secret, variable};

    #[test]
    fn the_problem_is_said_under_the_key_and_with_what_the_reader_does() {
        let scene = Scene::new([variable("NAME", Kind::String)]).file("NAME='a\n");
        assert_eq!(scene.found(), [".env:1:1: error[unterminated-quote]: `NAME`: the quote is never closed"]);
        assert_eq!(
            scene.help(),
            [
                "close the quote at the end of the value; escape the same quote inside with `\\`; compose refuses the whole file"
            ]
        );
    }

    #[test]
    fn a_line_that_is_no_assignment_is_not_shown() {
        let report = Scene::new([]).file("hunter2 is my password\n").report();
        let place = &report.diagnostics[0].place;
        assert_eq!((place.line, place.columns), (Some(1), Some((1, 1))));
        assert_eq!(place.excerpt.as_ref().map(|excerpt| excerpt.text.as_str()), Some("******"));
    }

    #[test]
    fn in_a_secret_the_key_stands_for_the_place() {
        let found = |variable| Scene::new([variable]).file("KEY=a${}\n").found();
        let headline = "error[unsupported-syntax]: `KEY`: this is no reference Compose understands";
        assert_eq!(found(secret(variable("KEY", Kind::String))), [format!(".env:1:1: {headline}")]);
        let public = Variable { sensitive: Some(false), ..variable("KEY", Kind::String) };
        assert_eq!(found(public), [format!(".env:1:6: {headline}")]);
    }
}
