//! From subjects to places: the only step that knows both what a diagnostic is about and where that stands.

use std::borrow::Cow;

pub use super::SchemaSource;
use super::visible::Visible;
use super::{Located, Place, Report, Source};
use crate::diagnostic::{Diagnostic, Findings};
use crate::directive;
use crate::dotenv::Syntax;
use crate::judge::Judgement;
use crate::layer::{Layer, LayerKind};
use crate::raw::Raw;
use crate::redact;
use crate::span::Span;
use crate::subject::{EntryId, Part, Subject};

/// Puts the diagnostics of an environment into the order of the sources, each with its places; those that the schema or a
/// line allows are set aside.
#[must_use]
pub fn report(judgement: &Judgement<'_>, findings: Findings, schema: Option<&SchemaSource<'_>>) -> Report {
    let locator = Locator::new(judgement, schema);
    let (diagnostics, left_out) = findings.into_parts();
    let mut keyed: Vec<_> =
        diagnostics.into_iter().map(|found| (locator.order(&found.primary), found)).collect();
    keyed.sort_by_key(|(order, _)| *order);
    let mut report = Report { left_out, ..Report::default() };
    for (_, diagnostic) in keyed {
        let is_allowed = locator.is_allowed(&diagnostic);
        let located = locator.locate(diagnostic);
        if is_allowed { &mut report.allowed } else { &mut report.diagnostics }.push(located);
    }
    report
}

/// The diagnostics of a schema with their places.
#[must_use]
pub fn report_schema(diagnostics: Vec<Diagnostic>, schema: &SchemaSource<'_>) -> Report {
    let mut keyed: Vec<_> =
        diagnostics.into_iter().map(|found| (schema.span(&found.primary), found)).collect();
    keyed.sort_by_key(|(span, _)| span.map_or(u32::MAX, |span| span.start));
    let locate = |(_, diagnostic): (_, Diagnostic)| Located {
        place: schema.place(&diagnostic.primary),
        labels: diagnostic
            .labels
            .iter()
            .map(|label| (schema.place(&label.subject), label.message.clone()))
            .collect(),
        rule: None,
        diagnostic,
    };
    Report { diagnostics: keyed.into_iter().map(locate).collect(), ..Report::default() }
}

/// Each line of a layer's text as it may be shown: keys, and values that are not secret; everything else is masked.
#[must_use]
pub fn shown_lines(judgement: &Judgement<'_>, layer: u32) -> Vec<String> {
    let locator = Locator::new(judgement, None);
    let (source, visible) = &locator.sources[layer as usize];
    let lines = (1..=source.lines().count()).map(|line| source.lines().span_of(source.text, line));
    let shown = |line: Span| match line.of(source.text).trim_ascii() {
        [] => String::new(),
        _ => visible.excerpt(line, Span { end: line.start, ..line }).text,
    };
    lines.map(shown).collect()
}

struct Locator<'l> {
    judgement: &'l Judgement<'l>,
    sources: Vec<(Source<'l>, Visible<'l>)>,
    schema: Option<&'l SchemaSource<'l>>,
}

impl<'l> Locator<'l> {
    fn new(judgement: &'l Judgement<'l>, schema: Option<&'l SchemaSource<'l>>) -> Self {
        let layers = (0..).zip(judgement.environment.layers);
        let sources = layers
            .map(|(index, layer)| (Source::new(&layer.name, layer.text), Visible::new(judgement, index)))
            .collect();
        Self { judgement, sources, schema }
    }
}

impl Locator<'_> {
    fn layer(&self, layer: u32) -> &Layer<'_> {
        &self.judgement.environment.layers[layer as usize]
    }

    /// Where a subject comes in the report: by source and place; what stands nowhere comes last.
    fn order(&self, subject: &Subject) -> (u32, u32, u32, u32) {
        match subject {
            Subject::Entry { id, part } => {
                let key = self.layer(id.layer).entries[id.entry as usize].key_span;
                (id.layer, key.start, id.entry, self.span(*id, part).start)
            }
            Subject::Problem { layer, problem } => {
                (*layer, self.layer(*layer).problems[*problem as usize].span.start, 0, 0)
            }
            Subject::Line { layer, line } => (*layer, self.line(*layer, *line).start, 0, 0),
            _ => (u32::MAX, 0, 0, 0),
        }
    }

    /// The bytes of a line, by number from 1.
    fn line(&self, layer: u32, line: u32) -> Span {
        self.sources[layer as usize].0.lines().span_of(self.layer(layer).text, line)
    }

    fn locate(&self, diagnostic: Diagnostic) -> Located {
        let rule = diagnostic.rule.as_ref().and_then(|rule| Some(self.schema?.place(rule)));
        let labels = diagnostic
            .labels
            .iter()
            .map(|label| (self.place(&label.subject), label.message.clone()))
            .collect();
        Located { place: self.place(&diagnostic.primary), labels, rule, diagnostic }
    }

    fn place(&self, subject: &Subject) -> Place {
        match subject {
            Subject::Environment => Place::file(self.last_file()),
            Subject::Entry { id, part } => self.entry_place(*id, self.span(*id, part)),
            Subject::Problem { layer, problem } => self.problem_place(*layer, *problem),
            Subject::Line { layer, line } => self.line_place(*layer, self.line(*layer, *line)),
            Subject::Variable { .. } | Subject::Rule(_) | Subject::SchemaText(_) => {
                self.schema.map_or_else(|| Place::file("schema"), |schema| schema.place(subject))
            }
        }
    }

    /// The file a person would edit to add something: the last one there is.
    fn last_file(&self) -> String {
        let files = self.judgement.environment.layers.iter().zip(&self.sources);
        let file = files.rev().find(|(layer, _)| layer.has_places()).map(|(_, source)| source);
        let last = file.or(self.sources.last()).map(|(source, _)| source.name.clone());
        last.unwrap_or_else(|| "no source".to_owned())
    }

    /// Where part `part` of an entry stands; in a secret, the key stands for everything.
    fn span(&self, id: EntryId, part: &Part) -> Span {
        let layer = self.layer(id.layer);
        let entry = &layer.entries[id.entry as usize];
        if self.judgement.shown_key(id).is_none() {
            // Where it ends would tell how long it is.
            return Span { end: entry.key_span.start, ..entry.key_span };
        }
        if self.judgement.is_secret(id) {
            return entry.key_span;
        }
        match (part, &entry.raw) {
            (Part::Key, _) => entry.key_span,
            (Part::Within(range), _) if entry.is_literal() => {
                Span { start: entry.value_span.start + range.start, end: entry.value_span.start + range.end }
            }
            (Part::Item(index), Raw::List(items)) => {
                items.get(*index as usize).map_or(entry.value_span, |(_, span)| *span)
            }
            (Part::Item(index), Raw::Table(members)) => {
                members.get(*index as usize).map_or(entry.value_span, |(.., span)| *span)
            }
            (Part::Reference(number), _) => layer.references[*number as usize].span,
            (Part::Lines, _) => entry.span,
            (Part::Value | Part::Within(_) | Part::Item(_), _) if entry.value_span.is_empty() => {
                entry.key_span
            }
            (Part::Value | Part::Within(_) | Part::Item(_), _) => entry.value_span,
        }
    }

    fn entry_place(&self, id: EntryId, span: Span) -> Place {
        let (source, visible) = &self.sources[id.layer as usize];
        if !self.layer(id.layer).has_places() {
            let entry = &self.layer(id.layer).entries[id.entry as usize];
            return match self.layer(id.layer).place_of(entry) {
                Cow::Owned(file) => Place::file(redact::escape(&file)),
                Cow::Borrowed(_) => Place::file(source.name.clone()),
            };
        }
        let line = source.line_at(span.start);
        let place = source.place(span, !visible.is_seen(line, span.start));
        Place { excerpt: Some(visible.excerpt(line, span)), ..place }
    }

    /// A problem of an assignment that is not secret has its exact place, and one of a typed file as far as that may be told; any
    /// other stands for its line.
    fn problem_place(&self, layer: u32, index: u32) -> Place {
        let problem = &self.layer(layer).problems[index as usize];
        if let Some(entry) = self.entry_of_problem(layer, index) {
            let id = EntryId { layer, entry };
            let is_shown = !self.judgement.is_secret(id);
            let statement = self.layer(layer).entries[entry as usize].span;
            // Where a comment ends would tell how long it is.
            let end = problem.span.end.min(statement.end.max(problem.span.start + 1));
            let shown = Span { end, ..problem.span };
            return self.entry_place(id, if is_shown { shown } else { self.span(id, &Part::Key) });
        }
        let line = self.sources[layer as usize].0.line_at(problem.span.start);
        match self.layer(layer).kind {
            LayerKind::Document => {
                self.typed_place(layer, line, Span { end: problem.span.start, ..problem.span })
            }
            _ => self.line_place(layer, line),
        }
    }

    /// Where a problem of a typed file starts: its column only if all before it on the line may be seen.
    fn typed_place(&self, layer: u32, line: Span, start: Span) -> Place {
        let (source, visible) = &self.sources[layer as usize];
        let place = source.place(start, !visible.is_seen(line, start.start));
        Place { excerpt: Some(visible.excerpt(line, start)), ..place }
    }

    /// The first character of a line that is no blank.
    fn line_place(&self, layer: u32, line: Span) -> Place {
        let (source, visible) = &self.sources[layer as usize];
        let blanks = line.of(source.text).iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let start = Span::at(line.start as usize + blanks);
        let place = source.place(start, !visible.is_seen(line, start.start));
        Place { excerpt: Some(visible.excerpt(line, start)), ..place }
    }

    fn entry_of_problem(&self, layer: u32, problem: u32) -> Option<u32> {
        let entries = self.layer(layer).entries.len();
        let problem = &self.layer(layer).problems[problem as usize];
        // Bytes that are no text are looked for in the whole file, whatever they are a part of.
        let around = || {
            let start = problem.span.start;
            let behind = self.layer(layer).entries.partition_point(|entry| entry.span.start <= start);
            let last = behind.checked_sub(1).filter(|last| start < self.layer(layer).entries[*last].span.end);
            last.and_then(|last| u32::try_from(last).ok()).filter(|_| problem.code == Syntax::InvalidEncoding)
        };
        problem.assignment.filter(|entry| (*entry as usize) < entries).or_else(around)
    }

    /// Whether the schema or the line of a diagnostic allows it.
    fn is_allowed(&self, diagnostic: &Diagnostic) -> bool {
        let schema = self.judgement.environment.table.schema;
        if schema.allow.iter().any(|allowance| allowance.code == diagnostic.code) {
            return true;
        }
        let (layer, entry, point) = match &diagnostic.primary {
            Subject::Entry { id, part } => (id.layer, Some(id.entry), self.span(*id, part)),
            Subject::Problem { layer, problem } => {
                let span = self.layer(*layer).problems[*problem as usize].span;
                (*layer, self.entry_of_problem(*layer, *problem), span)
            }
            Subject::Line { layer, line } => (*layer, None, self.line(*layer, *line)),
            _ => return false,
        };
        let entry = entry.and_then(|entry| self.layer(layer).entries.get(entry as usize));
        let statement = entry.map_or(point, |entry| entry.span);
        directive::allows(
            self.layer(layer),
            self.sources[layer as usize].0.lines(),
            statement,
            diagnostic.code,
        )
    }
}

#[cfg(test)]
mod tests;
