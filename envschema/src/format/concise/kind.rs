//! Kinds as schemas spell them: `integer`, `comma-separated url`, `debug | info | warn`, `list` and `map`.

use std::borrow::Cow;

use envschema_core::diagnostic::Diagnostic;
use envschema_core::kind::{Kind, List, Map};
use envschema_core::phrase;
use envschema_core::span::Span;
use envschema_core::suggest;

use super::short::{Short, Word};
use crate::format::lower::Notes;
use crate::format::lower::mistake::{invalid, rename};
use crate::format::lower::values::Literal;

/// Words before a kind that make it a list, and what stands between its items.
pub(crate) const SEPARATORS: [(&str, char); 5] = [
    ("comma-separated", ','),
    ("space-separated", ' '),
    ("semicolon-separated", ';'),
    ("colon-separated", ':'),
    ("pipe-separated", '|'),
];

/// Kinds of several values; the long form may say more about them.
pub(crate) const MANY: [&str; 2] = ["list", "map"];

/// A kind as a schema spells it.
#[derive(Clone, Debug)]
pub(crate) struct Spelled {
    /// The kind; a string where several words are allowed.
    pub(crate) kind: Kind,
    /// The words that are allowed.
    pub(crate) one_of: Vec<Literal>,
    /// Where it stands.
    pub(crate) span: Span,
}

/// Reads the kind of a short form; `None` if it has none, which is reported.
pub(crate) fn spelled(short: &Short<'_>, whose: &str, notes: &mut Notes) -> Option<Spelled> {
    let (first, last) = (short.kinds.first()?, short.kinds.last()?);
    let start = short.list.as_ref().map_or(first.span, |list| list.span);
    let span = start.to(last.span);
    let (items, one_of) = items(&short.kinds, whose, notes)?;
    let kind = match &short.list {
        None => items,
        Some(word) => several(separator(word, whose, notes)?, items),
    };
    Some(Spelled { kind, one_of, span })
}

/// A list of `items` with `separator` between them; a map keeps its pairs and gets the separator.
pub(crate) fn several(separator: char, items: Kind) -> Kind {
    match items {
        Kind::Map(map) => Kind::Map(Map { separator, ..map }),
        Kind::List(list) => Kind::List(List { separator, ..list }),
        items => Kind::List(List { separator, items: items.into() }),
    }
}

fn separator(word: &Word<'_>, whose: &str, notes: &mut Notes) -> Option<char> {
    let known = SEPARATORS.iter().find(|(name, _)| *name == word.text);
    if known.is_none() {
        let names = SEPARATORS.map(|(name, _)| name);
        let diagnostic = invalid(word.span, format!("the separator of {whose} is unknown"));
        notes.push(with_nearest(diagnostic, word, &names));
    }
    known.map(|(_, separator)| *separator)
}

/// The kind that words joined by `|` mean: a kind's name, or allowed words.
fn items(words: &[Word<'_>], whose: &str, notes: &mut Notes) -> Option<(Kind, Vec<Literal>)> {
    if let [word] = words
        && !word.quoted
    {
        let kind = named(&word.text);
        if kind.is_none() {
            notes.push(unknown_kind(word, whose));
        }
        return kind.map(|kind| (kind, Vec::new()));
    }
    for word in words.iter().filter(|word| !word.quoted && named(&word.text).is_some()) {
        let headline = format!("the kind of {whose} joins a kind's name and other words by `|`");
        let quoted = format!("'{}'", word.text);
        let help =
            format!("write `{quoted}` if the word itself is an allowed value; a variable has one kind");
        notes.push(invalid(word.span, headline).help(help).fix(Some(rename(word.span, &quoted))));
    }
    let literals =
        words.iter().map(|word| Literal { text: word.text.clone().into_owned().into(), span: word.span });
    Some((Kind::String, literals.collect()))
}

/// What other tools call our kinds.
const ELSEWHERE: [(&str, &str); 12] = [
    ("text", "string"),
    ("secret", "string (sensitive)"),
    ("password", "string (sensitive)"),
    ("double", "number"),
    ("decimal", "number"),
    ("timestamp", "datetime"),
    ("timedelta", "duration"),
    ("hostname", "host"),
    ("array", "comma-separated string"),
    ("dict", "map"),
    ("object", "map"),
    ("bytes", "size"),
];

fn unknown_kind(word: &Word<'_>, whose: &str) -> Diagnostic {
    let headline = format!("the kind of {whose} is unknown");
    let lower = word.text.to_ascii_lowercase();
    if lower == "enum" {
        return invalid(word.span, headline).help("write the values themselves: `debug | info | warn`");
    }
    if let Some((_, ours)) = ELSEWHERE.iter().find(|(theirs, _)| *theirs == lower) {
        return invalid(word.span, headline).help(format!("write `{ours}`"));
    }
    let separators = SEPARATORS.map(|(name, _)| name);
    let (first, rest) = word.text.split_once(' ').unwrap_or((&word.text, ""));
    match suggest::nearest(first, separators).filter(|_| !rest.is_empty()) {
        Some(near) => {
            let start = word.span.range().start;
            let is_literal = word.span.len() == word.text.len();
            let span = if is_literal { Span::new(start, start + first.len()) } else { word.span };
            let fix = is_literal.then(|| rename(span, near));
            invalid(span, headline).help(format!("did you mean `{near}`?")).fix(fix)
        }
        None => with_nearest(invalid(word.span, headline), word, &names()),
    }
}

/// The kind called `name`: a scalar one, a list of strings or a map of strings.
fn named(name: &str) -> Option<Kind> {
    match name {
        "list" => Some(Kind::List(List { separator: ',', items: Kind::String.into() })),
        "map" => Some(Kind::Map(Map { separator: ',', assign: '=', values: Kind::String.into() })),
        _ => Kind::named(name),
    }
}

fn names() -> Vec<&'static str> {
    Kind::NAMES.iter().copied().chain(MANY).collect()
}

fn with_nearest(diagnostic: Diagnostic, word: &Word<'_>, names: &[&str]) -> Diagnostic {
    let lower: Cow<'_, str> = word.text.to_ascii_lowercase().into();
    match suggest::nearest(&lower, names.iter().copied()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(Some(rename(word.span, near))),
        None => diagnostic.help(format!("write {}", phrase::alternatives(names))),
    }
}
