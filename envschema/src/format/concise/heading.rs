//! Headings: comments that name the group of the variables below them.
//!
//! A heading is one or more comment lines directly above a line of content, with nothing, a blank line, or the line that opens
//! the table (`variables:`, `[variables]`) before them. It covers the lines below it up to the next blank line, and of these the keys
//! that stand at its own indentation; a heading above `key = value` of TOML ends at the next header, too. Its title is the
//! first line that says something, without ornaments (`# --- Database ---`); lines for editors (`yaml-language-server:`,
//! `$schema`, `:schema`) say nothing.

use envschema_core::span::Span;

use crate::format::tree::{Data, Node, mark};

/// All headings of one text.
#[derive(Clone, Debug)]
pub struct Headings<'t> {
    text: &'t str,
    all: Vec<Heading<'t>>,
}

/// One heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading<'t> {
    /// What it says, on its first line.
    pub title: &'t str,
    /// Where the title stands.
    pub span: Span,
    /// The lines that follow the title.
    pub notes: Vec<&'t str>,
    /// The lines it covers.
    pub covers: Span,
    indent: usize,
}

impl<'t> Headings<'t> {
    /// Finds the headings of a YAML or TOML text. `root` is the value read from it: what looks like a comment inside a text of
    /// several lines is none.
    #[must_use]
    pub fn of(text: &'t str, root: Option<&Node<'_>>) -> Self {
        let mut texts = Vec::new();
        if let Some(root) = root {
            long_texts(text, root, &mut texts);
        }
        texts.sort_unstable();
        let mut finder = Finder { all: Vec::new(), block: Vec::new(), open: true, texts, headed: None };
        let mut at = mark(text);
        for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
            finder.line(line.trim_end(), at);
            at += line.len();
        }
        finder.end(text.len());
        Self { text, all: finder.all }
    }

    /// Every heading, in the order of the text.
    #[must_use]
    pub fn all(&self) -> &[Heading<'t>] {
        &self.all
    }

    /// The heading that covers the key at `key`.
    #[must_use]
    pub fn covering(&self, key: Span) -> Option<&Heading<'t>> {
        let next = self.all.partition_point(|heading| heading.covers.start <= key.start);
        let heading = self.all.get(next.checked_sub(1)?)?;
        let line = self.text.get(..key.range().start)?.rsplit('\n').next()?;
        let indent = line.len() - line.trim_start_matches(' ').len();
        (key.start < heading.covers.end && indent == heading.indent).then_some(heading)
    }
}

struct Finder<'t> {
    all: Vec<Heading<'t>>,
    /// The comment lines just passed, if they may be a heading.
    block: Vec<(&'t str, usize)>,
    /// Whether a comment here may be a heading.
    open: bool,
    /// Where texts of several lines stand, in order.
    texts: Vec<Span>,
    /// Whether the last heading, if it still covers lines, ends at a header.
    headed: Option<bool>,
}

impl<'t> Finder<'t> {
    fn line(&mut self, line: &'t str, at: usize) {
        let content = line.trim_start();
        let start = at + line.len() - content.len();
        if self.inside_text(at) {
            self.open = false;
            self.block.clear();
        } else if content.is_empty() {
            self.block.clear();
            self.end(at);
            self.open = true;
        } else if content.starts_with('#') {
            if self.open || !self.block.is_empty() {
                self.block.push((line, at));
            }
            self.open = false;
        } else {
            if content.starts_with('[') && self.headed == Some(true) {
                self.end(at);
            }
            self.head(content, start, at);
            self.open = content.ends_with(':') || content.starts_with('[');
        }
    }

    /// Whether the line at `at` starts inside a text.
    fn inside_text(&self, at: usize) -> bool {
        let next = self.texts.partition_point(|text| text.range().start < at);
        next.checked_sub(1)
            .and_then(|before| self.texts.get(before))
            .is_some_and(|text| text.range().end > at)
    }

    /// Makes the comments just passed a heading of the line `content`.
    fn head(&mut self, content: &str, start: usize, line: usize) {
        let block = std::mem::take(&mut self.block);
        let indent = start - line;
        let mut lines = block.iter().filter_map(|(line, at)| words(line, *at));
        let Some((title, title_at)) = lines.next() else { return };
        if block.iter().any(|(line, _)| line.len() - line.trim_start().len() != indent) {
            return;
        }
        let notes = lines.map(|(text, _)| text).collect();
        self.end(line);
        self.headed = Some(!content.starts_with('['));
        let span = Span::new(title_at, title_at + title.len());
        self.all.push(Heading { title, span, notes, covers: Span::at(line), indent });
    }

    /// Ends what the last heading covers.
    fn end(&mut self, at: usize) {
        if self.headed.take().is_some()
            && let Some(heading) = self.all.last_mut()
        {
            heading.covers = Span::new(heading.covers.range().start, at);
        }
    }
}

/// What a comment line says, and where; `None` if it is ornament or meant for an editor.
fn words(line: &str, at: usize) -> Option<(&str, usize)> {
    let ornament =
        |c: char| c.is_whitespace() || matches!(c, '#' | '-' | '=' | '*' | '~' | '_' | '+' | '─' | '━' | '═');
    let text = line.trim_matches(ornament);
    let editor = ["yaml-language-server:", "$schema", ":schema", "envschema:"];
    if text.is_empty() || editor.iter().any(|prefix| text.starts_with(prefix)) {
        return None;
    }
    let start = line.len() - line.trim_start_matches(ornament).len();
    Some((text, at + start))
}

/// Collects where texts stand that take more than one line.
fn long_texts(text: &str, node: &Node<'_>, found: &mut Vec<Span>) {
    match &node.value {
        Data::Text(_) if text.get(node.span.range()).is_some_and(|slice| slice.contains('\n')) => {
            found.push(node.span);
        }
        Data::Array(items) => items.iter().for_each(|item| long_texts(text, item, found)),
        Data::Table(members) => members.iter().for_each(|member| long_texts(text, &member.value, found)),
        _ => {}
    }
}
