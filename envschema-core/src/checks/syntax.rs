//! What the checks of a file's syntax share: a problem of the reading becomes a diagnostic.

use crate::diagnostic::Diagnostic;
use crate::dotenv::{Effect, Problem, Syntax};
use crate::judge::Judgement;
use crate::layer::{Layer, LayerKind};
use crate::redact;
use crate::subject::{EntryId, Subject};

/// Reports every problem of the kind `syntax` under `code`.
pub(super) fn report(
    judgement: &Judgement<'_>,
    syntax: Syntax,
    code: &'static str,
    report: &mut Vec<Diagnostic>,
) {
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
        Effect::Misread => format!("{reader} reads it, but most likely not as meant"),
    };
    Some(match problem.help {
        Some(help) => format!("{help}; {effect}"),
        None => effect,
    })
}
