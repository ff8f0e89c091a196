//! `unportable-value`: an assignment that the named readers read differently.

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::dotenv::{Dialect, Environ, Reading};
use crate::judge::Judgement;
use crate::layer::LayerKind;
use crate::phrase;
use crate::portability::{self, Difference};
use crate::registry::{Check, Run};
use crate::subject::{EntryId, Part, Subject};

/// The check.
pub static CHECK: Check = Check {
    code: "unportable-value",
    summary: "an assignment that the named readers read differently",
    page: include_str!("unportable_value.md"),
    run: Run::Environment(run),
};

fn run(judgement: &Judgement<'_>, report: &mut Vec<Diagnostic>) {
    let readers = &judgement.readers;
    if readers.is_empty() {
        return;
    }
    for (index, layer) in (0..).zip(judgement.environment.layers) {
        let LayerKind::Dotenv(dialect) = layer.kind else { continue };
        let reading = (dialect.read)(layer.text, &Environ::empty());
        for difference in portability::differences(layer.text, &reading, readers) {
            let id = EntryId { layer: index, entry: difference.assignment };
            report.push(diagnostic(judgement, id, dialect, &reading, &difference));
        }
    }
}

fn diagnostic(
    judgement: &Judgement<'_>,
    id: EntryId,
    dialect: &'static Dialect,
    reading: &Reading<'_>,
    difference: &Difference,
) -> Diagnostic {
    let assignment = &reading.assignments[id.entry as usize];
    let text = judgement.environment.layer(id).text;
    let is_secret = judgement.is_secret(id);
    let mut verdicts: Vec<(String, Vec<&str>)> = Vec::new();
    for (reader, seen) in &difference.seen {
        let verdict = portability::describe(seen, assignment, text, is_secret);
        match verdicts.iter_mut().find(|(other, _)| *other == verdict) {
            Some((_, names)) => names.push(reader.name),
            None => verdicts.push((verdict, vec![reader.name])),
        }
    }
    let clauses: Vec<_> =
        verdicts.iter().map(|(verdict, names)| format!("{} {verdict}", phrase::all(names))).collect();
    let key = judgement.shown_key(id);
    let subject = key.map_or_else(|| "a value".to_owned(), |key| format!("`{key}`"));
    let headline = format!("{subject} is not read as {} reads it: {}", dialect.name, clauses.join("; "));
    let mut all = judgement.readers.clone();
    all.push(dialect);
    let spelling = Some(assignment)
        .filter(|_| reading.references.iter().all(|reference| reference.assignment != id.entry));
    let spelling = spelling.and_then(|assignment| portability::common_spelling(text, assignment, &all));
    let help = match &spelling {
        Some(_) => "there is a spelling that all of them read alike: `--fix` writes it",
        None => "no spelling is read alike by all of them: change the value, or the readers",
    };
    let diagnostic = Diagnostic::error(CHECK.code, Subject::entry(id, Part::Value), headline).help(help).fix(
        spelling.map(|text| Fix {
            title: "write it as all of them read it alike".to_owned(),
            edits: vec![Edit { subject: Subject::entry(id, Part::Lines), text }],
            safety: Safety::Safe,
        }),
    );
    match key {
        Some(key) => diagnostic.key(key),
        None => diagnostic,
    }
}
