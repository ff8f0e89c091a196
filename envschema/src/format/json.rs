//! JSON (RFC 8259, strictly) into the tree.
//!
//! The grammar is small and will not change, and no parser known to us goes on after a mistake, keeps the digits of numbers,
//! has byte places and keeps the text out of its messages. This one does, in one pass over the bytes.

use std::borrow::Cow;

use envschema_core::span::Span;

use super::tree::{Data, Document, Fault, MAX_DEPTH, MAX_FAULTS, Member, Node, mark, report_duplicates};

mod number;
mod string;
pub(crate) mod write;

pub use write::write;

/// Reads a JSON text. A byte order mark before it is passed over.
#[must_use]
pub fn read(text: &str) -> Document<'_> {
    let mut reader = Reader { text, at: mark(text), faults: Vec::new(), stopped: false };
    reader.blank();
    let root = if reader.peek().is_none() {
        reader.fault("expected a JSON value, found an empty document", Span::at(reader.at));
        None
    } else {
        Some(reader.value(0))
    };
    reader.blank();
    if reader.peek().is_some() {
        reader.fault("unexpected text behind the value of the document", reader.here());
    }
    Document::new(root, reader.faults)
}

/// Where reading stands.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    faults: Vec<Fault>,
    /// Whether reading was given up, so that the brackets left open are no faults.
    stopped: bool,
}

/// What ended an item of an array or a table.
enum After {
    /// A comma, or its lack: another item may follow.
    Item,
    /// The closing bracket, or its lack.
    End,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The character that comes next.
    fn here(&self) -> Span {
        let width = self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Span::new(self.at, self.at + width)
    }

    fn fault(&mut self, message: &'static str, span: Span) {
        self.report(Fault::syntax(message, span));
    }

    /// Keeps the first fault of each place: the others follow from it.
    fn report(&mut self, fault: Fault) {
        let follows = self.faults.last().is_some_and(|last| last.span.start == fault.span.start);
        if !follows && !self.stopped {
            self.faults.push(fault);
            if self.faults.len() >= MAX_FAULTS {
                self.stop();
            }
        }
    }

    fn stop(&mut self) {
        self.stopped = true;
        self.at = self.text.len();
    }

    /// Passes over white space, and over comments with a fault each.
    fn blank(&mut self) {
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let blank = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
            self.at += blank.unwrap_or(rest.len());
            match self.peek() {
                Some(b'/') => {
                    let start = self.at;
                    self.at = self.comment_end();
                    let fault = Fault::syntax("JSON has no comments", Span::new(start, self.at));
                    self.report(fault.help("remove it, or write the file in YAML or TOML"));
                }
                _ => return,
            }
        }
    }

    fn comment_end(&self) -> usize {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = match rest.as_bytes().get(1) {
            Some(b'/') => rest.find(['\n', '\r']),
            Some(b'*') => rest.get(2..).and_then(|inner| inner.find("*/")).map(|end| end + 4),
            _ => Some(1),
        };
        self.at + length.unwrap_or(rest.len())
    }

    fn value(&mut self, depth: usize) -> Node<'t> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'"') => self.string().map_or(Data::Invalid, Data::Text),
            Some(b'{' | b'[') if depth >= MAX_DEPTH => self.too_deep(),
            Some(b'{') => self.table(depth),
            Some(b'[') => self.array(depth),
            _ => self.word(),
        };
        Node { value, span: Span::new(start, self.at) }
    }

    fn too_deep(&mut self) -> Data<'t> {
        self.report(Fault::too_deep(self.here()));
        self.stop();
        Data::Invalid
    }

    fn array(&mut self, depth: usize) -> Data<'t> {
        let open = self.here();
        let mut items = Vec::new();
        self.at += 1;
        self.blank();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Data::Array(items);
        }
        loop {
            items.push(self.value(depth + 1));
            if let After::End = self.after(b']', open) {
                return Data::Array(items);
            }
        }
    }

    fn table(&mut self, depth: usize) -> Data<'t> {
        let open = self.here();
        let mut members = Vec::new();
        self.at += 1;
        self.blank();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Data::Table(members);
        }
        loop {
            members.push(self.member(depth));
            if let After::End = self.after(b'}', open) {
                report_duplicates(self.text, &members, &mut self.faults);
                return Data::Table(members);
            }
        }
    }

    fn member(&mut self, depth: usize) -> Member<'t> {
        let start = self.at;
        let key = self.key();
        let key_span = Span::new(start, self.at);
        self.blank();
        if self.peek() == Some(b':') {
            self.at += 1;
            self.blank();
        } else {
            self.fault("expected `:` behind the key", Span::at(self.at));
        }
        let value = self.value(depth + 1);
        Member { key, key_span, value }
    }

    fn key(&mut self) -> Cow<'t, str> {
        let start = self.at;
        if self.peek() == Some(b'"') {
            return self.string().unwrap_or_default();
        }
        self.pass_word();
        let span = Span::new(start, self.at);
        if span.is_empty() {
            self.fault("expected a key in double quotes", span);
        } else {
            self.fault("a key of JSON stands in double quotes", span);
        }
        let key = self.text.get(start..self.at).unwrap_or_default();
        Cow::Borrowed(key.trim_matches('\''))
    }

    /// Passes over what follows an item: a comma, or the bracket that closes what was opened at `open`.
    fn after(&mut self, close: u8, open: Span) -> After {
        let item_end = self.at;
        loop {
            self.blank();
            match self.peek() {
                Some(b',') => return self.comma(close, open),
                Some(byte) if byte == close => {
                    self.at += 1;
                    return After::End;
                }
                None | Some(b'}' | b']') => return self.unclosed(open),
                Some(b'"' | b'{' | b'[' | b'-' | b'\'' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') => {
                    self.fault("missing comma", Span::at(item_end));
                    return After::Item;
                }
                Some(_) => {
                    let place = self.here();
                    self.at = place.range().end;
                    self.fault("unexpected character", place);
                }
            }
        }
    }

    fn comma(&mut self, close: u8, open: Span) -> After {
        let comma = self.here();
        self.at += 1;
        self.blank();
        match self.peek() {
            Some(byte) if byte == close => {
                let fault = Fault::syntax("trailing comma", comma);
                self.at += 1;
                self.report(fault.help("JSON has no comma behind the last item: remove it"));
                After::End
            }
            None | Some(b'}' | b']') => self.unclosed(open),
            Some(_) => After::Item,
        }
    }

    fn unclosed(&mut self, open: Span) -> After {
        let fault = Fault::syntax("this bracket is never closed", open);
        self.report(fault.other(Span::at(self.at)));
        After::End
    }

    /// A number, `true`, `false`, `null`, or what stands in their place.
    fn word(&mut self) -> Data<'t> {
        let start = self.at;
        self.pass_word();
        let word = self.text.get(start..self.at).unwrap_or_default();
        match word {
            "true" => Data::Bool(true),
            "false" => Data::Bool(false),
            "null" => Data::Null,
            _ if number::is_number(word) => Data::Number(Cow::Borrowed(word)),
            _ => {
                self.report(no_value(word, Span::new(start, self.at)));
                Data::Invalid
            }
        }
    }

    /// Passes over letters and digits up to a mark that JSON gives a meaning; a text in single quotes is one word.
    fn pass_word(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let quoted = rest.strip_prefix('\'').and_then(|inner| inner.find(['\'', '\n']));
        let length = match quoted {
            Some(length) if rest.as_bytes().get(length + 1) == Some(&b'\'') => length + 2,
            _ => rest.bytes().position(is_mark).unwrap_or(rest.len()),
        };
        self.at += length;
    }
}

/// Whether `byte` ends a word.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b',' | b':' | b'{' | b'}' | b'[' | b']' | b'"' | b' ' | b'\t' | b'\n' | b'\r' | b'/')
}

/// What to say about a word that is no value.
fn no_value(word: &str, span: Span) -> Fault {
    match word.as_bytes().first() {
        None => Fault::syntax("missing value", span),
        Some(b'\'') => Fault::syntax("a text of JSON stands in double quotes", span),
        Some(b'-' | b'+' | b'.' | b'0'..=b'9') => Fault::syntax("not a number of JSON", span)
            .help("JSON numbers are decimal, without `+` and leading zeros; write others as text"),
        Some(_) => Fault::syntax("not a value of JSON", span)
            .help("write text in double quotes; `true`, `false` and `null` are in lower case"),
    }
}
