//! The diagnostics that reading a schema gives. None of them quotes a literal: it may be a secret.

use std::borrow::Cow;

use envschema_core::diagnostic::{Diagnostic, Edit, Fix, Safety};
use envschema_core::phrase;
use envschema_core::redact;
use envschema_core::span::Span;
use envschema_core::subject::Subject;
use envschema_core::suggest;

use crate::format::tree::{Fault, Member};

/// What to do about a key that is not shaped like one.
pub(crate) const KEY_HELP: &str = "a key is letters, digits and underscores, and does not start with a digit";

/// Something a schema does not say as it should.
pub(crate) fn invalid(span: Span, headline: impl Into<String>) -> Diagnostic {
    Diagnostic::error("invalid-schema", Subject::SchemaText(span), headline)
}

/// Something that contradicts what stands at `other`.
pub(crate) fn conflicting(span: Span, other: Span, headline: impl Into<String>) -> Diagnostic {
    Diagnostic::error("conflicting-attributes", Subject::SchemaText(span), headline)
        .label(Subject::SchemaText(other), "this contradicts it")
}

/// A fault of the document's own grammar.
pub(crate) fn of_fault(fault: &Fault) -> Diagnostic {
    let diagnostic = invalid(fault.span, fault.message.clone()).maybe_help(fault.help);
    match fault.other {
        Some(other) if other < fault.span => {
            diagnostic.label(Subject::SchemaText(other), "it stands here first")
        }
        Some(other) => diagnostic.label(Subject::SchemaText(other), "what it holds ends here"),
        None => diagnostic,
    }
}

/// A word of a schema as it is written.
#[derive(Clone, Copy)]
pub(crate) struct Written<'w> {
    /// The word.
    pub(crate) text: &'w str,
    /// Where its letters stand.
    pub(crate) span: Span,
    /// Whether it may be shown although it resembles no word we know; not where a secret may have slipped into its place.
    pub(crate) shown: bool,
}

impl<'w> Written<'w> {
    /// The key of a member.
    pub(crate) fn key(member: &'w Member<'_>) -> Self {
        Self { text: &member.key, span: key_letters(member), shown: true }
    }
}

/// Where the letters of a key stand, without its quotes.
pub(crate) fn key_letters(member: &Member<'_>) -> Span {
    let span = member.key_span;
    match (&member.key, span.len().checked_sub(member.key.len())) {
        (Cow::Borrowed(_), Some(2)) => Span { start: span.start + 1, end: span.end - 1 },
        _ => span,
    }
}

/// A word that `whose` does not have; `words` are those it has.
pub(crate) fn unknown<'c>(
    word: Written<'_>,
    whose: &str,
    words: impl IntoIterator<Item = &'c str>,
) -> Diagnostic {
    let words: Vec<&str> = words.into_iter().collect();
    let near = nearest(word.text, &words);
    let is_shown = (near.is_some() || word.shown) && is_word(word.text);
    let headline = if is_shown {
        format!("`{}` is not a word of {whose}", word.text)
    } else {
        format!("something that is not a word of {whose}")
    };
    let diagnostic = Diagnostic::error("unknown-attribute", Subject::SchemaText(word.span), headline);
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(Some(rename(word.span, near))),
        None => diagnostic.help(format!("write {}, or remove it", phrase::alternatives(&words))),
    }
}

/// A change that puts `text` at `span`.
pub(crate) fn rename(span: Span, text: &str) -> Fix {
    let edit = Edit { subject: Subject::SchemaText(span), text: text.to_owned() };
    Fix { title: format!("change it to `{text}`"), edits: vec![edit], safety: Safety::Unsafe }
}

/// What other tools call our words, without what joins their parts.
const ELSEWHERE: [(&str, &str); 16] = [
    ("secret", "sensitive"),
    ("private", "sensitive"),
    ("nullable", "optional"),
    ("mandatory", "required"),
    ("regex", "pattern"),
    ("regexp", "pattern"),
    ("enum", "oneof"),
    ("choices", "oneof"),
    ("allowed", "oneof"),
    ("desc", "description"),
    ("doc", "description"),
    ("minimum", "min"),
    ("maximum", "max"),
    ("gt", "above"),
    ("lt", "below"),
    ("blank", "allowempty"),
];

/// The word that was most likely meant, however its parts are joined: `minLenght` means `min_length`, and `regex` `pattern`.
pub(crate) fn nearest<'c>(word: &str, words: &[&'c str]) -> Option<&'c str> {
    if word.len() > 64 {
        return None;
    }
    let bare = squash(word);
    let known: Vec<String> = words.iter().map(|word| squash(word)).collect();
    let elsewhere = ELSEWHERE.iter().find(|(theirs, _)| *theirs == bare);
    if let Some(index) = elsewhere.and_then(|(_, ours)| known.iter().position(|known| known == ours)) {
        return words.get(index).copied();
    }
    let near = suggest::nearest(&bare, known.iter().map(String::as_str))?;
    let index = known.iter().position(|known| known == near)?;
    words.get(index).copied()
}

fn squash(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

/// Whether a word is shaped like one of ours, so that showing it tells no more than a key would.
fn is_word(word: &str) -> bool {
    redact::key(word.trim_start_matches('$').replace([' ', '-'], "_").as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn words_are_near_however_their_parts_are_joined() {
        let words = ["min", "max", "min_length", "max_length", "one_of", "sensitive"];
        let cases = [
            ("minLenght", Some("min_length")),
            ("min-length", Some("min_length")),
            ("Sensitive", Some("sensitive")),
            ("senstive", Some("sensitive")),
            ("oneOf", Some("one_of")),
            ("mix", Some("min")),
            ("secret", Some("sensitive")),
            ("regex", None),
            ("hunter2", None),
        ];
        for (word, expected) in cases {
            assert_eq!(nearest(word, &words), expected, "{word}");
        }
    }
}
