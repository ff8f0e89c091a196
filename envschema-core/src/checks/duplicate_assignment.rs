//! `duplicate-assignment`: a key that is assigned more than once in one file.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Findings};
use crate::dotenv::Syntax;
use crate::judge::Judgement;
use crate::layer::{Layer, LayerKind};
use crate::raw::Raw;
use crate::registry::{Check, Run};
use crate::subject::{EntryId, Part, Subject};

/// The check.
pub static CHECK: Check = Check {
    code: "duplicate-assignment",
    summary: "a key that is assigned more than once in one file",
    page: include_str!("duplicate_assignment.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    let consequences: Vec<_> = judgement.environment.layers.iter().map(consequence).collect();
    let mut found = |id: EntryId, earlier| {
        let consequence = consequences.get(id.layer as usize).copied().unwrap_or_default();
        report.push(diagnostic(judgement, id, earlier, consequence));
    };
    declared(judgement, &mut found);
    undeclared(judgement, &mut found);
    for (index, layer) in (0..).zip(judgement.environment.layers) {
        report.extend(tables(index, layer));
    }
}

/// What stands twice in a typed file without being a value: its tables.
fn tables(index: u32, layer: &Layer<'_>) -> impl Iterator<Item = Diagnostic> {
    let is_typed = layer.kind == LayerKind::Document;
    let repeated = (0..).zip(&layer.problems);
    let repeated =
        repeated.filter(move |(_, problem)| is_typed && problem.code == Syntax::DuplicateAssignment);
    repeated.map(move |(number, problem)| {
        let subject = Subject::Problem { layer: index, problem: number };
        Diagnostic::error(CHECK.code, subject, problem.message).maybe_help(problem.help.map(str::to_owned))
    })
}

/// What the reader of a layer makes of a repeated key.
fn consequence(layer: &Layer<'_>) -> &'static str {
    if layer.problems.iter().any(|problem| problem.code == Syntax::DuplicateAssignment) {
        "the file is refused"
    } else if layer.first_wins() {
        "the first one counts"
    } else {
        "the last one counts"
    }
}

/// Compares each entry of a variable with those before it in its layer.
fn declared(judgement: &Judgement<'_>, found: &mut impl FnMut(EntryId, EntryId)) {
    let environment = judgement.environment;
    let occurrence = |index: u32| &environment.occurrences[index as usize];
    for later in environment.occurrences.iter().filter(|later| can_repeat(judgement, later.id)) {
        let earlier = std::iter::successors(later.previous, |index| occurrence(*index).previous)
            .map(|index| occurrence(index).id)
            .take_while(|id| id.layer == later.id.layer)
            .filter(|id| can_repeat(judgement, *id))
            .find(|id| environment.entry(*id).key == environment.entry(later.id).key);
        if let Some(earlier) = earlier {
            found(later.id, earlier);
        }
    }
}

fn undeclared(judgement: &Judgement<'_>, found: &mut impl FnMut(EntryId, EntryId)) {
    let environment = judgement.environment;
    let mut seen: HashMap<(u32, &str), EntryId> = HashMap::new();
    for id in environment.undeclared.iter().filter(|id| can_repeat(judgement, **id)) {
        if let Some(earlier) = seen.insert((id.layer, &environment.entry(*id).key), *id) {
            found(*id, earlier);
        }
    }
}

/// Whether it gives a value, in a source that can say so twice.
fn can_repeat(judgement: &Judgement<'_>, id: EntryId) -> bool {
    let environment = judgement.environment;
    environment.layer(id).kind != LayerKind::Process && !matches!(environment.entry(id).raw, Raw::Absent)
}

/// Names the assignment before it, so that each repetition is said once.
fn diagnostic(judgement: &Judgement<'_>, id: EntryId, earlier: EntryId, consequence: &str) -> Diagnostic {
    let key = judgement.shown_key(id);
    let name = key.map_or_else(|| "a key".to_owned(), |key| format!("`{key}`"));
    let headline = format!("{name} is assigned more than once, and {consequence}");
    Diagnostic::error(CHECK.code, Subject::entry(id, Part::Key), headline)
        .maybe_key(key)
        .label(Subject::entry(earlier, Part::Key), "assigned here before")
        .help("keep one and remove the others")
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::kind::Kind;
    use crate::testing::{Scene, variable};

    #[test]
    fn each_repetition_is_said_once() {
        let scene = Scene::new([variable("PORT", Kind::String)]).file("PORT=1\nPORT=2\nX=1\nPORT=3\nX=2\n");
        let counts = "is assigned more than once, and the last one counts";
        assert_eq!(
            scene.under(CHECK.code),
            [
                format!(".env:2:1: `PORT` {counts}"),
                format!(".env:4:1: `PORT` {counts}"),
                format!(".env:5:1: `X` {counts}")
            ]
        );
        let before = "assigned here before";
        assert_eq!(
            scene.labels(),
            [format!(".env:1:1: {before}"), format!(".env:2:1: {before}"), format!(".env:3:1: {before}")]
        );
    }

    #[test]
    fn two_files_and_bare_names_repeat_nothing() {
        let scene = Scene::new([variable("PORT", Kind::String)]).file("PORT=1\n");
        assert_eq!(scene.file_in("compose", ".env.local", "PORT\nPORT=2\n").found(), [] as [&str; 0]);
        let twice = Scene::new([variable("PORT", Kind::String)]).process(&[("PORT", "1"), ("PORT", "2")]);
        assert_eq!(twice.under(CHECK.code), [] as [&str; 0]);
    }

    #[cfg(feature = "dialects")]
    #[test]
    fn the_reader_decides_which_one_counts() {
        let found =
            |dialect, text| Scene::new([variable("PORT", Kind::Port)]).file_in(dialect, ".env", text).found();
        assert_eq!(
            found("dotenvy", "PORT=80\nPORT=x\n"),
            [
                ".env:2:1: error[duplicate-assignment]: `PORT` is assigned more than once, and the first one counts",
                ".env:2:6: error[invalid-value]: `PORT` is not a whole number: it has letters (found \"x\")",
            ]
        );
    }
}
