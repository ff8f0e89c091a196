//! What is wrong with a TOML text, in our words: the parser's description decides, nothing of the text is in it.

use toml_parser::ParseError;

use envschema_core::span::Span;

use crate::format::tree::{Cause, Fault};

/// The fault for an error of the parser.
pub(super) fn describe(text: &str, error: &ParseError) -> Fault {
    let (message, help) = words(error);
    let place = if is_of_whole(message) { error.context() } else { error.unexpected() };
    let place = place.or(error.unexpected()).or(error.context());
    let (start, end) = place.map_or((text.len(), text.len()), |place| (place.start(), place.end()));
    let start = boundary(text, start);
    let span = Span::new(start, boundary(text, end).max(start));
    let cause = if error.description().contains("recurs") { Cause::Limit } else { Cause::Syntax };
    Fault { cause, help, ..Fault::syntax(message, span) }
}

/// The fault for a date or time that does not exist.
pub(super) fn no_date(span: Span) -> Fault {
    Fault::syntax("not a date or time of TOML", span).help("write it as text, in double quotes")
}

/// The character boundary at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

const QUOTE: Option<&str> = Some("write text in double quotes");
const NO_QUOTES: &str = "text without quotes";
const NO_NUMBER: &str = "not a number of TOML";
const NO_ESCAPE: &str = "unknown escape";
const NO_TEXT: &str = "the quotes of this text do not match, or it has a control character";
const NO_HEADER: &str = "the brackets of this header do not match";

/// Whether what is wrong is wrong with the whole of a value or a header, whichever of its characters the parser stumbled over.
fn is_of_whole(message: &str) -> bool {
    [NO_QUOTES, NO_NUMBER, NO_ESCAPE, NO_TEXT, NO_HEADER].contains(&message)
}

fn words(error: &ParseError) -> (&'static str, Option<&'static str>) {
    // The parser looks for a text where nothing is.
    let is_nothing = error.context().is_some_and(|place| place.is_empty());
    match error.description() {
        "string values must be quoted" | "invalid literal string" if is_nothing => ("missing value", QUOTE),
        "string values must be quoted" => (NO_QUOTES, QUOTE),
        other => other_words(other),
    }
}

fn other_words(description: &str) -> (&'static str, Option<&'static str>) {
    match description {
        "invalid value" | "missing value" | "missing value for key" => ("missing value", QUOTE),
        "key with no value" | "missing assignment between key-value pairs" => {
            ("expected `=` and a value behind the key", None)
        }
        "extra `=`" | "extra assignment between key-value pairs" | "unexpected `=` in array" => {
            ("unexpected `=`", None)
        }
        "unexpected key or value" | "unexpected content" => {
            ("unexpected text behind the value", Some("write one key to a line"))
        }
        "invalid unquoted key"
        | "unquoted keys cannot be empty"
        | "invalid key"
        | "invalid key-value pair" => {
            ("not a key", Some("a key without quotes has letters, digits, `_` and `-`"))
        }
        "keys cannot be multi-line basic strings" | "keys cannot be multi-line literal strings" => {
            ("a key stands on one line", None)
        }
        "unclosed table" | "unclosed array table" | "missing table open" | "invalid table" => {
            (NO_HEADER, Some("write `[name]`, or `[[name]]` for a list"))
        }
        "unclosed array" | "unclosed inline table" => ("a bracket before this place is never closed", None),
        "missing array opening" | "missing inline table opening" => ("this bracket closes nothing", None),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            ("missing comma", None)
        }
        "extra comma in array" | "extra comma in inline table" => ("a comma too many", None),
        "missing key for inline table element" | "invalid inline table element" => {
            ("expected a key and `=`", None)
        }
        "carriage return must be followed by newline" => {
            ("line end of an unknown sort", Some("end lines with LF or CR LF"))
        }
        "cannot recurse further; max recursion depth met" => ("nested more than 128 levels deep", None),
        "unexpected leading zero"
        | "`_` may only go between digits"
        | "redundant numeric sign"
        | "redundant integer number prefix"
        | "integers with a radix cannot be signed"
        | "radix must be lowercase"
        | "unexpected sign" => (NO_NUMBER, Some("write it as text, in double quotes")),
        "missing escaped value" | "too few unicode value digits" | "invalid escape sequence" => {
            (NO_ESCAPE, Some("write `\\\\` for a backslash, or use single quotes"))
        }
        _ => more_words(description),
    }
}

fn more_words(description: &str) -> (&'static str, Option<&'static str>) {
    match description {
        "invalid basic string"
        | "invalid literal string"
        | "invalid multi-line basic string"
        | "invalid multi-line literal string"
        | "missing opening quote" => (NO_TEXT, None),
        "invalid comment character" | "unexpected content between comment and newline" => {
            ("control character in a comment", None)
        }
        _ if description.starts_with("invalid ") && description.contains("number") => {
            (NO_NUMBER, Some("write it as text, in double quotes"))
        }
        "invalid float" => (NO_NUMBER, Some("write it as text, in double quotes")),
        "invalid date-time" => ("not a date or time of TOML", Some("write it as text, in double quotes")),
        "invalid boolean" => ("not a value of TOML", Some("`true` and `false` are in lower case")),
        _ => ("not valid TOML", None),
    }
}
