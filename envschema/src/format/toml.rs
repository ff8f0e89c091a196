//! TOML 1.1 into the tree. Numbers and dates keep their text.

use std::borrow::Cow;

use toml_datetime::Datetime;
use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::{EventReceiver, ValidateWhitespace, parse_document};
use toml_parser::{ErrorSink, ParseError, Raw, Source, Span as Place};

use envschema_core::span::Span;

use super::tree::{Data, Document, Fault, MAX_DEPTH, MAX_FAULTS, Node};
use tables::{Key, Tables};

mod fault;
mod tables;

/// Reads a TOML text. A byte order mark before it is passed over. The root is always a table.
#[must_use]
pub fn read(text: &str) -> Document<'_> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut errors: Vec<ParseError> = Vec::new();
    let mut reader = Reader {
        text,
        tables: Tables::new(text),
        current: Tables::ROOT,
        path: Vec::new(),
        header: None,
        open: Vec::new(),
    };
    parse_document(&tokens, &mut ValidateWhitespace::new(&mut reader, source), &mut errors);
    reader.end_line();
    let (root, mut faults) = reader.tables.finish();
    let described = errors.iter().take(MAX_FAULTS).map(|error| fault::describe(text, error));
    // Of several at one place, the first is meant: the others follow from it.
    let mut start = None;
    faults.extend(described.filter(|fault| start.replace(fault.span.start) != Some(fault.span.start)));
    Document::new(Some(root), faults)
}

/// Turns the parser's events into tables and values.
struct Reader<'t> {
    text: &'t str,
    tables: Tables<'t>,
    /// The table that `key = value` lines go to.
    current: usize,
    /// The parts of the key that is being read.
    path: Vec<Key<'t>>,
    /// The header that is being read.
    header: Option<Header>,
    /// Arrays and inline tables whose end has not been seen.
    open: Vec<Frame<'t>>,
}

/// The opening of `[table]` or `[[array]]`.
struct Header {
    array: bool,
    start: usize,
}

/// An array or inline table whose end has not been seen.
struct Frame<'t> {
    content: Content<'t>,
    start: usize,
    depth: usize,
    /// The key it is the value of.
    path: Vec<Key<'t>>,
}

enum Content<'t> {
    Array(Vec<Node<'t>>),
    Table(usize),
}

impl<'t> Reader<'t> {
    fn raw(&self, place: Place, encoding: Option<Encoding>) -> Raw<'t> {
        let text = self.text.get(place.start()..place.end()).unwrap_or_default();
        Raw::new_unchecked(text, encoding, place)
    }

    /// Hands a whole value to what waits for it.
    fn put(&mut self, node: Node<'t>) {
        match self.open.last_mut().map(|frame| &mut frame.content) {
            Some(Content::Array(items)) => items.push(node),
            Some(Content::Table(table)) => self.tables.insert(*table, &mut self.path, node),
            None => self.tables.insert(self.current, &mut self.path, node),
        }
        self.path.clear();
    }

    /// Opens an array or inline table; `false` if it is nested too deep to be read.
    fn open(&mut self, place: Place, table: bool) -> bool {
        let outer = self.open.last().map_or_else(|| self.tables.depth(self.current), |frame| frame.depth);
        let depth = outer + self.path.len().max(1);
        let content =
            if table { Content::Table(self.tables.inline(depth)) } else { Content::Array(Vec::new()) };
        let path = std::mem::take(&mut self.path);
        self.open.push(Frame { content, start: place.start(), depth, path });
        if depth >= MAX_DEPTH {
            self.tables.report(Fault::too_deep(Span::new(place.start(), place.end())));
        }
        depth < MAX_DEPTH
    }

    fn close(&mut self, place: Place) {
        let Some(frame) = self.open.pop() else { return };
        let value = match frame.content {
            _ if frame.depth >= MAX_DEPTH => Data::Invalid,
            Content::Array(items) => Data::Array(items),
            Content::Table(table) => self.tables.take(table),
        };
        let end = place.end().max(frame.start);
        self.path = frame.path;
        self.put(Node { value, span: Span::new(frame.start, end) });
    }

    fn end_header(&mut self, end: usize) {
        if let Some(header) = self.header.take() {
            self.current = self.tables.header(&mut self.path, header.array, Span::new(header.start, end));
        }
        self.path.clear();
    }

    /// Settles what a line leaves unfinished: a header without its bracket, a key without a value.
    fn end_line(&mut self) {
        let Some(last) = self.path.last() else { return };
        let end = last.span.range().end;
        if self.header.is_some() {
            self.end_header(end);
        } else {
            self.put(Node { value: Data::Invalid, span: Span::at(end) });
        }
    }
}

impl EventReceiver for Reader<'_> {
    fn std_table_open(&mut self, place: Place, _: &mut dyn ErrorSink) {
        self.end_line();
        self.header = Some(Header { array: false, start: place.start() });
    }

    fn array_table_open(&mut self, place: Place, _: &mut dyn ErrorSink) {
        self.end_line();
        self.header = Some(Header { array: true, start: place.start() });
    }

    fn std_table_close(&mut self, place: Place, _: &mut dyn ErrorSink) {
        self.end_header(place.end());
    }

    fn array_table_close(&mut self, place: Place, _: &mut dyn ErrorSink) {
        self.end_header(place.end());
    }

    fn inline_table_open(&mut self, place: Place, _: &mut dyn ErrorSink) -> bool {
        self.open(place, true)
    }

    fn inline_table_close(&mut self, place: Place, _: &mut dyn ErrorSink) {
        self.close(place);
    }

    fn array_open(&mut self, place: Place, _: &mut dyn ErrorSink) -> bool {
        self.open(place, false)
    }

    fn array_close(&mut self, place: Place, _: &mut dyn ErrorSink) {
        self.close(place);
    }

    fn simple_key(&mut self, place: Place, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let mut text = Cow::Borrowed("");
        self.raw(place, encoding).decode_key(&mut text, error);
        self.path.push(Key { text, span: Span::new(place.start(), place.end()) });
    }

    fn scalar(&mut self, place: Place, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let mut sound = true;
        let mut text = Cow::Borrowed("");
        let raw = self.raw(place, encoding);
        let kind = raw.decode_scalar(&mut text, &mut |problem: ParseError| {
            sound = false;
            error.report_error(problem);
        });
        let written = Cow::Borrowed(raw.as_str());
        let value = match kind {
            _ if !sound => Data::Invalid,
            ScalarKind::String => Data::Text(text),
            ScalarKind::Boolean(value) => Data::Bool(value),
            ScalarKind::DateTime if text.parse::<Datetime>().is_err() => {
                self.tables.report(fault::no_date(Span::new(place.start(), place.end())));
                Data::Invalid
            }
            ScalarKind::DateTime => Data::Time(written),
            ScalarKind::Float | ScalarKind::Integer(_) => Data::Number(written),
        };
        self.put(Node { value, span: Span::new(place.start(), place.end()) });
    }

    fn newline(&mut self, _: Place, _: &mut dyn ErrorSink) {
        if self.open.is_empty() {
            self.end_line();
        }
    }
}
