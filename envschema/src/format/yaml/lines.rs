//! The quick reader: YAML written plainly, line by line, as most files are, at a fraction of what a YAML parser costs.
//!
//! Plainly means: mappings and lists by indentation, values on one line (a plain scalar, a quoted text without escapes, a list or
//! mapping in brackets), comments. Anything else (block scalars, anchors, tags, escapes, tabs, texts of several lines) makes it give
//! up, and so does every mistake: the parser then reads the whole text. What it does read is what the parser would read, place for
//! place; a test compares the two.

use std::borrow::Cow;

use envschema_core::span::Span;

use super::line::{BLANK, before_comment, is_plain, key};
use super::scalar::{Sense, sense};
use crate::format::tree::{Data, Document, Fault, MAX_DEPTH, Member, Node, mark, report_duplicates};

mod flow;

/// How a plain value behind `key:` ends, and whether it is text whatever it looks like.
pub(in crate::format) type Cut = for<'t> fn(&'t str) -> (&'t str, bool);

/// Reads `text`, or gives up. `cut` says where the text of a value ends and whether YAML would misread it.
pub(in crate::format) fn read(text: &str, cut: Cut) -> Option<Document<'_>> {
    let mut reader = Reader { text, lines: Vec::new(), next: 0, cut, faults: Vec::new() };
    reader.split()?;
    let root = match reader.lines.first().map(|line| line.indent) {
        Some(indent) => Some(reader.block(indent, 0)?),
        None => None,
    };
    // What is left over is indented less than the root.
    (reader.next == reader.lines.len()).then(|| Document::new(root, reader.faults))
}

/// Up to where YAML reads a plain scalar; never text that it would misread.
pub(in crate::format) fn as_yaml(rest: &str) -> (&str, bool) {
    (before_comment(rest), false)
}

struct Reader<'t> {
    text: &'t str,
    /// The lines that are neither empty nor comments.
    lines: Vec<Line>,
    next: usize,
    cut: Cut,
    faults: Vec<Fault>,
}

/// A line: its indentation, and where its first and behind its last letter stand.
#[derive(Clone, Copy)]
struct Line {
    indent: usize,
    start: usize,
    end: usize,
}

impl<'t> Reader<'t> {
    /// Finds the lines; `None` if one has something only a parser understands.
    fn split(&mut self) -> Option<()> {
        let start = mark(self.text);
        let bytes = self.text.as_bytes();
        let content = bytes.get(start..)?;
        let returns = has(content, |byte| byte == b'\r');
        let odd = has(content, |byte| byte < b' ' && byte != b'\n' && byte != b'\r' || byte > b'~');
        if odd && !self.text.get(start..)?.chars().all(is_printable) {
            return None;
        }
        let mut at = start;
        while at < bytes.len() {
            let rest = bytes.get(at..)?;
            let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            let line = rest.get(..length)?;
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if returns && line.contains(&b'\r') {
                return None;
            }
            self.add(line, at)?;
            at += length + 1;
        }
        Some(())
    }

    /// Keeps the line that starts at `at`, if it has content.
    fn add(&mut self, line: &[u8], at: usize) -> Option<()> {
        let indent = line.iter().position(|byte| *byte != b' ').unwrap_or(line.len());
        let content = line.get(indent..)?;
        let marker = matches!(content, [b'%', ..] | [b'-', b'-', b'-', ..] | [b'.', b'.', b'.', ..]);
        if indent == 0 && marker {
            return None;
        }
        if !matches!(content.first(), None | Some(b'#')) {
            let last = line.iter().rposition(|byte| *byte != b' ')?;
            self.lines.push(Line { indent, start: at + indent, end: at + last + 1 });
        }
        Some(())
    }

    fn line(&self) -> Option<Line> {
        self.lines.get(self.next).copied()
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The mapping or list whose lines are indented by `indent`.
    fn block(&mut self, indent: usize, depth: usize) -> Option<Node<'t>> {
        let line = self.line()?;
        if depth >= MAX_DEPTH {
            return None;
        }
        match self.dash(line) {
            true => self.list(indent, depth),
            false => self.mapping(indent, depth),
        }
    }

    /// Whether a line is an item of a list.
    fn dash(&self, line: Line) -> bool {
        let content = self.slice(line.start, line.end);
        content == "-" || content.starts_with("- ")
    }

    fn mapping(&mut self, indent: usize, depth: usize) -> Option<Node<'t>> {
        let mut members = Vec::new();
        let mut span: Option<Span> = None;
        while let Some(line) = self.line().filter(|line| line.indent >= indent) {
            // A deeper line would go on with a value that is complete.
            if line.indent > indent {
                return None;
            }
            if self.dash(line) {
                break;
            }
            let member = self.member(line, depth)?;
            let whole =
                member.key_span.to(Span::at(member.value.span.range().end.max(member.key_span.range().end)));
            span = Some(span.map_or(whole, |before| before.to(whole)));
            members.push(member);
        }
        let span = span?;
        report_duplicates(self.text, &members, &mut self.faults);
        Some(Node { value: Data::Table(members), span })
    }

    fn member(&mut self, line: Line, depth: usize) -> Option<Member<'t>> {
        let (name, rest) = key(self.slice(line.start, line.end))?;
        // Past 1024 characters YAML takes no key.
        if name.len() > 1000 {
            return None;
        }
        let key_span = Span::new(line.start, line.start + name.len());
        let start = line.end - rest.trim_start_matches(BLANK).len();
        let value = self.value(line, start, key_span.range().end, depth, true)?;
        Some(Member { key: Cow::Borrowed(name), key_span, value })
    }

    fn list(&mut self, indent: usize, depth: usize) -> Option<Node<'t>> {
        let mut items: Vec<Node<'t>> = Vec::new();
        while let Some(line) = self.line().filter(|line| line.indent >= indent) {
            if line.indent > indent {
                return None;
            }
            if !self.dash(line) {
                break;
            }
            items.push(self.item(line, depth)?);
        }
        let span = items.first()?.span.to(items.iter().map(|item| item.span).max_by_key(|span| span.end)?);
        Some(Node { value: Data::Array(items), span })
    }

    fn item(&mut self, line: Line, depth: usize) -> Option<Node<'t>> {
        let rest = self.slice(line.start + 1, line.end);
        let start = line.end - rest.trim_start_matches(' ').len();
        let content = self.slice(start, line.end);
        // Where the parser sees an empty item depends on what stands behind the dash.
        let blank_behind = self.text.as_bytes().get(line.end) == Some(&b' ');
        if content.starts_with('#') || content.is_empty() && blank_behind {
            return None;
        }
        let inner = Line { indent: line.indent + start - line.start, start, end: line.end };
        if self.dash(inner) || key(content).is_some() {
            // What stands behind the dash is a block of its own, which starts on this line.
            if let Some(line) = self.lines.get_mut(self.next) {
                *line = inner;
            }
            return self.block(inner.indent, depth + 1);
        }
        self.value(line, start, line.start + 1, depth, false)
    }

    /// The value that starts at `start` of `line`, or below it where nothing stands there. Nothing at all is null at `empty`.
    fn value(
        &mut self,
        line: Line,
        start: usize,
        empty: usize,
        depth: usize,
        keyed: bool,
    ) -> Option<Node<'t>> {
        self.next += 1;
        let rest = self.slice(start, line.end);
        match rest.bytes().next() {
            None | Some(b'#') => self.below(line, empty, depth, keyed),
            Some(b'"' | b'\'' | b'[' | b'{') => {
                let (node, end) = flow::value(self.text, start, line.end, depth + 1, &mut self.faults)?;
                self.slice(start, line.end).get(end - start..).filter(|rest| is_comment(rest))?;
                Some(node)
            }
            Some(_) => {
                let (text, misread) = if keyed { (self.cut)(rest) } else { as_yaml(rest) };
                let span = Span::new(start, start + text.len());
                let value = if misread { Data::Text(Cow::Borrowed(text)) } else { plain(text)? };
                Some(Node { value, span })
            }
        }
    }

    fn below(&mut self, line: Line, empty: usize, depth: usize, keyed: bool) -> Option<Node<'t>> {
        match self.line() {
            Some(next) if next.indent > line.indent => self.block(next.indent, depth + 1),
            // A list may stand below its key without being indented.
            Some(next) if keyed && next.indent == line.indent && self.dash(next) => {
                self.block(next.indent, depth + 1)
            }
            _ => Some(Node { value: Data::Null, span: Span::at(empty) }),
        }
    }
}

/// A plain scalar; `None` if it is none.
fn plain(text: &str) -> Option<Data<'_>> {
    if !is_plain(text) {
        return None;
    }
    Some(match sense(text) {
        Sense::Null => Data::Null,
        Sense::Bool(value) => Data::Bool(value),
        Sense::Number => Data::Number(Cow::Borrowed(text)),
        Sense::Text => Data::Text(Cow::Borrowed(text)),
    })
}

/// Whether nothing but a comment stands in `rest`.
fn is_comment(rest: &str) -> bool {
    let content = rest.trim_start_matches(' ');
    content.is_empty() || content.len() < rest.len() && content.starts_with('#')
}

/// Whether a byte of `bytes` is one that `wanted` knows. Without a way out of the loop it is done many bytes at a time.
fn has(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |found, byte| found | wanted(*byte))
}

/// The characters of YAML 1.2.2 §5.1, without the tab and the byte order mark.
fn is_printable(c: char) -> bool {
    matches!(c, '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        && c != '\u{feff}'
}
