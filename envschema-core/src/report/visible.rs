//! What of a layer's text may be seen: which columns may be told, and each line with its secrets masked.

use std::cell::OnceCell;

use super::excerpt::{Builder, Excerpt};
use crate::dotenv::{Problem, Syntax};
use crate::judge::Judgement;
use crate::layer::{Layer, LayerKind};
use crate::raw::Raw;
use crate::span::Span;
use crate::subject::EntryId;

/// One layer's text as it may be seen.
pub(super) struct Visible<'v> {
    judgement: &'v Judgement<'v>,
    layer: &'v Layer<'v>,
    index: u32,
    /// For each entry, from where on everything up to it may be seen.
    seen_from: OnceCell<Vec<u32>>,
}

impl<'v> Visible<'v> {
    pub(super) fn new(judgement: &'v Judgement<'v>, index: u32) -> Self {
        let layer = &judgement.environment.layers[index as usize];
        Self { judgement, layer, index, seen_from: OnceCell::new() }
    }

    /// Whether everything between the start of the line and `offset` may be seen: else its column would tell how long a
    /// secret is.
    pub(super) fn is_seen(&self, line: Span, offset: u32) -> bool {
        let behind = self.layer.entries.partition_point(|entry| entry.span.start <= offset);
        let Some(last) = behind.checked_sub(1) else {
            return self.end_of_hidden(0, offset).is_none_or(|end| end <= line.start);
        };
        let entry = &self.layer.entries[last];
        let is_hidden = self.is_hidden(last);
        if offset < entry.span.end || offset == entry.span.start {
            let head = if self.is_only_broken(last) { entry.value_span.start } else { entry.key_span.start };
            return (!is_hidden || offset <= head) && self.seen_from()[last] <= line.start;
        }
        let before = if is_hidden { entry.span.end } else { self.seen_from()[last] };
        self.end_of_hidden(entry.span.end, offset).unwrap_or(before) <= line.start
    }

    /// The line of `target`, with every secret masked and nothing behind a secret.
    pub(super) fn excerpt(&self, line: Span, target: Span) -> Excerpt {
        let mut builder = Builder::new(self.layer.text, target);
        let start = if self.is_seen(line, target.start) { builder.skip(line) } else { line.start };
        let mut at = start;
        let first = self.layer.entries.partition_point(|entry| entry.span.end <= start);
        for (index, entry) in self.layer.entries.iter().enumerate().skip(first) {
            if entry.span.start >= line.end || builder.is_full() {
                break;
            }
            let head =
                Span { start: entry.span.start.max(at), end: self.end_of_head(index).clamp(at, line.end) };
            if self.end_of_hidden(at, head.start).is_some() || self.key_is_hidden(index) {
                break;
            }
            builder.show(Span { start: at, end: head.start });
            builder.show(head);
            at = entry.span.end.min(line.end);
            if self.is_hidden(index) {
                builder.mask();
                return builder.finish();
            }
            match self.end_of_members(index, line) {
                Some(end) if end <= head.start => builder.mask(),
                Some(end) => builder.show(Span { start: head.end, end: end.max(head.end) }),
                None => builder.show(Span { start: head.end, end: at.max(head.end) }),
            }
        }
        if at == start {
            builder.mask();
        }
        builder.finish()
    }

    fn seen_from(&self) -> &[u32] {
        self.seen_from.get_or_init(|| {
            let (mut from, mut end) = (0, 0);
            let entries = self.layer.entries.iter().enumerate();
            entries
                .map(|(index, entry)| {
                    let seen = self.end_of_hidden(end, entry.span.start).unwrap_or(from);
                    end = entry.span.end;
                    from = if self.is_hidden(index) { end } else { seen };
                    seen
                })
                .collect()
        })
    }

    /// Where the last thing ends between two statements that may not be seen; text that no statement holds may be a secret
    /// that lost its quotes.
    fn end_of_hidden(&self, start: u32, end: u32) -> Option<u32> {
        let between = Span { start, end: end.max(start) }.of(self.layer.text);
        // A sound typed file has nothing there but its own marks and the names of tables.
        let is_sound = |problem: &Problem| problem.code == Syntax::DuplicateAssignment;
        let is_typed = self.layer.kind == LayerKind::Document && self.layer.problems.iter().all(is_sound);
        let is_structure = |byte: &u8| {
            byte.is_ascii_alphanumeric()
                || matches!(
                    byte,
                    b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"' | b'\'' | b'-' | b'_' | b'=' | b'.'
                )
        };
        let is_hidden = |byte: &u8| !(byte.is_ascii_whitespace() || (is_typed && is_structure(byte)));
        let last = between.iter().rposition(is_hidden)?;
        Some(start + Span::at(last + 1).start)
    }

    /// Where the part of a statement ends that is shown before its value: a hidden value is what is not clearly something
    /// else, wherever the reading says that it starts.
    fn end_of_head(&self, index: usize) -> u32 {
        let entry = &self.layer.entries[index];
        if !self.is_hidden(index) {
            return entry.value_span.start;
        }
        let behind_key =
            Span { start: entry.key_span.end, end: entry.value_span.start.max(entry.key_span.end) };
        let is_mark = |byte: &&u8| matches!(byte, b'=' | b':' | b' ' | b'\t' | b'"' | b'\'' | b'`');
        let marks = behind_key.of(self.layer.text).iter().take_while(is_mark).count();
        entry.key_span.end + Span::at(marks).start
    }

    /// Where the last member on a line ends, of a table that goes on behind its header: comments stand between its lines.
    fn end_of_members(&self, index: usize, line: Span) -> Option<u32> {
        let entry = &self.layer.entries[index];
        let Raw::Table(members) = &entry.raw else { return None };
        let ends = members.iter().map(|(.., span)| span.end).filter(|end| *end <= line.end);
        (line.end > entry.value_span.end && entry.span.end > entry.value_span.end)
            .then(|| ends.fold(entry.value_span.end, u32::max))
    }

    fn is_hidden(&self, entry: usize) -> bool {
        self.judgement.is_secret(self.id(entry)) || self.key_is_hidden(entry) || self.is_broken(entry)
    }

    /// Whether nobody knows what the value in a typed file is, and so whether it may be shown.
    fn is_broken(&self, entry: usize) -> bool {
        let entry = &self.layer.entries[entry];
        self.layer.kind == LayerKind::Document && entry.raw == Raw::Absent && !entry.value_span.is_empty()
    }

    /// Whether a value is hidden for that reason alone, so that where it starts may be told.
    fn is_only_broken(&self, entry: usize) -> bool {
        self.is_broken(entry) && !self.judgement.is_secret(self.id(entry)) && !self.key_is_hidden(entry)
    }

    fn key_is_hidden(&self, entry: usize) -> bool {
        self.judgement.shown_key(self.id(entry)).is_none()
    }

    fn id(&self, entry: usize) -> EntryId {
        EntryId { layer: self.index, entry: u32::try_from(entry).unwrap_or(u32::MAX) }
    }
}
