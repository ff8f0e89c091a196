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
    for (index, layer) in
        (0..).zip(judgement.environment.layers).filter(|(_, layer)| layer.kind != LayerKind::Process)
    {
        check_layer(index, layer, report);
    }
}

/// Reports at the last assignment of each key, naming the one before it, so that each repetition is said once.
fn check_layer(index: u32, layer: &Layer<'_>, report: &mut Vec<Diagnostic>) {
    let refused = layer.problems.iter().any(|problem| problem.code == Syntax::DuplicateAssignment);
    let mut seen: HashMap<&str, u32> = HashMap::with_capacity(layer.entries.len());
    for (number, entry) in (0..).zip(&layer.entries).filter(|(_, entry)| entry.raw != Raw::Absent) {
        let Some(earlier) = seen.insert(&entry.key, number) else { continue };
        let shown = layer.shown_key(entry);
        let name = shown.map_or_else(|| "a key".to_owned(), |key| format!("`{key}`"));
        let winner = match (refused, layer.first_wins()) {
            (true, _) => "the file is refused",
            (_, true) => "the first one counts",
            (_, false) => "the last one counts",
        };
        let headline = format!("{name} is assigned more than once, and {winner}");
        let primary = Subject::entry(EntryId { layer: index, entry: number }, Part::Key);
        let diagnostic = Diagnostic::error(CHECK.code, primary, headline)
            .label(
                Subject::entry(EntryId { layer: index, entry: earlier }, Part::Key),
                "assigned here before",
            )
            .help("keep one and remove the others");
        report.push(match shown {
            Some(key) => diagnostic.key(key),
            None => diagnostic,
        });
    }
}
