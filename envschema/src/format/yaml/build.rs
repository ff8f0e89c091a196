//! From the parser's events to the tree.

use std::borrow::Cow;
use std::ops::ControlFlow;

use granit_parser::Tag;

use envschema_core::span::Span;

use super::anchors::Anchors;
use super::merge::merge;
use super::scalar::{Sense, sense};
use crate::format::tree::{Cause, Data, Document, Fault, MAX_DEPTH, Member, Node, report_duplicates};

/// A scalar as the parser hands it over.
pub(super) struct Scalar<'e> {
    /// Its value, made from the spelling.
    pub(super) value: Cow<'e, str>,
    /// Whether it stands in single or double quotes.
    pub(super) quoted: bool,
    /// Whether it stands bare.
    pub(super) plain: bool,
    /// Where it stands.
    pub(super) span: Span,
}

/// Builds the tree of one document.
pub(super) struct Builder<'t, 's> {
    text: &'t str,
    spelling: &'s str,
    open: Vec<Frame<'t>>,
    root: Option<Node<'t>>,
    anchors: Anchors<'t>,
    faults: Vec<Fault>,
}

/// An array or table whose end has not been seen.
struct Frame<'t> {
    content: Content<'t>,
    /// Where it starts: its bracket, else its first key or item, once there is one.
    start: Option<usize>,
    end: usize,
    flow: bool,
    anchor: usize,
}

enum Content<'t> {
    Array(Vec<Node<'t>>),
    Table { members: Vec<Member<'t>>, key: Key<'t>, merges: bool },
}

/// What a table waits for.
enum Key<'t> {
    /// A key.
    None,
    /// The value of this key.
    Some(Cow<'t, str>, Span),
    /// The value of a key that cannot be kept; it is dropped.
    Broken,
}

impl<'t, 's> Builder<'t, 's> {
    pub(super) fn new(text: &'t str, spelling: &'s str) -> Self {
        let (open, faults) = (Vec::new(), Vec::new());
        Self { text, spelling, open, root: None, anchors: Anchors::default(), faults }
    }

    pub(super) fn report(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// The tree, with what was left open closed.
    pub(super) fn finish(mut self) -> Document<'t> {
        while let Some(frame) = self.open.last() {
            let end = Span::at(frame.end);
            self.close(end);
        }
        Document::new(self.root, self.faults)
    }

    pub(super) fn scalar(&mut self, scalar: &Scalar<'_>, anchor: usize, tag: Option<&Tag>) {
        let span = self.trimmed(scalar);
        if let Some(Frame { content: Content::Table { key: key @ Key::None, merges, .. }, .. }) =
            self.open.last_mut()
        {
            let text = literal(self.text, self.spelling, scalar).unwrap_or_default();
            if span.is_empty() {
                self.faults.push(Fault::syntax("missing key", span));
                *key = Key::Broken;
            } else {
                *merges |= scalar.plain && text == "<<";
                *key = Key::Some(text.clone(), span);
            }
            self.anchors.keep(anchor, || Node { value: Data::Text(text), span });
            self.reach(span);
            return;
        }
        let value = self.value(scalar, tag);
        let node = Node { value, span: self.place(span) };
        let span = node.span;
        self.anchors.keep(anchor, || node.clone());
        self.reach(span);
        self.put(node);
    }

    /// The place of a value: one that is left out stands just behind its key.
    fn place(&self, span: Span) -> Span {
        match self.open.last().map(|frame| &frame.content) {
            Some(Content::Table { key: Key::Some(_, key), .. }) if span.is_empty() => {
                Span::at(key.range().end)
            }
            _ => span,
        }
    }

    /// The place of a scalar; a block scalar ends with its last letter.
    fn trimmed(&self, scalar: &Scalar<'_>) -> Span {
        if scalar.plain || scalar.quoted {
            return scalar.span;
        }
        let slice = self.text.get(scalar.span.range()).unwrap_or_default();
        let start = scalar.span.range().start;
        Span::new(start, start + slice.trim_end().len())
    }

    fn value(&mut self, scalar: &Scalar<'_>, tag: Option<&Tag>) -> Data<'t> {
        let Some(text) = literal(self.text, self.spelling, scalar) else {
            let fault = Fault::syntax("`:` in a text of several lines that is not in quotes", scalar.span);
            self.faults.push(fault.help("put the text in quotes"));
            return Data::Invalid;
        };
        let suffix = match tag {
            None if scalar.plain => "",
            None => "str",
            // The tag `!` alone says that a plain scalar is text.
            Some(tag) if tag.handle().is_empty() && tag.suffix() == "!" => "str",
            Some(tag) if tag.is_custom() => {
                let fault = Fault::syntax("unknown tag", scalar.span);
                self.faults.push(fault.help("tags are for other programs: leave out the word behind `!`"));
                return Data::Invalid;
            }
            Some(tag) => tag.core_suffix().unwrap_or("str"),
        };
        if suffix == "str" {
            return Data::Text(text);
        }
        // The spelling decides: what was cut out for it is text, whatever it looks like.
        let sense = if scalar.span.is_empty() { Sense::Null } else { sense(&scalar.value) };
        match (suffix, sense) {
            ("" | "null", Sense::Null) => Data::Null,
            ("" | "bool", Sense::Bool(value)) => Data::Bool(value),
            ("" | "int" | "float", Sense::Number) => Data::Number(text),
            ("", Sense::Text) => Data::Text(text),
            _ => {
                self.faults.push(Fault::syntax("the value does not fit its tag", scalar.span));
                Data::Invalid
            }
        }
    }

    pub(super) fn open_array(
        &mut self,
        span: Span,
        flow: bool,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> ControlFlow<()> {
        self.open(Content::Array(Vec::new()), span, flow, anchor, tag, "seq")
    }

    pub(super) fn open_table(
        &mut self,
        span: Span,
        flow: bool,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> ControlFlow<()> {
        let content = Content::Table { members: Vec::new(), key: Key::None, merges: false };
        self.open(content, span, flow, anchor, tag, "map")
    }

    fn open(
        &mut self,
        content: Content<'t>,
        span: Span,
        flow: bool,
        anchor: usize,
        tag: Option<&Tag>,
        expected: &str,
    ) -> ControlFlow<()> {
        if self.open.len() >= MAX_DEPTH {
            self.faults.push(Fault::too_deep(span));
            return ControlFlow::Break(());
        }
        if tag.is_some_and(|tag| tag.core_suffix() != Some(expected)) {
            let fault = Fault::syntax("unknown tag", span);
            self.faults.push(fault.help("tags are for other programs: leave out the word behind `!`"));
        }
        let start = flow.then_some(span.range().start);
        self.open.push(Frame { content, start, end: span.range().end, flow, anchor });
        ControlFlow::Continue(())
    }

    /// Ends the innermost array or table.
    pub(super) fn close(&mut self, span: Span) {
        let Some(frame) = self.open.pop() else { return };
        // The end of a block is found behind the blank lines that follow it.
        let end = if frame.flow { span.range().end } else { frame.end };
        let value = match frame.content {
            Content::Array(items) => Data::Array(items),
            Content::Table { mut members, key, merges } => {
                if let Key::Some(key, key_span) = key {
                    let value = Node { value: Data::Invalid, span: Span::at(key_span.range().end) };
                    members.push(Member { key, key_span, value });
                }
                report_duplicates(self.text, &members, &mut self.faults);
                Data::Table(if merges { merge(members, &mut self.faults) } else { members })
            }
        };
        let start = frame.start.unwrap_or(end);
        let node = Node { value, span: Span::new(start, end.max(start)) };
        self.anchors.keep(frame.anchor, || node.clone());
        self.reach(node.span);
        self.put(node);
    }

    /// An alias of a known anchor.
    pub(super) fn alias(&mut self, anchor: usize, span: Span) {
        self.reach(span);
        let node = self.anchors.value(anchor, self.open.len()).unwrap_or_else(|message| {
            self.faults.push(Fault { cause: Cause::Limit, ..Fault::syntax(message, span) });
            Node { value: Data::Invalid, span }
        });
        self.put(node);
    }

    /// An alias without an anchor before it.
    pub(super) fn unknown_alias(&mut self, span: Span) {
        let fault = Fault::syntax("unknown alias", span);
        self.faults.push(fault.help("put text that starts with `*` in quotes"));
        self.reach(span);
        self.put(Node { value: Data::Invalid, span });
    }

    /// Puts a value where the innermost array or table waits for one.
    fn put(&mut self, node: Node<'t>) {
        let Some(frame) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut frame.content {
            Content::Array(items) => items.push(node),
            Content::Table { members, key, .. } => match std::mem::replace(key, Key::None) {
                Key::Some(key, key_span) => members.push(Member { key, key_span, value: node }),
                Key::Broken => {}
                Key::None => {
                    let place = node.span;
                    *key = match node.value {
                        Data::Text(text) | Data::Number(text) => Key::Some(text, place),
                        _ => Key::Broken,
                    };
                    if matches!(key, Key::Broken) {
                        self.faults
                            .push(Fault::syntax("a key is one word or text, no list or mapping", place));
                    }
                }
            },
        }
    }

    /// Stretches what is open to the end of `span`.
    fn reach(&mut self, span: Span) {
        if let Some(frame) = self.open.last_mut() {
            frame.start.get_or_insert(span.range().start);
            frame.end = frame.end.max(span.range().end);
        }
    }
}

/// The text of a scalar, borrowed from the file where it stands there letter by letter; `None` where the spelling put other
/// letters into it.
fn literal<'t>(text: &'t str, spelling: &str, scalar: &Scalar<'_>) -> Option<Cow<'t, str>> {
    let span = scalar.span.range();
    if let Cow::Borrowed(_) = scalar.value
        && (scalar.plain || scalar.quoted)
    {
        let quote = usize::from(scalar.quoted);
        let slice = text.get(span.start + quote..span.end.saturating_sub(quote))?;
        return Some(Cow::Borrowed(slice));
    }
    let as_written = text.get(span.clone()) == spelling.get(span);
    as_written.then(|| Cow::Owned(scalar.value.clone().into_owned()))
}
