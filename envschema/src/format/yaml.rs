//! YAML 1.2 into the tree: plain scalars by the core schema, so `yes` and `1.2.3` are text.
//!
//! Aliases stand for the value of their anchor, within [`MAX_SHARED`]; the merge key `<<` is understood. A tag that is not of
//! the core schema (`!vault`) is a fault, for what it means is known to another program only. A file is one document.

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, StructureStyle};

use envschema_core::span::Span;

use super::tree::{Document, Fault};
use build::{Builder, Scalar};

mod anchors;
mod build;
mod fault;
pub(super) mod line;
pub(super) mod lines;
mod merge;
mod scalar;

/// How many values anchors may hold, and aliases yield, in one document.
pub const MAX_SHARED: usize = 10_000;

/// Reads a YAML text. A byte order mark before it is passed over.
///
/// An empty document has no root. The parser gives up at the first mistake of syntax: the tree then ends before it. A text that is
/// written plainly needs no parser, see `lines`.
#[must_use]
pub fn read(text: &str) -> Document<'_> {
    lines::read(text, lines::as_yaml).unwrap_or_else(|| parse(text, text))
}

/// Reads `text` with the parser, through `spelling`, which has the same length and puts letters where `text` has what YAML would misread.
pub(super) fn parse<'t>(text: &'t str, spelling: &str) -> Document<'t> {
    let mut builder = Builder::new(text, spelling);
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.emit_unresolved_aliases = true;
    let mut documents = 0;
    let mut read = 0;
    for event in Parser::new_from_str_with_options(spelling, options) {
        let (event, place) = match event {
            Ok(found) => found,
            Err(error) => {
                builder.report(fault_of(text, read, &error));
                break;
            }
        };
        let span = place.byte_range().map_or(Span::default(), |range| Span::new(range.start, range.end));
        read = span.range().end.max(read);
        if let Event::DocumentStart(..) = event {
            documents += 1;
            if documents > 1 {
                let fault = Fault::syntax("a second document in one file", span);
                builder.report(fault.help("leave out the line `---` and what follows it"));
                break;
            }
        }
        if take(&mut builder, event, span).is_break() {
            break;
        }
    }
    builder.finish()
}

/// Hands one event to the builder.
fn take(builder: &mut Builder<'_, '_>, event: Event<'_>, span: Span) -> std::ops::ControlFlow<()> {
    match event {
        Event::Scalar(value, style, anchor, tag) => {
            let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
            let plain = matches!(style, ScalarStyle::Plain);
            builder.scalar(&Scalar { value, quoted, plain, span }, anchor, tag.as_deref());
        }
        Event::SequenceStart(style, anchor, tag) => {
            return builder.open_array(span, style == StructureStyle::Flow, anchor, tag.as_deref());
        }
        Event::MappingStart(style, anchor, tag) => {
            return builder.open_table(span, style == StructureStyle::Flow, anchor, tag.as_deref());
        }
        Event::SequenceEnd | Event::MappingEnd => builder.close(span),
        Event::Alias(anchor) => builder.alias(anchor, span),
        Event::UnresolvedAlias(_) => builder.unknown_alias(span),
        _ => {}
    }
    std::ops::ControlFlow::Continue(())
}

/// The parser's error as a fault at the character it is about; everything before `read` was sound.
fn fault_of(text: &str, read: usize, error: &ScanError) -> Fault {
    let met = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let mut at = fault::place(text, error.kind(), read.min(met), met).unwrap_or(met);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let width = text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| *c != '\n' && *c != '\r');
    fault::describe(error.kind(), Span::new(at, at + width.map_or(0, char::len_utf8)))
}
