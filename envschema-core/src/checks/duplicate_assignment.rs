//! `duplicate-assignment`: a key that is assigned more than once in one file.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
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

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    let consequences: Vec<_> = judgement.environment.layers.iter().map(consequence).collect();
    let mut found = |id: EntryId, earlier| {
        let consequence = consequences.get(id.layer as usize).copied().unwrap_or_default();
        report.push(diagnostic(judgement, id, earlier, consequence));
    };
    declared(judgement, &mut found);
    undeclared(judgement, &mut found);
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
    environment.layer(id).kind != LayerKind::Process && environment.entry(id).raw != Raw::Absent
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
