//! Quoted texts, and lists and mappings in brackets, on one line.

use std::borrow::Cow;

use envschema_core::span::Span;

use super::plain;
use crate::format::tree::{Data, Fault, MAX_DEPTH, Member, Node, report_duplicates};

/// Reads the value that starts at `start`, and says where it ends. `None` where a parser is needed, or `end` comes first.
pub(super) fn value<'t>(
    text: &'t str,
    start: usize,
    end: usize,
    depth: usize,
    faults: &mut Vec<Fault>,
) -> Option<(Node<'t>, usize)> {
    let mut reader = Reader { text, at: start, end, faults };
    let node = reader.value(depth)?;
    Some((node, reader.at))
}

struct Reader<'t, 'f> {
    text: &'t str,
    at: usize,
    end: usize,
    faults: &'f mut Vec<Fault>,
}

impl<'t> Reader<'t, '_> {
    fn peek(&self) -> Option<u8> {
        (self.at < self.end).then(|| self.text.as_bytes().get(self.at).copied()).flatten()
    }

    fn blank(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Node<'t>> {
        match self.peek()? {
            b'"' | b'\'' => {
                let (text, span) = self.quoted()?;
                Some(Node { value: Data::Text(Cow::Borrowed(text)), span })
            }
            b'[' | b'{' if depth >= MAX_DEPTH => None,
            b'[' => self.list(depth),
            b'{' => self.mapping(depth),
            _ => {
                let (text, span) = self.bare()?;
                Some(Node { value: plain(text)?, span })
            }
        }
    }

    /// A text in quotes without escapes.
    fn quoted(&mut self) -> Option<(&'t str, Span)> {
        let start = self.at;
        let quote = self.peek()?;
        let inner = self.text.get(start + 1..self.end)?;
        let length = inner.bytes().position(|byte| byte == quote)?;
        let text = inner.get(..length)?;
        if quote == b'"' && text.contains('\\') {
            return None;
        }
        self.at = start + length + 2;
        // A second quote is an escape, and what follows a quote at once may make it a key.
        let done = matches!(self.peek(), None | Some(b' ' | b',' | b']' | b'}'));
        done.then(|| (text, Span::new(start, self.at)))
    }

    /// A plain scalar inside brackets.
    fn bare(&mut self) -> Option<(&'t str, Span)> {
        let start = self.at;
        while !matches!(self.peek()?, b',' | b'[' | b']' | b'{' | b'}' | b':' | b'#') {
            self.at += 1;
        }
        // A colon inside, as in `http://x`, is left to the parser, and so is `#`.
        let text = self.text.get(start..self.at)?.trim_end_matches(' ');
        let starts = text
            .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '+' | '~' | '$'))
            || text
                .strip_prefix('-')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
        starts.then(|| (text, Span::new(start, start + text.len())))
    }

    fn list(&mut self, depth: usize) -> Option<Node<'t>> {
        let start = self.at;
        let mut items = Vec::new();
        self.at += 1;
        self.blank();
        while self.peek()? != b']' {
            items.push(self.value(depth + 1)?);
            self.separate(b']')?;
        }
        self.at += 1;
        Some(Node { value: Data::Array(items), span: Span::new(start, self.at) })
    }

    fn mapping(&mut self, depth: usize) -> Option<Node<'t>> {
        let start = self.at;
        let mut members = Vec::new();
        self.at += 1;
        self.blank();
        while self.peek()? != b'}' {
            members.push(self.member(depth)?);
            self.separate(b'}')?;
        }
        self.at += 1;
        report_duplicates(self.text, &members, self.faults);
        Some(Node { value: Data::Table(members), span: Span::new(start, self.at) })
    }

    fn member(&mut self, depth: usize) -> Option<Member<'t>> {
        let (key, key_span) = self.bare()?;
        if self.peek()? != b':' || self.text.as_bytes().get(self.at + 1) != Some(&b' ') {
            return None;
        }
        self.at += 1;
        self.blank();
        let value = self.value(depth + 1)?;
        Some(Member { key: Cow::Borrowed(key), key_span, value })
    }

    /// Passes over the comma behind an item; before the closing bracket there need be none.
    fn separate(&mut self, close: u8) -> Option<()> {
        self.blank();
        match self.peek()? {
            b',' => {
                self.at += 1;
                self.blank();
                Some(())
            }
            byte => (byte == close).then_some(()),
        }
    }
}
