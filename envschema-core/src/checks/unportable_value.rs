//! `unportable-value`: an assignment that the named readers read differently.

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::dotenv::{Dialect, Environ, Reading};
use crate::judge::Judgement;
use crate::layer::LayerKind;
use crate::phrase;
use crate::portability::{self, Difference, Seen, Stray};
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
        let comparison = portability::compare(layer.text, &reading, readers);
        for difference in &comparison.differences {
            let id = EntryId { layer: index, entry: difference.assignment };
            report.push(diagnostic(judgement, id, dialect, &reading, difference));
        }
        for found in &comparison.strays {
            report.push(stray(index, dialect, found));
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
    let clauses = clauses(&difference.seen, |seen| portability::describe(seen, assignment, text, is_secret));
    let key = judgement.shown_key(id);
    let subject = key.map_or_else(|| "a value".to_owned(), |key| format!("`{key}`"));
    let headline = format!("{subject} is not read as {} reads it: {clauses}", dialect.name);
    let spelling = spelling(judgement, id, dialect, reading);
    let help = match &spelling {
        Some(_) => "there is a spelling that all of them read alike: `--fix` writes it",
        None => "no spelling is read alike by all of them: change the value, or the readers",
    };
    let fix = spelling.map(|text| Fix {
        title: "write it as all of them read it alike".to_owned(),
        edits: vec![Edit { subject: Subject::entry(id, Part::Lines), text }],
        safety: Safety::Safe,
    });
    let primary = Subject::entry(id, Part::Value);
    Diagnostic::error(CHECK.code, primary, headline).help(help).fix(fix).maybe_key(key)
}

/// A line that the file's own reader passes over, and others do not.
fn stray(layer: u32, dialect: &Dialect, found: &Stray) -> Diagnostic {
    let clauses = clauses(&found.seen, |seen| portability::in_general(seen).to_owned());
    let headline = format!("a line is not passed over as {} does: {clauses}", dialect.name);
    Diagnostic::error(CHECK.code, Subject::Line { layer, line: found.line }, headline)
        .help("remove the line, or make it a comment that starts with `#`")
}

/// `reader and reader do this; reader does that`.
fn clauses(seen: &[(&'static Dialect, Seen)], describe: impl Fn(&Seen) -> String) -> String {
    let mut verdicts: Vec<(String, Vec<&str>)> = Vec::new();
    for (reader, seen) in seen {
        let verdict = describe(seen);
        match verdicts.iter_mut().find(|(other, _)| *other == verdict) {
            Some((_, names)) => names.push(reader.name),
            None => verdicts.push((verdict, vec![reader.name])),
        }
    }
    let clauses = verdicts.iter().map(|(verdict, names)| match names.len() {
        1 => format!("{} {verdict}", phrase::all(names)),
        _ => format!("{} {}", phrase::all(names), plural(verdict)),
    });
    clauses.collect::<Vec<_>>().join("; ")
}

/// `read "x"` for `reads "x"`.
fn plural(verdict: &str) -> String {
    match verdict.split_once(' ') {
        Some(("does", rest)) => format!("do {rest}"),
        Some((verb, rest)) => format!("{} {rest}", verb.strip_suffix('s').unwrap_or(verb)),
        None => verdict.to_owned(),
    }
}

/// How all readers would read the value alike, if that value is sure: it refers to nothing, adds to nothing, and its reader
/// stumbles over nothing in it.
fn spelling(
    judgement: &Judgement<'_>,
    id: EntryId,
    dialect: &'static Dialect,
    reading: &Reading<'_>,
) -> Option<String> {
    let assignment = &reading.assignments[id.entry as usize];
    let text = judgement.environment.layer(id).text;
    let lines = portability::lines_of(text, assignment.span);
    let refers = reading.references.iter().any(|reference| reference.assignment == id.entry);
    let stumbles = reading.problems.iter().any(|problem| {
        problem.assignment == Some(id.entry)
            || (lines.start <= problem.span.start && problem.span.start <= lines.end)
    });
    if refers || stumbles {
        return None;
    }
    let mut all = judgement.readers.clone();
    all.push(dialect);
    let spelling = portability::common_spelling(text, assignment, &all)?;
    let elsewhere: Environ = [(assignment.key.as_ref(), "elsewhere")].into_iter().collect();
    let again = (dialect.read)(text, &elsewhere);
    let is_sure =
        again.assignments.get(id.entry as usize).is_some_and(|again| again.value == assignment.value);
    is_sure.then_some(spelling)
}
