//! Files as the named readers read them, side by side, with the fixes that make them agree.

use super::CHECK;
use crate::diagnostic::{Diagnostic, Edit, Findings, Fix, Safety};
use crate::dotenv::{Dialect, Environ, Reading};
use crate::fix;
use crate::judge::Judgement;
use crate::layer::LayerKind;
use crate::phrase;
use crate::portability::{self, Difference, Seen, Stray};
use crate::subject::{EntryId, Part, Subject};

const HELP_IF_WITHHELD: &str = "there is a spelling that all of them read alike, but with it more of the file would be read \
     differently: change it by hand";

/// Reports what the named readers read differently, file by file.
pub(super) fn run(judgement: &Judgement<'_>, report: &mut Findings) {
    let readers = &judgement.readers;
    if readers.is_empty() {
        return;
    }
    for (index, layer) in (0..).zip(judgement.environment.layers) {
        let LayerKind::Dotenv(dialect) = layer.kind else { continue };
        let file = File::new(judgement, index, dialect);
        let comparison = portability::compare(layer.text, dialect, &file.reading, readers);
        report.extend(file.diagnostics(&comparison.differences));
        report.extend(strays((index, layer.text), dialect, &comparison.strays));
    }
}

/// A file that is compared: what its own reader reads, and of which values that is sure.
struct File<'j, 't> {
    judgement: &'j Judgement<'t>,
    layer: u32,
    dialect: &'static Dialect,
    reading: Reading<'t>,
    /// By assignment: whether its value refers to something, its reader stumbles over it, or it adds to what is there.
    doubtful: Vec<bool>,
}

impl<'j, 't> File<'j, 't> {
    fn new(judgement: &'j Judgement<'t>, layer: u32, dialect: &'static Dialect) -> Self {
        let text = judgement.environment.layers[layer as usize].text;
        let reading = (dialect.read)(text, &Environ::empty());
        let doubtful = doubtful(text, dialect, &reading);
        Self { judgement, layer, dialect, reading, doubtful }
    }

    /// What is said of each difference, with the fixes that can be carried out.
    fn diagnostics(&self, differences: &[Difference]) -> Vec<Diagnostic> {
        let mut diagnostics: Vec<_> = differences.iter().map(|found| self.diagnostic(found)).collect();
        let layer = &self.judgement.environment.layers[self.layer as usize];
        let readers = &self.judgement.readers;
        for index in fix::withheld(layer, (self.layer, self.dialect), readers, &diagnostics) {
            let diagnostic = &mut diagnostics[index];
            diagnostic.fix = None;
            diagnostic.help = Some(HELP_IF_WITHHELD.into());
        }
        diagnostics
    }

    fn diagnostic(&self, difference: &Difference) -> Diagnostic {
        let id = EntryId { layer: self.layer, entry: difference.assignment };
        let assignment = &self.reading.assignments[id.entry as usize];
        let layer = self.judgement.environment.layer(id);
        let text = layer.text;
        let is_secret = self.judgement.is_secret(id);
        let clauses =
            clauses(&difference.seen, |seen| portability::describe(seen, assignment, text, is_secret));
        let key = self.judgement.shown_key(id);
        let subject = key.map_or_else(|| "a value".to_owned(), |key| format!("`{key}`"));
        let headline = format!("{subject} is not read as {} reads it: {clauses}", self.dialect.name);
        let spelling = self.spelling(text, id.entry as usize);
        let is_repeated = difference.seen.iter().any(|(_, seen)| matches!(seen, Seen::First | Seen::Last));
        let help = match &spelling {
            _ if is_repeated => "keep one of the assignments",
            Some(_) if layer.streamed => {
                "there is a spelling that all of them read alike: `--fix --diff` shows it"
            }
            Some(_) => "there is a spelling that all of them read alike: `--fix` writes it",
            None if self.doubtful[id.entry as usize] => "change the value, or the readers",
            None => "no spelling is known that all of them read alike: change the value, or the readers",
        };
        let fix = spelling.filter(|_| !is_repeated).map(|text| Fix {
            title: "write it as all of them read it alike".to_owned(),
            edits: vec![Edit { subject: Subject::entry(id, Part::Lines), text }],
            safety: Safety::Safe,
        });
        let primary = Subject::entry(id, Part::Value);
        Diagnostic::error(CHECK.code, primary, headline).help(help).fix(fix).maybe_key(key)
    }

    /// How all readers would read the value alike, if that value is sure.
    fn spelling(&self, text: &[u8], index: usize) -> Option<String> {
        if self.doubtful[index] {
            return None;
        }
        let mut all = self.judgement.readers.clone();
        all.push(self.dialect);
        portability::common_spelling(text, &self.reading.assignments[index], &all)
    }
}

/// Of which assignments the value is not sure.
fn doubtful(text: &[u8], dialect: &Dialect, reading: &Reading<'_>) -> Vec<bool> {
    let keys = reading.assignments.iter().map(|assignment| (assignment.key.as_ref(), "elsewhere"));
    let elsewhere: Environ = keys.collect();
    let again = (dialect.read)(text, &elsewhere).assignments;
    let mut again = again.iter();
    let mut doubtful: Vec<bool> = Vec::with_capacity(reading.assignments.len());
    let lines = portability::lines_of_assignments(text, reading);
    for (assignment, lines) in reading.assignments.iter().zip(lines) {
        let first = reading.problems.partition_point(|problem| problem.span.start < lines.start);
        let stumbles = reading.problems.get(first).is_some_and(|problem| problem.span.start <= lines.end);
        let is_settled = again.next().is_some_and(|again| again.value == assignment.value);
        doubtful.push(stumbles || !is_settled);
    }
    let referring = reading.references.iter().map(|reference| reference.assignment);
    let stumbling = reading.problems.iter().filter_map(|problem| problem.assignment);
    for index in referring.chain(stumbling) {
        if let Some(doubtful) = doubtful.get_mut(index as usize) {
            *doubtful = true;
        }
    }
    doubtful
}

/// The lines that the file's own reader passes over, and others do not.
fn strays((layer, text): (u32, &[u8]), dialect: &Dialect, found: &[Stray]) -> Vec<Diagnostic> {
    let words = portability::passed_over(text, found);
    found.iter().zip(words).map(|(found, words)| stray(layer, words, dialect, found)).collect()
}

fn stray(
    layer: u32,
    (what, help): (&'static str, &'static str),
    dialect: &Dialect,
    found: &Stray,
) -> Diagnostic {
    let clauses = clauses(&found.seen, |seen| portability::in_general(seen).to_owned());
    let headline = format!("{what} is not passed over as {} does: {clauses}", dialect.name);
    Diagnostic::error(CHECK.code, Subject::Line { layer, line: found.line }, headline).help(help)
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
