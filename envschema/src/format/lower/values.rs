//! What stands behind a word, read as what the word takes; anything else is a mistake.

use std::borrow::Cow;

use envschema_core::schema::Text;
use envschema_core::span::Span;

use super::Notes;
use super::mistake::invalid;
use crate::format::tree::{Data, Node, decimal};

/// A word with its value: `min_length: 8` of `PORT`.
#[derive(Clone, Copy)]
pub(crate) struct Said<'a, 't> {
    /// The word, as messages call it.
    pub(crate) word: &'a str,
    /// What it says something about: `` `PORT` ``.
    pub(crate) whose: &'a str,
    /// Where the word stands.
    pub(crate) at: Span,
    /// Its value.
    pub(crate) node: &'a Node<'t>,
}

/// A literal of a schema and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    /// Its text.
    pub(crate) text: Text,
    /// Where it stands, with its quotes.
    pub(crate) span: Span,
}

impl<'a, 't> Said<'a, 't> {
    /// The word and its value.
    pub(crate) fn span(&self) -> Span {
        if self.node.span.start < self.at.start { self.at } else { self.at.to(self.node.span) }
    }

    /// Reports that the value is not what the word takes.
    pub(crate) fn wrong(&self, expected: &str, notes: &mut Notes) {
        self.wrong_at(self.node, expected, notes);
    }

    fn wrong_at(&self, node: &Node<'_>, expected: &str, notes: &mut Notes) {
        let Self { word, whose, at, .. } = self;
        let noun = expected.split([';', ',']).next().and_then(|first| first.split(" such as").next());
        let diagnostic = match node.value {
            // A fault of the document says more.
            Data::Invalid => return,
            Data::Null => invalid(*at, format!("`{word}` of {whose} has no value")),
            _ => invalid(node.span, format!("`{word}` of {whose} is not {}", noun.unwrap_or(expected))),
        };
        notes.doubtful.push(node.span);
        notes.hide_in(node);
        notes.push(diagnostic.help(format!("write {expected}")));
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self, notes: &mut Notes) -> Option<bool> {
        match &self.node.value {
            Data::Bool(flag) => Some(*flag),
            Data::Text(text) if text == "true" => Some(true),
            Data::Text(text) if text == "false" => Some(false),
            _ => {
                self.wrong("`true` or `false`", notes);
                None
            }
        }
    }

    /// One text, number, truth value or time, as text.
    pub(crate) fn literal(&self, notes: &mut Notes) -> Option<Literal> {
        self.literal_at(self.node, notes)
    }

    fn literal_at(&self, node: &Node<'_>, notes: &mut Notes) -> Option<Literal> {
        let found = scalar(node);
        if found.is_none() {
            let empty = if matches!(node.value, Data::Null) { "; an empty text is `''`" } else { "" };
            self.wrong_at(node, &format!("one value{empty}"), notes);
        }
        found
    }

    /// One literal, or several in a list.
    pub(crate) fn literals(&self, notes: &mut Notes) -> Vec<Literal> {
        match &self.node.value {
            Data::Array(items) => items.iter().filter_map(|item| self.literal_at(item, notes)).collect(),
            _ => self.literal(notes).into_iter().collect(),
        }
    }

    /// One literal, or several in a list; none at all is a mistake.
    pub(crate) fn some_literals(&self, notes: &mut Notes) -> Option<Vec<Literal>> {
        let before = notes.report.len();
        let literals = self.literals(notes);
        if literals.is_empty() && notes.report.len() == before && !matches!(self.node.value, Data::Invalid) {
            let diagnostic = invalid(self.span(), format!("`{}` of {} lists nothing", self.word, self.whose));
            notes.push(diagnostic.help("list at least one value, or remove it"));
        }
        (!literals.is_empty()).then_some(literals)
    }

    /// A whole number that is not negative.
    pub(crate) fn length(&self, notes: &mut Notes) -> Option<u64> {
        let length = match &self.node.value {
            Data::Text(text) | Data::Number(text) => decimal(text).parse().ok(),
            _ => None,
        };
        if length.is_none() {
            self.wrong("a whole number such as `8`", notes);
        }
        length
    }

    /// A text.
    pub(crate) fn text(&self, notes: &mut Notes) -> Option<Literal> {
        let found = scalar(self.node).filter(|_| matches!(self.node.value, Data::Text(_)));
        if found.is_none() {
            self.wrong("a text", notes);
        }
        found
    }

    /// A text for people, which may be a mere number.
    pub(crate) fn prose(&self, notes: &mut Notes) -> Option<Literal> {
        match self.node.value {
            Data::Number(_) => scalar(self.node),
            _ => self.text(notes),
        }
    }

    /// A text, or `true` for none in particular; `None` for `false` and for mistakes.
    pub(crate) fn reason(&self, notes: &mut Notes) -> Option<Text> {
        match &self.node.value {
            Data::Bool(said) => said.then_some(Cow::Borrowed("")),
            Data::Text(text) => Some(owned(text)),
            _ => {
                self.wrong("a reason, or `true`", notes);
                None
            }
        }
    }

    /// The same word with another value.
    pub(crate) fn of(&self, node: &'a Node<'t>) -> Self {
        Self { node, ..*self }
    }
}

/// A text, number, truth value or time, as text.
pub(crate) fn scalar(node: &Node<'_>) -> Option<Literal> {
    let text = match &node.value {
        Data::Text(text) | Data::Time(text) => owned(text),
        Data::Number(written) => owned(&decimal(written)),
        Data::Bool(true) => Cow::Borrowed("true"),
        Data::Bool(false) => Cow::Borrowed("false"),
        Data::Null | Data::Array(_) | Data::Table(_) | Data::Invalid => return None,
    };
    Some(Literal { text, span: node.span })
}

/// Text of a file, kept beyond it.
pub(crate) fn owned(text: &str) -> Text {
    Cow::Owned(text.to_owned())
}

/// The texts of literals.
pub(crate) fn texts(literals: &[Literal]) -> std::borrow::Cow<'static, [Text]> {
    literals.iter().map(|literal| literal.text.clone()).collect::<Vec<_>>().into()
}
