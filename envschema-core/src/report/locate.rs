//! From subjects to places: the only step that knows both what a diagnostic is about and where that stands.

use super::excerpt::Builder;
use super::{Excerpt, Located, Place, Report, Source};
use crate::diagnostic::Diagnostic;
use crate::directive;
use crate::judge::Judgement;
use crate::layer::Layer;
use crate::outline::Outline;
use crate::raw::Raw;
use crate::span::Span;
use crate::subject::{EntryId, Part, Subject};

/// The text of a schema and where its parts stand.
#[derive(Debug)]
pub struct SchemaSource<'s> {
    /// The text.
    pub source: Source<'s>,
    /// Where its parts stand.
    pub outline: &'s Outline,
}

/// Puts the diagnostics of an environment into the order of the sources, each with its places; those that the schema or a
/// line allows are set aside.
#[must_use]
pub fn report(
    judgement: &Judgement<'_>,
    diagnostics: Vec<Diagnostic>,
    schema: Option<&SchemaSource<'_>>,
) -> Report {
    let layers = judgement.environment.layers;
    let sources = layers.iter().map(|layer| Source::new(&layer.name, layer.text)).collect();
    let locator = Locator { judgement, sources, schema };
    let mut keyed: Vec<_> =
        diagnostics.into_iter().map(|found| (locator.order(&found.primary), found)).collect();
    keyed.sort_by_key(|(order, _)| *order);
    let mut report = Report::default();
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
    Report { diagnostics: keyed.into_iter().map(locate).collect(), allowed: Vec::new() }
}

impl SchemaSource<'_> {
    fn span(&self, subject: &Subject) -> Option<Span> {
        match subject {
            Subject::Variable { row, part } => self.outline.variable(*row, *part),
            Subject::Rule(index) => self.outline.rule(*index),
            Subject::SchemaText(span) => Some(*span),
            Subject::Environment | Subject::Entry { .. } | Subject::Problem { .. } => None,
        }
    }

    fn place(&self, subject: &Subject) -> Place {
        let Some(span) = self.span(subject) else { return Place::file(self.source.name.clone()) };
        let line_number = self.source.lines().line_of(span.start);
        let line = self.source.lines().span_of(self.source.text, line_number);
        let secrets =
            self.outline.secrets().iter().filter(|secret| secret.start < line.end && secret.end > line.start);
        let is_behind = |secret: &&Span| secret.start < span.start;
        // Where a secret ends would tell how long it is.
        let cut = secrets.clone().find(|secret| secret.start < span.end && secret.end > span.start);
        let told = Span { end: cut.map_or(span.end, |secret| secret.start.max(span.start)), ..span };
        let place = self.source.place(told, secrets.clone().any(|secret| is_behind(&secret)));
        let mut builder = Builder::new(self.source.text, span);
        let mut at = line.start;
        for secret in secrets.filter(|secret| !secret.is_empty()) {
            // One that lies in the one before is masked already.
            if secret.end > at {
                builder.show(Span { start: at, end: secret.start.max(at) });
                builder.mask();
                at = secret.end.min(line.end);
            }
        }
        builder.show(Span { start: at, end: line.end });
        Place { excerpt: Some(builder.finish()), ..place }
    }
}

/// Each line of a layer's text as it may be shown: keys, and values that are not secret; everything else is masked.
#[must_use]
pub fn shown_lines(judgement: &Judgement<'_>, layer: u32) -> Vec<String> {
    let layers = judgement.environment.layers;
    let sources = layers.iter().map(|layer| Source::new(&layer.name, layer.text)).collect();
    let locator = Locator { judgement, sources, schema: None };
    let source = &locator.sources[layer as usize];
    let lines = (1..=source.lines().count()).map(|line| source.lines().span_of(source.text, line));
    let shown = |line: Span| match line.of(source.text).trim_ascii() {
        [] => String::new(),
        _ => locator.excerpt(layer, Span { start: line.start, end: line.start }).text,
    };
    lines.map(shown).collect()
}

struct Locator<'l> {
    judgement: &'l Judgement<'l>,
    sources: Vec<Source<'l>>,
    schema: Option<&'l SchemaSource<'l>>,
}

impl Locator<'_> {
    fn layer(&self, layer: u32) -> &Layer<'_> {
        &self.judgement.environment.layers[layer as usize]
    }

    /// Where a subject comes in the report: by source and place; what stands nowhere comes last.
    fn order(&self, subject: &Subject) -> (u32, u32, u32) {
        match subject {
            Subject::Entry { id, part } => (id.layer, self.span(*id, part).start, id.entry),
            Subject::Problem { layer, problem } => {
                (*layer, self.layer(*layer).problems[*problem as usize].span.start, 0)
            }
            _ => (u32::MAX, 0, 0),
        }
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
            Subject::Variable { .. } | Subject::Rule(_) | Subject::SchemaText(_) => {
                self.schema.map_or_else(|| Place::file("schema"), |schema| schema.place(subject))
            }
        }
    }

    /// The file a person would edit to add something: the last one there is.
    fn last_file(&self) -> String {
        let files = self.judgement.environment.layers.iter().zip(&self.sources);
        let file = files.rev().find(|(layer, _)| layer.has_places()).map(|(_, source)| source);
        file.or(self.sources.last()).map(|source| source.name.clone()).unwrap_or_default()
    }

    /// Where part `part` of an entry stands; in a secret, the key stands for everything.
    fn span(&self, id: EntryId, part: &Part) -> Span {
        let layer = self.layer(id.layer);
        let entry = &layer.entries[id.entry as usize];
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
            (Part::Reference(number), _) => layer.references[*number as usize].span,
            (Part::Lines, _) => entry.span,
            (Part::Value | Part::Within(_) | Part::Item(_), _) if entry.value_span.is_empty() => {
                entry.key_span
            }
            (Part::Value | Part::Within(_) | Part::Item(_), _) => entry.value_span,
        }
    }

    fn entry_place(&self, id: EntryId, span: Span) -> Place {
        let source = &self.sources[id.layer as usize];
        if !self.layer(id.layer).has_places() {
            return Place::file(source.name.clone());
        }
        let place = source.place(span, self.is_behind_secret(id.layer, span.start));
        Place { excerpt: Some(self.excerpt(id.layer, span)), ..place }
    }

    /// A problem of an assignment that is not secret has its exact place; any other stands for its line.
    fn problem_place(&self, layer: u32, problem: u32) -> Place {
        let problem = &self.layer(layer).problems[problem as usize];
        if let Some(entry) =
            problem.assignment.filter(|entry| (*entry as usize) < self.layer(layer).entries.len())
        {
            let id = EntryId { layer, entry };
            let hidden = self.judgement.is_secret(id);
            let span = if hidden { self.layer(layer).entries[entry as usize].key_span } else { problem.span };
            return self.entry_place(id, span);
        }
        let source = &self.sources[layer as usize];
        let line = source.lines().line_of(problem.span.start);
        let line = source.lines().span_of(source.text, line);
        let blanks = line.of(source.text).iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let start = Span::at(line.start as usize + blanks);
        let place = source.place(start, self.is_behind_secret(layer, problem.span.start));
        Place { excerpt: Some(self.excerpt(layer, start)), ..place }
    }

    /// Whether a secret stands before `offset` on the same line, so that the column would tell how long it is.
    fn is_behind_secret(&self, layer: u32, offset: u32) -> bool {
        let source = &self.sources[layer as usize];
        let line = source.lines().span_of(source.text, source.lines().line_of(offset));
        let entries = &self.layer(layer).entries;
        let is_secret = |entry: usize| {
            let entry = u32::try_from(entry).unwrap_or(u32::MAX);
            self.judgement.is_secret(EntryId { layer, entry })
        };
        let until = entries.partition_point(|entry| entry.span.end <= offset);
        let is_inside = entries.get(until).is_some_and(|entry| entry.key_span.end < offset);
        let mut before = (0..until).rev().take_while(|entry| entries[*entry].span.end > line.start);
        (is_inside && is_secret(until)) || before.any(is_secret)
    }

    /// The line of `target`, with every secret masked and nothing behind a secret.
    fn excerpt(&self, layer: u32, target: Span) -> Excerpt {
        let source = &self.sources[layer as usize];
        let line = source.lines().span_of(source.text, source.lines().line_of(target.start));
        let entries = &self.layer(layer).entries;
        let first = entries.partition_point(|entry| entry.span.end <= line.start);
        let on_line =
            entries[first..].iter().zip(first..).take_while(|(entry, _)| entry.span.start < line.end);
        let mut builder = Builder::new(source.text, target);
        let mut at = line.start;
        for (entry, index) in on_line {
            let id = EntryId { layer, entry: u32::try_from(index).unwrap_or(u32::MAX) };
            let head =
                Span { start: entry.span.start.max(at), end: entry.value_span.start.clamp(at, line.end) };
            let gap = Span { start: at, end: head.start };
            if !gap.of(source.text).iter().all(u8::is_ascii_whitespace)
                || self.judgement.environment.shown_key(id).is_none()
            {
                break;
            }
            builder.show(gap);
            builder.show(head);
            at = entry.span.end.min(line.end);
            if self.judgement.is_secret(id) {
                builder.mask();
                return builder.finish();
            }
            builder.show(Span { start: head.end, end: at.max(head.end) });
        }
        if at == line.start {
            builder.mask();
        }
        builder.finish()
    }

    /// Whether the schema or the line of a diagnostic allows it.
    fn is_allowed(&self, diagnostic: &Diagnostic) -> bool {
        let schema = self.judgement.environment.table.schema;
        if schema.allow.iter().any(|allowance| allowance.code == diagnostic.code) {
            return true;
        }
        let (layer, offset) = match &diagnostic.primary {
            Subject::Entry { id, part } => (id.layer, self.span(*id, part).start),
            Subject::Problem { layer, problem } => {
                (*layer, self.layer(*layer).problems[*problem as usize].span.start)
            }
            _ => return false,
        };
        directive::allows(self.layer(layer), offset, diagnostic.code)
    }
}
